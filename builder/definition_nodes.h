#pragma once

#include <span>
#include <vector>

#include "base/fingerprint.h"
#include "builder/definition.h"
#include "builder/file_range.h"
#include "builder/fragment_table.h"
#include "graph/dependency_graph.h"

namespace builder {

/// What the dependency graph holds of a definition, as far as its text tells: without the slots
/// that only compiling shows. Any number of threads.
graph::Node definition_node(const BuildInput& input,
                            const std::vector<TemplateUnit>& units,
                            const FragmentTable& fragments,
                            const std::vector<BuildDefinition>& definitions,
                            DefinitionIndex index);

/// The value of interface_slot(): all that other files' definitions can learn of the source with
/// this index. `units` are its own, recognised and not yet put together.
base::Fingerprint interface_of(const BuildInput& input,
                               std::uint32_t source_index,
                               std::span<const TemplateUnit> units);

/// The value of names_slot() of a file.
base::Fingerprint names_of(const std::vector<TemplateUnit>& units,
                           const std::vector<BuildDefinition>& definitions,
                           const FileRange& file);

}  // namespace builder
