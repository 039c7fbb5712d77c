#include "discovery/syntax_tree.h"

#include <algorithm>

namespace discovery {

bool holds_statements(SyntaxKind kind) {
  switch (kind) {
    case SyntaxKind::program:
    case SyntaxKind::statement_block:
    case SyntaxKind::switch_case:
    case SyntaxKind::class_body:
    case SyntaxKind::error:
      return true;
    default:
      return false;
  }
}

NodeId SyntaxTree::add(const SyntaxNode& node, NodeId previous) {
  const NodeId id{size()};
  nodes_.push_back(node);
  if (node.parent == root() && id != root()) {
    statements_.push_back(id);
  }
  if (previous != k_no_node) {
    nodes_[static_cast<std::size_t>(previous)].next_sibling = id;
  } else if (node.parent != k_no_node) {
    nodes_[static_cast<std::size_t>(node.parent)].first_child = id;
  }
  return id;
}

NodeId SyntaxTree::child(NodeId id, SyntaxField field) const {
  for (const NodeId child : children(id)) {
    if ((*this)[child].field == field) {
      return child;
    }
  }
  return k_no_node;
}

NodeId SyntaxTree::child(NodeId id, SyntaxKind kind) const {
  for (const NodeId child : children(id)) {
    if ((*this)[child].kind == kind) {
      return child;
    }
  }
  return k_no_node;
}

bool SyntaxTree::has_token(NodeId id, std::string_view token) const {
  for (const NodeId child : children(id)) {
    if ((*this)[child].kind == SyntaxKind::token && text(child) == token) {
      return true;
    }
  }
  return false;
}

NodeId SyntaxTree::first_named_child(NodeId id) const {
  for (const NodeId child : children(id)) {
    const SyntaxKind kind = (*this)[child].kind;
    if (kind != SyntaxKind::token && kind != SyntaxKind::comment) {
      return child;
    }
  }
  return k_no_node;
}

std::string_view SyntaxTree::text(NodeId id) const {
  const base::Span span = (*this)[id].span;
  return text_.substr(span.begin, span.size());
}

NodeId SyntaxTree::node_at(std::uint32_t offset) const {
  NodeId found = root();
  // A file has many statements, and what is in one has few parts.
  const auto behind = std::upper_bound(
      statements_.begin(), statements_.end(), offset, [this](std::uint32_t at, NodeId statement) {
        return at < (*this)[statement].span.begin;
      });
  for (NodeId child = behind == statements_.begin() ? k_no_node : *(behind - 1);
       child != k_no_node;) {
    const base::Span span = (*this)[child].span;
    if (span.begin <= offset && offset < span.end) {
      found = child;
      child = (*this)[child].first_child;
    } else {
      child = (*this)[child].next_sibling;
    }
  }
  return found;
}

}  // namespace discovery
