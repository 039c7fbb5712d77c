#include "discovery/template_recovery.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "discovery/ascii.h"
#include "discovery/module_facts.h"
#include "discovery/template_sites.h"

namespace discovery {

namespace {

/// Which nodes stand in a torn piece of code: beside an error, in one, or in a JSX element without
/// an end, up to the next list of statements. An element that is being typed takes the rest of the
/// file for its text.
std::vector<bool> torn_nodes(const SyntaxTree& tree) {
  std::vector<bool> torn(tree.size(), false);
  for (std::uint32_t i = 1; i < tree.size(); ++i) {
    const SyntaxNode& node = tree[NodeId{i}];
    // The parser makes up what is missing as a node without a text.
    const bool is_made_up = node.span.size() == 0 && node.kind == SyntaxKind::jsx_tag;
    if (node.kind == SyntaxKind::error || is_made_up) {
      torn[i] = true;
      torn[static_cast<std::size_t>(node.parent)] = true;
    }
  }
  for (std::uint32_t i = 1; i < tree.size(); ++i) {
    const NodeId parent = tree[NodeId{i}].parent;
    const SyntaxKind kind = tree[parent].kind;
    if (kind == SyntaxKind::error ||
        (!holds_statements(kind) && torn[static_cast<std::size_t>(parent)])) {
      torn[i] = true;
    }
  }
  return torn;
}

/// The spans in which the tree says what a backtick is: a part of a whole template that stands
/// where the grammar expects one, or text of something else. Sorted.
std::vector<base::Span> explained_spans(const SyntaxTree& tree) {
  std::vector<base::Span> spans;
  const std::vector<bool> torn = torn_nodes(tree);
  for (std::uint32_t i = 0; i < tree.size(); ++i) {
    const SyntaxNode& node = tree[NodeId{i}];
    switch (node.kind) {
      case SyntaxKind::comment:
      case SyntaxKind::string:
      case SyntaxKind::regex:
        spans.push_back(node.span);
        break;
      case SyntaxKind::jsx_text:
        if (!torn[i]) {
          spans.push_back(node.span);
        }
        break;
      case SyntaxKind::substitution:
      case SyntaxKind::error:
        break;
      default:
        // The backticks of a template, and those that are escaped in it.
        if (node.parent != k_no_node && is_sound_template(tree, node.parent)) {
          spans.push_back(node.span);
        }
        break;
    }
  }
  return spans;
}

/// Behind the closing backtick of the template that opens at `begin`, by its characters alone.
/// Nothing if it has no end.
std::optional<std::uint32_t> template_end(std::string_view text, std::uint32_t begin) {
  // What is open: a template, or a brace inside of an interpolation.
  std::vector<char> open{'`'};
  for (std::size_t at = begin + 1; at < text.size(); ++at) {
    const char c = text[at];
    const bool is_in_template = open.back() == '`';
    if (is_in_template && c == '\\') {
      ++at;
    } else if (is_in_template && text.substr(at, 2) == "${") {
      open.push_back('{');
      ++at;
    } else if (!is_in_template && c == '{') {
      open.push_back('{');
    } else if (!is_in_template && c == '}') {
      open.pop_back();
    } else if (c == '`') {
      if (!is_in_template) {
        open.push_back('`');
        continue;
      }
      open.pop_back();
      if (open.empty()) {
        return static_cast<std::uint32_t>(at + 1);
      }
    }
  }
  return std::nullopt;
}

bool names_graphql(std::string_view tag) {
  std::string lower;
  for (const char c : tag) {
    lower += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return lower.find("gql") != std::string::npos || lower.find("graphql") != std::string::npos;
}

/// Where the name chain begins that stands in front of the backtick at `end`, perhaps with a
/// parenthesis and a comment between: `gql`, `Apollo.gql(`, `graphql(/* GraphQL */`; or a comment
/// that names GraphQL. `end` itself if there is none.
std::uint32_t begin_of_tag(std::string_view text, std::uint32_t end) {
  std::size_t at = end;
  const auto skip_spaces = [&] {
    while (at > 0 && is_ascii_space(text[at - 1])) {
      --at;
    }
  };
  skip_spaces();
  std::size_t marked = end;
  if (text.substr(0, at).substr(at < 2 ? 0 : at - 2) == "*/") {
    const std::size_t open = text.rfind("/*", at - 2);
    if (open != std::string_view::npos) {
      marked = names_graphql(text.substr(open, at - open)) ? open : end;
      at = open;
    }
    skip_spaces();
  }
  if (at > 0 && text[at - 1] == '(') {
    --at;
  }
  const std::size_t tag_end = at;
  while (at > 0 && (is_ascii_name_byte(text[at - 1]) || text[at - 1] == '.')) {
    --at;
  }
  return static_cast<std::uint32_t>(at == tag_end ? marked : at);
}

class Recovery {
 public:
  Recovery(const SyntaxTree& tree,
           const ParseInput& input,
           SyntaxParser& parser,
           SourceFacts& facts)
      : explained_(explained_spans(tree)),
        input_(input),
        parser_(parser),
        facts_(facts),
        text_(input.source),
        budget_(input.limit) {}

  void run() {
    for (std::size_t at = text_.find('`'); at != std::string_view::npos; at = text_.find('`', at)) {
      const auto offset = static_cast<std::uint32_t>(at);
      at = is_explained(offset) || is_known(offset) ? at + 1 : recover_at(offset);
    }
    std::sort(facts_.templates.begin(),
              facts_.templates.end(),
              [](const TemplateSite& a, const TemplateSite& b) {
                return a.content.begin < b.content.begin;
              });
  }

 private:
  bool is_explained(std::uint32_t offset) const {
    const auto next = std::upper_bound(
        explained_.begin(),
        explained_.end(),
        offset,
        [](std::uint32_t value, const base::Span& span) { return value < span.begin; });
    return next != explained_.begin() && offset < (next - 1)->end;
  }

  /// Whether a template that was recovered holds the backtick, or begins or ends with it.
  bool is_known(std::uint32_t offset) const {
    return std::any_of(recovered_.begin(), recovered_.end(), [&](const base::Span& content) {
      return content.begin <= offset + 1 && offset <= content.end;
    });
  }

  /// Returns where to look on.
  std::size_t recover_at(std::uint32_t backtick) {
    const std::uint32_t tag = begin_of_tag(text_, backtick);
    const std::optional<std::uint32_t> end = template_end(text_, backtick);
    if (!end) {
      add_problem("UnterminatedTemplate", "The template that begins here has no end.", backtick);
      return text_.size();
    }
    const bool has_hash = has_hash_line(text_.substr(backtick + 1, *end - backtick - 1));
    if (tag == backtick && !has_hash) {
      // The end of another template, as likely as the start of one.
      return backtick + std::size_t{1};
    }
    // A template that the tree has, but in torn surroundings, is better off as it is than with its
    // tag alone.
    const bool is_torn = find_template(facts_, backtick) != nullptr;
    const bool is_recovered = recover_from(statement_around({tag, *end}), backtick) ||
                              recover_from(lines_around({tag, *end}), backtick) || is_torn ||
                              recover_from({tag, behind_parenthesis(*end)}, backtick);
    if (!is_recovered && (has_hash || names_graphql(text_.substr(tag, backtick - tag)))) {
      add_problem("UnreadableTemplate", "A syntax error hides this template.", backtick);
    }
    return *end;
  }

  static TemplateSite* find_template(SourceFacts& facts, std::uint32_t backtick) {
    const auto found =
        std::find_if(facts.templates.begin(), facts.templates.end(), [&](const TemplateSite& site) {
          return site.content.begin == backtick + 1;
        });
    return found == facts.templates.end() ? nullptr : &*found;
  }

  void add_problem(const char* code, const char* message, std::uint32_t offset) {
    facts_.problems.push_back({code, message, {offset, offset + 1}, true});
  }

  /// Parses `range` alone and takes its templates if the one at `backtick` is sound there.
  bool recover_from(base::Span range, std::uint32_t backtick) {
    if (budget_ == 0) {
      return false;
    }
    ParseInput input = input_;
    input.range = range;
    input.limit = std::min(budget_, parse_limit(range.size()));
    const std::optional<SyntaxTree> tree = parser_.parse(input);
    budget_ -= std::min(budget_, parser_.report_count() + 1);
    if (!tree) {
      return false;
    }
    const NodeId opening = tree->node_at(backtick);
    if (opening == tree->root() || !is_sound_template(*tree, (*tree)[opening].parent)) {
      return false;
    }
    SourceFacts found;
    read_template_sites(*tree, found);
    if (find_template(found, backtick) == nullptr) {
      return false;
    }
    read_module_facts(*tree, FactsTier::documents, found);
    take(std::move(found));
    return true;
  }

  void take(SourceFacts found) {
    for (TemplateSite& site : found.templates) {
      recovered_.push_back(site.content);
      if (TemplateSite* torn = find_template(facts_, site.content.begin - 1)) {
        *torn = std::move(site);
      } else {
        facts_.templates.push_back(std::move(site));
      }
    }
    std::move(found.constants.begin(), found.constants.end(), std::back_inserter(facts_.constants));
    std::copy_if(found.imports.begin(),
                 found.imports.end(),
                 std::back_inserter(facts_.imports),
                 [](const ImportFact& fact) {
                   return !fact.names.empty() && fact.names.front().scope != base::Span{};
                 });
    for (ExportFact& fact : found.exports) {
      if (std::find(facts_.exports.begin(), facts_.exports.end(), fact) == facts_.exports.end()) {
        facts_.exports.push_back(std::move(fact));
      }
    }
  }

  std::uint32_t line_begin(std::uint32_t offset) const {
    const std::size_t line_break =
        offset == 0 ? std::string_view::npos : text_.rfind('\n', offset - 1);
    return line_break == std::string_view::npos ? 0 : static_cast<std::uint32_t>(line_break + 1);
  }

  /// Behind the line break of the line that holds the byte before `offset`.
  std::uint32_t line_end(std::uint32_t offset) const {
    const std::size_t line_break = text_.find('\n', offset == 0 ? 0 : offset - 1);
    return static_cast<std::uint32_t>(line_break == std::string_view::npos ? text_.size()
                                                                           : line_break + 1);
  }

  /// Whether a statement at module level begins at the line, in code that is indented as usual.
  bool begins_statement(std::uint32_t line) const {
    return line < text_.size() && (is_ascii_name_byte(text_[line]) || text_[line] == '@');
  }

  bool is_comment_line(std::uint32_t line) const { return text_.substr(line, 2) == "//"; }

  /// From the nearest line above that begins in column 0, with the comments over it, to the next
  /// such line.
  base::Span statement_around(base::Span site) const {
    std::uint32_t begin = line_begin(site.begin);
    while (begin > 0 && !begins_statement(begin)) {
      begin = line_begin(begin - 1);
    }
    while (begin > 0 && is_comment_line(line_begin(begin - 1))) {
      begin = line_begin(begin - 1);
    }
    std::uint32_t end = line_end(site.end);
    while (end < text_.size() && !begins_statement(end) && !is_comment_line(end)) {
      end = line_end(end + 1);
    }
    return {begin, end};
  }

  base::Span lines_around(base::Span site) const {
    return {line_begin(site.begin), line_end(site.end)};
  }

  std::uint32_t behind_parenthesis(std::uint32_t offset) const {
    std::size_t at = offset;
    while (at < text_.size() && (is_ascii_space(text_[at]) || text_[at] == ',')) {
      ++at;
    }
    return at < text_.size() && text_[at] == ')' ? static_cast<std::uint32_t>(at + 1) : offset;
  }

  std::vector<base::Span> explained_;
  const ParseInput& input_;
  SyntaxParser& parser_;
  SourceFacts& facts_;
  std::string_view text_;
  /// Reports of progress that all further parses may take together: as many as the whole file.
  std::uint64_t budget_;
  std::vector<base::Span> recovered_;
};

}  // namespace

void recover_templates(const SyntaxTree& tree,
                       const ParseInput& input,
                       SyntaxParser& parser,
                       SourceFacts& facts) {
  Recovery(tree, input, parser, facts).run();
}

}  // namespace discovery
