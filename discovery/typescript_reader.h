#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "discovery/source_reader.h"
#include "discovery/syntax_parser.h"

namespace discovery {

/// A text longer than this is not parsed: tree-sitter takes 20 bytes of memory per byte of text.
inline constexpr std::size_t k_longest_parsed_text = std::size_t{16} << 20;

/// Reads TypeScript and JavaScript with tree-sitter. Slow (9 MB/s) and always exact where the file
/// is sound; where it is broken, what stands around the error is found all the same.
///
/// One per thread: it keeps the parser.
class TypeScriptReader {
 public:
  /// Facts of exactly the tier asked for. `request.text` is well-formed UTF-8.
  SourceFacts read(const ReadRequest& request);

  /// `facts`, which another reader made of the same bytes at the documents tier, with the
  /// compositions added; or why they could not be read.
  SourceFacts add_compositions(const ReadRequest& request, SourceFacts facts);

  /// Whether the last file that was read is broken, as far as the grammar knows: then its facts are
  /// what could be recovered.
  bool has_error() const { return has_error_; }

 private:
  /// `marks`: where a comment may begin that has no end.
  SourceFacts read(const ReadRequest& request, const std::vector<std::uint32_t>& marks);
  SourceFacts read_before_comment(const ReadRequest& request, std::uint32_t comment);

  void drop_reassigned(const SyntaxTree& tree,
                       const ReadRequest& request,
                       const std::string& text,
                       SourceFacts& facts);

  SyntaxParser parser_;
  bool has_error_ = false;
};

}  // namespace discovery
