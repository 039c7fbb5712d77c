#include "discovery/scanner/context.h"
#include "discovery/scanner/skeleton_parser.h"
#include "discovery/scanner/words.h"

namespace discovery::scanner {

/// One expression, or several with commas between.
DraftId SkeletonParser::parse_expression() {
  const DraftId first = parse_assignment();
  if (!is(TokenKind::comma)) {
    return first;
  }
  const DraftId sequence = wrap(SyntaxKind::other, first, SyntaxField::none);
  while (accept(TokenKind::comma)) {
    drafts_.append(sequence, parse_assignment());
  }
  return end_node(sequence);
}

DraftId SkeletonParser::parse_assignment() {
  if (++depth_ > k_deepest) {
    fail("depth");
  }
  const DraftId value = parse_assignment_inner();
  --depth_;
  return value;
}

DraftId SkeletonParser::parse_assignment_inner() {
  if (const std::uint32_t arrow = arrow_at(); arrow != 0) {
    // `a ? (b) : c => d`, or an arrow function that returns c?
    const bool is_ambiguous =
        context_.is_before_colon && list_.tokens[arrow].kind == TokenKind::colon;
    return is_ambiguous ? fail("arrow or colon") : parse_arrow();
  }
  if (is_word("yield")) {
    return parse_yield();
  }
  const bool may_be_pattern = is(TokenKind::open_bracket) || is(TokenKind::open_brace);
  DraftId left = k_no_draft;
  if (may_be_pattern && list_.tokens[peek().partner + 1].kind == TokenKind::assign) {
    left = parse_pattern(Target::assigned);
  } else {
    left = parse_conditional();
  }
  const bool is_plain = is(TokenKind::assign);
  if (!is_plain && !is(TokenKind::compound_assign)) {
    return left;
  }
  const DraftId whole =
      wrap(is_plain ? SyntaxKind::assignment : SyntaxKind::update, left, SyntaxField::left);
  take();
  drafts_.append(whole, parse_assignment(), SyntaxField::right);
  return end_node(whole);
}

/// Where the `=>` of the arrow function stands that begins here; 0 if none does.
std::uint32_t SkeletonParser::arrow_at() const {
  std::uint32_t at = at_;
  const auto kind_at = [&](std::uint32_t token) { return list_.tokens[token].kind; };
  const auto is_free = [&](std::uint32_t token) { return !list_.tokens[token].follows_line_break; };
  if (is_word("async") && peek(1).kind != TokenKind::arrow && is_free(at + 1)) {
    if (kind_at(at + 1) == TokenKind::less) {
      // `async <T>(a) => b`
      SkeletonParser look = look_from(at + 1);
      return look.skip_type_parameters() && look.is(TokenKind::open_paren) ? look.arrow_at() : 0;
    }
    if (kind_at(at + 1) == TokenKind::word || kind_at(at + 1) == TokenKind::open_paren) {
      ++at;
    }
  }
  if (kind_at(at) == TokenKind::word) {
    return kind_at(at + 1) == TokenKind::arrow && is_free(at + 1) ? at + 1 : 0;
  }
  if (kind_at(at) != TokenKind::open_paren) {
    return 0;
  }
  const std::uint32_t behind = list_.tokens[at].partner + 1;
  if (kind_at(behind) == TokenKind::arrow) {
    return behind;
  }
  // `(a): T => b`
  if (kind_at(behind) != TokenKind::colon || list_.tokens[behind].follows_line_break) {
    return 0;
  }
  return may_return_type(behind) ? behind : 0;
}

/// Whether what follows the `:` at the token `colon` is a type and an arrow.
bool SkeletonParser::may_return_type(std::uint32_t colon) const {
  SkeletonParser look = look_from(colon + 1);
  return look.skip_return_type() && look.is(TokenKind::arrow);
}

DraftId SkeletonParser::parse_yield() {
  const DraftId node = begin_node(SyntaxKind::other, peek().begin);
  const bool may_be_name = !context_.is_generator && may_word_be_a_name();
  take();
  const bool is_delegated = accept(TokenKind::star);
  switch (peek().kind) {
    case TokenKind::close_paren:
    case TokenKind::close_bracket:
    case TokenKind::close_brace:
    case TokenKind::semicolon:
    case TokenKind::comma:
    case TokenKind::colon:
      break;
    default:
      if (is_delegated || !peek().follows_line_break) {
        const std::uint32_t operand = at_;
        drafts_.append(node, parse_assignment());
        if (may_be_name && holds_wanted(operand, at_)) {
          return fail("await or yield");
        }
      }
      break;
  }
  return end_node(node);
}

DraftId SkeletonParser::parse_conditional() {
  const DraftId condition = parse_binary(Binding::none);
  if (!is(TokenKind::question)) {
    return condition;
  }
  const DraftId node = wrap(SyntaxKind::conditional, condition, SyntaxField::condition);
  take();
  {
    const Within branch(*this);
    context_.is_value = false;
    context_.is_before_colon = true;
    drafts_.append(node, parse_assignment(), SyntaxField::consequence);
  }
  expect(TokenKind::colon);
  const Within branch(*this);
  context_.is_value = false;
  drafts_.append(node, parse_assignment(), SyntaxField::alternative);
  return end_node(node);
}

/// How tightly the operator here binds, and of how many tokens it is; `none` if there is none.
Binding SkeletonParser::binding_here(std::uint32_t& count) const {
  count = 1;
  const Token& token = peek();
  if (token.kind == TokenKind::word) {
    const std::string_view word = text_of(token);
    const bool is_relation = word == "instanceof" || (word == "in" && !context_.is_loop_head);
    const bool is_cast = (word == "as" || word == "satisfies") && !token.follows_line_break;
    return is_relation || is_cast ? Binding::relation : Binding::none;
  }
  if (token.kind != TokenKind::greater) {
    return token.kind == TokenKind::bang || token.kind == TokenKind::increment ? Binding::none
                                                                               : token.binding;
  }
  // `>>`, `>>>`, `>=`
  Binding binding = Binding::relation;
  while (peek(count).kind == TokenKind::greater && peek(count).begin == peek(count - 1).end) {
    binding = Binding::shift;
    ++count;
  }
  if (peek(count).kind == TokenKind::assign && peek(count).begin == peek(count - 1).end) {
    ++count;
    return binding == Binding::relation ? binding : Binding::none;
  }
  return binding;
}

/// Operators that bind more tightly than `least`.
DraftId SkeletonParser::parse_binary(Binding least) {
  DraftId left = parse_unary();
  while (!has_failed()) {
    std::uint32_t count = 1;
    const Binding binding = binding_here(count);
    if (binding <= least) {
      return left;
    }
    if (is_word("as") || is_word("satisfies")) {
      take();
      left = wrap(SyntaxKind::cast, left, SyntaxField::none);
      require_type();
      end_node(left);
      continue;
    }
    const DraftId node = wrap(SyntaxKind::binary, left, SyntaxField::left);
    for (; count > 0; --count) {
      take();
    }
    const Within operand(*this);
    context_.is_value = false;
    // `**` is right associative.
    const Binding inner = binding == Binding::power ? Binding::times : binding;
    drafts_.append(node, parse_binary(inner), SyntaxField::right);
    left = end_node(node);
  }
  return left;
}

DraftId SkeletonParser::parse_unary() {
  const std::uint32_t begin = peek().begin;
  const bool is_await = is_word("await") && !is_word_a_name();
  if (is(TokenKind::less)) {
    return parse_angle();
  }
  const bool is_prefix = is(TokenKind::bang) || is(TokenKind::tilde) || is(TokenKind::sign) ||
                         is_word("typeof") || is_word("void") || is_word("delete");
  if (!is_prefix && !is_await && !is(TokenKind::increment)) {
    return parse_postfix();
  }
  if (++depth_ > k_deepest) {
    return fail("depth");
  }
  const SyntaxKind kind = is_await                   ? SyntaxKind::other
                          : is(TokenKind::increment) ? SyntaxKind::update
                                                     : SyntaxKind::unary;
  const DraftId node = begin_node(kind, begin);
  const bool may_be_name = is_await && !context_.is_async && may_word_be_a_name();
  drafts_.append(node, leaf(SyntaxKind::token), SyntaxField::op);
  const Within within(*this);
  context_.is_value = false;
  const std::uint32_t operand = at_;
  drafts_.append(node, parse_unary(), SyntaxField::argument);
  if (may_be_name && holds_wanted(operand, at_)) {
    return fail("await or yield");
  }
  --depth_;
  return end_node(node);
}

/// Whether the contextual keyword here is used as a name, by what follows it.
bool SkeletonParser::is_word_a_name() const {
  switch (peek(1).kind) {
    case TokenKind::word:
    case TokenKind::open_paren:
    case TokenKind::open_bracket:
    case TokenKind::open_brace:
    case TokenKind::string:
    case TokenKind::number:
    case TokenKind::template_begin:
    case TokenKind::bang:
    case TokenKind::regex:
    case TokenKind::less:
    case TokenKind::jsx_begin:
      return false;
    default:
      return true;
  }
}

/// Whether `await` or `yield` outside of functions of that kind is a variable with a call or
/// template behind it, by TypeScript's own rule.
bool SkeletonParser::may_word_be_a_name() const {
  const Token& next = peek(1);
  return next.follows_line_break ||
         (next.kind != TokenKind::word && next.kind != TokenKind::number &&
          next.kind != TokenKind::string);
}

DraftId SkeletonParser::parse_postfix() {
  const DraftId value = parse_left_side();
  if (!is(TokenKind::increment) || peek().follows_line_break) {
    return value;
  }
  const DraftId node = wrap(SyntaxKind::update, value, SyntaxField::argument);
  take();
  return end_node(node);
}

DraftId SkeletonParser::parse_left_side() {
  const DraftId first = is_word("new") ? parse_new() : parse_primary();
  return parse_left_side(first);
}

/// Members, calls and templates behind a value.
DraftId SkeletonParser::parse_left_side(DraftId value) {
  while (!has_failed()) {
    switch (peek().kind) {
      case TokenKind::dot:
        value = parse_member_of(value);
        continue;
      case TokenKind::optional_dot: {
        const TokenKind next = peek(1).kind;
        if (next == TokenKind::less) {
          return fail("optional chain");
        }
        if (next == TokenKind::template_begin) {
          // A tag to TypeScript's parser, and an error later.
          take();
          continue;
        }
        const bool is_member = next == TokenKind::word || next == TokenKind::private_name;
        const Token& mark = peek();
        if (is_member) {
          value = parse_member_of(value);
        } else {
          take();
          value =
              next == TokenKind::open_paren ? parse_call_of(value, &mark) : parse_index_of(value);
        }
        continue;
      }
      case TokenKind::open_bracket:
        value = parse_index_of(value);
        continue;
      case TokenKind::open_paren:
      case TokenKind::template_begin:
        value = parse_call_of(value, nullptr);
        continue;
      case TokenKind::less:
        if (!accept_type_arguments()) {
          return value;
        }
        if (is(TokenKind::open_brace) || is_word("implements")) {
          return value;
        }
        if (!is(TokenKind::open_paren) && !is(TokenKind::template_begin)) {
          return end_node(wrap(SyntaxKind::other, value, SyntaxField::none));
        }
        continue;
      case TokenKind::bang:
        if (peek().follows_line_break) {
          return value;
        }
        take();
        value = end_node(wrap(SyntaxKind::cast, value, SyntaxField::none));
        continue;
      default:
        return value;
    }
  }
  return value;
}

/// Takes `<T>` where a call, a template, the end of the value or, in a heritage, the end of it
/// follows. A comparison stays as it is.
bool SkeletonParser::accept_type_arguments() {
  const std::uint32_t begin = at_;
  SkeletonParser look = look_from(begin);
  look.is_guess_ = true;
  if (!look.skip_type_arguments()) {
    if (look.has_failed() || look.is(TokenKind::open_bracket)) {
      // Braces, or `a < B` and an index on the next line, or a type that goes on there?
      fail("type arguments");
    }
    return false;
  }
  const bool is_call = look.is(TokenKind::open_paren) || look.is(TokenKind::template_begin);
  // `f<T>` alone: a comparison would go on.
  const bool ends_value =
      look.is(TokenKind::semicolon) || look.is(TokenKind::close_paren) || look.is(TokenKind::comma);
  const bool ends_heritage =
      context_.is_heritage && (look.is(TokenKind::open_brace) || look.is_word("implements"));
  if (!is_call && !ends_value && !ends_heritage) {
    fail("type arguments");
    return false;
  }
  types_.push_back({peek().begin, look.peek().begin});
  at_ = look.at_;
  return true;
}

DraftId SkeletonParser::parse_member_of(DraftId object) {
  const DraftId node = wrap(SyntaxKind::member, object, SyntaxField::object);
  take();
  if (!is(TokenKind::word) && !is(TokenKind::private_name)) {
    return fail("member");
  }
  drafts_.append(node, leaf(SyntaxKind::property_name), SyntaxField::property);
  return end_node(node);
}

DraftId SkeletonParser::parse_index_of(DraftId object) {
  const DraftId node = wrap(SyntaxKind::subscript, object, SyntaxField::object);
  const std::uint32_t close = peek().partner;
  if (!is(TokenKind::open_bracket)) {
    return fail("index");
  }
  take();
  const Within brackets(*this, false);
  drafts_.append(node, parse_expression(), SyntaxField::index);
  if (at_ != close) {
    return fail("index");
  }
  take();
  return end_node(node);
}

DraftId SkeletonParser::parse_call_of(DraftId callee, const Token* optional) {
  const DraftId node = wrap(SyntaxKind::call, callee, SyntaxField::function);
  if (optional != nullptr) {
    drafts_.append(node, drafts_.add(SyntaxKind::token, {optional->begin, optional->end}));
  }
  const bool is_tagged = is(TokenKind::template_begin);
  drafts_.append(node, is_tagged ? parse_template() : parse_arguments(), SyntaxField::arguments);
  return end_node(node);
}

DraftId SkeletonParser::parse_arguments() {
  const std::uint32_t open = at_;
  const std::uint32_t close = peek().partner;
  const DraftId node = begin_node(SyntaxKind::arguments, peek().begin);
  if (!enters(open)) {
    skip_group();
    return end_node(node);
  }
  take();
  const Within brackets(*this, false);
  context_.is_module_level = false;
  parse_elements(node, close);
  expect(TokenKind::close_paren);
  return end_node(node);
}

/// `new a.b<T>(c)`: its callee takes no calls.
DraftId SkeletonParser::parse_new() {
  if (++depth_ > k_deepest) {
    return fail("depth");
  }
  const DraftId node = begin_node(SyntaxKind::other, peek().begin);
  take();
  if (is(TokenKind::dot)) {
    take();
    take();
    --depth_;
    return end_node(node);
  }
  DraftId callee = is_word("new") ? parse_new() : parse_primary();
  while (!has_failed() && (is(TokenKind::dot) || is(TokenKind::open_bracket))) {
    callee = is(TokenKind::dot) ? parse_member_of(callee) : parse_index_of(callee);
  }
  if (is(TokenKind::less)) {
    if (!skip_type_arguments()) {
      return fail("type arguments");
    }
  }
  drafts_.append(node, callee);
  if (is(TokenKind::open_paren)) {
    drafts_.append(node, parse_arguments(), SyntaxField::arguments);
  } else if (is(TokenKind::template_begin) || is(TokenKind::bang) || is(TokenKind::optional_dot)) {
    return fail("new");
  }
  --depth_;
  return end_node(node);
}

}  // namespace discovery::scanner
