#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/span.h"
#include "discovery/source_facts.h"
#include "discovery/syntax_tree.h"

struct TSParser;

namespace discovery {

/// Which parts of a file are copied into the SyntaxTree.
enum class SyntaxDepth : std::uint8_t {
  /// The statements at module level: imports, exports, constants.
  module_statements,
  /// And every node above a backtick.
  templates,
  everything,
};

/// How many times tree-sitter may report progress (once per 100 of its operations) on a text of
/// that many bytes. Counted, never timed, so that the outcome is the same on every machine.
///
/// Real files need up to 0.0143 reports per byte (9,605 files, 50 MB; 0.0056 on average), minified
/// code 0.05, the densest text that we could make up 0.07. Error recovery can need any number:
/// half-typed JSX of 800 bytes held the parser for minutes, at 13,000 reports a second. The fixed
/// part stops that after 0.3 s.
std::uint64_t parse_limit(std::size_t text_bytes);

struct ParseInput {
  /// What the parser reads: the source after fill_grammar_gaps().
  std::string_view text;
  /// What the tree's nodes show: of the same length. The tree keeps this view.
  std::string_view source;
  /// The part to parse; spans count from the start of `source` all the same.
  base::Span range;
  Language language = Language::typescript;
  SyntaxDepth depth = SyntaxDepth::templates;
  /// Further places, sorted, above which every node is wanted. The caller keeps them alive.
  std::span<const std::uint32_t> places = {};
  /// In reports of progress; see parse_limit().
  std::uint64_t limit = 0;
};

/// tree-sitter with the TypeScript and the TSX grammar. Not thread-safe: one per thread.
class SyntaxParser {
 public:
  SyntaxParser();
  ~SyntaxParser();
  SyntaxParser(const SyntaxParser&) = delete;
  SyntaxParser& operator=(const SyntaxParser&) = delete;

  /// The syntax of a text, or nothing past the limit. Never fails otherwise: broken text is a tree
  /// with errors.
  std::optional<SyntaxTree> parse(const ParseInput& input);

  /// How many reports the last parse() took.
  std::uint64_t report_count() const { return report_count_; }

 private:
  TSParser* parser_;
  std::uint64_t report_count_ = 0;
};

}  // namespace discovery
