#pragma once

#include <cstddef>
#include <string>

#include "graphql/ast.h"

namespace builder {

/// Appends the JavaScript expression that makes the node of an executable definition: an object
/// literal with the keys of graphql-js 16.15.0's parser without locations, in its order. What that
/// parser leaves undefined is a key with the value `void 0`, so that the two are strictly equal.
///
/// Every selection has a line of its own, for the sake of diffs; the line of the definition is
/// indented by `indent` spaces, which the caller has written. The depth of recursion is that of the
/// tree, which the parser has bounded.
void append_definition_node(std::string& out,
                            const graphql::Definition& definition,
                            std::size_t indent);

}  // namespace builder
