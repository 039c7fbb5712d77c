#include "discovery/site_binding.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "discovery/source_facts.h"
#include "discovery/syntax_names.h"

namespace discovery {

namespace {

/// Climbs from a value to what names it, collecting keys from the inside out.
class BindingReader {
 public:
  BindingReader(const SyntaxTree& tree, NodeId expression)
      : tree_(tree), at_(wrapped(tree, expression)) {}

  SiteBinding read() {
    SiteBinding binding;
    binding.scope = scope_span(tree_, scope_of(tree_, at_, Declaration::block));
    while (keys_.size() <= k_longest_path) {
      const Step step = climb();
      if (step == Step::further) {
        continue;
      }
      if (step == Step::named) {
        std::reverse(keys_.begin(), keys_.end());
        binding.path = std::move(keys_);
        binding.scope = scope_span(tree_, scope_of(tree_, at_, declaration_));
        binding.is_assigned = is_assigned_;
        binding.is_overwritten = is_overwritten_;
      }
      break;
    }
    return binding;
  }

 private:
  enum class Step : std::uint8_t { further, named, unnamed };

  Step climb() {
    const NodeId parent = tree_[at_].parent;
    if (parent == k_no_node) {
      return Step::unnamed;
    }
    const SyntaxField field = tree_[at_].field;
    switch (tree_[parent].kind) {
      case SyntaxKind::pair:
        return field == SyntaxField::value ? climb_object(parent) : Step::unnamed;
      case SyntaxKind::class_field:
        return field == SyntaxField::value ? climb_class(parent) : Step::unnamed;
      case SyntaxKind::variable_declarator:
        return field == SyntaxField::value ? name_by_declarator(parent) : Step::unnamed;
      case SyntaxKind::assignment:
        return field == SyntaxField::right ? name_by_assignment(parent) : Step::unnamed;
      case SyntaxKind::export_statement:
        return name_by_export(parent);
      default:
        return Step::unnamed;
    }
  }

  bool add_key(NodeId key) {
    auto name = property_key(tree_, key);
    if (!name) {
      return false;
    }
    keys_.push_back(*std::move(name));
    return true;
  }

  Step climb_object(NodeId pair) {
    const NodeId object = tree_[pair].parent;
    if (tree_[object].kind != SyntaxKind::object || !add_key(tree_.child(pair, SyntaxField::key))) {
      return Step::unnamed;
    }
    for (NodeId next = tree_[pair].next_sibling; next != k_no_node;
         next = tree_[next].next_sibling) {
      is_overwritten_ = is_overwritten_ || may_be_any_member(tree_, next);
    }
    at_ = wrapped(tree_, object);
    return Step::further;
  }

  Step climb_class(NodeId field) {
    if (!tree_.has_token(field, "static") || !add_key(tree_.child(field, SyntaxField::name))) {
      return Step::unnamed;
    }
    at_ = tree_[tree_[field].parent].parent;
    if (at_ == k_no_node) {
      return Step::unnamed;
    }
    if (tree_[at_].kind == SyntaxKind::class_declaration) {
      return add_key(tree_.child(at_, SyntaxField::name)) ? Step::named : Step::unnamed;
    }
    // A class expression is reached by what it is assigned to; its own name is visible inside only.
    at_ = wrapped(tree_, at_);
    return Step::further;
  }

  Step name_by_declarator(NodeId declarator) {
    const NodeId name = tree_.child(declarator, SyntaxField::name);
    if (name == k_no_node || tree_[name].kind != SyntaxKind::identifier || !add_key(name)) {
      return Step::unnamed;
    }
    if (tree_[tree_[declarator].parent].kind == SyntaxKind::variable_declaration) {
      declaration_ = Declaration::function;
    }
    return Step::named;
  }

  Step name_by_assignment(NodeId assignment) {
    const auto target = name_chain(tree_, tree_.child(assignment, SyntaxField::left));
    if (!target) {
      return Step::unnamed;
    }
    const auto exported = exports_path(target->names);
    const std::vector<std::string>& names = exported ? *exported : target->names;
    keys_.insert(keys_.end(), names.rbegin(), names.rend());
    is_assigned_ = true;
    return Step::named;
  }

  Step name_by_export(NodeId statement) {
    if (!tree_.has_token(statement, "default") && !tree_.has_token(statement, "=")) {
      return Step::unnamed;
    }
    keys_.emplace_back(k_default_binding);
    return Step::named;
  }

  const SyntaxTree& tree_;
  NodeId at_;
  Declaration declaration_ = Declaration::block;
  std::vector<std::string> keys_;
  bool is_assigned_ = false;
  bool is_overwritten_ = false;
};

}  // namespace

bool opens_function_scope(SyntaxKind kind) {
  switch (kind) {
    case SyntaxKind::program:
    case SyntaxKind::function_declaration:
    case SyntaxKind::function_expression:
    case SyntaxKind::method:
    case SyntaxKind::class_static_block:
    case SyntaxKind::namespace_declaration:
    case SyntaxKind::module_declaration:
      return true;
    default:
      return false;
  }
}

bool opens_block_scope(SyntaxKind kind) {
  switch (kind) {
    case SyntaxKind::statement_block:
    case SyntaxKind::switch_body:
    case SyntaxKind::for_statement:
    case SyntaxKind::catch_clause:
      return true;
    default:
      return opens_function_scope(kind);
  }
}

SiteBinding binding_of(const SyntaxTree& tree, NodeId expression) {
  return BindingReader(tree, expression).read();
}

NodeId scope_of(const SyntaxTree& tree, NodeId id, Declaration declaration) {
  // A declaration is visible around itself, not inside: hence its parent first.
  NodeId at = tree[id].parent;
  for (std::size_t level = 0; at != k_no_node && level < k_most_levels; ++level) {
    const SyntaxKind kind = tree[at].kind;
    if (declaration == Declaration::block ? opens_block_scope(kind) : opens_function_scope(kind)) {
      return at;
    }
    at = tree[at].parent;
  }
  return tree.root();
}

base::Span scope_span(const SyntaxTree& tree, NodeId scope) {
  return scope == tree.root() ? base::Span{} : tree[scope].span;
}

}  // namespace discovery
