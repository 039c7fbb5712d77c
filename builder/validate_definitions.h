#pragma once

#include <vector>

#include "base/thread_pool.h"
#include "builder/definition.h"
#include "builder/fragment_table.h"
#include "builder/link.h"

namespace builder {

/// Checks every definition against its schema, each with exactly the fragments that it reaches, and
/// marks those that fail. Every error is reported once, at the definition whose it is.
std::vector<base::Diagnostic> validate_definitions(const BuildInput& input,
                                                   const std::vector<TemplateUnit>& units,
                                                   const LinkedDefinitions& linked,
                                                   std::vector<BuildDefinition>& definitions,
                                                   base::ThreadPool& pool);

}  // namespace builder
