#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "discovery/facts_difference.h"
#include "discovery/tag_scanner.h"
#include "discovery/typescript_reader.h"

namespace discovery {

/// What the two readers say of one text.
struct PairResult {
  /// Why the scanner wants a parser; empty where its facts are exact.
  std::string doubt;
  /// Of exact facts, in a file without errors.
  std::optional<FactsDifference> difference;
  /// The first export of such facts that ExportFilter knows nothing of; empty: none.
  std::string denied_export;
  bool is_broken = false;
  SourceFacts scanned;
};

/// The tag scanner and the tree-sitter reader, each of which tests the other.
class ReaderPair {
 public:
  PairResult read(std::string_view text, Language language);

 private:
  TagScanner scanner_;
  TypeScriptReader parser_;
};

/// A line of snippets.txt.
struct Snippet {
  /// What the scanner says of it as .ts and as .tsx: "exact", or the reason of its doubt.
  std::string typescript;
  std::string tsx;
  std::string source;
  /// The line as it is written, from the colon on.
  std::string written;
};

std::vector<Snippet> read_snippets(std::string_view file);

}  // namespace discovery
