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

/// How many bytes of `gql` or `graphql` stand before the `ql` at `offset`; 0 if it is neither.
std::size_t stem_of_tag(std::string_view text, std::size_t offset) {
  const std::size_t length = ends_with_word(text, offset, "graph") ? 5
                             : ends_with_word(text, offset, "g")   ? 1
                                                                   : 0;
  return length > 0 && !is_in_path(text, offset - length, offset + 2) ? length : 0;
}

/// Whether the `ql` at `offset` is that of a specifier which ends in `/graphql-system`.
bool ends_composer_specifier(std::string_view text, std::size_t offset) {
  constexpr std::string_view k_rest = "ql-system";
  if (offset < 6 || text.substr(offset - 6, 6) != "/graph" ||
      text.substr(offset, k_rest.size()) != k_rest) {
    return false;
  }
  const char quote = char_at(text, offset + k_rest.size());
  return quote == '"' || quote == '\'' || quote == '`';
}

// Both words, and the specifier, end in or hold "ql", a rare pair outside of them.
constexpr BytePair k_tag_pair = {'q', 'l', 1, 0x20};

bool mentions(std::string_view text, const std::string& name) {
  return any_pair(text, {name.front(), name.back(), name.size() - 1, 0}, [&](std::size_t offset) {
    return text.compare(offset, name.size(), name) == 0;
  });
}

bool mentions_any(std::string_view text, const std::vector<std::string>& names) {
  return std::any_of(
      names.begin(), names.end(), [&](const std::string& name) { return mentions(text, name); });
}

}  // namespace

Gate::Gate(std::vector<std::string> names, std::vector<std::string> composers)
    : names_(std::move(names)), composers_(std::move(composers)) {
  names_.erase(std::remove(names_.begin(), names_.end(), std::string()), names_.end());
  composers_.erase(std::remove(composers_.begin(), composers_.end(), std::string()),
                   composers_.end());
}

bool Gate::passes(std::string_view text) const {
  const auto is_tag = [&](std::size_t offset) { return stem_of_tag(text, offset) > 0; };
  return any_pair(text, k_tag_pair, is_tag) || mentions_any(text, names_);
}

Gate::Answer Gate::look_at(std::string_view text) const {
  Answer answer;
  // Most texts have neither, and for them one search is all.
  std::size_t found = 0;
  any_pair(text, k_tag_pair, [&](std::size_t offset) {
    found = offset;
    answer.may_import_composer |= ends_composer_specifier(text, offset);
    answer.may_hold_documents = stem_of_tag(text, offset) > 0;
    return answer.may_hold_documents;
  });
  if (answer.may_hold_documents && !answer.may_import_composer) {
    const std::string_view rest = text.substr(found);
    answer.may_import_composer = any_pair(rest, k_tag_pair, [&](std::size_t offset) {
      return ends_composer_specifier(text, found + offset);
    });
  }
  answer.may_hold_documents = answer.may_hold_documents || mentions_any(text, names_);
  answer.may_import_composer = answer.may_import_composer || mentions_any(text, composers_);
  return answer;
}

bool is_marked_generated(std::string_view text) {
  return text.substr(0, k_generated_window_bytes).find(k_generated_mark) != std::string_view::npos;
}

}  // namespace discovery
