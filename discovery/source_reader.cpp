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
#include "discovery/kept_facts.h"
#include "discovery/tag_scanner.h"
#include "discovery/typescript_reader.h"

namespace discovery {

namespace {

FactsProblem problem_at(const char* code, std::string message, std::size_t offset) {
  const auto begin = static_cast<std::uint32_t>(offset);
  return {code, std::move(message), {begin, begin + 1}, true};
}

bool is_utf16(std::string_view text) {
  const std::string_view start = text.substr(0, 2);
  return start == "\xFF\xFE" || start == "\xFE\xFF";
}

/// Facts of a file that is no text: nothing but the reason.
std::optional<SourceFacts> read_binary(const ReadRequest& request) {
  if (!is_binary(request.text)) {
    return std::nullopt;
  }
  SourceFacts facts;
  facts.tier = request.tier;
  facts.is_unread = true;
  facts.problems.push_back(problem_at("BinaryFile",
                                      is_utf16(request.text)
                                          ? "The file is encoded in UTF-16; only UTF-8 is read."
                                          : "The file is not text: it holds NUL bytes.",
                                      is_utf16(request.text) ? 0 : request.text.find('\0')));
  return facts;
}

/// A text with every byte overwritten that is ill-formed or NUL, and where they were.
struct RepairedText {
  std::string text;
  /// Sorted.
  std::vector<std::uint32_t> offsets;
};

std::size_t find_wrong_byte(std::string_view text) {
  return std::min(base::find_invalid_utf8(text), text.find('\0'));
}

/// `?` because it keeps the length, and can stand in comments, strings and templates.
RepairedText repair(std::string_view text) {
  RepairedText repaired{std::string(text), {}};
  for (std::size_t at = find_wrong_byte(text); at < text.size();) {
    repaired.text[at] = '?';
    repaired.offsets.push_back(static_cast<std::uint32_t>(at));
    at += 1 + find_wrong_byte(text.substr(at + 1));
  }
  return repaired;
}

FactsProblem wrong_byte(std::string_view text, const char* where, std::uint32_t offset) {
  const bool is_nul = text[offset] == '\0';
  return problem_at(is_nul ? "NulByte" : "InvalidUtf8",
                    std::string("The ") + where +
                        (is_nul ? " holds a NUL byte here." : " is not valid UTF-8 here."),
                    offset);
}

/// Outside of templates a wrong byte is harmless, inside it is text that nobody can know: an error
/// for each template that has one.
void add_encoding_problems(std::string_view text,
                           const std::vector<std::uint32_t>& offsets,
                           SourceFacts& facts) {
  std::vector<FactsProblem> found;
  for (const TemplateSite& site : facts.templates) {
    const auto offset = std::lower_bound(offsets.begin(), offsets.end(), site.content.begin);
    if (offset != offsets.end() && *offset < site.content.end) {
      found.push_back(wrong_byte(text, "template", *offset));
    }
  }
  if (found.empty()) {
    found.push_back(wrong_byte(text, "file", offsets.front()));
    found.front().is_error = false;
  }
  facts.problems.insert(facts.problems.begin(), found.begin(), found.end());
}

}  // namespace

bool is_binary(std::string_view text) {
  if (is_utf16(text)) {
    return true;
  }
  if (text.find('\0') == std::string_view::npos) {
    return false;
  }
  // One NUL byte in a string is text still. Every second byte of UTF-16 without a mark is one.
  constexpr std::ptrdiff_t k_least_share = 8;
  const auto count = std::count(text.begin(), text.end(), '\0');
  return base::find_invalid_utf8(text) < text.size() ||
         count * k_least_share >= static_cast<std::ptrdiff_t>(text.size());
}

SourceReader::SourceReader()
    : scanner_(std::make_unique<TagScanner>()), typescript_(std::make_unique<TypeScriptReader>()) {}
SourceReader::~SourceReader() = default;
SourceReader::SourceReader(SourceReader&&) noexcept = default;
SourceReader& SourceReader::operator=(SourceReader&&) noexcept = default;

SourceFacts SourceReader::read(const ReadRequest& request) {
  SourceFacts facts = read_any(request);
  note_utf16_sites(request.text, facts);
  shrink(facts);
  return facts;
}

void SourceReader::rest() {
  scanner_ = std::make_unique<TagScanner>();
}

SourceFacts SourceReader::read_any(const ReadRequest& request) {
  if (auto facts = read_binary(request)) {
    return *std::move(facts);
  }
  const bool has_nul = request.text.find('\0') != std::string_view::npos;
  if (request.tier == FactsTier::specifiers && request.language != Language::graphql && !has_nul) {
    ReadOutcome outcome = scan_imports(request);
    if (auto* facts = std::get_if<SourceFacts>(&outcome)) {
      return std::move(*facts);
    }
  }
  if (find_wrong_byte(request.text) >= request.text.size()) {
    return read_text(request);
  }
  const RepairedText repaired = repair(request.text);
  SourceFacts facts = read_text({repaired.text, request.language, request.tier});
  // Files without documents may hold what they want.
  if (request.tier >= FactsTier::documents) {
    add_encoding_problems(request.text, repaired.offsets, facts);
  }
  return facts;
}

SourceFacts SourceReader::read_text(const ReadRequest& request) {
  if (request.language == Language::graphql) {
    return read_graphql_file(request);
  }
  ReadOutcome outcome = scanner_->read(request);
  auto* const scanned = std::get_if<SourceFacts>(&outcome);
  if (scanned != nullptr && request.tier < FactsTier::compositions) {
    return std::move(*scanned);
  }
  ++parsed_count_;
  if (scanned != nullptr) {
    // Broken files have the same templates whatever the tier.
    return typescript_->add_compositions(request, std::move(*scanned));
  }
  ++doubt_counts_[std::get<NeedsParse>(outcome).reason];
  return typescript_->read(request);
}

}  // namespace discovery
