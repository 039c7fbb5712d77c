#include "graphql/directive_location.h"

#include <array>

namespace graphql {
namespace {

constexpr std::array<std::string_view, k_directive_location_count> k_names = {
    "QUERY",
    "MUTATION",
    "SUBSCRIPTION",
    "FIELD",
    "FRAGMENT_DEFINITION",
    "FRAGMENT_SPREAD",
    "INLINE_FRAGMENT",
    "VARIABLE_DEFINITION",
    "SCHEMA",
    "SCALAR",
    "OBJECT",
    "FIELD_DEFINITION",
    "ARGUMENT_DEFINITION",
    "INTERFACE",
    "UNION",
    "ENUM",
    "ENUM_VALUE",
    "INPUT_OBJECT",
    "INPUT_FIELD_DEFINITION",
    "DIRECTIVE_DEFINITION",
};

}  // namespace

std::string_view to_text(DirectiveLocation location) {
  return k_names[static_cast<std::size_t>(location)];
}

std::optional<DirectiveLocation> directive_location_from(std::string_view name) {
  for (std::size_t i = 0; i < k_names.size(); ++i) {
    if (k_names[i] == name) {
      return static_cast<DirectiveLocation>(i);
    }
  }
  return std::nullopt;
}

DirectiveLocation location_of(TypeKind kind) {
  switch (kind) {
    case TypeKind::scalar:
      return DirectiveLocation::scalar;
    case TypeKind::object:
      return DirectiveLocation::object;
    case TypeKind::interface:
      return DirectiveLocation::interface_type;
    case TypeKind::union_type:
      return DirectiveLocation::union_type;
    case TypeKind::enum_type:
      return DirectiveLocation::enum_type;
    case TypeKind::input_object:
      break;
  }
  return DirectiveLocation::input_object;
}

}  // namespace graphql
