#include "discovery/composer/read_compositions.h"

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "discovery/composer/definition_path.h"
#include "discovery/composer/expression_reader.h"
#include "discovery/module_facts.h"
#include "discovery/site_binding.h"
#include "discovery/syntax_names.h"
#include "discovery/trivia.h"

namespace discovery::composer {

namespace {

/// A callee as far as it is written in names.
struct Callee {
  NameChain chain;
  /// What makes it more than a chain of names; empty if nothing does.
  std::string oddity;
};

/// The chain of `gql?.default` and of `gql[label]` too: what is odd about them is told later, and
/// only if it is a composer that is called so.
Callee callee_of(const SyntaxTree& tree, NodeId call) {
  Callee callee;
  if (tree.has_token(call, "?.")) {
    callee.oddity = "an optional call";
  }
  NodeId at = unwrapped(tree, tree.child(call, SyntaxField::function));
  for (std::size_t level = 0; at != k_no_node && level < k_longest_path; ++level) {
    if (auto chain = name_chain(tree, at)) {
      callee.chain = *std::move(chain);
      break;
    }
    const SyntaxKind kind = tree[at].kind;
    if (kind != SyntaxKind::member && kind != SyntaxKind::subscript) {
      break;
    }
    callee.oddity = kind == SyntaxKind::member ? "an optional call" : "a computed member";
    at = unwrapped(tree, tree.child(at, SyntaxField::object));
  }
  return callee;
}

class CompositionReader {
 public:
  CompositionReader(const SyntaxTree& tree, SourceFacts& facts)
      : tree_(tree),
        facts_(facts),
        out_(facts.compositions),
        reader_(tree, facts.compositions),
        trivia_(tree) {}

  void read() {
    collect_roots();
    std::vector<NodeId> calls;
    for (std::uint32_t i = 0; i < tree_.size() && !roots_.empty(); ++i) {
      if (tree_[NodeId{i}].kind == SyntaxKind::call && add_site(NodeId{i})) {
        calls.push_back(NodeId{i});
      }
    }
    // From here on every expression knows the sites.
    for (std::size_t i = 0; i < calls.size(); ++i) {
      read_scopes_around(calls[i]);
      read_site(calls[i], out_.sites[i]);
    }
    for (const NodeId statement : module_statements(tree_)) {
      read_statement(declaration_of(tree_, statement), std::nullopt);
    }
    hide_local_callees();
    if (tree_.has_error() && imports_composer()) {
      report_error();
    }
  }

 private:
  /// A composer is imported, or a constant is another name for one.
  void collect_roots() {
    for (const ImportFact& import : facts_.imports) {
      for (const ImportedName& name : import.names) {
        roots_.insert(name.local);
      }
    }
    for (const ConstantFact& constant : facts_.constants) {
      if (constant.kind == ConstantFact::Kind::alias) {
        roots_.insert(constant.path.front());
      }
    }
  }

  bool add_site(NodeId call) {
    Callee callee = callee_of(tree_, call);
    const bool is_import = !callee.chain.empty() && roots_.contains(callee.chain.names.front());
    const NodeId arguments = tree_.child(call, SyntaxField::arguments);
    // A template under a tag is no definition of this dialect.
    if (!is_import || arguments == k_no_node || tree_[arguments].kind != SyntaxKind::arguments) {
      return false;
    }
    reader_.add_site(tree_[call].span, static_cast<std::uint32_t>(out_.sites.size()));
    CompositionSite& site = out_.sites.emplace_back();
    site.callee = std::move(callee.chain);
    site.oddity = std::move(callee.oddity);
    site.site = tree_[call].span;
    return true;
  }

  void read_site(NodeId call, CompositionSite& site) {
    site.call = reader_.read_call(call);
    DefinitionPath path = definition_path(tree_, call);
    site.path = std::move(path.path);
    site.is_default_export = path.is_default_export;
    SiteBinding binding = binding_of(tree_, call);
    site.binding = std::move(binding.path);
    site.scope = binding.scope;
    site.is_ignored = trivia_.is_ignored(call, call);
  }

