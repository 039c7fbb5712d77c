#include "discovery/language.h"

#include <array>
#include <utility>

namespace discovery {

namespace {

constexpr std::array<std::pair<std::string_view, Language>, 11> k_extensions = {{
    {"ts", Language::typescript},
    {"mts", Language::typescript},
    {"cts", Language::typescript},
    {"tsx", Language::tsx},
    {"js", Language::tsx},
    {"jsx", Language::tsx},
    {"mjs", Language::tsx},
    {"cjs", Language::tsx},
    {"graphql", Language::graphql},
    {"gql", Language::graphql},
    {"graphqls", Language::graphql},
}};

}  // namespace

std::optional<Language> language_of(std::string_view path) {
  const std::string_view name = path.substr(path.find_last_of('/') + 1);
  const std::size_t dot = name.find_last_of('.');
  if (dot == std::string_view::npos) {
    return std::nullopt;
  }
  for (const auto& [extension, language] : k_extensions) {
    if (name.substr(dot + 1) == extension) {
      return language;
    }
  }
  return std::nullopt;
}

}  // namespace discovery
