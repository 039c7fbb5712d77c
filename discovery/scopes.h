#pragma once

#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/span.h"
#include "discovery/syntax_tree.h"

namespace discovery {

/// What declares a name inside of a function or block.
struct LocalDeclaration {
  /// The declarator, enum, class or import alias that gives the name a value which it keeps; none
  /// for parameters, functions, `let` and whatever else may be anything.
  NodeId constant = k_no_node;
  /// Where the name is visible; never empty.
  base::Span scope;
};

/// Which declaration a name means at some place of a file, as ECMAScript has it: parameters,
/// `var` hoisted to its function, names of function and class expressions, declarations of blocks,
/// loops, catch clauses and namespaces.
///
/// What a scope declares is listed when it is first asked for, so that many templates in one
/// function cost no more than one. Keeps a reference to the tree. Not thread-safe.
class Scopes {
 public:
  explicit Scopes(const SyntaxTree& tree) : tree_(tree) {}

  /// The innermost declaration of `name` around the node `at`. Nothing if it is declared at module
  /// level or nowhere.
  std::optional<LocalDeclaration> find(std::string_view name, NodeId at);

 private:
  using Declarations = std::unordered_map<std::string_view, LocalDeclaration>;

  const Declarations& declared_by(NodeId scope);
  void add_function(NodeId function, Declarations& names);
  void add_loop(NodeId loop, Declarations& names);
  void add_statements(NodeId block, Declarations& names);
  void add_statement(NodeId block, NodeId statement, Declarations& names);
  void add_declarators(NodeId declaration, NodeId scope, Declarations& names);
  void add_hoisted(NodeId function, Declarations& names);
  void add_pattern(NodeId pattern, const LocalDeclaration& declaration, Declarations& names);
  void add_name(NodeId name, const LocalDeclaration& declaration, Declarations& names);
  bool is_in_merged_namespace(std::string_view name, NodeId space);

  const SyntaxTree& tree_;
  /// By the scope's node.
  std::unordered_map<std::uint32_t, Declarations> declared_;
};

}  // namespace discovery
