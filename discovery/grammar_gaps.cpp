#include "discovery/grammar_gaps.h"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "discovery/ascii.h"

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

/// Where the `<` of the type arguments stands that end before `end` (behind their `>`).
std::optional<std::size_t> begin_of_type_arguments(std::string_view text, std::size_t end) {
  std::size_t open = 0;
  const std::size_t lowest = end > k_longest_type_arguments ? end - k_longest_type_arguments : 0;
  for (std::size_t at = end; at > lowest; --at) {
    const char c = text[at - 1];
    // `a < b || c > d`; `&&` is one, too, once the gaps are filled.
    const bool is_or = c == '|' && at >= 2 && text[at - 2] == '|';
    if (is_or || std::string_view("`+*%^~!@#\\").find(c) != std::string_view::npos) {
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
std::optional<base::Span> type_arguments_before(std::string_view text, std::size_t backtick) {
  const std::size_t end = before_trivia(text, backtick);
  if (end < 3 || text[end - 1] != '>' || text[end - 2] == '=') {
    return std::nullopt;
  }
  const auto begin = begin_of_type_arguments(text, end);
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

/// Whether the token is one or more `>`: the grammar takes those that close several lists for a
/// shift.
bool is_closing_angle(std::string_view token) {
  return !token.empty() && token.find_first_not_of('>') == std::string_view::npos;
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
  // `<{` opens no JSX element, so these are certain without a tree; and styled components are full
  // of them.
  for (std::size_t at = copy.find("}>"); at != std::string::npos; at = copy.find("}>", at + 2)) {
    const std::size_t behind = skip_spaces(copy, at + 2);
    const bool is_call = behind < copy.size() && (copy[behind] == '`' || copy[behind] == '(');
    const auto span = is_call ? type_arguments_before(copy, behind) : std::nullopt;
    if (span && copy[skip_spaces(copy, span->begin + 1)] == '{') {
      blank(copy, span->begin, span->end);
    }
  }
  std::replace(copy.begin(), copy.end(), '&', '|');
  return copy;
}

std::vector<base::Span> find_type_arguments_before_templates(const SyntaxTree& tree) {
  std::vector<base::Span> found;
  const std::string_view text = tree.text();
  for (std::size_t at = text.find('`'); at != std::string_view::npos; at = text.find('`', at + 1)) {
    const auto span = type_arguments_before(text, at);
    if (!span) {
      continue;
    }
    const NodeId node = tree.node_at(span->end - 1);
    const SyntaxKind kind = tree[node].kind;
    const bool is_operator = kind == SyntaxKind::token && is_closing_angle(tree.text(node));
    const NodeId parent = tree[node].parent;
    const bool is_jsx = parent != k_no_node && tree[parent].kind == SyntaxKind::jsx_tag;
    // A template may end with what looks like them: `Promise<${T}>`.
    const bool is_text = parent != k_no_node && (tree[parent].kind == SyntaxKind::template_string ||
                                                 tree[parent].kind == SyntaxKind::template_type);
    if (is_text) {
      continue;
    }
    if ((is_operator && !is_jsx) || kind == SyntaxKind::error || kind == SyntaxKind::other) {
      found.push_back(*span);
    }
  }
  return found;
}

}  // namespace discovery
