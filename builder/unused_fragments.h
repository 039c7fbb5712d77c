#pragma once

#include <vector>

#include "builder/definition.h"
#include "builder/link.h"

namespace builder {

/// Fragments that no operation of the project reaches, where the rule NoUnusedFragments is on.
std::vector<base::Diagnostic> find_unused_fragments(const BuildInput& input,
                                                    const std::vector<TemplateUnit>& units,
                                                    const LinkedDefinitions& linked,
                                                    std::vector<BuildDefinition>& definitions);

}  // namespace builder
