#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "builder/composer/value.h"

/// JavaScript's rules for values without parts, as far as they are needed.
namespace builder::composer {

using Content = decltype(Value::content);

/// Of a number as it is written: `1_000`, `0xff`, `.5`.
double number_value(std::string_view text);

/// What `${value}` gives; nothing for what has no text that people would want.
std::optional<std::string> text_of(const Value& value);

/// The position that a key means in an array.
std::optional<std::size_t> array_index(std::string_view key);

/// Nothing for variables of the document, whose value nobody knows yet.
std::optional<bool> truth_of(const Value& value);

/// Nothing where the operator is not defined for these values here.
std::optional<Content> unary_value(std::string_view op, const Value& value);
std::optional<Content> binary_value(std::string_view op,
                                    const Value& left,
                                    const Value& right,
                                    Heap& heap);

/// "an array", "a variable of the document": for messages.
std::string describe(const Value& value);

/// Whether a text can be a name in GraphQL.
bool is_graphql_name(std::string_view text);
/// What to say of one that cannot.
std::string not_a_name(std::string_view text);

/// The code of the diagnostic for an expression that cannot be evaluated.
const char* opaque_code(const std::string& what);

/// What to say of an expression that cannot be evaluated, and of a name that stands for one; `what`
/// is Expression::text.
std::string opaque_message(const std::string& what);
std::string opaque_value(const std::string& what);

}  // namespace builder::composer
