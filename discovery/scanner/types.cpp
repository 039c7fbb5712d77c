// Types are stepped over: no fact is in them.

#include "discovery/scanner/context.h"
#include "discovery/scanner/skeleton_parser.h"
#include "discovery/scanner/words.h"

namespace discovery::scanner {

/// Steps over a type, or returns false somewhere inside of it.
bool SkeletonParser::skip_type() {
  if (++depth_ > k_deepest) {
    fail("depth");
  }
  const std::uint32_t begin = peek().begin;
  bool is_type = !has_failed();
  if (is_operator('|') || is_operator('&')) {
    take();
  }
  while (is_type) {
    is_type = skip_type_operand();
    if (!is_type || !(is_operator('|') || is_operator('&'))) {
      break;
    }
    take();
  }
  // `A extends B ? C : D`
  if (is_type && is_word("extends") && !peek().follows_line_break) {
    take();
    is_type = skip_type() && accept(TokenKind::question) && skip_type() &&
              accept(TokenKind::colon) && skip_type();
  }
  --depth_;
  if (is_type && !places_->empty()) {
    types_.push_back({begin, previous().end});
  }
  return is_type && !has_failed();
}

/// Whether the parenthesis here begins the parameters of a function type, by TypeScript's own rule.
bool SkeletonParser::begins_function_type() const {
  const std::uint32_t close = peek().partner;
  const bool has_arrow = list_.tokens[close + 1].kind == TokenKind::arrow;
  const Token& first = peek(1);
  switch (first.kind) {
    case TokenKind::close_paren:
    case TokenKind::ellipsis:
      return has_arrow;
    case TokenKind::word:
    case TokenKind::open_brace:
    case TokenKind::open_bracket: {
      const std::uint32_t behind = first.kind == TokenKind::word ? at_ + 2 : first.partner + 1;
      const TokenKind kind = list_.tokens[behind].kind;
      return has_arrow &&
             (kind == TokenKind::colon || kind == TokenKind::comma || kind == TokenKind::question ||
              kind == TokenKind::assign || behind == close);
    }
    default:
      return false;
  }
}

/// `?` and `!` of Flow and JSDoc, and words such as `keyof`. False where it is in doubt what a word
/// means.
bool SkeletonParser::skip_type_prefixes() {
  while (accept(TokenKind::question) || accept(TokenKind::bang)) {
  }
  while (is_word("keyof") || is_word("unique") || is_word("readonly") || is_word("infer")) {
    const TokenKind next = peek(1).kind;
    const bool is_prefix = next == TokenKind::word || next == TokenKind::open_paren ||
                           next == TokenKind::open_brace || next == TokenKind::open_bracket ||
                           next == TokenKind::string || next == TokenKind::template_begin;
    if (!is_prefix || peek(1).follows_line_break) {
      break;
    }
    if (is_word("infer") && is_word("extends", 2)) {
      // Whether that begins a constraint or a conditional type depends on what is around it.
      return false;
    }
    take();
  }
  if (is_word("abstract") && is_word("new", 1)) {
    take();
  }
  return true;
}

bool SkeletonParser::skip_type_operand() {
  if (!skip_type_prefixes()) {
    return false;
  }
  switch (peek().kind) {
    case TokenKind::word:
      if (is_word("new")) {
        take();
        return skip_function_type();
      }
      if (!skip_type_name()) {
        return false;
      }
      break;
    case TokenKind::less:
      return skip_function_type();
    case TokenKind::open_paren:
      if (begins_function_type()) {
        return skip_function_type();
      }
      [[fallthrough]];
    case TokenKind::open_brace:
    case TokenKind::open_bracket:
      if (!skip_brackets_of_type()) {
        return false;
      }
      break;
    case TokenKind::template_begin:
      if (holds_wanted(at_, peek().partner)) {
        return false;
      }
      if (!skip_template_type()) {
        return false;
      }
      break;
    case TokenKind::string:
    case TokenKind::number:
    // Flow's `Array<*>`.
    case TokenKind::star:
      take();
      break;
    case TokenKind::sign:
      if (!is_operator('-')) {
        return false;
      }
      take();
      return accept(TokenKind::number);
    default:
      return false;
  }
  // `T!` and `!T` are types of JSDoc, which TypeScript reads everywhere and complains about later.
  while ((is(TokenKind::open_bracket) || is(TokenKind::bang)) && !peek().follows_line_break) {
    if (accept(TokenKind::bang)) {
      continue;
    }
    if (!skip_brackets_of_type()) {
      return false;
    }
  }
  return !has_failed();
}

/// Steps over the brackets here, which stand in a type. False where `a < (b + 1) > c` shows that it
/// was none.
bool SkeletonParser::skip_brackets_of_type() {
  const std::uint32_t close = peek().partner;
  const TokenKind kind = peek().kind;
  if (!is_guess_) {
    skip_group();
    return true;
  }
  take();
  const bool holds_types = kind == TokenKind::open_brace ? skip_type_members(close)
                           : kind == TokenKind::open_paren
                               ? skip_type()
                               : at_ == close || skip_list_of_types(close);
  if (!holds_types || at_ != close) {
    if (kind == TokenKind::open_brace) {
      fail("type arguments");
    }
    return false;
  }
  take();
  return true;
}

/// `a: A, b?: B, ...C[], D?` up to the token `close`.
bool SkeletonParser::skip_list_of_types(std::uint32_t close) {
  while (at_ < close) {
    accept(TokenKind::ellipsis);
    const bool is_optional = peek(1).kind == TokenKind::question;
    if (is(TokenKind::word) && peek(is_optional ? 2 : 1).kind == TokenKind::colon) {
      at_ += is_optional ? 3 : 2;
    }
    if (!skip_type()) {
      return false;
    }
    accept(TokenKind::question);
    if (!accept(TokenKind::comma)) {
      return at_ == close;
    }
  }
  return true;
}

/// What stands between the braces of an object type.
bool SkeletonParser::skip_type_members(std::uint32_t close) {
  while (at_ < close) {
    if (!skip_type_member()) {
      return false;
    }
    const bool is_separated = accept(TokenKind::semicolon) || accept(TokenKind::comma);
    if (!is_separated && at_ != close && !peek().follows_line_break) {
      return false;
    }
  }
  return true;
}

/// `readonly a?: B`, `[c: D]: E`, `f(g): H`; no accessors.
bool SkeletonParser::skip_type_member() {
  if (is_word("readonly") && peek(1).kind != TokenKind::colon) {
    take();
  }
  if (is(TokenKind::open_bracket)) {
    skip_group();
  } else if (is(TokenKind::word) || is(TokenKind::string) || is(TokenKind::number)) {
    take();
  } else if (!is(TokenKind::open_paren)) {
    return false;
  }
  accept(TokenKind::question);
  if (is(TokenKind::less) && !skip_type_parameters()) {
    return false;
  }
  if (is(TokenKind::open_paren)) {
    skip_group();
  }
  return !accept(TokenKind::colon) || skip_return_type();
}

/// With types in its substitutions.
bool SkeletonParser::skip_template_type() {
  const std::uint32_t close = peek().partner;
  take();
  while (at_ < close && !has_failed()) {
    const std::uint32_t end = peek().partner;
    expect(TokenKind::substitution_begin);
    if (!skip_type() || at_ != end) {
      return false;
    }
    take();
  }
  return accept(TokenKind::template_end);
}

/// `a.b.C<D>`, `typeof a.b`, `import("m").C`.
bool SkeletonParser::skip_type_name() {
  accept_word("typeof");
  const WordClass kind = classify_word(text_of(peek()));
  if (!is(TokenKind::word)) {
    return false;
  }
  if (is_word("import")) {
    take();
    if (!is(TokenKind::open_paren)) {
      return false;
    }
    skip_group();
  } else if (is_reserved(kind) && !is_word("void") && !is_word("const")) {
    return false;
  } else {
    take();
  }
  while (is(TokenKind::dot)) {
    take();
    if (!is(TokenKind::word) && !is(TokenKind::private_name)) {
      return false;
    }
    take();
  }
  return !is(TokenKind::less) || peek().follows_line_break || skip_type_arguments();
}

/// `<T>(a: A) => B`, with or without type parameters.
bool SkeletonParser::skip_function_type() {
  if (is(TokenKind::less) && !skip_type_parameters()) {
    return false;
  }
  if (!is(TokenKind::open_paren)) {
    return false;
  }
  skip_group();
  return accept(TokenKind::arrow) && skip_return_type();
}

/// A type, `x is T`, `asserts x`, `asserts x is T`.
bool SkeletonParser::skip_return_type() {
  if (is_word("asserts") && peek(1).kind == TokenKind::word && !peek(1).follows_line_break &&
      !is_word("is", 1)) {
    take();
    take();
    return !accept_word("is") || skip_type();
  }
  if (is(TokenKind::word) && is_word("is", 1) && !peek(1).follows_line_break) {
    take();
    take();
  }
  return skip_type();
}

bool SkeletonParser::skip_type_arguments() {
  if (!accept(TokenKind::less)) {
    return false;
  }
  while (skip_type()) {
    if (accept(TokenKind::greater)) {
      return true;
    }
    if (!accept(TokenKind::comma)) {
      return false;
    }
  }
  return false;
}

/// `<const T extends A = B, U>`
bool SkeletonParser::skip_type_parameters() {
  if (!accept(TokenKind::less)) {
    return false;
  }
  while (!is(TokenKind::greater)) {
    while ((is_word("const") || is_word("in") || is_word("out")) &&
           peek(1).kind == TokenKind::word) {
      take();
    }
    if (!accept(TokenKind::word)) {
      return false;
    }
    if (accept_word("extends") && !skip_type()) {
      return false;
    }
    if (accept(TokenKind::assign) && !skip_type()) {
      return false;
    }
    if (!accept(TokenKind::comma) && !is(TokenKind::greater)) {
      return false;
    }
  }
  take();
  return true;
}

bool SkeletonParser::holds_type_arguments() {
  static const std::vector<std::uint32_t> no_places;
  places_ = &no_places;
  is_guess_ = true;
  return (skip_type_arguments() && is(TokenKind::end)) || has_failed();
}

void SkeletonParser::require_type() {
  if (!skip_type()) {
    fail("type");
  }
}

}  // namespace discovery::scanner
