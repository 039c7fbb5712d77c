#pragma once

#include <optional>
#include <string>

#include "graphql/ast.h"
#include "graphql/schema.h"

namespace graphql {

enum class Suggestions : std::uint8_t { show, hide };

/// What is wrong with `literal` as a value of `type`, a scalar or enum, in the reference's words;
/// nothing if it is right. A scalar of the schema's own takes every literal. Not for null.
std::optional<std::string> leaf_value_error(const SchemaType& type,
                                            const Value& literal,
                                            Suggestions suggestions = Suggestions::show);

}  // namespace graphql
