#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/span.h"
#include "discovery/syntax_tree.h"

namespace discovery {

/// By what name the code of a file reaches a value, as TemplateSite says.
struct SiteBinding {
  /// Empty where nothing names the value; `scope` is then the block around it.
  std::vector<std::string> path;
  base::Span scope;
  /// By an assignment, not by its declaration: the name may be declared further out than `scope`.
  bool is_assigned = false;
  /// What follows it in an object literal may replace it.
  bool is_overwritten = false;
};

SiteBinding binding_of(const SyntaxTree& tree, NodeId expression);

/// Whether `var` is visible up to such a node: functions, namespaces, static blocks, the program.
bool opens_function_scope(SyntaxKind kind);
/// Whether `const` is: those, and blocks, loops, switches and catch clauses.
bool opens_block_scope(SyntaxKind kind);

/// The block in which a name is visible that is declared at `id`: the whole file at module level.
enum class Declaration : std::uint8_t {
  /// const, let, class
  block,
  /// var
  function,
};
NodeId scope_of(const SyntaxTree& tree, NodeId id, Declaration declaration);

/// The text of a scope; empty for the program, as facts have it.
base::Span scope_span(const SyntaxTree& tree, NodeId scope);

}  // namespace discovery
