#include "discovery/fragment_list.h"

#include <cstddef>
#include <utility>

#include "discovery/module_facts.h"
#include "discovery/syntax_names.h"

namespace discovery {
namespace {

/// Lists in lists; deeper ones count as unknown, and so do longer ones: lists that spread each
/// other twice would double with every level.
constexpr unsigned k_most_levels_of_lists = 16;
constexpr std::size_t k_most_fragments = 10'000;
/// Names that a list may have one after the other.
constexpr unsigned k_most_names_of_list = 16;

}  // namespace

void FragmentListReader::read(NodeId arguments, TemplateSite& site) {
  const NodeId argument = unwrapped(tree_, second_argument(arguments));
  if (argument == k_no_node) {
    return;
  }
  const NodeId array = array_of(argument);
  if (array != k_no_node) {
    site.has_fragment_list = true;
    add_elements(array, 0, site);
  } else if (tree_[argument].kind != SyntaxKind::object) {
    site.opaque_fragment = tree_[argument].span;
  }
}

NodeId FragmentListReader::second_argument(NodeId arguments) const {
  int count = 0;
  for (const NodeId child : tree_.children(arguments)) {
    const SyntaxKind kind = tree_[child].kind;
    if (kind != SyntaxKind::token && kind != SyntaxKind::comment && ++count == 2) {
      return child;
    }
  }
  return k_no_node;
}

NodeId FragmentListReader::array_of(NodeId value) {
  NodeId at = unwrapped(tree_, value);
  for (unsigned names = 0; at != k_no_node && names < k_most_names_of_list; ++names) {
    if (tree_[at].kind == SyntaxKind::array) {
      return at;
    }
    if (tree_[at].kind != SyntaxKind::identifier) {
      break;
    }
    at = constant_value(tree_.text(at), at);
  }
  return k_no_node;
}

NodeId FragmentListReader::constant_value(std::string_view name, NodeId at) {
  const std::optional<LocalDeclaration> local = scopes_.find(name, at);
  const NodeId declarator = local ? local->constant : module_constant(name);
  if (declarator == k_no_node || tree_[declarator].kind != SyntaxKind::variable_declarator) {
    return k_no_node;
  }
  const NodeId pattern = tree_.child(declarator, SyntaxField::name);
  if (pattern == k_no_node || tree_[pattern].kind != SyntaxKind::identifier) {
    return k_no_node;
  }
  return unwrapped(tree_, tree_.child(declarator, SyntaxField::value));
}

NodeId FragmentListReader::module_constant(std::string_view name) {
  if (!module_constants_) {
    module_constants_.emplace();
    for (const NodeId statement : module_statements(tree_)) {
      const NodeId declaration = declaration_of(tree_, statement);
      if (tree_[declaration].kind != SyntaxKind::lexical_declaration ||
          !tree_.has_token(declaration, "const")) {
        continue;
      }
      for (const NodeId declarator : tree_.children(declaration)) {
        const NodeId pattern = tree_.child(declarator, SyntaxField::name);
        if (pattern != k_no_node) {
          module_constants_->try_emplace(tree_.text(pattern), declarator);
        }
      }
    }
  }
  const auto found = module_constants_->find(name);
  return found == module_constants_->end() ? k_no_node : found->second;
}

// Recursion is bounded by k_most_levels_of_lists.
void FragmentListReader::add_elements(NodeId array, unsigned depth, TemplateSite& site) {
  for (const NodeId element : tree_.children(array)) {
    const SyntaxKind kind = tree_[element].kind;
    if (kind == SyntaxKind::token || kind == SyntaxKind::comment) {
      continue;
    }
    const bool is_spread = kind == SyntaxKind::spread;
    const NodeId inner = is_spread ? array_of(tree_.first_named_child(element)) : k_no_node;
    auto chain = is_spread ? std::nullopt : name_chain(tree_, element);
    if (inner != k_no_node && depth < k_most_levels_of_lists) {
      add_elements(inner, depth + 1, site);
    } else if (chain && site.fragments.size() < k_most_fragments) {
      locals_.place(*chain, element);
      site.fragments.push_back(*std::move(chain));
    } else {
      site.opaque_fragment = tree_[element].span;
    }
  }
}

}  // namespace discovery
