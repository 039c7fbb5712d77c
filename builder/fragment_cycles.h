#pragma once

#include <vector>

#include "builder/definition.h"
#include "graph/digraph.h"

namespace builder {

/// Fragments that spread each other in a circle can never be built. Each circle is reported once,
/// at the spread that begins its shortest way round from the fragment that comes first in the
/// project.
void check_fragment_cycles(const BuildInput& input,
                           const std::vector<TemplateUnit>& units,
                           const graph::Digraph& graph,
                           std::vector<BuildDefinition>& definitions);

}  // namespace builder
