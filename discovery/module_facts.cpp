#include "discovery/module_facts.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "discovery/literal_text.h"
#include "discovery/specifier_list.h"
#include "discovery/syntax_names.h"

namespace discovery {

namespace {

struct Specifier {
  std::string text;
  /// Without the quotes.
  base::Span span;
};

std::optional<Specifier> specifier_at(const SyntaxTree& tree, base::Span literal) {
  auto text = string_value(tree.text().substr(literal.begin, literal.size()));
  if (!text) {
    return std::nullopt;
  }
  return Specifier{*std::move(text), {literal.begin + 1, literal.end - 1}};
}

std::optional<Specifier> specifier_of(const SyntaxTree& tree, NodeId statement) {
  const NodeId source = tree.child(statement, SyntaxField::source);
  return source == k_no_node ? std::nullopt : specifier_at(tree, tree[source].span);
}

/// `typeof` is Flow's word for it.
bool is_marked_type_only(const SyntaxTree& tree, NodeId id) {
  return tree.has_token(id, "type") || tree.has_token(id, "typeof");
}

/// A name or a string, as both `import { "a-b" as c }` and `export { a as "b-c" }` may have.
std::string module_name(const SyntaxTree& tree, NodeId id) {
  const auto quoted =
      tree[id].kind == SyntaxKind::string ? string_value(tree.text(id)) : std::nullopt;
  return quoted ? *quoted : std::string(tree.text(id));
}

/// The specifier of a call's arguments `("m")`, read from their text: the tree has no more of them.
std::optional<Specifier> only_string_argument(const SyntaxTree& tree, NodeId arguments) {
  const base::Span span = tree[arguments].span;
  std::uint32_t begin = span.begin + 1;
  std::uint32_t end = span.size() >= 2 ? span.end - 1 : begin;
  const auto is_space = [&](std::uint32_t at) {
    return std::string_view(" \t\r\n").find(tree.text()[at]) != std::string_view::npos;
  };
  while (begin < end && is_space(begin)) {
    ++begin;
  }
  while (end > begin && is_space(end - 1)) {
    --end;
  }
  const std::string_view literal = tree.text().substr(begin, end - begin);
  // `"a", "b"` begins and ends like a string.
  const bool is_one_string = !literal.empty() && literal.find(literal[0], 1) == literal.size() - 1;
  return is_one_string ? specifier_at(tree, {begin, end}) : std::nullopt;
}

std::optional<Specifier> require_specifier(const SyntaxTree& tree, NodeId call) {
  if (tree[call].kind != SyntaxKind::call) {
    return std::nullopt;
  }
  const NodeId callee = tree.child(call, SyntaxField::function);
  const NodeId arguments = tree.child(call, SyntaxField::arguments);
  if (callee == k_no_node || arguments == k_no_node || tree.text(callee) != "require" ||
      tree[arguments].kind != SyntaxKind::arguments) {
    return std::nullopt;
  }
  return only_string_argument(tree, arguments);
}

class ModuleReader {
 public:
  ModuleReader(const SyntaxTree& tree, FactsTier tier, base::Span scope, SourceFacts& facts)
      : tree_(tree), has_names_(tier != FactsTier::specifiers), scope_(scope), facts_(facts) {}

  void read(NodeId statement) {
    switch (tree_[statement].kind) {
      case SyntaxKind::import_statement:
        read_import(statement);
        break;
      case SyntaxKind::export_statement:
        read_export(statement);
        break;
      case SyntaxKind::expression_statement:
        read_assignments(tree_.child(statement, SyntaxKind::assignment));
        break;
      default:
        break;
    }
    const NodeId declaration = declaration_of(tree_, statement);
    const SyntaxKind kind = tree_[declaration].kind;
    if (kind == SyntaxKind::lexical_declaration || kind == SyntaxKind::variable_declaration) {
      read_requires(declaration);
    }
  }

  void read_declared_require(NodeId declarator) {
    const NodeId name = tree_.child(declarator, SyntaxField::name);
    const NodeId value = unwrapped(tree_, tree_.child(declarator, SyntaxField::value));
    if (tree_[declarator].kind == SyntaxKind::variable_declarator && name != k_no_node &&
        value != k_no_node) {
      read_require(name, value);
    }
  }

