// What the tokens so far say of the next one.

#include "discovery/scanner/lexer.h"
#include "discovery/scanner/words.h"
#include "discovery/template_sites.h"

namespace discovery::scanner {

bool Lexer::is_property(std::size_t token) const {
  if (token == 0) {
    return false;
  }
  const TokenKind kind = out_.tokens[token - 1].kind;
  return kind == TokenKind::dot || kind == TokenKind::optional_dot;
}

Lexer::Before Lexer::before() const {
  if (out_.tokens.empty()) {
    return Before::expression;
  }
  const std::size_t last = out_.tokens.size() - 1;
  const Token& token = out_.tokens[last];
  const Before operand = line_break_ ? Before::line_end : Before::operand;
  switch (token.kind) {
    case TokenKind::word:
      return is_property(last) ? operand : before_word(token);
    case TokenKind::private_name:
    case TokenKind::number:
    case TokenKind::string:
    case TokenKind::regex:
    case TokenKind::template_end:
    case TokenKind::close_bracket:
      return operand;
    case TokenKind::close_paren: {
      if (token.partner == 0 || out_.tokens[token.partner - 1].kind != TokenKind::word ||
          is_property(token.partner - 1)) {
        return operand;
      }
      const std::string_view word = text_of(out_.tokens[token.partner - 1]);
      if (word == "await") {
        return Before::doubt;
      }
      const bool heads = word == "if" || word == "for" || word == "while" || word == "with";
      return heads ? Before::expression : operand;
    }
    case TokenKind::bang:
      return before_bang(last, operand);
    case TokenKind::increment:
      return Before::increment;
    case TokenKind::greater:
    case TokenKind::at:
    case TokenKind::dot:
    case TokenKind::optional_dot:
    case TokenKind::close_brace:
    case TokenKind::jsx_end:
      return Before::doubt;
    default:
      return Before::expression;
  }
}

/// What stands before the `!` decides whether it is `!x` or `x!`.
Lexer::Before Lexer::before_bang(std::size_t bang, Before operand) const {
  if (bang == 0 || out_.tokens[bang].follows_line_break || !is_value_end(bang - 1)) {
    return Before::expression;
  }
  const Token& value = out_.tokens[bang - 1];
  const bool is_name = value.kind != TokenKind::word || is_property(bang - 1) ||
                       classify_word(text_of(value)) == WordClass::name;
  return is_name && value.kind != TokenKind::close_brace && operand == Before::operand
             ? operand
             : Before::doubt;
}

Lexer::Before Lexer::before_word(const Token& word) const {
  switch (classify_word(text_of(word))) {
    case WordClass::name:
    case WordClass::value:
      return line_break_ ? Before::line_end : Before::operand;
    case WordClass::unary:
      return Before::unary_word;
    case WordClass::expression:
      return Before::expression;
    case WordClass::function:
    case WordClass::async:
      return Before::function_word;
    default:
      return Before::doubt;
  }
}

/// Whether a value may end at the token, so that `as` behind it begins a type.
bool Lexer::is_value_end(std::size_t token) const {
  switch (out_.tokens[token].kind) {
    case TokenKind::word:
      return !is_reserved(classify_word(text_of(out_.tokens[token])));
    case TokenKind::string:
    case TokenKind::number:
    case TokenKind::template_end:
    case TokenKind::close_paren:
    case TokenKind::close_bracket:
    case TokenKind::close_brace:
      return true;
    default:
      return false;
  }
}

bool Lexer::may_be_callee(std::size_t token) const {
  const Token& last = out_.tokens[token];
  switch (last.kind) {
    case TokenKind::word: {
      const std::string_view word = text_of(last);
      if (token > 0 && (word == "as" || word == "satisfies") && !last.follows_line_break &&
          is_value_end(token - 1)) {
        return false;
      }
      const WordClass kind = classify_word(word);
      return is_property(token) || (!is_reserved(kind) && kind != WordClass::value);
    }
    case TokenKind::close_paren:
      // Of a parenthesised name; the result of a call has none.
      return !is_certain_call(last.partner);
    case TokenKind::close_bracket:
    case TokenKind::bang:
    case TokenKind::greater:
    case TokenKind::optional_dot:
      return true;
    default:
      return false;
  }
}

/// Whether the parenthesis at the token `open` begins the arguments of a call: a name stands before
/// it. Behind a line break that could be the name of a type, which ends a statement.
bool Lexer::is_certain_call(std::size_t open) const {
  if (open == 0 || out_.tokens[open].follows_line_break) {
    return false;
  }
  const Token& callee = out_.tokens[open - 1];
  return callee.kind == TokenKind::word &&
         (is_property(open - 1) || classify_word(text_of(callee)) == WordClass::name);
}

/// Whether the facts may tell of a template that begins here: it has a tag, is the argument of a
/// call, or is marked. Says yes where it cannot know.
bool Lexer::may_be_site() const {
  if (has_hash_line(text_.substr(at_ + 1))) {
    return true;
  }
  const std::uint32_t last_end = out_.tokens.empty() ? 0 : out_.tokens.back().end;
  if (!out_.comments.empty() && out_.comments.back().begin >= last_end) {
    return true;
  }
  if (out_.tokens.empty()) {
    return false;
  }
  const std::size_t last = out_.tokens.size() - 1;
  if (out_.tokens[last].kind == TokenKind::open_paren) {
    return last > 0 &&
           (may_be_callee(last - 1) || out_.tokens[last - 1].kind == TokenKind::open_paren);
  }
  return may_be_callee(last);
}

}  // namespace discovery::scanner
