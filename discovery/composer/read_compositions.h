#pragma once

#include "discovery/source_facts.h"
#include "discovery/syntax_tree.h"

namespace discovery::composer {

/// Fills in `facts.compositions` from a tree of SyntaxDepth::everything. `facts` holds the imports,
/// exports and constants of the same tree.
void read_compositions(const SyntaxTree& tree, SourceFacts& facts);

}  // namespace discovery::composer
