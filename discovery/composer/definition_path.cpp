#include "discovery/composer/definition_path.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "discovery/syntax_names.h"

namespace discovery::composer {

namespace {

std::string escaped(const std::string& name) {
  std::string text;
  for (const char c : name) {
    if (c == '.' || c == '$' || c == '\\') {
      text += '\\';
    }
    text += c;
  }
  return text;
}

std::optional<std::string> key_text(const SyntaxTree& tree, NodeId key) {
  if (key != k_no_node && tree[key].kind == SyntaxKind::number) {
    return std::string(tree.text(key));
  }
  return property_key(tree, key);
}

/// The names that `parent` gives to what is in its child `id`, outermost last.
std::vector<std::string> names_given_by(const SyntaxTree& tree, NodeId parent, NodeId id) {
  std::optional<std::string> name;
  switch (tree[parent].kind) {
    case SyntaxKind::variable_declarator: {
      const NodeId target = tree.child(parent, SyntaxField::name);
      if (tree[id].field == SyntaxField::value && target != k_no_node &&
          tree[target].kind == SyntaxKind::identifier) {
        name = std::string(tree.text(target));
      }
      break;
    }
    case SyntaxKind::function_declaration:
    case SyntaxKind::function_expression:
    case SyntaxKind::class_declaration:
    case SyntaxKind::method:
    case SyntaxKind::class_field:
      name = key_text(tree, tree.child(parent, SyntaxField::name));
      break;
    case SyntaxKind::namespace_declaration: {
      const NodeId declared = tree.child(parent, SyntaxField::name);
      const auto chain = declared == k_no_node ? std::nullopt : name_chain(tree, declared);
      return chain ? std::vector<std::string>(chain->names.rbegin(), chain->names.rend())
                   : std::vector<std::string>();
    }
    case SyntaxKind::pair:
      if (tree[id].field == SyntaxField::value) {
        name = key_text(tree, tree.child(parent, SyntaxField::key));
      }
      break;
    case SyntaxKind::assignment: {
      const auto target = name_chain(tree, tree.child(parent, SyntaxField::left));
      if (tree[id].field == SyntaxField::right && target) {
        return {target->names.rbegin(), target->names.rend()};
      }
      break;
    }
    default:
      break;
  }
  return name ? std::vector<std::string>{*name} : std::vector<std::string>();
}

}  // namespace

DefinitionPath definition_path(const SyntaxTree& tree, NodeId expression) {
  DefinitionPath result;
  std::vector<std::string> names;
  NodeId at = expression;
  for (std::size_t level = 0; level < k_most_levels && names.size() < k_longest_path; ++level) {
    const NodeId parent = tree[at].parent;
    if (parent == k_no_node) {
      break;
    }
    if (tree[parent].kind == SyntaxKind::export_statement && names.empty()) {
      result.is_default_export = tree.has_token(parent, "default") || tree.has_token(parent, "=");
    }
    const std::vector<std::string> given = names_given_by(tree, parent, at);
    names.insert(names.end(), given.begin(), given.end());
    at = parent;
  }
  for (auto name = names.rbegin(); name != names.rend(); ++name) {
    result.path += (result.path.empty() ? "" : ".") + escaped(*name);
  }
  return result;
}

}  // namespace discovery::composer
