#pragma once

#include <vector>

#include "builder/definition.h"
#include "builder/link.h"

namespace builder {

/// Draws the consequences of what was found: marks the definitions that cannot be built because
/// they need one that failed.
void settle(const LinkedDefinitions& linked, std::vector<BuildDefinition>& definitions);

/// Why a blocked definition is blocked: the first failed one that it reaches.
DefinitionIndex blocker_of(const LinkedDefinitions& linked,
                           const std::vector<BuildDefinition>& definitions,
                           DefinitionIndex blocked);

}  // namespace builder
