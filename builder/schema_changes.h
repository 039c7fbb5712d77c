#pragma once

#include <vector>

#include "builder/build_input.h"
#include "graph/dependency_graph.h"

namespace builder {

/// The slots whose values differ between two sets of schemas with equal labels: of a schema that
/// changed its own, and of its coordinates those that somebody in `graph` depends on.
std::vector<graph::Slot> changed_schema_slots(const std::vector<SchemaInput>& before,
                                              const std::vector<SchemaInput>& after,
                                              const graph::DependencyGraph& graph);

}  // namespace builder
