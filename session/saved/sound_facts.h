#pragma once

#include "discovery/source_facts.h"

namespace session {

/// Whether facts have the form that the readers of discovery give them, on which everybody who
/// walks them relies: indices in range, children as their parents' kinds ask for, no circles, names
/// where a name must be. Costs one look at each expression.
bool are_sound(const discovery::SourceFacts& facts);

}  // namespace session
