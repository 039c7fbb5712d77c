#pragma once

#include <map>

#include "discovery/syntax_tree.h"

namespace discovery::composer {

/// The expressions that a syntax error is directly in, with its place: what such an expression
/// means is a guess of the parser's. What the parser made up, as a bracket that is missing, has the
/// place behind which it should stand.
std::map<NodeId, base::Span> broken_expressions(const SyntaxTree& tree);

}  // namespace discovery::composer