  void hide_local_callees() {
    const ValueIndex values(out_);
    for (CompositionSite& site : out_.sites) {
      const ValueFact* value = site.callee.empty()
                                   ? nullptr
                                   : values.find(site.callee.names.front(), site.callee.span.begin);
      if (value != nullptr && value->is_local) {
        site.callee = {};
      }
    }
  }

  /// The names that are declared between a definition and the module level.
  void read_scopes_around(NodeId call) {
    NodeId at = tree_[call].parent;
    for (std::size_t level = 0; level < k_most_levels && at != k_no_node; ++level) {
      if (at == tree_.root() || !read_scopes_.insert(static_cast<std::uint32_t>(at)).second) {
        return;
      }
      read_scope(at);
      at = tree_[at].parent;
    }
  }

  void read_scope(NodeId scope) {
    const base::Span span = tree_[scope].span;
    switch (tree_[scope].kind) {
      case SyntaxKind::function_expression:
      case SyntaxKind::function_declaration:
      case SyntaxKind::method:
        read_parameters(scope);
        break;
      case SyntaxKind::catch_clause:
        add_unknown(tree_.child(scope, SyntaxField::parameter), "a caught error", span);
        break;
      case SyntaxKind::for_statement:
        add_unknown(tree_.child(scope, SyntaxField::left), "a variable of a loop", span);
        break;
      case SyntaxKind::statement_block:
      case SyntaxKind::switch_case:
      case SyntaxKind::class_static_block:
        for (const NodeId statement : tree_.children(scope)) {
          read_statement(declaration_of(tree_, statement), span);
        }
        break;
      default:
        break;
    }
  }

  void read_parameters(NodeId function) {
    const base::Span span = tree_[function].span;
    constexpr const char* k_what = "a parameter of the function around the definition";
    add_unknown(tree_.child(function, SyntaxField::parameter), k_what, span);
    const NodeId parameters = tree_.child(function, SyntaxKind::formal_parameters);
    if (parameters == k_no_node) {
      return;
    }
    for (const NodeId parameter : tree_.children(parameters)) {
      if (tree_[parameter].kind == SyntaxKind::parameter) {
        add_unknown(tree_.child(parameter, SyntaxField::pattern), k_what, span);
      }
    }
  }

  /// Without a `scope`, at module level.
  void read_statement(NodeId declaration, std::optional<base::Span> scope) {
    switch (tree_[declaration].kind) {
      case SyntaxKind::lexical_declaration:
      case SyntaxKind::variable_declaration:
        for (const NodeId declarator : tree_.children(declaration)) {
          if (tree_[declarator].kind == SyntaxKind::variable_declarator) {
            read_declarator(declarator, tree_.has_token(declaration, "const"), scope);
          }
        }
        break;
      case SyntaxKind::function_declaration:
        add_declared(declaration, reader_.read_function(declaration), scope);
        break;
      case SyntaxKind::class_declaration:
        add_declared(declaration, reader_.read_class(declaration), scope);
        break;
      case SyntaxKind::enum_declaration:
        add_declared(declaration, reader_.read_enum(declaration), scope);
        break;
      case SyntaxKind::export_statement:
        read_default_export(declaration);
        break;
      default:
        break;
    }
  }

  void read_declarator(NodeId declarator, bool is_constant, std::optional<base::Span> scope) {
    const NodeId name = tree_.child(declarator, SyntaxField::name);
    const NodeId value = tree_.child(declarator, SyntaxField::value);
    if (name == k_no_node) {
      return;
    }
    if (!is_constant || value == k_no_node) {
      add_unknown(name, "a variable that may change", scope);
    } else if (tree_[name].kind == SyntaxKind::identifier) {
      add(std::string(tree_.text(name)), reader_.read(value), scope);
    } else {
      read_pattern(name, value, scope);
    }
  }