 private:
  void read_import(NodeId statement) {
    const NodeId clause = tree_.child(statement, SyntaxKind::import_clause);
    const NodeId require_clause = tree_.child(statement, SyntaxKind::import_require_clause);
    const auto specifier =
        specifier_of(tree_, require_clause == k_no_node ? statement : require_clause);
    if (!specifier) {
      return;
    }
    ImportFact fact;
    fact.specifier = specifier->text;
    fact.span = specifier->span;
    if (has_names_) {
      fact.is_type_only = is_marked_type_only(tree_, statement);
      if (clause != k_no_node) {
        read_import_clause(clause, fact);
      }
      if (require_clause != k_no_node) {
        add_name("*", tree_.child(require_clause, SyntaxKind::identifier), fact);
      }
    }
    facts_.imports.push_back(std::move(fact));
  }

  void add_name(std::string imported, NodeId local, ImportFact& fact) {
    if (local != k_no_node) {
      fact.names.push_back(
          {std::move(imported), std::string(tree_.text(local)), fact.is_type_only, scope_});
    }
  }

  void read_import_clause(NodeId clause, ImportFact& fact) {
    for (const NodeId part : tree_.children(clause)) {
      switch (tree_[part].kind) {
        case SyntaxKind::identifier:
          add_name("default", part, fact);
          break;
        case SyntaxKind::namespace_import:
          add_name("*", tree_.child(part, SyntaxKind::identifier), fact);
          break;
        case SyntaxKind::named_imports:
          for (ListedName& listed : listed_names(tree_.text(part))) {
            fact.names.push_back({std::move(listed.name),
                                  std::move(listed.alias),
                                  fact.is_type_only || listed.is_type_only,
                                  scope_});
          }
          break;
        default:
          break;
      }
    }
  }

  /// `const x = require("m")`, `const { a, b: c } = require("m")`, `const x = require("m").a`.
  void read_requires(NodeId declaration) {
    for (const NodeId declarator : tree_.children(declaration)) {
      read_declared_require(declarator);
    }
  }

  /// `require("m")` as a whole, or a member of it.
  std::optional<Specifier> required(NodeId value, std::string& imported) const {
    imported = "*";
    if (value != k_no_node && tree_[value].kind == SyntaxKind::member) {
      const NodeId property = tree_.child(value, SyntaxField::property);
      imported = property == k_no_node ? "" : std::string(tree_.text(property));
      value = unwrapped(tree_, tree_.child(value, SyntaxField::object));
    }
    return value == k_no_node ? std::nullopt : require_specifier(tree_, value);
  }

  void read_require(NodeId name, NodeId value) {
    std::string imported;
    const auto specifier = required(value, imported);
    if (!specifier) {
      return;
    }
    ImportFact fact;
    fact.specifier = specifier->text;
    fact.span = specifier->span;
    if (has_names_ && tree_[name].kind == SyntaxKind::identifier) {
      add_name(imported, name, fact);
    } else if (has_names_ && tree_[name].kind == SyntaxKind::object_pattern && imported == "*") {
      read_required_names(name, fact);
    }
    facts_.imports.push_back(std::move(fact));
  }

  void read_required_names(NodeId pattern, ImportFact& fact) {
    for (const NodeId part : tree_.children(pattern)) {
      if (tree_[part].kind == SyntaxKind::shorthand_pattern) {
        add_name(std::string(tree_.text(part)), part, fact);
      }
      if (tree_[part].kind == SyntaxKind::pair_pattern) {
        const NodeId local = tree_.child(part, SyntaxField::value);
        auto key = property_key(tree_, tree_.child(part, SyntaxField::key));
        if (key && local != k_no_node && tree_[local].kind == SyntaxKind::identifier) {
          add_name(*std::move(key), local, fact);
        }
      }
    }
  }

  /// `module.exports = exports.a = value`.
  void read_assignments(NodeId assignment) {
    if (assignment == k_no_node) {
      return;
    }
    const NodeId value = assigned_value(tree_, assignment);
    for (NodeId at = assignment; value != k_no_node && at != value;
         at = unwrapped(tree_, tree_.child(at, SyntaxField::right))) {
      const auto target = name_chain(tree_, tree_.child(at, SyntaxField::left));
      const auto exported = target ? exports_path(target->names) : std::nullopt;
      if (!exported) {
        continue;
      }
      if (target->names.back() == "default") {
        export_value("default", value);
      } else if (exported->size() == 1) {
        export_object(value);
      } else if (exported->size() == 2) {
        export_value(exported->back(), value);
      }
      if (has_names_) {
        // The object itself is what a default import gets.
        add_export({k_export_assignment, k_default_binding, "", {}, false});
      }
    }
  }

