#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string_view>
#include <variant>

#include "discovery/source_facts.h"

namespace discovery {

/// What a reader is asked for: the facts of one file up to one tier.
struct ReadRequest {
  /// The file's bytes, whatever they are. The caller keeps them alive during the call.
  std::string_view text;
  Language language = Language::typescript;
  FactsTier tier = FactsTier::documents;
};

/// A light reader's answer where only a parser can be sure.
struct NeedsParse {
  /// A fixed word per rule, for counting: the share per reason is what a scanner is tuned by.
  const char* reason = "";
  /// Where the doubt arose.
  std::uint32_t offset = 0;
};

/// Exact facts of the tier asked for, or the wish for a parser. Never a guess.
using ReadOutcome = std::variant<SourceFacts, NeedsParse>;

class TagScanner;
class TypeScriptReader;

/// Whether the bytes are no text that can be read: UTF-16, or NUL bytes among others that are not
/// UTF-8. Source code may hold a NUL byte, in a string say.
bool is_binary(std::string_view text);

/// Turns one file's bytes into facts by the cheapest reader that is exact: binary files by a look,
/// GraphQL files by their lines, the specifiers tier by the import scanner, the rest by the tag
/// scanner; and by tree-sitter what either leaves, and all compositions.
///
/// One per thread: it keeps parsers and their memory. The facts depend on the request alone.
class SourceReader {
 public:
  SourceReader();
  ~SourceReader();
  SourceReader(SourceReader&&) noexcept;
  SourceReader& operator=(SourceReader&&) noexcept;

  SourceFacts read(const ReadRequest& request);

  /// Gives back memory that the largest file so far took. Costs the next read some of its time.
  void rest();

  /// How many files tree-sitter had to parse.
  std::uint64_t parsed_count() const { return parsed_count_; }

  /// How often the tag scanner wanted a parser, by reason.
  using DoubtCounts = std::map<std::string_view, std::uint64_t>;
  const DoubtCounts& doubt_counts() const { return doubt_counts_; }

 private:
  SourceFacts read_any(const ReadRequest& request);
  /// `request.text` is well-formed UTF-8 without NUL bytes.
  SourceFacts read_text(const ReadRequest& request);

  std::unique_ptr<TagScanner> scanner_;
  std::unique_ptr<TypeScriptReader> typescript_;
  std::uint64_t parsed_count_ = 0;
  DoubtCounts doubt_counts_;
};

}  // namespace discovery
