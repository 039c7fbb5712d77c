#include "discovery/scanner/context.h"
#include "discovery/scanner/skeleton_parser.h"
#include "discovery/scanner/words.h"

namespace discovery::scanner {

/// `[async] function [*] [name] (...) [: T] {...}`; without a body an overload.
DraftId SkeletonParser::parse_function(bool is_expression) {
  const DraftId node =
      begin_node(is_expression ? SyntaxKind::function_expression : SyntaxKind::function_declaration,
                 peek().begin);
  FunctionWords words;
  words.is_async = accept_word("async");
  if (!accept_word("function")) {
    return fail("function");
  }
  words.is_generator = accept(TokenKind::star);
  if (is(TokenKind::word)) {
    drafts_.append(
        node, is_name() ? leaf(SyntaxKind::identifier) : fail("function"), SyntaxField::name);
  }
  parse_signature(node);
  if (is(TokenKind::open_brace)) {
    parse_function_body(node, words);
  } else if (is_expression) {
    return fail("function");
  } else {
    end_node(node);
    end_statement();
    return node;
  }
  return end_node(node);
}

/// Type parameters, parameters and what the function returns. Says where the parameters begin.
std::uint32_t SkeletonParser::skip_signature() {
  if (is(TokenKind::less) && !skip_type_parameters()) {
    fail("type parameters");
  }
  const std::uint32_t open = at_;
  if (!is(TokenKind::open_paren)) {
    fail("parameters");
    return open;
  }
  skip_group();
  if (accept(TokenKind::colon) && !skip_return_type()) {
    fail("return type");
  }
  return open;
}

/// Steps over a signature, and reads its parameters where they hold anything that is wanted.
void SkeletonParser::parse_signature(DraftId function) {
  const std::uint32_t open = skip_signature();
  const std::uint32_t end = is(TokenKind::open_brace) ? peek().partner : at_;
  if (!has_failed() && holds_wanted(open, end)) {
    parse_parameters(function, open);
  }
}

/// Goes back to the parameters at `open`, and then to where it was.
void SkeletonParser::parse_parameters(DraftId function, std::uint32_t open) {
  const std::uint32_t after = at_;
  at_ = open;
  const std::uint32_t close = peek().partner;
  const DraftId parameters = begin_node(SyntaxKind::formal_parameters, peek().begin);
  take();
  const Within brackets(*this, false);
  context_.is_module_level = false;
  context_.is_async = false;
  context_.is_generator = false;
  while (at_ < close && !has_failed()) {
    drafts_.append(parameters, parse_parameter());
    if (at_ != close) {
      expect(TokenKind::comma);
    }
  }
  expect(TokenKind::close_paren);
  drafts_.append(function, end_node(parameters));
  if (!has_failed()) {
    at_ = after;
  }
}

DraftId SkeletonParser::parse_parameter() {
  const DraftId node = begin_node(SyntaxKind::parameter, peek().begin);
  append_all(node, parse_decorators());
  while ((is_word("public") || is_word("private") || is_word("protected") || is_word("readonly") ||
          is_word("override")) &&
         peek(1).kind == TokenKind::word) {
    take();
  }
  if (is_word("this")) {
    take();
  } else if (is(TokenKind::ellipsis)) {
    const DraftId rest = begin_node(SyntaxKind::rest_pattern, peek().begin);
    take();
    drafts_.append(rest, parse_pattern(Target::declared));
    drafts_.append(node, end_node(rest), SyntaxField::pattern);
  } else {
    drafts_.append(node, parse_pattern(Target::declared), SyntaxField::pattern);
  }
  accept(TokenKind::question);
  if (accept(TokenKind::colon)) {
    require_type();
  }
  if (accept(TokenKind::assign)) {
    drafts_.append(node, parse_assignment(), SyntaxField::value);
  }
  return end_node(node);
}

void SkeletonParser::parse_function_body(DraftId function, FunctionWords words) {
  if (!holds_wanted(at_, peek().partner)) {
    skip_group();
    return;
  }
  const Within body(*this, false);
  context_.is_module_level = false;
  context_.is_async = words.is_async;
  context_.is_generator = words.is_generator;
  drafts_.append(function, parse_block(), SyntaxField::body);
}

/// Stands where arrow_at() said so, or at type parameters.
DraftId SkeletonParser::parse_arrow() {
  const DraftId node = begin_node(SyntaxKind::function_expression, peek().begin);
  FunctionWords words;
  if (is_word("async") && peek(1).kind != TokenKind::arrow) {
    take();
    words.is_async = true;
  }
  if (is(TokenKind::word)) {
    drafts_.append(node, leaf(SyntaxKind::identifier), SyntaxField::parameter);
  } else {
    parse_arrow_parameters(node);
  }
  expect(TokenKind::arrow);
  if (is(TokenKind::open_brace)) {
    parse_function_body(node, words);
    return end_node(node);
  }
  const bool is_loop_head = context_.is_loop_head;
  const bool is_before_colon = context_.is_before_colon;
  const Within body(*this, false);
  context_.is_module_level = false;
  context_.is_loop_head = is_loop_head;
  context_.is_before_colon = is_before_colon;
  context_.is_async = words.is_async;
  context_.is_generator = false;
  drafts_.append(node, parse_assignment(), SyntaxField::body);
  return end_node(node);
}

/// Whether the parameters matter is seen only behind them: an arrow's body has no brackets. So they
/// are always looked at where anything is wanted up to the end of what holds the function.
void SkeletonParser::parse_arrow_parameters(DraftId function) {
  const std::uint32_t open = skip_signature();
  if (has_failed()) {
    return;
  }
  const std::uint32_t body = at_ + 1;
  const bool is_block = peek(1).kind == TokenKind::open_brace;
  const std::uint32_t end =
      is_block ? list_.tokens[body].partner : static_cast<std::uint32_t>(list_.tokens.size());
  if (holds_wanted(open, end)) {
    parse_parameters(function, open);
  }
}

std::vector<DraftId> SkeletonParser::parse_decorators() {
  std::vector<DraftId> decorators;
  while (is(TokenKind::at) && !has_failed()) {
    const DraftId node = begin_node(SyntaxKind::other, peek().begin);
    take();
    if (is(TokenKind::open_paren)) {
      drafts_.append(node, parse_parenthesized());
    } else {
      DraftId value = is_name() ? leaf(SyntaxKind::identifier) : fail("decorator");
      while (is(TokenKind::dot)) {
        value = parse_member_of(value);
      }
      if (is(TokenKind::less) && !skip_type_arguments()) {
        fail("decorator");
      }
      drafts_.append(node, is(TokenKind::open_paren) ? parse_call_of(value, nullptr) : value);
    }
    decorators.push_back(end_node(node));
  }
  return decorators;
}

void SkeletonParser::append_all(DraftId parent, const std::vector<DraftId>& children) {
  for (const DraftId child : children) {
    drafts_.append(parent, child);
  }
}

DraftId SkeletonParser::parse_class(bool is_expression, const std::vector<DraftId>& decorators) {
  const std::uint32_t begin =
      decorators.empty() ? peek().begin : drafts_.span(decorators.front()).begin;
  const DraftId node = begin_node(
      is_expression ? SyntaxKind::class_expression : SyntaxKind::class_declaration, begin);
  append_all(node, decorators);
  accept_word("abstract");
  if (!accept_word("class")) {
    return fail("class");
  }
  if (is_name() && !is_word("implements")) {
    drafts_.append(node, leaf(SyntaxKind::identifier), SyntaxField::name);
  } else if (!is_expression) {
    return fail("class");
  }
  if (is(TokenKind::less) && !skip_type_parameters()) {
    return fail("type parameters");
  }
  parse_heritage(node);
  const bool is_looked_at = is(TokenKind::open_brace) && (enters(at_) || holds_word(at_, "static"));
  if (!is(TokenKind::open_brace)) {
    return fail("class");
  }
  if (is_looked_at) {
    drafts_.append(node, parse_class_body(), SyntaxField::body);
  } else {
    skip_group();
  }
  return end_node(node);
}

void SkeletonParser::parse_heritage(DraftId owner) {
  if (accept_word("extends")) {
    const Within heritage(*this, false);
    context_.is_heritage = true;
    drafts_.append(owner, parse_left_side());
  }
  if (accept_word("implements")) {
    do {
      require_type();
    } while (accept(TokenKind::comma));
  }
}

DraftId SkeletonParser::parse_class_body() {
  if (++depth_ > k_deepest) {
    return fail("depth");
  }
  const std::uint32_t close = peek().partner;
  const DraftId body = begin_node(SyntaxKind::class_body, peek().begin);
  take();
  const Within brackets(*this, false);
  context_.is_async = false;
  context_.is_generator = false;
  while (at_ < close && !has_failed()) {
    if (!accept(TokenKind::semicolon)) {
      drafts_.append(body, parse_member(body));
    }
  }
  expect(TokenKind::close_brace);
  --depth_;
  return end_node(body);
}

/// Decorators are a part of a field, and stand beside a method.
DraftId SkeletonParser::parse_member(DraftId body) {
  const std::uint32_t decorated = peek().begin;
  const std::vector<DraftId> decorators = parse_decorators();
  const std::uint32_t begin = peek().begin;
  if (is_word("static") && peek(1).kind == TokenKind::open_brace) {
    const DraftId block = begin_node(SyntaxKind::class_static_block, begin);
    take();
    parse_function_body(block, {});
    return end_node(block);
  }
  const std::uint32_t first = at_;
  const DraftId static_word = skip_modifiers();
  FunctionWords words;
  words.is_async = holds_token_word(first, "async");
  words.is_generator = accept(TokenKind::star);
  if (is(TokenKind::open_bracket) && peek(1).kind == TokenKind::word &&
      peek(2).kind == TokenKind::colon) {
    // `[key: string]: T`
    skip_group();
    expect(TokenKind::colon);
    require_type();
    end_member();
    return k_no_draft;
  }
  const DraftId key = parse_key();
  if (!accept(TokenKind::question) && is(TokenKind::bang)) {
    take();
  }
  if (is(TokenKind::open_paren) || is(TokenKind::less)) {
    append_all(body, decorators);
    return parse_method(begin, key, words);
  }
  const DraftId field = begin_node(SyntaxKind::class_field, decorated);
  append_all(field, decorators);
  drafts_.append(field, static_word);
  drafts_.append(field, key, SyntaxField::name);
  if (accept(TokenKind::colon)) {
    require_type();
  }
  if (accept(TokenKind::assign)) {
    const Within value(*this, true);
    drafts_.append(field, parse_assignment(), SyntaxField::value);
  }
  end_node(field);
  end_member();
  return field;
}

void SkeletonParser::end_member() {
  if (accept(TokenKind::semicolon) || is(TokenKind::close_brace) || peek().follows_line_break) {
    return;
  }
  fail("end of member");
}

/// `static`, `readonly` and the like, as long as they are no name themselves. Gives `static`.
DraftId SkeletonParser::skip_modifiers() {
  constexpr std::string_view k_modifiers[] = {"public",
                                              "private",
                                              "protected",
                                              "static",
                                              "abstract",
                                              "override",
                                              "readonly",
                                              "declare",
                                              "async",
                                              "accessor",
                                              "get",
                                              "set"};
  DraftId static_word = k_no_draft;
  while (is(TokenKind::word) && !has_failed()) {
    bool is_modifier = false;
    for (const std::string_view modifier : k_modifiers) {
      is_modifier = is_modifier || is_word(modifier);
    }
    const Token& next = peek(1);
    const bool has_name = next.kind == TokenKind::word || next.kind == TokenKind::private_name ||
                          next.kind == TokenKind::string || next.kind == TokenKind::number ||
                          next.kind == TokenKind::open_bracket || next.kind == TokenKind::star;
    if (!is_modifier || !has_name) {
      return static_word;
    }
    if (next.follows_line_break) {
      return fail("modifier");
    }
    if (is_word("static")) {
      static_word = leaf(SyntaxKind::token);
    } else {
      take();
    }
  }
  return static_word;
}

/// Whether the word is one of the tokens from `first` up to here.
bool SkeletonParser::holds_token_word(std::uint32_t first, std::string_view word) const {
  for (std::uint32_t at = first; at < at_; ++at) {
    if (text_of(list_.tokens[at]) == word) {
      return true;
    }
  }
  return false;
}

/// Of a class or an object, from its parameters on.
DraftId SkeletonParser::parse_method(std::uint32_t begin, DraftId key, FunctionWords words) {
  const DraftId method = begin_node(SyntaxKind::method, begin);
  drafts_.append(method, key, SyntaxField::name);
  parse_signature(method);
  if (is(TokenKind::open_brace)) {
    parse_function_body(method, words);
    return end_node(method);
  }
  end_node(method);
  drafts_.set_kind(method, SyntaxKind::other);
  end_member();
  return method;
}

}  // namespace discovery::scanner
