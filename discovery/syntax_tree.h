#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "base/span.h"

namespace discovery {

/// What a node of TypeScript's syntax is, as far as facts depend on it. `token` is any punctuation
/// or keyword, `other` any named node that nobody asks for.
// clang-format off
enum class SyntaxKind : std::uint8_t {
  other, token, error, comment, program,
  import_statement, import_clause, named_imports, import_specifier, namespace_import,
  import_require_clause, import_alias,
  export_statement, export_clause, export_specifier, namespace_export,
  lexical_declaration, variable_declaration, variable_declarator, ambient_declaration,
  function_declaration, type_declaration, class_declaration, enum_declaration,
  namespace_declaration, module_declaration,
  enum_body, enum_assignment, class_expression, class_body, class_field, class_static_block,
  statement_block, switch_case, switch_body, for_statement, function_expression, method,
  catch_clause, formal_parameters, parameter,
  expression_statement, assignment, update, call, arguments, member, subscript,
  identifier, property_name, shorthand_property, string, array, object, pair,
  object_pattern, array_pattern, pair_pattern, shorthand_pattern, default_pattern, rest_pattern,
  /// `x as T`, `x satisfies T`, `x!`; and `<T>x`.
  cast, type_assertion, parenthesized,
  template_string, template_type, substitution,
  jsx_tag, jsx_text, regex,
  number, conditional, unary, binary, spread, computed_key, return_statement,
};
// clang-format on

/// Whether the children of such a node are statements or members. True for the program, so that
/// every climb from below ends.
bool holds_statements(SyntaxKind kind);

/// The role of a node in its parent.
// clang-format off
enum class SyntaxField : std::uint8_t {
  none, name, alias, source, value, key, left, right, function, arguments, object, property, index,
  body, declaration, parameter, pattern, condition, consequence, alternative, argument, op,
};
// clang-format on

/// Dense handle of a node in one SyntaxTree. Parents come before their children, and siblings in
/// source order.
enum class NodeId : std::uint32_t {};
inline constexpr NodeId k_no_node{UINT32_MAX};

struct SyntaxNode {
  base::Span span;
  NodeId parent = k_no_node;
  NodeId first_child = k_no_node;
  NodeId next_sibling = k_no_node;
  SyntaxKind kind = SyntaxKind::other;
  SyntaxField field = SyntaxField::none;
};

/// The part of a file's syntax that facts can come from: its module-level statements, and the way
/// down to every backtick. All else is a leaf, whatever it holds, unless SyntaxDepth::everything
/// was asked for. A copy rather than tree-sitter's
/// own tree, because it knows parents, costs 28 bytes a node, outlives the parser, and keeps
/// tree-sitter's interface in one file.
///
/// Invariant: node 0 is the program. Keeps a view of the text: the caller keeps it alive.
class SyntaxTree {
 public:
  /// Walks the children of one node, comments included.
  class Children {
   public:
    class Iterator {
     public:
      Iterator(const SyntaxTree* tree, NodeId id) : tree_(tree), id_(id) {}
      NodeId operator*() const { return id_; }
      Iterator& operator++() {
        id_ = (*tree_)[id_].next_sibling;
        return *this;
      }
      bool operator!=(const Iterator& other) const { return id_ != other.id_; }

     private:
      const SyntaxTree* tree_;
      NodeId id_;
    };
    Children(const SyntaxTree* tree, NodeId first) : tree_(tree), first_(first) {}
    Iterator begin() const { return {tree_, first_}; }
    Iterator end() const { return {tree_, k_no_node}; }

   private:
    const SyntaxTree* tree_;
    NodeId first_;
  };

  SyntaxTree(std::string_view text, bool has_error) : text_(text), has_error_(has_error) {}

  void reserve(std::size_t node_count) { nodes_.reserve(node_count); }
  /// Appends a node; its parent must be there already. `previous` is its elder sibling, if any.
  NodeId add(const SyntaxNode& node, NodeId previous);

  const SyntaxNode& operator[](NodeId id) const { return nodes_[static_cast<std::size_t>(id)]; }
  /// The comments that do not stand among the nodes, sorted; a tree has either.
  void set_comments(std::vector<base::Span> comments) { comments_ = std::move(comments); }
  const std::vector<base::Span>& comments() const { return comments_; }

  std::uint32_t size() const { return static_cast<std::uint32_t>(nodes_.size()); }
  NodeId root() const { return NodeId{0}; }

  /// Whether the parser had to leave out or make up anything.
  bool has_error() const { return has_error_; }

  Children children(NodeId id) const { return {this, (*this)[id].first_child}; }
  /// The first child in the role, or `k_no_node`.
  NodeId child(NodeId id, SyntaxField field) const;
  NodeId child(NodeId id, SyntaxKind kind) const;
  /// Whether one of the children is the keyword or punctuation `token`.
  bool has_token(NodeId id, std::string_view token) const;

  /// The only child that is neither token nor comment, or the first of several.
  NodeId first_named_child(NodeId id) const;

  /// The bytes that were parsed; offsets are those of the whole text.
  std::string_view text(NodeId id) const;
  std::string_view text() const { return text_; }

  /// The smallest node that holds the byte at `offset`.
  NodeId node_at(std::uint32_t offset) const;

 private:
  std::string_view text_;
  std::vector<SyntaxNode> nodes_;
  /// The children of the program, to be searched by their places.
  std::vector<NodeId> statements_;
  std::vector<base::Span> comments_;
  bool has_error_ = false;
};

}  // namespace discovery
