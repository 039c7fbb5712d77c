#pragma once

#include <vector>

#include "discovery/source_facts.h"
#include "discovery/syntax_tree.h"

namespace discovery {

/// Turns `${name}` into an interpolation of unknown value where the name is a parameter or a local
/// variable that is no template: at module level, where linking looks, it would mean another thing.
/// `templates` are those of the whole tree.
void mark_local_substitutions(const SyntaxTree& tree, std::vector<TemplateSite>& templates);

}  // namespace discovery
