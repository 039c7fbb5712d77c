#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "graphql/ast.h"

namespace graphql {

/// Where a directive may stand, in the order of the specification's section 3.13.
/// `directive_definition` is the reference implementation's addition for `@deprecated`.
enum class DirectiveLocation : std::uint8_t {
  query,
  mutation,
  subscription,
  field,
  fragment_definition,
  fragment_spread,
  inline_fragment,
  variable_definition,
  schema,
  scalar,
  object,
  field_definition,
  argument_definition,
  interface_type,
  union_type,
  enum_type,
  enum_value,
  input_object,
  input_field_definition,
  directive_definition,
};

inline constexpr std::size_t k_directive_location_count = 20;

/// The name in GraphQL text: `FIELD_DEFINITION`.
std::string_view to_text(DirectiveLocation location);

/// Where directives on a type of that kind stand.
DirectiveLocation location_of(TypeKind kind);

std::optional<DirectiveLocation> directive_location_from(std::string_view name);

}  // namespace graphql
