#include "discovery/scanner/context.h"
#include "discovery/scanner/skeleton_parser.h"
#include "discovery/scanner/words.h"

namespace discovery::scanner {

DraftId SkeletonParser::parse_primary() {
  switch (peek().kind) {
    case TokenKind::word:
      return parse_word();
    case TokenKind::private_name:
      return leaf(SyntaxKind::property_name);
    case TokenKind::number:
      return leaf(SyntaxKind::number);
    case TokenKind::string:
      return leaf(SyntaxKind::string);
    case TokenKind::regex:
      return leaf(SyntaxKind::regex);
    case TokenKind::template_begin:
      return parse_template();
    case TokenKind::open_paren:
      return parse_parenthesized();
    case TokenKind::open_bracket:
      return parse_array();
    case TokenKind::open_brace:
      return parse_object();
    case TokenKind::jsx_begin:
      return parse_jsx();
    default:
      return fail("expression");
  }
}

DraftId SkeletonParser::parse_word() {
  const std::string_view word = text_of(peek());
  if (word == "function") {
    return parse_function(true);
  }
  if (word == "async" && is_word("function", 1) && !peek(1).follows_line_break) {
    return parse_function(true);
  }
  if (word == "class") {
    return parse_class(true, {});
  }
  if (word == "import") {
    const TokenKind next = peek(1).kind;
    return next == TokenKind::open_paren || next == TokenKind::dot ? leaf(SyntaxKind::other)
                                                                   : fail("import");
  }
  switch (classify_word(word)) {
    case WordClass::value:
      return leaf(SyntaxKind::other);
    case WordClass::name:
    case WordClass::contextual:
    case WordClass::async:
      return leaf(SyntaxKind::identifier);
    default:
      return fail("keyword");
  }
}

DraftId SkeletonParser::parse_parenthesized() {
  const std::uint32_t close = peek().partner;
  const DraftId node = begin_node(SyntaxKind::parenthesized, peek().begin);
  take();
  const Within brackets(*this, context_.is_value);
  drafts_.append(node, parse_expression());
  if (at_ != close) {
    return fail("parentheses");
  }
  take();
  return end_node(node);
}

/// What stands between the commas of an array or of arguments.
DraftId SkeletonParser::parse_element() {
  if (!is(TokenKind::ellipsis)) {
    return parse_assignment();
  }
  const DraftId spread = begin_node(SyntaxKind::spread, peek().begin);
  take();
  drafts_.append(spread, parse_assignment());
  return end_node(spread);
}

/// What stands between commas up to the token `close`.
void SkeletonParser::parse_elements(DraftId list, std::uint32_t close) {
  while (at_ < close && !has_failed()) {
    if (accept(TokenKind::comma)) {
      continue;
    }
    drafts_.append(list, parse_element());
    if (at_ != close) {
      expect(TokenKind::comma);
    }
  }
}

/// Lists of fragments may stand in arguments, in constants and in each other.
DraftId SkeletonParser::parse_array() {
  const std::uint32_t close = peek().partner;
  const DraftId node = begin_node(SyntaxKind::array, peek().begin);
  take();
  const Within brackets(*this, false);
  parse_elements(node, close);
  expect(TokenKind::close_bracket);
  return end_node(node);
}

DraftId SkeletonParser::parse_object() {
  const std::uint32_t open = at_;
  const std::uint32_t close = peek().partner;
  const DraftId node = begin_node(SyntaxKind::object, peek().begin);
  if (!context_.is_value && !enters(open)) {
    skip_group();
    return end_node(node);
  }
  take();
  const Within brackets(*this, context_.is_value);
  while (at_ < close && !has_failed()) {
    drafts_.append(node, parse_object_member());
    if (at_ != close) {
      expect(TokenKind::comma);
    }
  }
  expect(TokenKind::close_brace);
  return end_node(node);
}

DraftId SkeletonParser::parse_object_member() {
  if (is(TokenKind::ellipsis)) {
    return parse_element();
  }
  const std::uint32_t begin = peek().begin;
  const TokenKind next = peek(1).kind;
  if (is(TokenKind::word) && (next == TokenKind::comma || next == TokenKind::close_brace)) {
    return is_name() || is_word("undefined") ? leaf(SyntaxKind::shorthand_property)
                                             : fail("shorthand");
  }
  const auto begins_key = [](TokenKind kind) {
    return kind == TokenKind::word || kind == TokenKind::string || kind == TokenKind::number ||
           kind == TokenKind::open_bracket || kind == TokenKind::private_name;
  };
  FunctionWords words;
  if (is_word("async") && (begins_key(next) || next == TokenKind::star)) {
    take();
    words.is_async = true;
  }
  if ((is_word("get") || is_word("set")) && begins_key(peek(1).kind)) {
    take();
  }
  words.is_generator = accept(TokenKind::star);
  const DraftId key = parse_key();
  if (is(TokenKind::open_paren) || is(TokenKind::less)) {
    return parse_method(begin, key, words);
  }
  const DraftId pair = begin_node(SyntaxKind::pair, begin);
  drafts_.append(pair, key, SyntaxField::key);
  expect(TokenKind::colon);
  drafts_.append(pair, parse_assignment(), SyntaxField::value);
  return end_node(pair);
}

/// The key of a property, a method, a field or an enum member.
DraftId SkeletonParser::parse_key() {
  switch (peek().kind) {
    case TokenKind::word:
    case TokenKind::private_name:
      return leaf(SyntaxKind::property_name);
    case TokenKind::string:
      return leaf(SyntaxKind::string);
    case TokenKind::number:
      return leaf(SyntaxKind::number);
    case TokenKind::open_bracket: {
      const std::uint32_t close = peek().partner;
      const DraftId node = begin_node(SyntaxKind::computed_key, peek().begin);
      take();
      const Within brackets(*this, false);
      drafts_.append(node, parse_assignment());
      if (at_ != close) {
        return fail("key");
      }
      take();
      return end_node(node);
    }
    default:
      return fail("key");
  }
}

DraftId SkeletonParser::parse_template() {
  const std::uint32_t open = at_;
  const std::uint32_t close = peek().partner;
  const bool is_wanted = enters(open);
  const DraftId node = begin_node(SyntaxKind::template_string, peek().begin);
  take();
  const Within brackets(*this, false);
  while (at_ < close && !has_failed()) {
    if (is_wanted) {
      drafts_.append(node, parse_substitution());
    } else {
      const DraftId part = begin_node(SyntaxKind::substitution, peek().begin);
      skip_group();
      drafts_.append(node, end_node(part));
    }
  }
  expect(TokenKind::template_end);
  return end_node(node);
}

DraftId SkeletonParser::parse_substitution() {
  const std::uint32_t close = peek().partner;
  const DraftId node = begin_node(SyntaxKind::substitution, peek().begin);
  expect(TokenKind::substitution_begin);
  drafts_.append(node, parse_expression());
  if (at_ != close) {
    return fail("substitution");
  }
  take();
  return end_node(node);
}

/// `<T>(a) => b` or, where there is no JSX, `<T>a`.
DraftId SkeletonParser::parse_angle() {
  const std::uint32_t begin = at_;
  SkeletonParser look = look_from(begin);
  if (look.skip_type_parameters() && look.is(TokenKind::open_paren)) {
    look.context_ = Context();
    if (look.arrow_at() != 0) {
      return parse_arrow();
    }
  }
  if (language_ != Language::typescript) {
    return fail("angle");
  }
  if (++depth_ > k_deepest) {
    return fail("depth");
  }
  const DraftId node = begin_node(SyntaxKind::type_assertion, peek().begin);
  const DraftId arguments = begin_node(SyntaxKind::other, peek().begin);
  if (!skip_type_arguments()) {
    return fail("type assertion");
  }
  drafts_.append(node, end_node(arguments));
  drafts_.append(node, parse_unary());
  --depth_;
  return end_node(node);
}

/// An element: its attributes, expressions and child elements, where something in it is wanted.
DraftId SkeletonParser::parse_jsx() {
  const std::uint32_t close = peek().partner;
  const DraftId node = begin_node(SyntaxKind::other, peek().begin);
  if (!enters(at_)) {
    skip_group();
    return end_node(node);
  }
  if (++depth_ > k_deepest) {
    return fail("depth");
  }
  take();
  const Within brackets(*this, false);
  context_.is_module_level = false;
  while (at_ < close && !has_failed()) {
    DraftId attribute = k_no_draft;
    if (is(TokenKind::jsx_name)) {
      attribute = begin_node(SyntaxKind::other, peek().begin);
      take();
      if (!accept(TokenKind::assign)) {
        continue;
      }
    }
    DraftId value = k_no_draft;
    if (is(TokenKind::string)) {
      take();
    } else {
      value = is(TokenKind::jsx_begin) ? parse_jsx() : parse_jsx_expression();
    }
    if (attribute == k_no_draft) {
      drafts_.append(node, value);
    } else {
      drafts_.append(attribute, value);
      drafts_.append(node, end_node(attribute));
    }
  }
  expect(TokenKind::jsx_end);
  --depth_;
  return end_node(node);
}

DraftId SkeletonParser::parse_jsx_expression() {
  if (!is(TokenKind::open_brace)) {
    return fail("element");
  }
  const std::uint32_t close = peek().partner;
  const DraftId node = begin_node(SyntaxKind::other, peek().begin);
  if (!enters(at_)) {
    skip_group();
    return end_node(node);
  }
  take();
  accept(TokenKind::ellipsis);
  drafts_.append(node, parse_expression());
  if (at_ != close) {
    return fail("element");
  }
  take();
  return end_node(node);
}

}  // namespace discovery::scanner
