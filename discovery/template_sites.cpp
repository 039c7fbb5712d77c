#include "discovery/template_sites.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "discovery/fragment_list.h"
#include "discovery/literal_text.h"
#include "discovery/local_facts.h"
#include "discovery/site_binding.h"
#include "discovery/syntax_names.h"
#include "discovery/trivia.h"

namespace discovery {

bool has_hash_line(std::string_view content) {
  const auto skip = [&](std::string_view characters) {
    content.remove_prefix(std::min(content.find_first_not_of(characters), content.size()));
  };
  constexpr std::string_view k_mark = "#graphql";
  skip(" \t\r\n");
  const std::string_view word = content.substr(0, k_mark.size());
  const bool is_mark =
      std::equal(word.begin(), word.end(), k_mark.begin(), k_mark.end(), [](char a, char b) {
        return std::tolower(static_cast<unsigned char>(a)) == b;
      });
  if (!is_mark) {
    return false;
  }
  content.remove_prefix(k_mark.size());
  skip(" \t");
  return !content.empty() && (content[0] == '\n' || content[0] == '\r');
}

namespace {

bool is_template(SyntaxKind kind) {
  return kind == SyntaxKind::template_string || kind == SyntaxKind::template_type;
}

/// Between the backticks.
base::Span content_of(const SyntaxTree& tree, NodeId id) {
  const base::Span span = tree[id].span;
  return {span.begin + 1, span.end - 1};
}

bool is_whole(const SyntaxTree& tree, NodeId id) {
  return tree[id].span.size() >= 2 && tree.text(id).back() == '`';
}

/// How the code around a template takes it: as the template of a tag, as the first argument of a
/// call, or as a plain value.
struct Use {
  TemplateForm form = TemplateForm::comment;
  /// The expression whose value the GraphQL tag would make, or the template itself.
  NodeId expression = k_no_node;
  std::optional<NameChain> callee;
};

/// Nothing for `gql?.()`, which may make no document.
std::optional<NameChain> callee_of(const SyntaxTree& tree, NodeId call) {
  if (tree.has_token(call, "?.")) {
    return std::nullopt;
  }
  return name_chain(tree, tree.child(call, SyntaxField::function));
}

Use use_of(const SyntaxTree& tree, NodeId id) {
  const NodeId parent = tree[id].parent;
  if (tree[parent].kind == SyntaxKind::call && tree[id].field == SyntaxField::arguments) {
    return {TemplateForm::tag, parent, callee_of(tree, parent)};
  }
  const NodeId argument = wrapped(tree, id);
  const NodeId arguments = tree[argument].parent;
  if (tree[arguments].kind == SyntaxKind::arguments &&
      tree[tree[arguments].parent].kind == SyntaxKind::call &&
      tree.first_named_child(arguments) == argument) {
    const NodeId call = tree[arguments].parent;
    return {TemplateForm::call, call, callee_of(tree, call)};
  }
  return {TemplateForm::comment, id, std::nullopt};
}

/// Whether a name stands directly before `offset`: then a template there is tagged, and a tree that
/// says otherwise is torn.
bool follows_name(std::string_view text, std::uint32_t offset) {
  constexpr std::string_view k_keywords[] = {
      "return",  "typeof", "case",      "in",    "of",    "instanceof", "delete",
      "void",    "throw",  "yield",     "await", "else",  "do",         "default",
      "extends", "as",     "satisfies", "is",    "keyof", "new"};
  std::size_t end = offset;
  while (end > 0 && std::string_view(" \t\r\n").find(text[end - 1]) != std::string_view::npos) {
    --end;
  }
  std::size_t begin = end;
  while (begin > 0 && is_name_byte(text[begin - 1])) {
    --begin;
  }
  const std::string_view word = text.substr(begin, end - begin);
  return !word.empty() &&
         std::find(std::begin(k_keywords), std::end(k_keywords), word) == std::end(k_keywords);
}

class SiteReader {
 public:
  SiteReader(const SyntaxTree& tree, SourceFacts& facts)
      : tree_(tree),
        trivia_(tree),
        facts_(facts),
        locals_(tree, facts),
        fragments_(tree, locals_) {}