  void export_object(NodeId value) {
    std::string imported;
    if (const auto specifier = required(value, imported); specifier && imported == "*") {
      // What it exports, and what it is.
      add_export({has_names_ ? "*" : "", "", specifier->text, specifier->span, false});
    }
    export_value(k_export_assignment, value);
    if (!has_names_ || tree_[value].kind != SyntaxKind::object) {
      return;
    }
    for (const NodeId member : tree_.children(value)) {
      const NodeId key = tree_.child(member, SyntaxField::key);
      if (tree_[member].kind == SyntaxKind::shorthand_property) {
        export_value(std::string(tree_.text(member)), member);
      } else if (tree_[member].kind == SyntaxKind::pair && key != k_no_node) {
        if (auto name = property_key(tree_, key)) {
          export_value(*std::move(name), unwrapped(tree_, tree_.child(member, SyntaxField::value)));
        }
      } else if (tree_[member].kind == SyntaxKind::spread) {
        export_spread(unwrapped(tree_, tree_.first_named_child(member)));
      }
    }
  }

  /// One member of `module.exports`, or all of it.
  void export_value(std::string exported, NodeId value) {
    std::string imported;
    if (const auto specifier = required(value, imported)) {
      if (has_names_) {
        add_export({std::move(exported), imported, specifier->text, specifier->span, false});
      } else {
        add_export({"", "", specifier->text, specifier->span, false});
      }
    } else if (has_names_) {
      add_export({std::move(exported), k_default_binding, "", {}, false});
    }
  }

  /// `...require("m")`, or of a name that stands for a whole module.
  void export_spread(NodeId value) {
    std::string imported;
    if (const auto specifier = required(value, imported); specifier && imported == "*") {
      add_export({"*", "", specifier->text, specifier->span, false});
      return;
    }
    if (value == k_no_node || tree_[value].kind != SyntaxKind::identifier) {
      return;
    }
    for (const ImportFact& import : facts_.imports) {
      for (const ImportedName& name : import.names) {
        if (name.imported == "*" && name.local == tree_.text(value)) {
          add_export({"*", "", import.specifier, import.span, false});
          return;
        }
      }
    }
  }

  void add_export(ExportFact fact) {
    if (commonjs_.emplace(fact.exported, fact.specifier).second || !has_names_) {
      facts_.exports.push_back(std::move(fact));
    }
  }

  void read_export(NodeId statement) {
    const auto specifier = specifier_of(tree_, statement);
    if (!has_names_) {
      if (specifier) {
        facts_.exports.push_back({"", "", specifier->text, specifier->span, false});
      }
      return;
    }
    ExportFact fact;
    if (specifier) {
      fact.specifier = specifier->text;
      fact.specifier_span = specifier->span;
    }
    fact.is_type_only = is_marked_type_only(tree_, statement);
    const NodeId clause = tree_.child(statement, SyntaxKind::export_clause);
    const NodeId all_as = tree_.child(statement, SyntaxKind::namespace_export);
    if (clause != k_no_node) {
      read_export_clause(clause, fact);
    } else if (all_as != k_no_node) {
      fact.exported = module_name(tree_, tree_.first_named_child(all_as));
      fact.local = "*";
      fact.is_type_only |= is_type_only_star(statement);
      facts_.exports.push_back(std::move(fact));
    } else if (specifier) {
      fact.exported = "*";
      fact.is_type_only = is_type_only_star(statement);
      facts_.exports.push_back(std::move(fact));
    } else if (tree_.has_token(statement, "default")) {
      read_export_of_value(statement, "default");
    } else if (tree_.has_token(statement, "=")) {
      read_export_of_value(statement, k_export_assignment);
    } else {
      read_exported_declaration(statement);
    }
  }

  void read_export_clause(NodeId clause, const ExportFact& common) {
    for (ListedName& listed : listed_names(tree_.text(clause))) {
      ExportFact fact = common;
      fact.local = std::move(listed.name);
      fact.exported = std::move(listed.alias);
      fact.is_type_only |= listed.is_type_only;
      facts_.exports.push_back(std::move(fact));
    }
  }

  /// The grammar does not know `export type *`: the word is in the source alone.
  bool is_type_only_star(NodeId statement) const {
    for (const NodeId child : tree_.children(statement)) {
      if (tree_.text(child).starts_with('*')) {
        const base::Span before{tree_[statement].span.begin, tree_[child].span.begin};
        return tree_.text().substr(before.begin, before.size()).find("type") !=
               std::string_view::npos;
      }
    }
    return false;
  }

