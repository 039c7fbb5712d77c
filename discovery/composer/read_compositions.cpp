#include "discovery/composer/read_compositions.h"

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "discovery/composer/definition_path.h"
#include "discovery/composer/expression_children.h"
#include "discovery/composer/overwritten_values.h"
#include "discovery/composer/value_reader.h"
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
  callee.chain.span = at == k_no_node ? base::Span{} : tree[at].span;
  for (std::size_t level = 0; at != k_no_node && level < k_longest_path; ++level) {
    if (auto start = name_chain(tree, at)) {
      start->names.insert(
          start->names.end(), callee.chain.names.rbegin(), callee.chain.names.rend());
      callee.chain.names = std::move(start->names);
      return callee;
    }
    const SyntaxKind kind = tree[at].kind;
    if (kind != SyntaxKind::member && kind != SyntaxKind::subscript) {
      break;
    }
    const NodeId object = unwrapped(tree, tree.child(at, SyntaxField::object));
    // Casts in the middle change nothing: `(gql as any).default`.
    const NodeId property = tree.child(at, SyntaxField::property);
    if (kind == SyntaxKind::member && property != k_no_node && !is_optional(tree, at)) {
      callee.chain.names.emplace_back(tree.text(property));
    } else {
      callee.oddity = kind == SyntaxKind::member ? "an optional call" : "a computed member";
      callee.chain.names.clear();
      callee.chain.span = object == k_no_node ? base::Span{} : tree[object].span;
    }
    at = object;
  }
  callee.chain = {};
  return callee;
}

class CompositionReader {
 public:
  CompositionReader(const SyntaxTree& tree, SourceFacts& facts)
      : tree_(tree),
        facts_(facts),
        out_(facts.compositions),
        reader_(tree, facts.compositions),
        values_(tree, facts.compositions, reader_),
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
      values_.read_scopes_around(calls[i]);
      read_site(calls[i], out_.sites[i]);
    }
    values_.read_module();
    hide_overwritten(tree_, reader_, out_);
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
  ValueReader values_;
  Trivia trivia_;
  std::unordered_set<std::string> roots_;
};

}  // namespace

void read_compositions(const SyntaxTree& tree, SourceFacts& facts) {
  CompositionReader(tree, facts).read();
}

}  // namespace discovery::composer
