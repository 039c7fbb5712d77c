#include "discovery/source_reader.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "discovery/graphql_file_reader.h"
#include "discovery/import_scanner.h"
#include "discovery/typescript_reader.h"

namespace discovery {

namespace {

FactsProblem problem_at(const char* code, std::string message, std::size_t offset) {
  const auto begin = static_cast<std::uint32_t>(offset);
  return {code, std::move(message), {begin, begin + 1}, true};
}

/// Facts of a file that is no text: nothing but the reason.
std::optional<SourceFacts> read_binary(const ReadRequest& request) {
  const std::size_t nul = request.text.find('\0');
  if (nul == std::string_view::npos) {
    return std::nullopt;
  }
  const std::string_view start = request.text.substr(0, 2);
  const bool is_utf16 = start == "\xFF\xFE" || start == "\xFE\xFF";
  SourceFacts facts;
  facts.tier = request.tier;
  facts.problems.push_back(
      problem_at("BinaryFile",
                 is_utf16 ? "the file is encoded in UTF-16; only UTF-8 is read"
                          : "the file holds a NUL byte and is taken for a binary file",
                 nul));
  return facts;
}

/// A text with every ill-formed byte overwritten, and where they were.
struct RepairedText {
  std::string text;
  std::vector<std::uint32_t> offsets;
};

/// `?` because it keeps the length, and can stand in comments, strings and templates.
RepairedText repair_utf8(std::string_view text) {
  RepairedText repaired{std::string(text), {}};
  for (std::size_t at = base::find_invalid_utf8(text); at < text.size();) {
    repaired.text[at] = '?';
    repaired.offsets.push_back(static_cast<std::uint32_t>(at));
    at += 1 + base::find_invalid_utf8(text.substr(at + 1));
  }
  return repaired;
}

/// Outside of templates a wrong byte is harmless, inside it is text that nobody can know: an error
/// for each template that has one.
void add_encoding_problems(const std::vector<std::uint32_t>& offsets, SourceFacts& facts) {
  std::vector<FactsProblem> found;
  for (const TemplateSite& site : facts.templates) {
    const auto offset = std::lower_bound(offsets.begin(), offsets.end(), site.content.begin);
    if (offset != offsets.end() && *offset < site.content.end) {
      found.push_back(problem_at("InvalidUtf8", "the template is not valid UTF-8 here", *offset));
    }
  }
  if (found.empty()) {
    found.push_back(problem_at("InvalidUtf8", "the file is not valid UTF-8 here", offsets.front()));
    found.front().is_error = false;
  }
  facts.problems.insert(facts.problems.begin(), found.begin(), found.end());
}

}  // namespace

SourceReader::SourceReader() : typescript_(std::make_unique<TypeScriptReader>()) {}
SourceReader::~SourceReader() = default;
SourceReader::SourceReader(SourceReader&&) noexcept = default;
SourceReader& SourceReader::operator=(SourceReader&&) noexcept = default;

SourceFacts SourceReader::read(const ReadRequest& request) {
  if (auto facts = read_binary(request)) {
    return *std::move(facts);
  }
  if (request.tier == FactsTier::specifiers && request.language != Language::graphql) {
    ReadOutcome outcome = scan_imports(request);
    if (auto* facts = std::get_if<SourceFacts>(&outcome)) {
      return std::move(*facts);
    }
  }
  if (base::find_invalid_utf8(request.text) == request.text.size()) {
    return read_text(request);
  }
  const RepairedText repaired = repair_utf8(request.text);
  SourceFacts facts = read_text({repaired.text, request.language, request.tier});
  // Files without documents may hold what they want.
  if (request.tier >= FactsTier::documents) {
    add_encoding_problems(repaired.offsets, facts);
  }
  return facts;
}

SourceFacts SourceReader::read_text(const ReadRequest& request) {
  if (request.language == Language::graphql) {
    return read_graphql_file(request);
  }
  ++parsed_count_;
  return typescript_->read(request);
}

}  // namespace discovery
