#include "tests/discovery/scanner/reader_pair.h"

#include <cstddef>
#include <cstdlib>
#include <utility>
#include <variant>

#include "discovery/export_filter.h"

namespace discovery {

namespace {

/// `%n`, `%r` and `%xHH` as the bytes that they stand for.
std::string decoded(std::string_view written) {
  std::string text;
  for (std::size_t at = 0; at < written.size(); ++at) {
    const std::string_view rest = written.substr(at);
    if (rest.starts_with("%n") || rest.starts_with("%r")) {
      text += rest[1] == 'n' ? '\n' : '\r';
      at += 1;
    } else if (rest.starts_with("%x") && rest.size() >= 4) {
      const std::string digits(rest.substr(2, 2));
      text += static_cast<char>(std::strtoul(digits.c_str(), nullptr, 16));
      at += 3;
    } else {
      text += written[at];
    }
  }
  return text;
}

/// Of the values that a module exports, the first one that the words of its text deny.
std::string find_denied_export(std::string_view text, const SourceFacts& facts) {
  const ExportFilter filter(text);
  for (const ExportFact& fact : facts.exports) {
    // A default export does not pass through a barrel; a star passes on names that nobody spells.
    const std::string name = fact.exported == "*" ? "nobody_spells_this" : fact.exported;
    if (!fact.is_type_only && name != "default" && !filter.may_export(name)) {
      return fact.exported;
    }
  }
  return {};
}

}  // namespace

PairResult ReaderPair::read(std::string_view text, Language language) {
  const ReadRequest request{text, language, FactsTier::documents};
  PairResult result;
  ReadOutcome outcome = scanner_.read(request);
  if (const auto* doubt = std::get_if<NeedsParse>(&outcome)) {
    result.doubt = doubt->reason;
    return result;
  }
  result.scanned = std::get<SourceFacts>(std::move(outcome));
  const SourceFacts parsed = parser_.read(request);
  result.is_broken = parser_.has_error();
  if (!result.is_broken) {
    result.difference = find_difference(result.scanned, parsed);
    result.denied_export = find_denied_export(text, result.scanned);
  }
  return result;
}

std::vector<Snippet> read_snippets(std::string_view file) {
  std::vector<Snippet> snippets;
  for (std::size_t at = 0; at < file.size();) {
    const std::size_t end = std::min(file.find('\n', at), file.size());
    const std::string_view line = file.substr(at, end - at);
    at = end + 1;
    const std::size_t colon = line.find(" : ");
    if (line.starts_with('#') || colon == std::string_view::npos) {
      continue;
    }
    const std::string_view answers = line.substr(0, colon);
    const std::size_t space = answers.find(' ');
    snippets.push_back({std::string(answers.substr(0, space)),
                        std::string(answers.substr(space + 1)),
                        decoded(line.substr(colon + 3)),
                        std::string(line.substr(colon))});
  }
  return snippets;
}

}  // namespace discovery
