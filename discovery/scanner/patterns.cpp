#include "discovery/scanner/context.h"
#include "discovery/scanner/skeleton_parser.h"

namespace discovery::scanner {

/// What a declaration binds or an assignment writes to. Of an assignment it can be any member.
DraftId SkeletonParser::parse_pattern(Target target) {
  if (++depth_ > k_deepest) {
    fail("depth");
  }
  const DraftId pattern = parse_pattern_inner(target);
  --depth_;
  return pattern;
}

DraftId SkeletonParser::parse_pattern_inner(Target target) {
  if (is(TokenKind::open_bracket) && (target == Target::declared || is_assigned_group())) {
    return parse_array_pattern(target);
  }
  if (is(TokenKind::open_brace)) {
    return parse_object_pattern(target);
  }
  if (target == Target::assigned) {
    return parse_left_side();
  }
  return is_name() ? leaf(SyntaxKind::identifier) : fail("pattern");
}

/// Whether the brackets that open here are a pattern by what stands behind them.
bool SkeletonParser::is_assigned_group() const {
  const Token& behind = list_.tokens[peek().partner + 1];
  return behind.kind == TokenKind::assign || behind.kind == TokenKind::comma ||
         behind.kind == TokenKind::close_bracket || behind.kind == TokenKind::close_brace ||
         (behind.kind == TokenKind::word && (text_of(behind) == "of" || text_of(behind) == "in"));
}

DraftId SkeletonParser::parse_pattern_with_default(Target target) {
  const DraftId pattern = parse_pattern(target);
  if (!is(TokenKind::assign)) {
    return pattern;
  }
  const DraftId whole = wrap(SyntaxKind::default_pattern, pattern, SyntaxField::left);
  take();
  drafts_.append(whole, parse_assignment(), SyntaxField::right);
  return end_node(whole);
}

DraftId SkeletonParser::parse_array_pattern(Target target) {
  const std::uint32_t close = peek().partner;
  const Within brackets(*this, false);
  const DraftId pattern = begin_node(SyntaxKind::array_pattern, peek().begin);
  take();
  while (at_ < close && !has_failed()) {
    if (accept(TokenKind::comma)) {
      continue;
    }
    if (is(TokenKind::ellipsis)) {
      const DraftId rest = begin_node(SyntaxKind::rest_pattern, peek().begin);
      take();
      drafts_.append(rest, parse_pattern(target));
      drafts_.append(pattern, end_node(rest));
    } else {
      drafts_.append(pattern, parse_pattern_with_default(target));
    }
    if (at_ != close) {
      expect(TokenKind::comma);
    }
  }
  expect(TokenKind::close_bracket);
  return end_node(pattern);
}

DraftId SkeletonParser::parse_object_pattern(Target target) {
  const std::uint32_t close = peek().partner;
  const Within brackets(*this, false);
  const DraftId pattern = begin_node(SyntaxKind::object_pattern, peek().begin);
  take();
  while (at_ < close && !has_failed()) {
    drafts_.append(pattern, parse_property_pattern(target));
    if (at_ != close) {
      expect(TokenKind::comma);
    }
  }
  expect(TokenKind::close_brace);
  return end_node(pattern);
}

DraftId SkeletonParser::parse_property_pattern(Target target) {
  const std::uint32_t begin = peek().begin;
  if (is(TokenKind::ellipsis)) {
    const DraftId rest = begin_node(SyntaxKind::rest_pattern, begin);
    take();
    drafts_.append(rest, parse_pattern(target));
    return end_node(rest);
  }
  const TokenKind next = peek(1).kind;
  if (is(TokenKind::word) && next != TokenKind::colon) {
    if (!is_name()) {
      return fail("pattern");
    }
    const DraftId name = leaf(SyntaxKind::shorthand_pattern);
    if (!is(TokenKind::assign)) {
      return name;
    }
    const DraftId whole = wrap(SyntaxKind::default_pattern, name, SyntaxField::left);
    take();
    drafts_.append(whole, parse_assignment(), SyntaxField::right);
    return end_node(whole);
  }
  const DraftId pair = begin_node(SyntaxKind::pair_pattern, begin);
  drafts_.append(pair, parse_key(), SyntaxField::key);
  expect(TokenKind::colon);
  drafts_.append(pair, parse_pattern_with_default(target), SyntaxField::value);
  return end_node(pair);
}

}  // namespace discovery::scanner
