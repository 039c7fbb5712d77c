#include "builder/declared_names.h"

#include "graphql/lexer.h"

namespace builder {
namespace {

using graphql::Token;
using graphql::TokenKind;

bool opens(TokenKind kind) {
  return kind == TokenKind::brace_left || kind == TokenKind::paren_left ||
         kind == TokenKind::bracket_left;
}

bool closes(TokenKind kind) {
  return kind == TokenKind::brace_right || kind == TokenKind::paren_right ||
         kind == TokenKind::bracket_right;
}

bool is_operation_keyword(std::string_view word) {
  return word == "query" || word == "mutation" || word == "subscription";
}

}  // namespace

std::vector<DeclaredName> declared_names(std::string_view text) {
  std::vector<DeclaredName> names;
  graphql::Lexer lexer(text);
  const auto word_of = [text](const Token& token) {
    return token.kind == TokenKind::name ? text.substr(token.span.begin, token.span.size())
                                         : std::string_view();
  };
  std::size_t depth = 0;
  // Between a definition's keyword and its selection set.
  bool is_in_header = false;
  for (Token token = lexer.next();
       token.kind != TokenKind::end_of_file && token.kind != TokenKind::error;) {
    Token following = lexer.next();
    const std::string_view word = word_of(token);
    if (opens(token.kind)) {
      const bool is_shorthand = depth == 0 && !is_in_header && token.kind == TokenKind::brace_left;
      if (is_shorthand) {
        names.push_back({false, {}, token.span});
      }
      is_in_header = is_in_header && !(depth == 0 && token.kind == TokenKind::brace_left);
      ++depth;
    } else if (closes(token.kind)) {
      depth -= depth > 0 ? 1 : 0;
    } else if (depth == 0 && !is_in_header && (is_operation_keyword(word) || word == "fragment")) {
      names.push_back({word == "fragment", std::string(word_of(following)), following.span});
      is_in_header = true;
    }
    token = following;
  }
  return names;
}

}  // namespace builder
