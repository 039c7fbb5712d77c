// Imports, exports, and the declarations that only TypeScript has.

#include <algorithm>

#include "discovery/scanner/context.h"
#include "discovery/scanner/skeleton_parser.h"
#include "discovery/scanner/words.h"

namespace discovery::scanner {

DraftId SkeletonParser::parse_import() {
  const std::uint32_t begin = peek().begin;
  take();
  if (is(TokenKind::word) && peek(1).kind == TokenKind::assign) {
    return parse_import_alias(begin);
  }
  const DraftId node = begin_node(SyntaxKind::import_statement, begin);
  if (is(TokenKind::string)) {
    drafts_.append(node, leaf(SyntaxKind::string), SyntaxField::source);
    end_module_statement(node);
    return node;
  }
  // `import type from "m"` imports a default; `import type X`, `import type {` and `import type *`
  // are marked.
  const bool may_be_mark = is_word("type") || is_word("typeof");
  const Token& next = peek(1);
  const bool is_mark =
      may_be_mark && (next.kind == TokenKind::open_brace || next.kind == TokenKind::star ||
                      (next.kind == TokenKind::word && !is_word("from", 1)));
  if (may_be_mark && is_word("from", 1) && peek(2).kind != TokenKind::string) {
    return fail("import");
  }
  if (is_mark) {
    drafts_.append(node, leaf(SyntaxKind::token));
  }
  if (is_mark && is(TokenKind::word) && peek(1).kind == TokenKind::assign) {
    return fail("import");
  }
  drafts_.append(node, parse_import_clause());
  parse_from(node);
  end_module_statement(node);
  return node;
}

DraftId SkeletonParser::parse_import_clause() {
  const DraftId clause = begin_node(SyntaxKind::import_clause, peek().begin);
  const bool has_default = is(TokenKind::word);
  if (has_default) {
    drafts_.append(clause, is_name() ? leaf(SyntaxKind::identifier) : fail("import"));
  }
  if (has_default && !accept(TokenKind::comma)) {
    return end_node(clause);
  }
  if (is(TokenKind::star)) {
    const DraftId all = begin_node(SyntaxKind::namespace_import, peek().begin);
    take();
    if (!accept_word("as") || !is_name()) {
      return fail("import");
    }
    drafts_.append(all, leaf(SyntaxKind::identifier));
    drafts_.append(clause, end_node(all));
  } else if (is(TokenKind::open_brace)) {
    drafts_.append(clause, parse_names(SyntaxKind::named_imports));
  } else {
    return fail("import");
  }
  return end_node(clause);
}

/// `{ a, b as c, type d, "e" as f }`. The facts read its text.
DraftId SkeletonParser::parse_names(SyntaxKind kind) {
  const std::uint32_t close = peek().partner;
  const DraftId node = begin_node(kind, peek().begin);
  take();
  unsigned words = 0;
  while (at_ < close) {
    const bool is_part = is(TokenKind::word) || is(TokenKind::string);
    if (is(TokenKind::comma) ? words == 0 : !is_part || ++words > 4) {
      return fail("names");
    }
    words = is(TokenKind::comma) ? 0 : words;
    if (is(TokenKind::word)) {
      drafts_.append(node, leaf(SyntaxKind::identifier));
    } else {
      take();
    }
  }
  expect(TokenKind::close_brace);
  return end_node(node);
}

void SkeletonParser::parse_from(DraftId statement) {
  if (!accept_word("from") || !is(TokenKind::string)) {
    fail("from");
    return;
  }
  drafts_.append(statement, leaf(SyntaxKind::string), SyntaxField::source);
}

/// With the attributes of an import: `with { type: "json" }`.
void SkeletonParser::end_module_statement(DraftId statement) {
  if ((is_word("with") || (is_word("assert") && !peek().follows_line_break)) &&
      peek(1).kind == TokenKind::open_brace) {
    take();
    skip_group();
  }
  end_statement();
  end_node(statement);
}

/// `import x = require("m")`, `import x = a.b`.
DraftId SkeletonParser::parse_import_alias(std::uint32_t begin) {
  const bool is_require = is_word("require", 2) && peek(3).kind == TokenKind::open_paren;
  if (!is_name() || language_ != Language::typescript || holds_comment(begin, peek(6).begin)) {
    return fail("import alias");
  }
  if (is_require) {
    const DraftId node = begin_node(SyntaxKind::import_statement, begin);
    const DraftId clause = begin_node(SyntaxKind::import_require_clause, peek().begin);
    drafts_.append(clause, leaf(SyntaxKind::identifier));
    take();
    take();
    take();
    if (!is(TokenKind::string)) {
      return fail("import alias");
    }
    drafts_.append(clause, leaf(SyntaxKind::string), SyntaxField::source);
    expect(TokenKind::close_paren);
    drafts_.append(node, end_node(clause));
    end_statement();
    return end_node(node);
  }
  const DraftId node = begin_node(SyntaxKind::import_alias, begin);
  drafts_.append(node, leaf(SyntaxKind::identifier));
  take();
  if (!is_name()) {
    return fail("import alias");
  }
  DraftId target = leaf(SyntaxKind::identifier);
  while (is(TokenKind::dot)) {
    target = parse_member_of(target);
  }
  drafts_.append(node, target);
  end_statement();
  return end_node(node);
}

bool SkeletonParser::holds_comment(std::uint32_t begin, std::uint32_t end) const {
  const auto next = std::lower_bound(
      list_.comments.begin(),
      list_.comments.end(),
      begin,
      [](const base::Span& comment, std::uint32_t offset) { return comment.begin < offset; });
  return next != list_.comments.end() && next->end <= end;
}

DraftId SkeletonParser::parse_export(const std::vector<DraftId>& decorators) {
  const std::uint32_t begin =
      decorators.empty() ? peek().begin : drafts_.span(decorators.front()).begin;
  const DraftId node = begin_node(SyntaxKind::export_statement, begin);
  append_all(node, decorators);
  take();
  if (is(TokenKind::at)) {
    return fail("decorator");
  }
  if (is_word("default")) {
    drafts_.append(node, leaf(SyntaxKind::token));
    parse_export_default(node);
    return end_node(node);
  }
  if (is(TokenKind::assign)) {
    drafts_.append(node, leaf(SyntaxKind::token));
    const Within value(*this, true);
    drafts_.append(node, parse_expression());
    end_statement();
    return end_node(node);
  }
  if (accept_word("as")) {
    // A name for scripts; modules do not see it.
    if (!accept_word("namespace") || !accept(TokenKind::word)) {
      return fail("export");
    }
    end_statement();
    return end_node(node);
  }
  if (parse_export_list(node)) {
    return node;
  }
  drafts_.append(node, parse_statement_of_export(), SyntaxField::declaration);
  return end_node(node);
}

/// `{ a } [from]`, `* from`, `* as a from`, with or without `type`.
bool SkeletonParser::parse_export_list(DraftId statement) {
  const TokenKind next = peek(1).kind;
  if (is_word("type") && (next == TokenKind::open_brace || next == TokenKind::star)) {
    drafts_.append(statement, leaf(SyntaxKind::token));
  }
  if (is(TokenKind::open_brace)) {
    drafts_.append(statement, parse_names(SyntaxKind::export_clause));
    if (is_word("from") && peek(1).kind == TokenKind::string) {
      parse_from(statement);
    }
    end_module_statement(statement);
    return true;
  }
  if (!is(TokenKind::star)) {
    return false;
  }
  if (is_word("as", 1)) {
    const DraftId all = begin_node(SyntaxKind::namespace_export, peek().begin);
    take();
    take();
    if (!is(TokenKind::word) && !is(TokenKind::string)) {
      fail("export");
      return true;
    }
    drafts_.append(all, leaf(is(TokenKind::string) ? SyntaxKind::string : SyntaxKind::identifier));
    drafts_.append(statement, end_node(all));
  } else {
    drafts_.append(statement, leaf(SyntaxKind::token));
  }
  parse_from(statement);
  end_module_statement(statement);
  return true;
}

void SkeletonParser::parse_export_default(DraftId statement) {
  const bool is_async = is_word("async") && is_word("function", 1) && !peek(1).follows_line_break;
  const std::uint32_t function = is_async ? 1 : 0;
  if (is_word("function", function)) {
    const std::uint32_t star = peek(function + 1).kind == TokenKind::star ? 1 : 0;
    const bool is_named = peek(function + 1 + star).kind == TokenKind::word;
    if (is_named) {
      drafts_.append(statement, parse_function(false), SyntaxField::declaration);
      return;
    }
  }
  if (is_word("abstract") && is_word("class", 1)) {
    drafts_.append(statement, parse_class(false, {}), SyntaxField::declaration);
    return;
  }
  if (is_word("class") && is_name(1) && !is_word("implements", 1)) {
    drafts_.append(statement, parse_class(false, {}), SyntaxField::declaration);
    return;
  }
  if (is_word("interface") && is_name(1) && !peek(1).follows_line_break) {
    drafts_.append(statement, parse_interface(), SyntaxField::declaration);
    return;
  }
  const bool is_body = is_word("function", function) || is_word("class");
  if (is(TokenKind::at)) {
    fail("decorator");
    return;
  }
  const Within value(*this, true);
  drafts_.append(statement, parse_expression(), SyntaxField::value);
  // `export default function () {}` ends with its body.
  if (!is_body || is(TokenKind::semicolon)) {
    end_statement();
  }
}

/// Whether a declaration begins at the word, so that `declare` or `export` may stand before it.
bool SkeletonParser::begins_declaration(std::uint32_t ahead) const {
  constexpr std::string_view k_words[] = {"const",
                                          "let",
                                          "var",
                                          "function",
                                          "class",
                                          "abstract",
                                          "enum",
                                          "type",
                                          "async",
                                          "interface",
                                          "namespace",
                                          "module",
                                          "global",
                                          "declare"};
  for (const std::string_view word : k_words) {
    if (is_word(word, ahead)) {
      return true;
    }
  }
  return false;
}

DraftId SkeletonParser::parse_statement_of_export() {
  std::uint32_t word = 0;
  while (is_word("declare", word)) {
    ++word;
  }
  // `export declare global`, `export module "m"`: TypeScript's parser takes them, and nobody else.
  const bool is_nameless = is_word("global", word) ||
                           (is_word("module", word) && peek(word + 1).kind == TokenKind::string);
  if (!begins_declaration(0) || is_nameless) {
    return fail("export");
  }
  if (is_word("namespace") || is_word("module")) {
    return parse_namespace_body();
  }
  const DraftId statement = parse_statement();
  if (statement != k_no_draft && drafts_.kind(statement) == SyntaxKind::expression_statement) {
    return fail("export");
  }
  return statement;
}

DraftId SkeletonParser::parse_type_alias() {
  const DraftId node = begin_node(SyntaxKind::type_declaration, peek().begin);
  take();
  drafts_.append(node, leaf(SyntaxKind::identifier), SyntaxField::name);
  if (is(TokenKind::less) && !skip_type_parameters()) {
    return fail("type parameters");
  }
  expect(TokenKind::assign);
  require_type();
  end_statement();
  return end_node(node);
}

DraftId SkeletonParser::parse_interface() {
  const DraftId node = begin_node(SyntaxKind::type_declaration, peek().begin);
  take();
  drafts_.append(node, leaf(SyntaxKind::identifier), SyntaxField::name);
  if (is(TokenKind::less) && !skip_type_parameters()) {
    return fail("type parameters");
  }
  if (accept_word("extends")) {
    do {
      require_type();
    } while (accept(TokenKind::comma));
  }
  if (!is(TokenKind::open_brace)) {
    return fail("interface");
  }
  types_.push_back({peek().begin, list_.tokens[peek().partner].end});
  skip_group();
  return end_node(node);
}

DraftId SkeletonParser::parse_enum() {
  const DraftId node = begin_node(SyntaxKind::enum_declaration, peek().begin);
  accept_word("const");
  take();
  if (!is_name()) {
    return fail("enum");
  }
  drafts_.append(node, leaf(SyntaxKind::identifier), SyntaxField::name);
  if (!is(TokenKind::open_brace)) {
    return fail("enum");
  }
  const std::uint32_t close = peek().partner;
  const DraftId body = begin_node(SyntaxKind::enum_body, peek().begin);
  take();
  const Within brackets(*this, false);
  context_.is_async = false;
  context_.is_generator = false;
  while (at_ < close && !has_failed()) {
    const std::uint32_t begin = peek().begin;
    const DraftId key = parse_key();
    if (accept(TokenKind::assign)) {
      const DraftId member = begin_node(SyntaxKind::enum_assignment, begin);
      drafts_.append(member, key, SyntaxField::name);
      drafts_.append(member, parse_assignment(), SyntaxField::value);
      drafts_.append(body, end_node(member));
    } else {
      drafts_.append(body, key, SyntaxField::name);
    }
    if (at_ != close) {
      expect(TokenKind::comma);
    }
  }
  expect(TokenKind::close_brace);
  drafts_.append(node, end_node(body), SyntaxField::body);
  return end_node(node);
}

/// A namespace is an expression to the grammar, a module is not.
DraftId SkeletonParser::parse_namespace() {
  if (is_word("module")) {
    return parse_namespace_body();
  }
  const DraftId statement =
      wrap(SyntaxKind::expression_statement, parse_namespace_body(), SyntaxField::none);
  accept(TokenKind::semicolon);
  return end_node(statement);
}

DraftId SkeletonParser::parse_namespace_body() {
  const DraftId node = begin_node(
      is_word("module") ? SyntaxKind::module_declaration : SyntaxKind::namespace_declaration,
      peek().begin);
  take();
  DraftId name = k_no_draft;
  if (is(TokenKind::string)) {
    name = leaf(SyntaxKind::string);
  } else if (is_name()) {
    name = leaf(SyntaxKind::identifier);
    while (is(TokenKind::dot)) {
      name = parse_member_of(name);
    }
  } else {
    return fail("namespace");
  }
  drafts_.append(node, name, SyntaxField::name);
  if (is(TokenKind::open_brace)) {
    // What one part exports is visible in the others: if any template is in one, each is looked at.
    const bool is_looked_at = !list_.candidates.empty() || !places_->empty();
    drafts_.append(node, is_looked_at ? parse_block() : skip_block(), SyntaxField::body);
    return end_node(node);
  }
  if (drafts_.kind(name) != SyntaxKind::string) {
    return fail("namespace");
  }
  end_statement();
  return end_node(node);
}

DraftId SkeletonParser::parse_declare() {
  const DraftId node = begin_node(SyntaxKind::ambient_declaration, peek().begin);
  take();
  if (is_word("global")) {
    take();
    drafts_.append(node, parse_inner_block());
    return end_node(node);
  }
  const bool is_space = is_word("namespace") || is_word("module");
  drafts_.append(node, is_space ? parse_namespace_body() : parse_statement());
  return end_node(node);
}

}  // namespace discovery::scanner
