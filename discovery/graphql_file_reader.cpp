#include "discovery/graphql_file_reader.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/utf8.h"

namespace discovery {

namespace {

constexpr std::string_view k_blank = " \t";

void skip_blanks(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(k_blank), text.size()));
}

std::string_view without_end_blanks(std::string_view text) {
  const std::size_t last = text.find_last_not_of(k_blank);
  return last == std::string_view::npos ? std::string_view() : text.substr(0, last + 1);
}

/// Removes `word` and the blanks behind it from the front.
bool skip_word(std::string_view& text, std::string_view word) {
  const bool is_word =
      text.substr(0, word.size()) == word &&
      (text.size() == word.size() ||
       std::string_view(" \t\"'").find(text[word.size()]) != std::string_view::npos);
  if (is_word) {
    text.remove_prefix(word.size());
    skip_blanks(text);
  }
  return is_word;
}

/// `A, B` or `{ A, B }`.
std::vector<ImportedName> hash_import_names(std::string_view list) {
  std::vector<ImportedName> names;
  while (!list.empty()) {
    constexpr std::string_view k_between = " \t,{}";
    list.remove_prefix(std::min(list.find_first_not_of(k_between), list.size()));
    const std::string name(list.substr(0, list.find_first_of(k_between)));
    list.remove_prefix(name.size());
    if (!name.empty()) {
      names.push_back({name, name, false});
    }
  }
  return names;
}

/// The import that a comment makes; `comment` is a part of `file`, from its `#` to the end of the
/// line.
std::optional<ImportFact> read_import(std::string_view file, std::string_view comment) {
  std::string_view rest = comment.substr(1);
  skip_blanks(rest);
  if (!skip_word(rest, "import")) {
    return std::nullopt;
  }
  const std::size_t open = rest.find_first_of("\"'");
  const std::size_t close = open == std::string_view::npos ? open : rest.find(rest[open], open + 1);
  if (close == std::string_view::npos || close == open + 1 ||
      !without_end_blanks(rest.substr(close + 1)).empty()) {
    return std::nullopt;
  }
  ImportFact fact;
  const std::string_view specifier = rest.substr(open + 1, close - open - 1);
  fact.specifier = specifier;
  fact.span.begin = static_cast<std::uint32_t>(specifier.data() - file.data());
  fact.span.end = fact.span.begin + static_cast<std::uint32_t>(specifier.size());
  std::string_view list = without_end_blanks(rest.substr(0, open));
  if (list.empty()) {
    return fact;
  }
  // `A, B from`.
  constexpr std::string_view k_from = "from";
  if (list.size() <= k_from.size() || list.substr(list.size() - k_from.size()) != k_from) {
    return std::nullopt;
  }
  list.remove_suffix(k_from.size());
  if (k_blank.find(list.back()) == std::string_view::npos && list.back() != '}') {
    return std::nullopt;
  }
  fact.names = hash_import_names(list);
  return fact;
}

/// Behind the string that opens at `at`. A string that is not closed ends with its line, a block
/// string with the file.
std::size_t behind_string(std::string_view text, std::size_t at) {
  constexpr std::string_view k_block = "\"\"\"";
  if (text.substr(at, 3) == k_block) {
    for (at += 3; at < text.size(); ++at) {
      if (text.substr(at, 4) == "\\\"\"\"") {
        at += 3;
      } else if (text.substr(at, 3) == k_block) {
        return at + 3;
      }
    }
    return at;
  }
  for (++at; at < text.size() && text[at] != '\n' && text[at] != '\r'; ++at) {
    if (text[at] == '"') {
      return at + 1;
    }
    if (text[at] == '\\') {
      ++at;
    }
  }
  return at;
}

void read_imports(std::string_view text, SourceFacts& facts) {
  for (std::size_t at = text.find_first_of("#\""); at < text.size();
       at = text.find_first_of("#\"", at)) {
    if (text[at] == '"') {
      at = behind_string(text, at);
      continue;
    }
    const std::string_view comment = text.substr(at, text.find_first_of("\r\n", at) - at);
    if (auto fact = read_import(text, comment)) {
      facts.imports.push_back(*std::move(fact));
    }
    at += comment.size();
  }
}

}  // namespace

SourceFacts read_graphql_file(const ReadRequest& request) {
  SourceFacts facts;
  facts.tier = request.tier;
  read_imports(request.text, facts);
  if (request.tier == FactsTier::specifiers) {
    for (ImportFact& fact : facts.imports) {
      fact.names.clear();
    }
  }
  if (request.tier < FactsTier::documents) {
    return facts;
  }
  TemplateSite site;
  site.form = TemplateForm::file;
  site.site = {0, static_cast<std::uint32_t>(request.text.size())};
  site.content = site.site;
  const bool has_mark = request.text.substr(0, 3) == base::k_byte_order_mark;
  const std::uint32_t begin = has_mark ? 3 : 0;
  site.text.append_verbatim(request.text.substr(begin), begin);
  facts.templates.push_back(std::move(site));
  return facts;
}

}  // namespace discovery
