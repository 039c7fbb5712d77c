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

bool mentions_graphql(std::string_view text) {
  // Both words end in "ql", a rare pair outside of them.
  return any_pair(text, {'q', 'l', 1, 0x20}, [&](std::size_t offset) {
    return ends_with_word(text, offset, "g") || ends_with_word(text, offset, "graph");
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
