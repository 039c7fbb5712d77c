#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "discovery/syntax_tree.h"

namespace discovery {

/// A copy of `text` of the same length that the grammar reads where TypeScript would read `text`.
/// What the grammar does not know is overwritten by something of the same shape that it does know:
/// - `&` becomes `|`, an operator in the same places, because a lone `&` in JSX text ("Fish &
/// Chips")
///   is an error to the grammar, which expects an entity;
/// - `type` of `export type * from`, the attributes of `export ... from "m" with {...}`, and
///   `<{...}>`, `?.` and `!` before a template become blanks, `import typeof` (Flow) `import type`;
/// - `using x =` becomes `const x =`;
/// - the dots of the type of `x as a.b.C` become underscores.
///
/// Inside strings, templates, comments and JSX text a replacement changes no boundary of a token,
/// so nothing has to be known about where it happens; and nobody reads the copy, because nodes show
/// the source.
std::string fill_grammar_gaps(std::string_view text);

/// What stands between `export` and the declaration on a line below it: the grammar takes the word
/// for a name then. Blank it in the copy, line breaks and all, and parse again.
std::vector<base::Span> find_lone_exports(const SyntaxTree& tree);

/// Type arguments in front of templates, as in gql<Result>`...` and gql<Result>(`...`), which the
/// grammar reads as comparisons, as those of something longer, or not at all. Blank them in the
/// copy and parse again. `tree` is of the same text and tells them from JSX tags.
std::vector<base::Span> find_type_arguments_before_templates(const SyntaxTree& tree);

}  // namespace discovery
