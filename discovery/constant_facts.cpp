#include "discovery/constant_facts.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "discovery/module_facts.h"
#include "discovery/syntax_names.h"

namespace discovery {

namespace {

class ConstantReader {
 public:
  ConstantReader(const SyntaxTree& tree, SourceFacts& facts) : tree_(tree), facts_(facts) {}

  void read(NodeId statement) {
    const NodeId declaration = declaration_of(tree_, statement);
    switch (tree_[declaration].kind) {
      case SyntaxKind::variable_declarator:
        read_declarator(declaration);
        break;
      case SyntaxKind::lexical_declaration:
        if (tree_.has_token(declaration, "const")) {
          read_declarators(declaration);
        }
        break;
      case SyntaxKind::enum_declaration:
        read_enum(declaration);
        break;
      case SyntaxKind::class_declaration:
        read_class(declaration);
        break;
      case SyntaxKind::import_alias:
        read_import_alias(declaration);
        break;
      case SyntaxKind::export_statement:
        read_exported_value(declaration);
        break;
      case SyntaxKind::expression_statement:
        read_assignment(tree_.child(declaration, SyntaxKind::assignment));
        break;
      default:
        break;
    }
  }

 private:
  using Path = std::vector<std::string>;
  struct Named {
    Path path;
    NodeId value;
  };

  void read_declarators(NodeId declaration) {
    for (const NodeId declarator : tree_.children(declaration)) {
      read_declarator(declarator);
    }
  }

  void read_declarator(NodeId declarator) {
    const NodeId name = tree_.child(declarator, SyntaxField::name);
    const NodeId value = tree_.child(declarator, SyntaxField::value);
    if (name == k_no_node || value == k_no_node) {
      return;
    }
    if (tree_[name].kind == SyntaxKind::identifier) {
      read_value({{std::string(tree_.text(name))}, value});
    } else if (tree_[name].kind == SyntaxKind::object_pattern) {
      read_pattern(name, value);
    }
  }

  /// `const { a, b: c } = X.y`: a is X.y.a, and c is X.y.b.
  void read_pattern(NodeId pattern, NodeId value) {
    const auto chain = name_chain(tree_, value);
    if (!chain) {
      return;
    }
    for (const NodeId part : tree_.children(pattern)) {
      std::optional<std::string> key;
      NodeId local = part;
      if (tree_[part].kind == SyntaxKind::shorthand_pattern) {
        key = std::string(tree_.text(part));
      } else if (tree_[part].kind == SyntaxKind::pair_pattern) {
        key = property_key(tree_, tree_.child(part, SyntaxField::key));
        local = tree_.child(part, SyntaxField::value);
      }
      if (key && local != k_no_node &&
          (local == part || tree_[local].kind == SyntaxKind::identifier)) {
        NameChain target = *chain;
        target.names.push_back(*std::move(key));
        add({{std::string(tree_.text(local))}, ConstantFact::Kind::alias, "", std::move(target)});
      }
    }
  }

  void read_enum(NodeId declaration) {
    const NodeId name = tree_.child(declaration, SyntaxField::name);
    const NodeId body = tree_.child(declaration, SyntaxField::body);
    if (name == k_no_node || body == k_no_node) {
      return;
    }
    for (const NodeId member : tree_.children(body)) {
      const NodeId value = tree_.child(member, SyntaxField::value);
      auto key = property_key(tree_, tree_.child(member, SyntaxField::name));
      auto text = value == k_no_node ? std::nullopt : literal_value(tree_, unwrapped(tree_, value));
      if (key && text) {
        add({{std::string(tree_.text(name)), *std::move(key)},
             ConstantFact::Kind::string,
             *std::move(text),
             {}});
      }
    }
  }

  void read_class(NodeId declaration) {
    const NodeId name = tree_.child(declaration, SyntaxField::name);
    if (name != k_no_node) {
      read_value({{std::string(tree_.text(name))}, declaration});
    }
  }

  void read_import_alias(NodeId alias) {
    const NodeId local = tree_.first_named_child(alias);
    NodeId target = local;
    for (const NodeId child : tree_.children(alias)) {
      target = tree_[child].kind == SyntaxKind::token ? target : child;
    }
    auto chain = local == target ? std::nullopt : name_chain(tree_, target);
    if (chain) {
      add({{std::string(tree_.text(local))}, ConstantFact::Kind::alias, "", *std::move(chain)});
    }
  }

  /// `export default <expression>`, `export = <expression>`. A plain name needs no constant: the
  /// export itself says it.
  void read_exported_value(NodeId statement) {
    if (!tree_.has_token(statement, "default") && !tree_.has_token(statement, "=")) {
      return;
    }
    NodeId value = tree_.child(statement, SyntaxField::value);
    value = unwrapped(tree_, value == k_no_node ? tree_.first_named_child(statement) : value);
    if (value != k_no_node && tree_[value].kind != SyntaxKind::identifier) {
      read_value({{k_default_binding}, value});
    }
  }

