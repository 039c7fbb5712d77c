#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace discovery::scanner {

/// What a token is. Brackets and quotes that belong together know each other as partners.
// clang-format off
enum class TokenKind : std::uint8_t {
  end, word, private_name, number, string, regex,
  template_begin, template_end, substitution_begin,
  open_paren, close_paren, open_bracket, close_bracket, open_brace, close_brace,
  /// Around a whole JSX element; between them are its attributes, expressions and child elements.
  jsx_begin, jsx_end, jsx_name,
  dot, optional_dot, ellipsis, comma, semicolon, colon, question, at, arrow,
  assign, compound_assign,
  /// Never joined with what follows: it may close type arguments.
  greater,
  less, increment, bang, tilde, sign, star,
  /// Any other operator with two operands.
  binary_operator,
};
// clang-format on

/// Operators with two operands by how tightly they bind. As tree-sitter's grammar has them after
/// fill_grammar_gaps(), where `&` is `|` and `&&` is `||`: that moves no boundary that facts see.
// clang-format off
enum class Binding : std::uint8_t {
  none, coalesce, logical, bitwise_or, bitwise_xor, equality, relation, shift, plus, times, power,
};
// clang-format on

struct Token {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  /// Index of the token that closes what this one opens, and the other way around.
  std::uint32_t partner = 0;
  TokenKind kind = TokenKind::end;
  Binding binding = Binding::none;
  /// Whether a line break stands between this token and the one before.
  bool follows_line_break = false;
};

/// A file as tokens. The last one is of kind `end`, behind the text.
struct TokenList {
  std::vector<Token> tokens;
  /// All comments, in source order.
  std::vector<base::Span> comments;
  /// Indexes of the `template_begin` tokens that may be sites, and of the words `var`.
  std::vector<std::uint32_t> candidates;
  std::vector<std::uint32_t> vars;

  void clear() {
    tokens.clear();
    comments.clear();
    candidates.clear();
    vars.clear();
  }
};

/// Why a file needs a parser.
struct Doubt {
  /// A fixed word per rule; null where there is no doubt.
  const char* reason = nullptr;
  std::uint32_t offset = 0;
};

}  // namespace discovery::scanner
