#include "builder/template_text.h"

#include "base/check.h"
#include "graphql/lexer.h"

namespace builder {

using graphql::Token;
using graphql::TokenKind;

bool is_behind_spread(const discovery::TemplateSite& site,
                      const discovery::Substitution& substitution) {
  const std::string_view before = std::string_view(site.text.text()).substr(0, substitution.offset);
  const std::size_t last = before.find_last_not_of(" \t\r\n,");
  return last != std::string_view::npos && before.substr(0, last + 1).ends_with("...");
}

base::MappedText compose_template(const discovery::TemplateSite& site,
                                  const std::vector<std::string>& replacements) {
  base::check(replacements.size() == site.substitutions.size(), "each substitution is replaced");
  if (replacements.empty()) {
    return site.text;
  }
  base::MappedText composed;
  std::uint32_t done = 0;
  for (std::size_t i = 0; i < replacements.size(); ++i) {
    const discovery::Substitution& substitution = site.substitutions[i];
    composed.append_slice(site.text, done, substitution.offset);
    composed.append_replaced(replacements[i], substitution.span);
    done = substitution.offset;
  }
  composed.append_slice(site.text, done, static_cast<std::uint32_t>(site.text.text().size()));
  return composed;
}

std::vector<std::uint32_t> replacement_offsets(const discovery::TemplateSite& site,
                                               const std::vector<std::string>& replacements) {
  std::vector<std::uint32_t> offsets;
  offsets.reserve(replacements.size());
  std::uint32_t added = 0;
  for (std::size_t i = 0; i < replacements.size(); ++i) {
    offsets.push_back(site.substitutions[i].offset + added);
    added += static_cast<std::uint32_t>(replacements[i].size());
  }
  return offsets;
}

std::vector<bool> may_hold_documents(std::string_view text,
                                     const std::vector<std::uint32_t>& offsets) {
  std::vector<bool> answers(offsets.size(), true);
  graphql::Lexer lexer(text);
  std::size_t depth = 0;
  // At the beginning, or behind the last brace of a definition.
  bool is_between = true;
  std::size_t next = 0;
  for (Token token = lexer.next_or_comment(); token.kind != TokenKind::error;
       token = lexer.next_or_comment()) {
    for (; next < offsets.size() && offsets[next] <= token.span.begin; ++next) {
      answers[next] = is_between;
    }
    // A comment's end is in it too: a line break follows.
    const bool is_comment = token.kind == TokenKind::comment;
    const std::uint32_t end = token.span.end + (is_comment ? 1 : 0);
    for (; next < offsets.size() && offsets[next] < end; ++next) {
      answers[next] = is_comment;
    }
    if (token.kind == TokenKind::end_of_file) {
      break;
    }
    if (is_comment) {
      continue;
    }
    depth += is_opening(token.kind) ? 1U : 0U;
    depth -= is_closing(token.kind) && depth > 0 ? 1U : 0U;
    is_between = depth == 0 && token.kind == TokenKind::brace_right;
  }
  return answers;
}

}  // namespace builder
