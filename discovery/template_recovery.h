#pragma once

#include "discovery/source_facts.h"
#include "discovery/syntax_parser.h"
#include "discovery/syntax_tree.h"

namespace discovery {

/// Finds the templates that a syntax error hides from the parser, and says which it could not read.
///
/// The parser recovers from most errors within the statement. After some (a JSX element that is
/// being typed, say) it takes the rest of the file for pieces. So each backtick that the tree does
/// not explain and that looks like the start of a tagged template is parsed again, alone: with its
/// statement, then with its lines, then with nothing but its tag. A template without an end is a
/// problem, and so is one under `gql` or `graphql` that stays hidden.
///
/// Adds templates, exports and problems to `facts` and keeps the templates sorted. `input` is what
/// `tree` was parsed from. All of that together may take as many
/// operations of the parser as the file itself.
void recover_templates(const SyntaxTree& tree,
                       const ParseInput& input,
                       SyntaxParser& parser,
                       SourceFacts& facts);

}  // namespace discovery
