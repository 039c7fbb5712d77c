#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "discovery/syntax_tree.h"

namespace discovery::scanner {

/// A node of a DraftTree.
enum class DraftId : std::uint32_t {};
inline constexpr DraftId k_no_draft{UINT32_MAX};

/// A syntax tree in the making. A SyntaxTree wants parents before their children, while a parser
/// learns that `a` is the left side of an assignment after it has read it.
class DraftTree {
 public:
  void clear() { drafts_.clear(); }

  DraftId add(SyntaxKind kind, base::Span span) {
    drafts_.push_back({span, k_no_draft, k_no_draft, k_no_draft, kind, SyntaxField::none});
    return DraftId{static_cast<std::uint32_t>(drafts_.size() - 1)};
  }
  /// Makes `child` the last child of `parent`; each node once. Without effect for `k_no_draft`.
  void append(DraftId parent, DraftId child, SyntaxField field = SyntaxField::none);

  // Of `k_no_draft`, which a parser has where it gave up: nothing, and without effect.

  base::Span span(DraftId id) const { return id == k_no_draft ? base::Span() : get(id).span; }
  SyntaxKind kind(DraftId id) const { return id == k_no_draft ? SyntaxKind::other : get(id).kind; }
  void set_end(DraftId id, std::uint32_t end) {
    if (id != k_no_draft) {
      get(id).span.end = end;
    }
  }
  void set_kind(DraftId id, SyntaxKind kind) {
    if (id != k_no_draft) {
      get(id).kind = kind;
    }
  }

  /// What hangs below `root`, the program.
  SyntaxTree finish(std::string_view text, DraftId root, std::vector<base::Span> comments) const;

 private:
  struct Draft {
    base::Span span;
    DraftId first_child = k_no_draft;
    DraftId last_child = k_no_draft;
    DraftId next_sibling = k_no_draft;
    SyntaxKind kind = SyntaxKind::other;
    SyntaxField field = SyntaxField::none;
  };

  Draft& get(DraftId id) { return drafts_[static_cast<std::size_t>(id)]; }
  const Draft& get(DraftId id) const { return drafts_[static_cast<std::size_t>(id)]; }

  std::vector<Draft> drafts_;
};

}  // namespace discovery::scanner
