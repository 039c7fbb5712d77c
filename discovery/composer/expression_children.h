#pragma once

#include "discovery/composer/expression_reader.h"

namespace discovery::composer {

/// Expressions nest no deeper than this; what lies below is opaque. Deep enough for any selection
/// that a server answers, and small enough for the stack of every thread that reads or evaluates.
inline constexpr unsigned k_deepest_expression = 250;

/// Whether a node is more than punctuation and comments.
inline bool is_part(const SyntaxTree& tree, NodeId id) {
  const SyntaxKind kind = tree[id].kind;
  return kind != SyntaxKind::token && kind != SyntaxKind::comment;
}

/// Whether `?.` is in a member or a call.
inline bool is_optional(const SyntaxTree& tree, NodeId id) {
  for (const NodeId child : tree.children(id)) {
    if (tree.text(child) == "?.") {
      return true;
    }
  }
  return false;
}

/// Collects the children of one expression.
class ExpressionReader::Children {
 public:
  Children(CompositionFacts& facts, ExpressionIndex parent) : facts_(facts), parent_(parent) {}

  void add(ExpressionIndex child) {
    ExpressionIndex& link = last_ == k_no_expression ? facts_.expressions[parent_].first
                                                     : facts_.expressions[last_].next;
    link = child;
    last_ = child;
  }

  ExpressionIndex parent() const { return parent_; }

 private:
  CompositionFacts& facts_;
  ExpressionIndex parent_;
  ExpressionIndex last_ = k_no_expression;
};

}  // namespace discovery::composer
