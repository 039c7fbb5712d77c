#include "discovery/grammar_gaps.h"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "discovery/ascii.h"
#include "discovery/scanner/lexer.h"
#include "discovery/scanner/skeleton_parser.h"

namespace discovery {

namespace {

/// Longer type arguments than this in front of a template are not looked for: the search goes
/// backwards from each `>` before a backtick, and must stay linear in the file.
constexpr std::size_t k_longest_type_arguments = 2000;

std::size_t skip_spaces(std::string_view text, std::size_t at) {
  while (at < text.size() && is_ascii_space(text[at])) {
    ++at;
  }
  return at;
}

/// Where the spaces before `end` begin.
std::size_t before_spaces(std::string_view text, std::size_t end) {
  while (end > 0 && is_ascii_space(text[end - 1])) {
    --end;
  }
  return end;
}

/// Where the spaces and block comments before `end` begin. Comments that are longer than type
/// arguments may be are not looked for.
std::size_t before_trivia(std::string_view text, std::size_t end) {
  for (std::size_t at = before_spaces(text, end);; at = before_spaces(text, at)) {
    if (at < 4 || text.substr(at - 2, 2) != "*/") {
      return at;
    }
    const std::size_t lowest = at > k_longest_type_arguments ? at - k_longest_type_arguments : 0;
    const std::size_t open = text.substr(lowest, at - 2 - lowest).rfind("/*");
    if (open == std::string_view::npos) {
      return at;
    }
    at = lowest + open;
  }
}

/// Behind `word` and the spaces after it, if the word stands at `at`.
std::optional<std::size_t> skip_word(std::string_view text, std::size_t at, std::string_view word) {
  const std::size_t end = at + word.size();
  const bool is_word = text.substr(at, word.size()) == word &&
                       (end >= text.size() || !is_ascii_name_byte(text[end])) &&
                       (at == 0 || !is_ascii_name_byte(text[at - 1]));
  return is_word ? std::optional(skip_spaces(text, end)) : std::nullopt;
}

void blank(std::string& copy, std::size_t begin, std::size_t end) {
  for (std::size_t at = begin; at < end; ++at) {
    // Line breaks stay: they end statements.
    if (copy[at] != '\n' && copy[at] != '\r') {
      copy[at] = ' ';
    }
  }
}

/// `export type * from "m"`, from `type` on.
void fill_type_only_star(std::string& copy, std::size_t after_export) {
  const auto star = skip_word(copy, after_export, "type");
  if (star && *star < copy.size() && copy[*star] == '*') {
    blank(copy, after_export, *star);
  }
}

/// `import typeof X from "m"`, from `typeof` on.
void fill_typeof_import(std::string& copy, std::size_t after_import) {
  if (skip_word(copy, after_import, "typeof")) {
    copy.replace(after_import, 6, "type  ");
  }
}

/// The end of `{ key: "value", ... }` at `at`, or nothing if it is something else.
std::optional<std::size_t> end_of_attributes(std::string_view text, std::size_t at) {
  if (at >= text.size() || text[at] != '{') {
    return std::nullopt;
  }
  for (++at; at < text.size() && text[at] != '}'; ++at) {
    const char c = text[at];
    if (c == '"' || c == '\'') {
      at = text.find(c, at + 1);
      if (at == std::string_view::npos) {
        return std::nullopt;
      }
    } else if (!is_ascii_name_byte(c) && !is_ascii_space(c) && c != ':' && c != ',') {
      return std::nullopt;
    }
  }
  return at < text.size() ? std::optional(at + 1) : std::nullopt;
}

/// `"m" with { type: "json" }`, from `with` on. Imports may have them in the grammar, exports not.
void fill_attributes(std::string& copy, std::size_t at, std::string_view keyword) {
  const std::size_t before = before_spaces(copy, at);
  const auto brace = skip_word(copy, at, keyword);
  if (!brace || before == 0 || (copy[before - 1] != '"' && copy[before - 1] != '\'')) {
    return;
  }
  if (const auto end = end_of_attributes(copy, *brace)) {
    blank(copy, at, *end);
  }
}

/// `using x =` and `await using x =`, on one line: a `const` of the same length.
void fill_using(std::string& copy, std::size_t at, std::size_t name) {
  constexpr std::string_view k_using = "using";
  constexpr std::string_view k_await = "await";
  std::size_t end = name;
  while (end < copy.size() && is_ascii_name_byte(copy[end])) {
    ++end;
  }
  const std::string_view word = std::string_view(copy).substr(name, end - name);
  const std::size_t sign = skip_spaces(copy, end);
  const bool has_value =
      sign + 1 < copy.size() &&
      (copy[sign] == ':' || (copy[sign] == '=' && copy[sign + 1] != '=' && copy[sign + 1] != '>'));
  const std::string_view gap = std::string_view(copy).substr(at, name - at);
  if (word.empty() || name == at + k_using.size() || word == "of" || word == "in" || !has_value ||
      gap.find('\n') != std::string_view::npos) {
    return;
  }
  copy.replace(at, k_using.size(), "const");
  const std::size_t before = before_spaces(copy, at);
  const bool is_awaited = before >= k_await.size() &&
                          skip_word(copy, before - k_await.size(), k_await) == at &&
                          copy.substr(before, at - before).find('\n') == std::string::npos;
  if (is_awaited) {
    blank(copy, before - k_await.size(), before);
  }
}

/// `x?.`...``: the tag is `x` to TypeScript's parser, which complains later.
void fill_optional_tag(std::string& copy, std::size_t at) {
  const std::size_t behind = skip_spaces(copy, at + 2);
  if (behind < copy.size() && copy[behind] == '`') {
    blank(copy, at, at + 2);
  }
}

/// `a && x!`...``, which the grammar reads as the template of `(a && x)!`.
void fill_non_null_tag(std::string& copy, std::size_t at) {
  const std::size_t behind = skip_spaces(copy, at + 1);
  const bool follows_value =
      at > 0 && (is_ascii_name_byte(copy[at - 1]) || copy[at - 1] == ')' || copy[at - 1] == ']');
  if (follows_value && behind < copy.size() && copy[behind] == '`') {
    copy[at] = ' ';
  }
}

/// `x as a.b.C`, which the grammar reads as the member `C` of `x as a.b`: the type becomes one
/// name.
void fill_long_cast(std::string& copy, std::size_t type) {
  std::size_t end = type;
  std::size_t last_dot = type;
  std::size_t dots = 0;
  for (; end < copy.size() && (is_ascii_name_byte(copy[end]) || copy[end] == '.'); ++end) {
    if (copy[end] == '.') {
      // An empty name is none, and a number no type.
      if (end == last_dot || end + 1 >= copy.size() || !is_ascii_name_byte(copy[end + 1])) {
        return;
      }
      last_dot = end + 1;
      ++dots;
    }
  }
  if (dots >= 2) {
    std::replace(copy.begin() + static_cast<std::ptrdiff_t>(type),
                 copy.begin() + static_cast<std::ptrdiff_t>(end),
                 '.',
                 '_');
  }
}

/// Whether type arguments may hold templates. In a torn file what looks like them could be
/// anything.
enum class TemplateTypes : std::uint8_t { refused, allowed };

/// Where the `<` of the type arguments stands that end before `end` (behind their `>`).
std::optional<std::size_t> begin_of_type_arguments(std::string_view text,
                                                   std::size_t end,
                                                   TemplateTypes templates) {
  std::size_t open = 0;
  const std::size_t lowest = end > k_longest_type_arguments ? end - k_longest_type_arguments : 0;
  for (std::size_t at = end; at > lowest; --at) {
    const char c = text[at - 1];
    // `a < b || c > d`; `&&` is one, too, once the gaps are filled.
    const bool is_or = c == '|' && at >= 2 && text[at - 2] == '|';
    if (c == '`' && templates == TemplateTypes::allowed && at >= 2) {
      const std::size_t start = text.substr(lowest, at - 1 - lowest).rfind('`');
      if (start == std::string_view::npos) {
        return std::nullopt;
      }
      at = lowest + start + 1;
      continue;
    }
    if (is_or || std::string_view("`+*%^~@#\\").find(c) != std::string_view::npos) {
      return std::nullopt;
    }
    if (c == '>' && !(at >= 2 && text[at - 2] == '=')) {
      ++open;
    } else if (c == '<' && --open == 0) {
      return at - 1;
    }
  }
  return std::nullopt;
}

/// The type arguments in front of the backtick at `backtick`, by the text alone.
std::optional<base::Span> type_arguments_before(std::string_view text,
                                                std::size_t backtick,
                                                TemplateTypes templates) {
  const std::size_t end = before_trivia(text, backtick);
  if (end < 3 || text[end - 1] != '>' || text[end - 2] == '=') {
    return std::nullopt;
  }
  const auto begin = begin_of_type_arguments(text, end, templates);
  const std::size_t callee_end = begin ? before_trivia(text, *begin) : 0;
  if (callee_end == 0) {
    return std::nullopt;
  }
  const char callee = text[callee_end - 1];
  if (!is_ascii_name_byte(callee) && callee != ')' && callee != ']') {
    return std::nullopt;
  }
  return base::Span{static_cast<std::uint32_t>(*begin), static_cast<std::uint32_t>(end)};
}

/// Whether the text from `<` to `>` may be type arguments by what is in it: `a < -b > `c``
/// compares.
bool may_be_type_arguments(std::string_view text) {
  scanner::TokenList tokens;
  const scanner::Doubt doubt = scanner::Lexer(text, Language::typescript, tokens).run();
  if (doubt.reason != nullptr) {
    // Names may be of any letters; all other doubts are about what no type has.
    return doubt.reason == std::string_view("byte");
  }
  scanner::DraftTree drafts;
  return scanner::SkeletonParser(text, Language::typescript, tokens, drafts).holds_type_arguments();
}

/// Whether the token is one or more `>`: the grammar takes those that close several lists for a
/// shift.
bool is_closing_angle(std::string_view token) {
  return !token.empty() && token.find_first_not_of('>') == std::string_view::npos;
}

/// Whether the `>` at `offset` may be one that closes type arguments, or an operator to the
/// grammar: not a part of JSX, and in no text. A torn tree shows that for certain or not at all.
bool may_hold_operator(const SyntaxTree& tree, std::uint32_t offset) {
  const NodeId node = tree.node_at(offset);
  const SyntaxKind kind = tree[node].kind;
  const NodeId parent = tree[node].parent;
  const SyntaxKind around = parent == k_no_node ? SyntaxKind::other : tree[parent].kind;
  const auto is_text = [](SyntaxKind part) {
    return part == SyntaxKind::template_string || part == SyntaxKind::template_type ||
           part == SyntaxKind::string || part == SyntaxKind::comment || part == SyntaxKind::regex ||
           part == SyntaxKind::jsx_text || part == SyntaxKind::jsx_tag;
  };
  // A template may end with what looks like them: `Promise<${T}>`.
  if (is_text(kind) || is_text(around)) {
    return false;
  }
  const bool is_operator = kind == SyntaxKind::token && is_closing_angle(tree.text(node));
  return !tree.has_error() || is_operator || kind == SyntaxKind::error || kind == SyntaxKind::other;
}

/// The type arguments of the tag or the call that the template at `backtick` belongs to. The
/// grammar reads `await f<T>(`x`)` as a call of `await f`.
std::optional<base::Span> type_arguments_of(std::string_view text,
                                            std::size_t backtick,
                                            bool is_torn) {
  const TemplateTypes templates = is_torn ? TemplateTypes::refused : TemplateTypes::allowed;
  const std::size_t before = before_trivia(text, backtick);
  const bool is_argument = before > 0 && text[before - 1] == '(';
  return type_arguments_before(text, is_argument ? before - 1 : backtick, templates);
}

/// Calls `fill(copy, offset behind the match and the spaces after it)` at each `word`.
template <typename Fill>
void at_each_word(std::string& copy, std::string_view word, const Fill& fill) {
  for (std::size_t at = copy.find(word); at != std::string::npos; at = copy.find(word, at + 1)) {
    if (const auto after = skip_word(copy, at, word)) {
      fill(at, *after);
    }
  }
}

}  // namespace

std::string fill_grammar_gaps(std::string_view text) {
  std::string copy(text);
  at_each_word(
      copy, "export", [&](std::size_t, std::size_t after) { fill_type_only_star(copy, after); });
  at_each_word(copy, "typeof", [&](std::size_t at, std::size_t) {
    const std::size_t end = before_spaces(copy, at);
    if (end >= 6 && skip_word(copy, end - 6, "import") == at) {
      fill_typeof_import(copy, at);
    }
  });
  for (const std::string_view keyword : {"with", "assert"}) {
    at_each_word(
        copy, keyword, [&](std::size_t at, std::size_t) { fill_attributes(copy, at, keyword); });
  }
  for (const std::string_view keyword : {"as", "satisfies"}) {
    at_each_word(
        copy, keyword, [&](std::size_t, std::size_t after) { fill_long_cast(copy, after); });
  }
  at_each_word(
      copy, "using", [&](std::size_t at, std::size_t name) { fill_using(copy, at, name); });
  for (std::size_t at = copy.find("?."); at != std::string::npos; at = copy.find("?.", at + 2)) {
    fill_optional_tag(copy, at);
  }
  for (std::size_t at = copy.find('!'); at != std::string::npos; at = copy.find('!', at + 1)) {
    fill_non_null_tag(copy, at);
  }
  // `<{` opens no JSX element, so these are certain without a tree; and styled components are full
  // of them.
  for (std::size_t at = copy.find("}>"); at != std::string::npos; at = copy.find("}>", at + 2)) {
    const std::size_t behind = skip_spaces(copy, at + 2);
    const bool is_call = behind < copy.size() && (copy[behind] == '`' || copy[behind] == '(');
    const auto span =
        is_call ? type_arguments_before(copy, behind, TemplateTypes::refused) : std::nullopt;
    if (span && copy[skip_spaces(copy, span->begin + 1)] == '{') {
      blank(copy, span->begin, span->end);
    }
  }
  std::replace(copy.begin(), copy.end(), '&', '|');
  return copy;
}

std::vector<base::Span> find_lone_exports(const SyntaxTree& tree) {
  std::vector<base::Span> found;
  for (const NodeId statement : tree.children(tree.root())) {
    const NodeId word = tree[statement].first_child;
    const NodeId next = tree[statement].next_sibling;
    const bool is_lone = tree[statement].kind == SyntaxKind::expression_statement &&
                         word != k_no_node && next != k_no_node && tree.text(word) == "export";
    if (is_lone) {
      found.push_back({tree[word].span.end, tree[next].span.begin});
    }
  }
  return found;
}

std::vector<base::Span> find_type_arguments_before_templates(const SyntaxTree& tree) {
  std::vector<base::Span> found;
  const std::string_view text = tree.text();
  for (std::size_t at = text.find('`'); at != std::string_view::npos; at = text.find('`', at + 1)) {
    const auto span = type_arguments_of(text, at, tree.has_error());
    if (span && may_hold_operator(tree, span->end - 1) &&
        may_be_type_arguments(text.substr(span->begin, span->size()))) {
      found.push_back(*span);
    }
  }
  return found;
}

}  // namespace discovery
