#include "discovery/specifier_list.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "discovery/literal_text.h"
#include "discovery/syntax_names.h"

namespace discovery {

namespace {

/// What the words of one specifier say, read as TypeScript reads them.
std::optional<ListedName> listed_name(std::vector<std::string> words) {
  ListedName listed;
  if (words.size() == 2 || words.size() == 4) {
    listed.is_type_only = words[0] == "type" || words[0] == "typeof";
    words.erase(words.begin());
  }
  if (words.size() == 3 && words[1] == "as") {
    listed.name = words[0];
    listed.alias = words[2];
    return listed;
  }
  if (words.size() != 1) {
    return std::nullopt;
  }
  listed.name = words[0];
  listed.alias = words[0];
  return listed;
}

}  // namespace

std::vector<ListedName> listed_names(std::string_view clause) {
  std::vector<ListedName> names;
  std::vector<std::string> words;
  for (std::size_t at = 0; at < clause.size();) {
    const char c = clause[at];
    std::size_t end = at + 1;
    if (clause.substr(at, 2) == "/*") {
      end = clause.find("*/", at + 2);
      end = end == std::string_view::npos ? clause.size() : end + 2;
    } else if (clause.substr(at, 2) == "//") {
      end = std::min(clause.find('\n', at), clause.size());
    } else if (c == '"' || c == '\'') {
      end = std::min(clause.find(c, at + 1), clause.size() - 1) + 1;
      words.push_back(string_value(clause.substr(at, end - at)).value_or(""));
    } else if (is_name_byte(c)) {
      end = static_cast<std::size_t>(
          std::find_if_not(
              clause.begin() + static_cast<std::ptrdiff_t>(at), clause.end(), is_name_byte) -
          clause.begin());
      words.emplace_back(clause.substr(at, end - at));
    } else if (c == ',' || c == '}') {
      if (auto listed = listed_name(std::exchange(words, {}))) {
        names.push_back(*std::move(listed));
      }
    }
    at = end;
  }
  return names;
}

}  // namespace discovery