  void read(NodeId id) {
    if (!is_whole(tree_, id)) {
      return;
    }
    const Use use = use_of(tree_, id);
    const base::Span content = content_of(tree_, id);
    const bool has_comment = trivia_.has_magic_comment_before(tree_[id].span.begin);
    const bool has_hash = has_hash_line(tree_.text().substr(content.begin, content.size()));
    if (!use.callee && !has_comment && !has_hash) {
      return;
    }
    TemplateSite site;
    site.is_marked = has_comment || has_hash;
    site.content = content;
    NodeId expression = id;
    if (use.callee) {
      site.form = use.form;
      site.tag = *use.callee;
      expression = use.expression;
    } else {
      site.form = has_comment ? TemplateForm::comment : TemplateForm::hash;
    }
    site.site = tree_[expression].span;
    read_text(id, site);
    if (site.form == TemplateForm::call) {
      fragments_.read(tree_.child(expression, SyntaxField::arguments), site);
    }
    SiteBinding binding = binding_of(tree_, expression);
    site.binding = std::move(binding.path);
    site.scope = binding.is_assigned ? locals_.scope_of(site.binding.front(), id) : binding.scope;
    site.is_reassigned = binding.is_overwritten;
    site.is_ignored = trivia_.is_ignored(id, expression);
    place_names(id, site);
    facts_.templates.push_back(std::move(site));
  }

 private:
  void place_names(NodeId id, TemplateSite& site) {
    locals_.place(site.tag, id);
    for (Substitution& substitution : site.substitutions) {
      locals_.place(substitution.chain, id);
    }
  }

  void read_text(NodeId id, TemplateSite& site) {
    std::uint32_t begin = site.content.begin;
    const auto add_until = [&](std::uint32_t end) {
      site.has_invalid_escape |= !append_cooked(site.text, tree_.text(), {begin, end});
    };
    for (const NodeId child : tree_.children(id)) {
      if (tree_[child].kind != SyntaxKind::substitution) {
        continue;
      }
      add_until(tree_[child].span.begin);
      begin = tree_[child].span.end;
      Substitution substitution = read_substitution(child);
      substitution.offset = static_cast<std::uint32_t>(site.text.text().size());
      site.substitutions.push_back(std::move(substitution));
    }
    add_until(site.content.end);
  }

  Substitution read_substitution(NodeId id) {
    Substitution substitution;
    substitution.span = tree_[id].span;
    const NodeId value = unwrapped(tree_, tree_.first_named_child(id));
    if (value == k_no_node) {
      return substitution;
    }
    if (auto chain = name_chain(tree_, value)) {
      substitution.kind = Substitution::Kind::name;
      substitution.chain = *std::move(chain);
    } else if (is_inline_template(value)) {
      substitution.kind = Substitution::Kind::inline_template;
      substitution.site = tree_[value].span;
    } else if (auto text = literal_value(tree_, value)) {
      substitution.kind = Substitution::Kind::literal;
      substitution.text = *std::move(text);
    }
    return substitution;
  }

  /// Whether read() may make a site of the template that `value` is or calls a tag with.
  bool is_inline_template(NodeId value) const {
    if (tree_[value].kind == SyntaxKind::call) {
      const NodeId arguments = tree_.child(value, SyntaxField::arguments);
      const NodeId first = arguments == k_no_node || is_template(tree_[arguments].kind)
                               ? arguments
                               : unwrapped(tree_, tree_.first_named_child(arguments));
      return first != k_no_node && is_template(tree_[first].kind);
    }
    const base::Span content =
        is_template(tree_[value].kind) ? content_of(tree_, value) : base::Span{};
    return is_template(tree_[value].kind) &&
           (trivia_.has_magic_comment_before(tree_[value].span.begin) ||
            has_hash_line(tree_.text().substr(content.begin, content.size())));
  }

  const SyntaxTree& tree_;
  Trivia trivia_;
  SourceFacts& facts_;
  LocalFacts locals_;
  FragmentListReader fragments_;
};

}  // namespace

void read_template_sites(const SyntaxTree& tree, SourceFacts& facts) {
  SiteReader reader(tree, facts);
  for (std::uint32_t i = 0; i < tree.size(); ++i) {
    if (is_template(tree[NodeId{i}].kind)) {
      reader.read(NodeId{i});
    }
  }
}

bool is_sound_template(const SyntaxTree& tree, NodeId id) {
  if (!is_template(tree[id].kind) || !is_whole(tree, id)) {
    return false;
  }
  const SyntaxKind parent = tree[tree[id].parent].kind;
  if (parent != SyntaxKind::call && follows_name(tree.text(), tree[id].span.begin)) {
    return false;
  }
  // An error beside it may be the code that gave it its name: of `const x = \n const q = gql`, the
  // parser makes an assignment to `const`.
  for (NodeId at = tree[id].parent; !holds_statements(tree[at].kind); at = tree[at].parent) {
    if (tree.child(at, SyntaxKind::error) != k_no_node) {
      return false;
    }
  }
  return parent != SyntaxKind::error;
}

}  // namespace discovery