  /// `const { a, b: c } = value`: a is value.a, and c is value.b.
  void read_pattern(NodeId pattern, NodeId value, std::optional<base::Span> scope) {
    for (const NodeId part : tree_.children(pattern)) {
      std::optional<std::string> key;
      NodeId local = part;
      if (tree_[part].kind == SyntaxKind::shorthand_pattern) {
        key = std::string(tree_.text(part));
      } else if (tree_[part].kind == SyntaxKind::pair_pattern) {
        key = property_key(tree_, tree_.child(part, SyntaxField::key));
        local = tree_.child(part, SyntaxField::value);
      } else if (tree_[part].kind == SyntaxKind::token || tree_[part].kind == SyntaxKind::comment) {
        continue;
      }
      const bool is_plain = key && local != k_no_node &&
                            (local == part || tree_[local].kind == SyntaxKind::identifier);
      if (!is_plain) {
        add_unknown(part, "a part of a pattern", scope);
        continue;
      }
      Expression member;
      member.kind = ExpressionKind::member;
      member.span = tree_[part].span;
      member.text = *std::move(key);
      const auto index = static_cast<ExpressionIndex>(out_.expressions.size());
      out_.expressions.push_back(std::move(member));
      const ExpressionIndex object = reader_.read(value);
      out_.expressions[index].first = object;
      add(std::string(tree_.text(local)), index, scope);
    }
  }

  void read_default_export(NodeId statement) {
    if (!tree_.has_token(statement, "default") && !tree_.has_token(statement, "=")) {
      return;
    }
    NodeId value = tree_.child(statement, SyntaxField::value);
    value = unwrapped(tree_, value == k_no_node ? tree_.first_named_child(statement) : value);
    // A plain name needs no value: the export itself says it.
    if (value != k_no_node && tree_[value].kind != SyntaxKind::identifier) {
      add(k_default_binding, reader_.read(value), std::nullopt);
    }
  }

  void add_declared(NodeId declaration, ExpressionIndex value, std::optional<base::Span> scope) {
    const NodeId name = tree_.child(declaration, SyntaxField::name);
    if (name != k_no_node) {
      add(std::string(tree_.text(name)), value, scope);
    }
  }

  void add_unknown(NodeId pattern, const char* what, std::optional<base::Span> scope) {
    if (pattern == k_no_node) {
      return;
    }
    for (std::string& name : bound_names(tree_, pattern)) {
      add(std::move(name), reader_.opaque(tree_[pattern].span, what), scope);
    }
  }

  void add(std::string name, ExpressionIndex value, std::optional<base::Span> scope) {
    ValueFact fact;
    fact.name = std::move(name);
    fact.is_local = scope.has_value();
    fact.scope = scope.value_or(base::Span{0, static_cast<std::uint32_t>(tree_.text().size())});
    fact.value = value;
    out_.values.push_back(std::move(fact));
  }

  /// Whether the file says by itself that it holds definitions.
  bool imports_composer() const {
    return std::any_of(facts_.imports.begin(), facts_.imports.end(), [](const ImportFact& import) {
      return import.specifier.ends_with("/graphql-system");
    });
  }

  /// A definition may hide behind what the parser could not read; inside of one it is told there.
  void report_error() {
    for (std::uint32_t i = 0; i < tree_.size(); ++i) {
      const base::Span span = tree_[NodeId{i}].span;
      if (tree_[NodeId{i}].kind != SyntaxKind::error || span.size() == 0) {
        continue;
      }
      const bool is_in_site =
          std::any_of(out_.sites.begin(), out_.sites.end(), [span](const CompositionSite& site) {
            return site.site.begin <= span.begin && span.end <= site.site.end;
          });
      if (!is_in_site) {
        facts_.problems.push_back(
            {"SyntaxError",
             "There is a syntax error here; definitions that it hides are not built.",
             {span.begin, span.begin + 1},
             false});
        return;
      }
    }
  }

  const SyntaxTree& tree_;
  SourceFacts& facts_;
  CompositionFacts& out_;
  ExpressionReader reader_;
  Trivia trivia_;
  std::unordered_set<std::string> roots_;
  /// Scopes whose names are among the values.
  std::unordered_set<std::uint32_t> read_scopes_;
};

}  // namespace

void read_compositions(const SyntaxTree& tree, SourceFacts& facts) {
  CompositionReader(tree, facts).read();
}

}  // namespace discovery::composer
