#include "discovery/local_names.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "discovery/site_binding.h"
#include "discovery/syntax_names.h"

namespace discovery {

namespace {

/// A name that is declared inside of a function or block.
struct LocalName {
  std::string name;
  base::Span scope;
};

/// Collects what is declared between a node and the module level.
class LocalNames {
 public:
  LocalNames(const SyntaxTree& tree, NodeId id) : tree_(tree) {
    NodeId at = tree[id].parent;
    for (std::size_t level = 0; at != k_no_node && at != tree.root() && level < k_most_levels;
         ++level) {
      add_declared_in(at);
      at = tree[at].parent;
    }
  }

  /// Innermost first.
  const LocalName* find(const std::string& name) const {
    const auto found = std::find_if(
        names_.begin(), names_.end(), [&](const LocalName& local) { return local.name == name; });
    return found == names_.end() ? nullptr : &*found;
  }

 private:
  void add_declared_in(NodeId scope) {
    switch (tree_[scope].kind) {
      case SyntaxKind::function_expression:
      case SyntaxKind::function_declaration:
      case SyntaxKind::method:
        add_parameters(scope);
        break;
      case SyntaxKind::catch_clause:
        add_pattern(tree_.child(scope, SyntaxField::parameter));
        break;
      case SyntaxKind::for_statement:
        add_pattern(tree_.child(scope, SyntaxField::left));
        add_declarations(scope);
        break;
      case SyntaxKind::statement_block:
      case SyntaxKind::switch_case:
        add_declarations(scope);
        break;
      default:
        break;
    }
  }

  void add_parameters(NodeId function) {
    add_pattern(tree_.child(function, SyntaxField::parameter));
    const NodeId parameters = tree_.child(function, SyntaxKind::formal_parameters);
    if (parameters == k_no_node) {
      return;
    }
    for (const NodeId parameter : tree_.children(parameters)) {
      add_pattern(tree_.child(parameter, SyntaxField::pattern));
    }
  }

  void add_declarations(NodeId block) {
    for (const NodeId statement : tree_.children(block)) {
      const SyntaxKind kind = tree_[statement].kind;
      if (kind != SyntaxKind::lexical_declaration && kind != SyntaxKind::variable_declaration) {
        continue;
      }
      for (const NodeId declarator : tree_.children(statement)) {
        add_pattern(tree_.child(declarator, SyntaxField::name));
      }
    }
  }

  void add_pattern(NodeId pattern) {
    if (pattern == k_no_node) {
      return;
    }
    const NodeId scope = scope_of(tree_, pattern, Declaration::block);
    for (std::string& name : bound_names(tree_, pattern)) {
      names_.push_back({std::move(name), scope_span(tree_, scope)});
    }
  }

  const SyntaxTree& tree_;
  std::vector<LocalName> names_;
};

bool has_name(const TemplateSite& site) {
  return std::any_of(
      site.substitutions.begin(), site.substitutions.end(), [](const Substitution& part) {
        return part.kind == Substitution::Kind::name;
      });
}

/// Whether a template is what the local name stands for; then linking knows it.
bool is_template(const LocalName& local, const std::vector<TemplateSite>& templates) {
  return std::any_of(templates.begin(), templates.end(), [&](const TemplateSite& site) {
    return !site.binding.empty() && site.binding.front() == local.name && site.scope == local.scope;
  });
}

}  // namespace

void mark_local_substitutions(const SyntaxTree& tree, std::vector<TemplateSite>& templates) {
  for (TemplateSite& site : templates) {
    if (!has_name(site)) {
      continue;
    }
    const LocalNames locals(tree, tree.node_at(site.content.begin - 1));
    for (Substitution& part : site.substitutions) {
      const LocalName* local =
          part.kind == Substitution::Kind::name ? locals.find(part.chain.names.front()) : nullptr;
      if (local != nullptr && !is_template(*local, templates)) {
        part.kind = Substitution::Kind::other;
        part.chain = {};
      }
    }
  }
}

}  // namespace discovery
