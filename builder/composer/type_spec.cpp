#include "builder/composer/type_spec.h"

#include "graphql/parser.h"

namespace builder::composer {

std::optional<std::string> graphql_type(std::string_view spec) {
  const std::size_t colon = spec.find(':');
  if (colon == std::string_view::npos) {
    return std::nullopt;
  }
  std::string type(spec.substr(0, colon));
  std::string_view modifier = spec.substr(colon + 1);
  if (graphql::parse_type(type).error) {
    return std::nullopt;
  }
  if (modifier == "?") {
    return type;
  }
  if (modifier.empty()) {
    return std::nullopt;
  }
  while (!modifier.empty()) {
    if (modifier.starts_with('!')) {
      type += type.ends_with('!') ? "" : "!";
      modifier.remove_prefix(1);
    } else if (modifier.starts_with("[]")) {
      type.insert(0, "[").append("]");
      modifier.remove_prefix(2);
    } else {
      return std::nullopt;
    }
  }
  return type;
}

}  // namespace builder::composer
