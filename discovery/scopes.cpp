#include "discovery/scopes.h"

#include <cstddef>

#include "discovery/module_facts.h"
#include "discovery/site_binding.h"
#include "discovery/syntax_names.h"

namespace discovery {

namespace {

bool is_namespace(SyntaxKind kind) {
  return kind == SyntaxKind::namespace_declaration || kind == SyntaxKind::module_declaration;
}

bool opens_scope(SyntaxKind kind) {
  return opens_block_scope(kind) || kind == SyntaxKind::class_expression;
}

}  // namespace

std::optional<LocalDeclaration> Scopes::find(std::string_view name, NodeId at) {
  NodeId scope = tree_[at].parent;
  for (std::size_t level = 0; scope != k_no_node && scope != tree_.root() && level < k_most_levels;
       ++level) {
    const SyntaxKind kind = tree_[scope].kind;
    if (opens_scope(kind)) {
      const Declarations& names = declared_by(scope);
      const auto found = names.find(name);
      if (found != names.end()) {
        return found->second;
      }
      if (is_namespace(kind) && is_in_merged_namespace(name, scope)) {
        return LocalDeclaration{k_no_node, tree_[scope].span};
      }
    }
    scope = tree_[scope].parent;
  }
  return std::nullopt;
}

const Scopes::Declarations& Scopes::declared_by(NodeId scope) {
  const auto [entry, is_new] = declared_.try_emplace(static_cast<std::uint32_t>(scope));
  Declarations& names = entry->second;
  if (!is_new) {
    return names;
  }
  const LocalDeclaration unknown{k_no_node, tree_[scope].span};
  switch (tree_[scope].kind) {
    case SyntaxKind::function_expression:
    case SyntaxKind::function_declaration:
    case SyntaxKind::method:
      add_function(scope, names);
      break;
    case SyntaxKind::class_expression:
      add_name(tree_.child(scope, SyntaxField::name), unknown, names);
      break;
    case SyntaxKind::catch_clause:
      add_pattern(tree_.child(scope, SyntaxField::parameter), unknown, names);
      break;
    case SyntaxKind::for_statement:
      add_loop(scope, names);
      break;
    case SyntaxKind::statement_block:
      add_statements(scope, names);
      break;
    case SyntaxKind::switch_body:
      for (const NodeId part : tree_.children(scope)) {
        if (tree_[part].kind == SyntaxKind::switch_case) {
          add_statements(part, names);
        }
      }
      break;
    default:
      // Namespaces and the static blocks of classes: `var` ends there.
      add_hoisted(scope, names);
      break;
  }
  return names;
}

void Scopes::add_function(NodeId function, Declarations& names) {
  const LocalDeclaration unknown{k_no_node, tree_[function].span};
  add_hoisted(function, names);
  add_pattern(tree_.child(function, SyntaxField::parameter), unknown, names);
  const NodeId parameters = tree_.child(function, SyntaxKind::formal_parameters);
  if (parameters != k_no_node) {
    for (const NodeId parameter : tree_.children(parameters)) {
      add_pattern(tree_.child(parameter, SyntaxField::pattern), unknown, names);
    }
  }
  // Last: whatever the function declares hides its own name. That of a declaration is the block's.
  if (tree_[function].kind == SyntaxKind::function_expression) {
    add_name(tree_.child(function, SyntaxField::name), unknown, names);
  }
}

void Scopes::add_loop(NodeId loop, Declarations& names) {
  // `for (x of y)` declares nothing, and what `var` declares is the function's.
  if (tree_.has_token(loop, "const") || tree_.has_token(loop, "let")) {
    add_pattern(tree_.child(loop, SyntaxField::left), {k_no_node, tree_[loop].span}, names);
  }
  add_statements(loop, names);
}

void Scopes::add_statements(NodeId block, Declarations& names) {
  for (const NodeId statement : tree_.children(block)) {
    add_statement(block, statement, names);
  }
}

void Scopes::add_statement(NodeId block, NodeId statement, Declarations& names) {
  const NodeId declaration = declaration_of(tree_, statement);
  // The cases of a switch share one scope.
  const NodeId scope = tree_[block].kind == SyntaxKind::switch_case ? tree_[block].parent : block;
  const LocalDeclaration unknown{k_no_node, tree_[scope].span};
  switch (tree_[declaration].kind) {
    case SyntaxKind::lexical_declaration:
      add_declarators(declaration, scope, names);
      break;
    case SyntaxKind::function_declaration:
      add_name(tree_.child(declaration, SyntaxField::name), unknown, names);
      break;
    case SyntaxKind::class_declaration:
    case SyntaxKind::enum_declaration:
      add_name(tree_.child(declaration, SyntaxField::name), {declaration, unknown.scope}, names);
      break;
    case SyntaxKind::import_alias:
      add_name(tree_.first_named_child(declaration), {declaration, unknown.scope}, names);
      break;
    case SyntaxKind::namespace_declaration: {
      // `namespace A.B` declares A.
      NodeId name = tree_.child(declaration, SyntaxField::name);
      while (name != k_no_node && tree_[name].kind == SyntaxKind::member &&
             tree_.first_named_child(name) != k_no_node) {
        name = tree_.first_named_child(name);
      }
      add_name(name, unknown, names);
      break;
    }
    default:
      break;
  }
}

void Scopes::add_declarators(NodeId declaration, NodeId scope, Declarations& names) {
  const bool is_constant = tree_.has_token(declaration, "const");
  for (const NodeId declarator : tree_.children(declaration)) {
    add_pattern(tree_.child(declarator, SyntaxField::name),
                {is_constant ? declarator : k_no_node, tree_[scope].span},
                names);
  }
}

// Every `var` below `function` that is not in a function of its own.
void Scopes::add_hoisted(NodeId function, Declarations& names) {
  const LocalDeclaration unknown{k_no_node, tree_[function].span};
  std::vector<NodeId> open{function};
  while (!open.empty()) {
    const NodeId at = open.back();
    open.pop_back();
    for (const NodeId child : tree_.children(at)) {
      const SyntaxKind kind = tree_[child].kind;
      if (kind == SyntaxKind::variable_declaration) {
        add_declarators(child, function, names);
      } else if (kind == SyntaxKind::for_statement && tree_.has_token(child, "var")) {
        add_pattern(tree_.child(child, SyntaxField::left), unknown, names);
      }
      if (tree_[child].first_child != k_no_node && !opens_function_scope(kind)) {
        open.push_back(child);
      }
    }
  }
}

void Scopes::add_pattern(NodeId pattern, const LocalDeclaration& declaration, Declarations& names) {
  if (pattern == k_no_node) {
    return;
  }
  for (const NodeId name : bound_identifiers(tree_, pattern)) {
    add_name(name, declaration, names);
  }
}

void Scopes::add_name(NodeId name, const LocalDeclaration& declaration, Declarations& names) {
  if (name == k_no_node) {
    return;
  }
  const auto [entry, is_new] = names.try_emplace(tree_.text(name), declaration);
  if (!is_new && !(entry->second.constant == declaration.constant)) {
    // Declared twice (overloads, merged enums, broken code): which of the two counts is unknown.
    entry->second.constant = k_no_node;
  }
}

// What one part of a namespace exports is visible in all parts of the same name beside it.
bool Scopes::is_in_merged_namespace(std::string_view name, NodeId space) {
  NodeId statement = space;
  while (tree_[statement].parent != k_no_node &&
         !holds_statements(tree_[tree_[statement].parent].kind)) {
    statement = tree_[statement].parent;
  }
  const NodeId own_name = tree_.child(space, SyntaxField::name);
  const NodeId parent = tree_[statement].parent;
  if (own_name == k_no_node || parent == k_no_node) {
    return false;
  }
  for (const NodeId sibling : tree_.children(parent)) {
    const NodeId other = declaration_of(tree_, sibling);
    const NodeId other_name = tree_.child(other, SyntaxField::name);
    const NodeId body = tree_.child(other, SyntaxField::body);
    if (is_namespace(tree_[other].kind) && other != space && other_name != k_no_node &&
        body != k_no_node && tree_.text(other_name) == tree_.text(own_name) &&
        declared_by(body).count(name) > 0) {
      return true;
    }
  }
  return false;
}

}  // namespace discovery
