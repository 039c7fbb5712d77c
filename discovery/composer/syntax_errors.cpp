#include "discovery/composer/syntax_errors.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "discovery/syntax_names.h"

namespace discovery::composer {

namespace {

/// Parts of expressions that are none by themselves.
bool is_between(SyntaxKind kind) {
  switch (kind) {
    case SyntaxKind::error:
    case SyntaxKind::token:
    case SyntaxKind::arguments:
    case SyntaxKind::formal_parameters:
    case SyntaxKind::parameter:
    case SyntaxKind::object_pattern:
    case SyntaxKind::array_pattern:
    case SyntaxKind::pair_pattern:
    case SyntaxKind::default_pattern:
    case SyntaxKind::rest_pattern:
    case SyntaxKind::statement_block:
    case SyntaxKind::return_statement:
    case SyntaxKind::substitution:
    case SyntaxKind::pair:
    case SyntaxKind::computed_key:
    case SyntaxKind::spread:
    case SyntaxKind::method:
    case SyntaxKind::cast:
    case SyntaxKind::parenthesized:
      return true;
    default:
      return false;
  }
}

bool is_expression(SyntaxKind kind) {
  switch (kind) {
    case SyntaxKind::call:
    case SyntaxKind::member:
    case SyntaxKind::subscript:
    case SyntaxKind::object:
    case SyntaxKind::array:
    case SyntaxKind::function_expression:
    case SyntaxKind::template_string:
    case SyntaxKind::conditional:
    case SyntaxKind::unary:
    case SyntaxKind::binary:
    case SyntaxKind::identifier:
    case SyntaxKind::string:
    case SyntaxKind::number:
      return true;
    default:
      return false;
  }
}

/// Of a declaration the value that an error behind it belongs to; of what is none itself.
NodeId declared_value(const SyntaxTree& tree, NodeId id, std::uint32_t error) {
  NodeId declarator = tree[id].kind == SyntaxKind::variable_declarator ? id : k_no_node;
  if (tree[id].kind == SyntaxKind::lexical_declaration ||
      tree[id].kind == SyntaxKind::variable_declaration) {
    for (const NodeId child : tree.children(id)) {
      if (tree[child].kind == SyntaxKind::variable_declarator && tree[child].span.begin <= error) {
        declarator = child;
      }
    }
  }
  if (declarator == k_no_node) {
    return id;
  }
  return unwrapped(tree, tree.child(declarator, SyntaxField::value));
}

/// What can be shown to people: a byte at least, which is in the text.
base::Span shown(const SyntaxTree& tree, base::Span span) {
  if (span.size() > 0) {
    return span;
  }
  const auto end = static_cast<std::uint32_t>(tree.text().size());
  const std::uint32_t begin = span.begin < end || end == 0 ? span.begin : end - 1;
  return {begin, std::min(begin + 1, end)};
}

}  // namespace

std::map<NodeId, base::Span> broken_expressions(const SyntaxTree& tree) {
  std::map<NodeId, base::Span> broken;
  for (std::uint32_t i = 0; tree.has_error() && i < tree.size(); ++i) {
    const SyntaxNode& node = tree[NodeId{i}];
    const bool is_made_up = node.span.size() == 0 && node.first_child == k_no_node;
    if (node.kind != SyntaxKind::error && !is_made_up) {
      continue;
    }
    NodeId at =
        node.kind == SyntaxKind::error || !is_expression(node.kind) ? node.parent : NodeId{i};
    for (std::size_t level = 0;
         level < k_most_levels && at != k_no_node && is_between(tree[at].kind);
         ++level) {
      at = tree[at].parent;
    }
    at = at == k_no_node ? at : declared_value(tree, at, node.span.begin);
    // Errors elsewhere, as in a type, change no value.
    if (at != k_no_node && is_expression(tree[at].kind)) {
      broken.emplace(at, shown(tree, node.span));
    }
  }
  return broken;
}

}  // namespace discovery::composer