  /// `export default x`, `export default class X {}`, `export = x`.
  void read_export_of_value(NodeId statement, const char* exported) {
    ExportFact fact;
    fact.exported = exported;
    fact.local = k_default_binding;
    const NodeId declaration = tree_.child(statement, SyntaxField::declaration);
    NodeId value = tree_.child(statement, SyntaxField::value);
    if (declaration != k_no_node) {
      const auto names = declared_names(declaration);
      fact.local = names.empty() ? k_default_binding : names.front();
      fact.is_type_only = tree_[declaration].kind == SyntaxKind::type_declaration;
    } else {
      value = unwrapped(tree_, value == k_no_node ? tree_.first_named_child(statement) : value);
      if (value != k_no_node && tree_[value].kind == SyntaxKind::identifier) {
        fact.local = tree_.text(value);
      }
    }
    facts_.exports.push_back(std::move(fact));
  }

  void read_exported_declaration(NodeId statement) {
    const NodeId declaration = declaration_of(tree_, statement);
    if (declaration == statement) {
      return;
    }
    for (std::string& name : declared_names(declaration)) {
      ExportFact fact;
      fact.exported = name;
      fact.local = std::move(name);
      fact.is_type_only = tree_[declaration].kind == SyntaxKind::type_declaration;
      // Overloads of a function declare its name again and again.
      if (facts_.exports.empty() || !(facts_.exports.back() == fact)) {
        facts_.exports.push_back(std::move(fact));
      }
    }
  }

  std::vector<std::string> declared_names(NodeId declaration) const {
    std::vector<std::string> names;
    const NodeId name = tree_.child(declaration, SyntaxField::name);
    switch (tree_[declaration].kind) {
      case SyntaxKind::lexical_declaration:
      case SyntaxKind::variable_declaration:
        for (const NodeId declarator : tree_.children(declaration)) {
          const NodeId pattern = tree_.child(declarator, SyntaxField::name);
          if (pattern != k_no_node) {
            const auto bound = bound_names(tree_, pattern);
            names.insert(names.end(), bound.begin(), bound.end());
          }
        }
        break;
      case SyntaxKind::import_alias:
        names.emplace_back(tree_.text(tree_.first_named_child(declaration)));
        break;
      default:
        // `namespace A.B` declares A.
        if (const auto chain = name == k_no_node ? std::nullopt : name_chain(tree_, name)) {
          names.push_back(chain->names.front());
        }
        break;
    }
    return names;
  }

  const SyntaxTree& tree_;
  bool has_names_;
  /// Of what is read.
  base::Span scope_;
  /// Name and specifier of what `exports` got: it is often assigned twice.
  std::set<std::pair<std::string, std::string>> commonjs_;
  SourceFacts& facts_;
};

}  // namespace

std::vector<NodeId> module_statements(const SyntaxTree& tree) {
  std::vector<NodeId> statements;
  std::vector<NodeId> open{tree.root()};
  while (!open.empty()) {
    const NodeId parent = open.back();
    open.pop_back();
    for (const NodeId child : tree.children(parent)) {
      if (tree[child].kind == SyntaxKind::error) {
        open.push_back(child);
      } else {
        statements.push_back(child);
      }
    }
  }
  // Ids are in source order.
  std::sort(statements.begin(), statements.end());
  return statements;
}

NodeId declaration_of(const SyntaxTree& tree, NodeId statement) {
  NodeId declaration = statement;
  if (tree[declaration].kind == SyntaxKind::export_statement) {
    const NodeId inner = tree.child(declaration, SyntaxField::declaration);
    declaration = inner == k_no_node ? declaration : inner;
  }
  // `declare declare const x` is one declaration to TypeScript's parser.
  while (tree[declaration].kind == SyntaxKind::ambient_declaration) {
    const NodeId inner = tree.first_named_child(declaration);
    if (inner == k_no_node) {
      return declaration;
    }
    declaration = inner;
  }
  if (tree[declaration].kind == SyntaxKind::expression_statement) {
    const NodeId inner = tree.child(declaration, SyntaxKind::namespace_declaration);
    declaration = inner == k_no_node ? declaration : inner;
  }
  return declaration;
}

void read_module_facts(const SyntaxTree& tree, FactsTier tier, SourceFacts& facts) {
  ModuleReader reader(tree, tier, {}, facts);
  for (const NodeId statement : module_statements(tree)) {
    reader.read(statement);
  }
}

void read_local_require(const SyntaxTree& tree,
                        NodeId declarator,
                        base::Span scope,
                        SourceFacts& facts) {
  ModuleReader(tree, FactsTier::documents, scope, facts).read_declared_require(declarator);
}

}  // namespace discovery
