#pragma once

#include <vector>

#include "builder/definition.h"
#include "builder/link.h"
#include "builder/previous_build.h"

namespace builder {

/// Notes the fragments that no operation of the project reaches, where the rule NoUnusedFragments
/// is on. `previous` knows which those are if it is not null; else `definitions` are all of the
/// project's. Those that `reusable` has are left alone.
void find_unused_fragments(const LinkedProject& project,
                           const PreviousBuild* previous,
                           const std::vector<const CompiledDefinition*>& reusable,
                           std::vector<BuildDefinition>& definitions);

}  // namespace builder
