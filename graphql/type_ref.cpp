#include "graphql/type_ref.h"

#include <array>

namespace graphql {
namespace {

// All shapes of at most two lists; in most schemas there are no others.
constexpr std::array<std::string_view, 14> k_usual_wrappers = {
    "", "!", "[", "[!", "![", "![!", "[[", "[[!", "[![", "[![!", "![[", "![[!", "![![", "![![!"};

}  // namespace

std::string_view keep_wrappers(std::string_view wrappers, Arena& arena) {
  for (const std::string_view usual : k_usual_wrappers) {
    if (usual == wrappers) {
      return usual;
    }
  }
  return arena.copy_text(wrappers);
}

std::string_view wrappers_of(const TypeReference& type, Arena& arena) {
  if (type.kind == TypeReference::Kind::named) {
    return k_usual_wrappers[0];
  }
  if (type.kind == TypeReference::Kind::non_null &&
      type.inner->kind == TypeReference::Kind::named) {
    return k_usual_wrappers[1];
  }
  std::string wrappers;
  for (const TypeReference* at = &type; at->inner != nullptr; at = at->inner) {
    wrappers += at->kind == TypeReference::Kind::list ? '[' : '!';
  }
  return keep_wrappers(wrappers, arena);
}

std::string wrapped_name(std::string_view name, std::string_view wrappers) {
  std::string text;
  for (const char wrapper : wrappers) {
    if (wrapper == '[') {
      text += '[';
    }
  }
  text += name;
  for (std::size_t i = wrappers.size(); i > 0; --i) {
    text += wrappers[i - 1] == '[' ? ']' : '!';
  }
  return text;
}

}  // namespace graphql
