#include "discovery/scanner/context.h"
#include "discovery/scanner/skeleton_parser.h"
#include "discovery/scanner/words.h"

namespace discovery::scanner {

void SkeletonParser::parse_statements(DraftId parent, std::uint32_t close) {
  while (at_ < close && !has_failed()) {
    drafts_.append(parent, parse_statement());
  }
}

DraftId SkeletonParser::parse_statement() {
  if (++depth_ > k_deepest) {
    fail("depth");
  }
  const DraftId statement = parse_statement_inner();
  --depth_;
  return statement;
}

DraftId SkeletonParser::parse_statement_inner() {
  switch (peek().kind) {
    case TokenKind::open_brace: {
      if (!enters(at_)) {
        return skip_block();
      }
      const Within block(*this, false);
      return parse_block();
    }
    case TokenKind::semicolon:
      return leaf(SyntaxKind::other);
    case TokenKind::at: {
      const std::vector<DraftId> decorators = parse_decorators();
      return is_word("export") ? parse_export(decorators) : parse_class(false, decorators);
    }
    case TokenKind::word: {
      const std::string_view word = text_of(peek());
      if (peek(1).kind == TokenKind::colon && is_name()) {
        return parse_labeled();
      }
      return is_reserved(classify_word(word)) ? parse_keyword_statement(word)
                                              : parse_contextual_statement(word);
    }
    default:
      return parse_expression_statement();
  }
}

DraftId SkeletonParser::parse_keyword_statement(std::string_view word) {
  const TokenKind next = peek(1).kind;
  if (word == "import") {
    return next == TokenKind::open_paren || next == TokenKind::dot ? parse_expression_statement()
                                                                   : parse_import();
  }
  if (word == "export") {
    return parse_export({});
  }
  if (word == "const" && is_word("enum", 1)) {
    return parse_enum();
  }
  if (word == "const" || word == "var") {
    return parse_variable_statement();
  }
  if (word == "function") {
    return parse_function(false);
  }
  if (word == "class") {
    return parse_class(false, {});
  }
  if (word == "if") {
    return parse_if();
  }
  if (word == "for") {
    return parse_for();
  }
  if (word == "while" || word == "with") {
    return parse_while();
  }
  if (word == "do") {
    return parse_do();
  }
  if (word == "switch") {
    return parse_switch();
  }
  if (word == "try") {
    return parse_try();
  }
  if (word == "return" || word == "throw") {
    return parse_return();
  }
  if (word == "break" || word == "continue" || word == "debugger") {
    return parse_jump();
  }
  return word == "enum" ? parse_enum() : parse_expression_statement();
}

/// Words that begin a statement of their own only before certain others.
DraftId SkeletonParser::parse_contextual_statement(std::string_view word) {
  const Token& next = peek(1);
  const bool has_name = next.kind == TokenKind::word && !next.follows_line_break;
  if (word == "let" && (next.kind == TokenKind::word || next.kind == TokenKind::open_bracket ||
                        next.kind == TokenKind::open_brace)) {
    return parse_variable_statement();
  }
  if (word == "async" && has_name && is_word("function", 1)) {
    return parse_function(false);
  }
  if (begins_using(0)) {
    return parse_variable_statement();
  }
  if (word == "await" && begins_using(1)) {
    take();
    return parse_variable_statement();
  }
  if (word == "using" && has_name && !is_word("instanceof", 1) && !is_word("in", 1)) {
    return fail("using");
  }
  if (has_name && word == "type" && is_name(1)) {
    return parse_type_alias();
  }
  if (has_name && word == "interface") {
    return parse_interface();
  }
  if (has_name && word == "abstract" && is_word("class", 1)) {
    return parse_class(false, {});
  }
  if (has_name && word == "declare" && begins_declaration(1)) {
    return parse_declare();
  }
  if (has_name && word == "namespace") {
    return parse_namespace();
  }
  if (word == "module" && (has_name || next.kind == TokenKind::string) &&
      !next.follows_line_break) {
    return parse_namespace();
  }
  return parse_expression_statement();
}

/// `using x =`, on one line. Everything else that could be one is a doubt.
bool SkeletonParser::begins_using(std::uint32_t ahead) const {
  const Token& next = peek(ahead + 2);
  return is_word("using", ahead) && !peek(ahead + (ahead == 0 ? 1 : 0)).follows_line_break &&
         !peek(ahead + 1).follows_line_break && is_name(ahead + 1) && !is_word("of", ahead + 1) &&
         (next.kind == TokenKind::assign || next.kind == TokenKind::colon);
}

DraftId SkeletonParser::skip_block() {
  const DraftId node = begin_node(SyntaxKind::statement_block, peek().begin);
  skip_group();
  return end_node(node);
}

/// All statements of a block.
DraftId SkeletonParser::parse_block() {
  const std::uint32_t close = peek().partner;
  const DraftId node = begin_node(SyntaxKind::statement_block, peek().begin);
  if (!is(TokenKind::open_brace)) {
    return fail("block");
  }
  if (peek(1).kind == TokenKind::word && peek(2).kind == TokenKind::colon) {
    // `{ a: b }` begins with a label to the language, and may be an object to the grammar.
    return fail("label");
  }
  take();
  const Within block(*this, false);
  context_.is_module_level = false;
  parse_statements(node, close);
  expect(TokenKind::close_brace);
  return end_node(node);
}

/// The block of a loop or branch, where it matters.
DraftId SkeletonParser::parse_inner_block() {
  if (!is(TokenKind::open_brace)) {
    return fail("block");
  }
  return enters(at_) ? parse_block() : skip_block();
}

void SkeletonParser::end_statement() {
  if (accept(TokenKind::semicolon) || is(TokenKind::close_brace) || is(TokenKind::end)) {
    return;
  }
  // A cast on a line of its own is a cast to nobody.
  const bool is_doubtful = !peek().follows_line_break || is_word("as") || is_word("satisfies");
  if (is_doubtful) {
    fail("end of statement");
  }
}

DraftId SkeletonParser::parse_expression_statement() {
  const DraftId node = begin_node(SyntaxKind::expression_statement, peek().begin);
  const Within statement(*this, true);
  drafts_.append(node, parse_expression());
  end_statement();
  return end_node(node);
}

DraftId SkeletonParser::parse_variable_statement() {
  const DraftId declaration = parse_variables();
  end_statement();
  return end_node(declaration);
}

DraftId SkeletonParser::parse_variables() {
  const DraftId declaration = begin_node(
      is_word("var") ? SyntaxKind::variable_declaration : SyntaxKind::lexical_declaration,
      peek().begin);
  drafts_.append(declaration, leaf(SyntaxKind::token));
  do {
    drafts_.append(declaration, parse_declarator());
  } while (accept(TokenKind::comma));
  return end_node(declaration);
}

DraftId SkeletonParser::parse_declarator() {
  const DraftId declarator = begin_node(SyntaxKind::variable_declarator, peek().begin);
  drafts_.append(declarator, parse_pattern(Target::declared), SyntaxField::name);
  accept(TokenKind::bang);
  if (accept(TokenKind::colon)) {
    require_type();
  }
  if (accept(TokenKind::assign)) {
    const Within value(*this);
    context_.is_value = true;
    drafts_.append(declarator, parse_assignment(), SyntaxField::value);
  }
  return end_node(declarator);
}

DraftId SkeletonParser::parse_condition() {
  if (!is(TokenKind::open_paren)) {
    return fail("condition");
  }
  const Within brackets(*this, false);
  return parse_parenthesized();
}

DraftId SkeletonParser::parse_if() {
  const DraftId node = begin_node(SyntaxKind::other, peek().begin);
  take();
  drafts_.append(node, parse_condition(), SyntaxField::condition);
  drafts_.append(node, parse_nested(), SyntaxField::consequence);
  if (is_word("else")) {
    const DraftId branch = begin_node(SyntaxKind::other, peek().begin);
    take();
    drafts_.append(branch, parse_nested());
    drafts_.append(node, end_node(branch), SyntaxField::alternative);
  }
  return end_node(node);
}

/// The statement of a loop or branch.
DraftId SkeletonParser::parse_nested() {
  const Within nested(*this, false);
  if (is(TokenKind::open_brace)) {
    return parse_inner_block();
  }
  context_.is_module_level = false;
  return parse_statement();
}

DraftId SkeletonParser::parse_for() {
  const DraftId loop = begin_node(SyntaxKind::for_statement, peek().begin);
  take();
  accept_word("await");
  if (!is(TokenKind::open_paren)) {
    return fail("for");
  }
  const std::uint32_t close = peek().partner;
  take();
  {
    const Within head(*this, false);
    context_.is_module_level = false;
    parse_for_head(loop, close);
  }
  if (at_ != close) {
    return fail("for");
  }
  take();
  drafts_.append(loop, parse_nested(), SyntaxField::body);
  return end_node(loop);
}

void SkeletonParser::parse_for_head(DraftId loop, std::uint32_t close) {
  const bool declares = is_word("const") || is_word("let") || is_word("var");
  const std::uint32_t behind_pattern =
      peek(1).kind == TokenKind::open_bracket || peek(1).kind == TokenKind::open_brace
          ? peek(1).partner + 1
          : at_ + 2;
  const auto is_each = [&](std::uint32_t token) {
    const std::string_view word = text_of(list_.tokens[token]);
    return list_.tokens[token].kind == TokenKind::word && (word == "of" || word == "in");
  };
  if (declares && is_each(behind_pattern)) {
    drafts_.append(loop, leaf(SyntaxKind::token));
    drafts_.append(loop, parse_pattern(Target::declared), SyntaxField::left);
  } else if (declares) {
    context_.is_loop_head = true;
    const DraftId variables = parse_variables();
    context_.is_loop_head = false;
    expect(TokenKind::semicolon);
    drafts_.append(loop, end_node(variables));
    parse_for_rest(loop, close);
    return;
  } else if (accept(TokenKind::semicolon)) {
    parse_for_rest(loop, close);
    return;
  } else {
    const bool is_pattern =
        (is(TokenKind::open_bracket) || is(TokenKind::open_brace)) && is_each(peek().partner + 1);
    context_.is_loop_head = true;
    const DraftId first = is_pattern ? parse_pattern(Target::assigned) : parse_expression();
    context_.is_loop_head = false;
    if (!is_each(at_)) {
      drafts_.append(loop, first);
      expect(TokenKind::semicolon);
      parse_for_rest(loop, close);
      return;
    }
    drafts_.append(loop, first, SyntaxField::left);
  }
  take();
  drafts_.append(loop, parse_expression(), SyntaxField::right);
}

/// Condition and step.
void SkeletonParser::parse_for_rest(DraftId loop, std::uint32_t close) {
  if (!is(TokenKind::semicolon)) {
    drafts_.append(loop, parse_expression(), SyntaxField::condition);
  }
  expect(TokenKind::semicolon);
  if (at_ < close) {
    drafts_.append(loop, parse_expression());
  }
}

DraftId SkeletonParser::parse_while() {
  const DraftId node = begin_node(SyntaxKind::other, peek().begin);
  take();
  drafts_.append(node, parse_condition(), SyntaxField::condition);
  drafts_.append(node, parse_nested(), SyntaxField::body);
  return end_node(node);
}

DraftId SkeletonParser::parse_do() {
  const DraftId node = begin_node(SyntaxKind::other, peek().begin);
  take();
  drafts_.append(node, parse_nested(), SyntaxField::body);
  if (!accept_word("while")) {
    return fail("do");
  }
  drafts_.append(node, parse_condition(), SyntaxField::condition);
  accept(TokenKind::semicolon);
  return end_node(node);
}

DraftId SkeletonParser::parse_switch() {
  const DraftId node = begin_node(SyntaxKind::other, peek().begin);
  take();
  drafts_.append(node, parse_condition(), SyntaxField::value);
  if (!is(TokenKind::open_brace)) {
    return fail("switch");
  }
  const std::uint32_t close = peek().partner;
  const DraftId body = begin_node(SyntaxKind::switch_body, peek().begin);
  if (enters(at_)) {
    take();
    const Within brackets(*this, false);
    context_.is_module_level = false;
    while (at_ < close && !has_failed()) {
      drafts_.append(body, parse_case(close));
    }
    expect(TokenKind::close_brace);
  } else {
    skip_group();
  }
  drafts_.append(node, end_node(body), SyntaxField::body);
  return end_node(node);
}

DraftId SkeletonParser::parse_case(std::uint32_t close) {
  const DraftId node = begin_node(SyntaxKind::switch_case, peek().begin);
  if (accept_word("case")) {
    const Within value(*this);
    context_.is_before_colon = true;
    drafts_.append(node, parse_expression(), SyntaxField::value);
  } else if (!accept_word("default")) {
    return fail("case");
  }
  expect(TokenKind::colon);
  while (at_ < close && !has_failed() && !is_word("case") &&
         !(is_word("default") && peek(1).kind == TokenKind::colon)) {
    drafts_.append(node, parse_statement());
  }
  return end_node(node);
}

DraftId SkeletonParser::parse_try() {
  const DraftId node = begin_node(SyntaxKind::other, peek().begin);
  take();
  drafts_.append(node, parse_inner_block(), SyntaxField::body);
  if (is_word("catch")) {
    const DraftId clause = begin_node(SyntaxKind::catch_clause, peek().begin);
    take();
    if (accept(TokenKind::open_paren)) {
      drafts_.append(clause, parse_pattern(Target::declared), SyntaxField::parameter);
      if (accept(TokenKind::colon)) {
        require_type();
      }
      expect(TokenKind::close_paren);
    }
    drafts_.append(clause, parse_inner_block(), SyntaxField::body);
    drafts_.append(node, end_node(clause));
  }
  if (is_word("finally")) {
    const DraftId clause = begin_node(SyntaxKind::other, peek().begin);
    take();
    drafts_.append(clause, parse_inner_block(), SyntaxField::body);
    drafts_.append(node, end_node(clause));
  }
  return end_node(node);
}

DraftId SkeletonParser::parse_return() {
  const DraftId node = begin_node(
      is_word("return") ? SyntaxKind::return_statement : SyntaxKind::other, peek().begin);
  take();
  if (!is(TokenKind::semicolon) && !is(TokenKind::close_brace) && !is(TokenKind::end) &&
      !peek().follows_line_break) {
    const Within value(*this, false);
    drafts_.append(node, parse_expression());
  }
  end_statement();
  return end_node(node);
}

/// `break`, `continue label`, `debugger`.
DraftId SkeletonParser::parse_jump() {
  const DraftId node = begin_node(SyntaxKind::other, peek().begin);
  take();
  if (is(TokenKind::word) && !peek().follows_line_break) {
    take();
  }
  end_statement();
  return end_node(node);
}

DraftId SkeletonParser::parse_labeled() {
  const DraftId node = begin_node(SyntaxKind::other, peek().begin);
  take();
  take();
  drafts_.append(node, parse_nested());
  return end_node(node);
}

}  // namespace discovery::scanner
