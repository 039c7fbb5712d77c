#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace builder::composer {

/// A type as the composer writes it, `ID:![]`, as GraphQL writes it, `[ID!]`; nothing if it is
/// none.
///
/// The modifier is read from the left, from the inside out: `!` is non-null, `[]` a list, and `?`
/// alone is neither. In front of the colon stands the name of a type, or a type in GraphQL's own
/// notation, `[ID!]:!`, which the predecessor let pass and its users wrote.
std::optional<std::string> graphql_type(std::string_view spec);

}  // namespace builder::composer
