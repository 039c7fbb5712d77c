#pragma once

#include <vector>

#include "base/thread_pool.h"
#include "builder/compiled_file.h"
#include "builder/definition.h"
#include "builder/fragment_table.h"
#include "builder/link.h"

namespace builder {

/// Checks every definition against its schema, each with exactly the fragments that it reaches, and
/// notes what is wrong. Every error is reported once, at the definition whose it is. What
/// `reusable` has of a definition, by its index, is taken as it is; null: nothing. `wants_reads`:
/// the parts of the schema that the others depend on are noted too.
void validate_definitions(const LinkedProject& project,
                          const std::vector<const CompiledDefinition*>& reusable,
                          bool wants_reads,
                          std::vector<BuildDefinition>& definitions,
                          base::ThreadPool& pool);

}  // namespace builder
