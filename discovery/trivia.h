#pragma once

#include <cstdint>
#include <vector>

#include "base/span.h"
#include "discovery/syntax_tree.h"

namespace discovery {

/// What the comments in front of templates and statements say. Keeps a reference to the tree.
class Trivia {
 public:
  explicit Trivia(const SyntaxTree& tree);

  /// Whether the last thing before the token at `offset` is a block comment that says "GraphQL", in
  /// any case and with nothing else in it.
  bool has_magic_comment_before(std::uint32_t offset) const;

  /// Whether `builder-ignore` stands directly before the template `id`, before the `expression`
  /// that it is part of, or before anything around that up to the statement or member. Other
  /// comments may stand between; a comment at the end of a line of code belongs to that code.
  bool is_ignored(NodeId id, NodeId expression) const;

 private:
  /// The number of comments that end at or before `offset`.
  std::size_t comments_before(std::uint32_t offset) const;
  bool has_ignore_comment_before(std::uint32_t offset) const;
  bool is_blank(std::uint32_t begin, std::uint32_t end) const;
  bool shares_line_with_code(base::Span comment) const;

  const SyntaxTree& tree_;
  std::vector<base::Span> comments_;
};

}  // namespace discovery