  /// `Card.fragments = { ... }`.
  void read_assignment(NodeId assignment) {
    if (assignment == k_no_node) {
      return;
    }
    const NodeId value = assigned_value(tree_, assignment);
    // `exports.a = exports.b = value`.
    for (NodeId at = assignment; value != k_no_node && at != value;
         at = unwrapped(tree_, tree_.child(at, SyntaxField::right))) {
      const auto target = name_chain(tree_, tree_.child(at, SyntaxField::left));
      const auto exported = target ? exports_path(target->names) : std::nullopt;
      if (exported) {
        read_value({*exported, value});
      } else if (target && target->names.size() > 1) {
        read_value({target->names, value});
      }
    }
  }

  void read_value(Named root) {
    // A work list: how deep objects nest is the input's choice.
    std::vector<Named> open;
    open.push_back(std::move(root));
    while (!open.empty()) {
      Named named = std::move(open.back());
      open.pop_back();
      const std::size_t first = open.size();
      read_one(named, open);
      std::reverse(open.begin() + static_cast<std::ptrdiff_t>(first), open.end());
    }
  }

  /// Adds what `named` stands for, and its members to `open` in source order.
  void read_one(const Named& named, std::vector<Named>& open) {
    const NodeId value = unwrapped(tree_, named.value);
    if (value == k_no_node) {
      return;
    }
    const bool may_have_members = named.path.size() < k_longest_path;
    switch (tree_[value].kind) {
      case SyntaxKind::string:
      case SyntaxKind::template_string:
        if (auto text = literal_value(tree_, value)) {
          add({named.path, ConstantFact::Kind::string, *std::move(text), {}});
        }
        break;
      case SyntaxKind::identifier:
      case SyntaxKind::shorthand_property:
      case SyntaxKind::member:
      case SyntaxKind::subscript:
        if (auto chain = name_chain(tree_, value)) {
          add({named.path, ConstantFact::Kind::alias, "", *std::move(chain)});
        }
        break;
      case SyntaxKind::call:
        read_call(named, value);
        break;
      case SyntaxKind::object:
        if (may_have_members) {
          read_members(named, value, open);
        }
        break;
      case SyntaxKind::class_declaration:
      case SyntaxKind::class_expression:
        if (may_have_members) {
          read_static_fields(named, value, open);
        }
        break;
      default:
        break;
    }
  }

  /// Whether the first argument is a template, leading comments aside.
  bool begins_with_template(NodeId arguments) const {
    std::string_view text = tree_.text(arguments).substr(1);
    while (true) {
      text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
      if (!text.starts_with("/*")) {
        return text.starts_with('`');
      }
      text.remove_prefix(std::min(text.find("*/", 2), text.size() - 2) + 2);
    }
  }

  /// Templates under a tag, be it called, are template sites, and what `require` gives is an
  /// import.
  void read_call(const Named& named, NodeId call) {
    const NodeId arguments = tree_.child(call, SyntaxField::arguments);
    auto callee = name_chain(tree_, tree_.child(call, SyntaxField::function));
    const bool is_call = arguments != k_no_node && tree_[arguments].kind == SyntaxKind::arguments;
    if (is_call && callee && callee->names != Path{"require"} && !begins_with_template(arguments)) {
      add({named.path, ConstantFact::Kind::call_result, "", *std::move(callee)});
    }
  }

  void read_members(const Named& named, NodeId object, std::vector<Named>& open) {
    const std::size_t first = open.size();
    for (const NodeId member : tree_.children(object)) {
      if (may_be_any_member(tree_, member)) {
        // It may give what stands before it another value.
        open.erase(open.begin() + static_cast<std::ptrdiff_t>(first), open.end());
      } else if (tree_[member].kind == SyntaxKind::shorthand_property) {
        open.push_back({extended(named.path, std::string(tree_.text(member))), member});
      } else if (tree_[member].kind == SyntaxKind::pair) {
        const NodeId value = tree_.child(member, SyntaxField::value);
        auto key = property_key(tree_, tree_.child(member, SyntaxField::key));
        if (key && value != k_no_node) {
          open.push_back({extended(named.path, *std::move(key)), value});
        }
      }
    }
  }

  void read_static_fields(const Named& named, NodeId owner, std::vector<Named>& open) {
    const NodeId body = tree_.child(owner, SyntaxField::body);
    if (body == k_no_node) {
      return;
    }
    for (const NodeId field : tree_.children(body)) {
      const NodeId value = tree_.child(field, SyntaxField::value);
      if (tree_[field].kind != SyntaxKind::class_field || value == k_no_node ||
          !tree_.has_token(field, "static")) {
        continue;
      }
      if (auto key = property_key(tree_, tree_.child(field, SyntaxField::name))) {
        open.push_back({extended(named.path, *std::move(key)), value});
      }
    }
  }

  static Path extended(Path path, std::string name) {
    path.push_back(std::move(name));
    return path;
  }

  void add(ConstantFact fact) { facts_.constants.push_back(std::move(fact)); }

  const SyntaxTree& tree_;
  SourceFacts& facts_;
};

}  // namespace

void read_constant_facts(const SyntaxTree& tree, SourceFacts& facts) {
  ConstantReader reader(tree, facts);
  for (const NodeId statement : module_statements(tree)) {
    reader.read(statement);
  }
}

void read_local_constant(const SyntaxTree& tree, NodeId declaration, SourceFacts& facts) {
  ConstantReader(tree, facts).read(declaration);
}

}  // namespace discovery
