#include "discovery/gate.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "discovery/byte_search.h"

namespace discovery {

namespace {

/// Spelt in two parts so that this file is not taken for a generated one.
constexpr std::string_view k_generated_mark =
    "@"
    "generated";
constexpr std::size_t k_generated_window_bytes = 512;

/// Whether the bytes before `end` are `word` in any case. `word` is lower case.
bool ends_with_word(std::string_view text, std::size_t end, std::string_view word) {
  if (end < word.size()) {
    return false;
  }
  return std::equal(word.begin(),
                    word.end(),
                    text.begin() + static_cast<std::ptrdiff_t>(end - word.size()),
                    [](char expected, char actual) { return (actual | 0x20) == expected; });
}

char char_at(std::string_view text, std::size_t offset) {
  return offset < text.size() ? text[offset] : '\0';
}

bool continues_path(char c) {
  return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_' ||
         c == '-' || c == '.' || c == '/' || c == '"' || c == '\'';
}

// Whether the word `[begin, end)` stands in a path, as in `"@/graphql/types"` and `"./q.graphql"`.
// A tag never does: what follows it is a template, a call or type arguments.
bool is_in_path(std::string_view text, std::size_t begin, std::size_t end) {
  const char before = begin > 0 ? text[begin - 1] : '\0';
  const char after = char_at(text, end);
  return (before == '/' && continues_path(after)) ||
         (before == '.' && (after == '"' || after == '\''));
}

bool mentions_graphql(std::string_view text) {
  // Both words end in "ql", a rare pair outside of them.
  return any_pair(text, {'q', 'l', 1, 0x20}, [&](std::size_t offset) {
    const std::size_t length = ends_with_word(text, offset, "graph") ? 5
                               : ends_with_word(text, offset, "g")   ? 1
                                                                     : 0;
    return length > 0 && !is_in_path(text, offset - length, offset + 2);
  });
}

bool mentions(std::string_view text, const std::string& name) {
  return any_pair(text, {name.front(), name.back(), name.size() - 1, 0}, [&](std::size_t offset) {
    return text.compare(offset, name.size(), name) == 0;
  });
}

}  // namespace

Gate::Gate(std::vector<std::string> names) : names_(std::move(names)) {
  names_.erase(std::remove(names_.begin(), names_.end(), std::string()), names_.end());
}

bool Gate::passes(std::string_view text) const {
  return mentions_graphql(text) ||
         std::any_of(names_.begin(), names_.end(), [&](const std::string& name) {
           return mentions(text, name);
         });
}

bool is_marked_generated(std::string_view text) {
  return text.substr(0, k_generated_window_bytes).find(k_generated_mark) != std::string_view::npos;
}

}  // namespace discovery
