#include "graphql/parser_core.h"

#include <limits>
#include <utility>

namespace graphql {

Parser::Parser(std::string_view source, const ParseOptions& options)
    // Nodes take some times the space of the text that they stand for.
    : source_(source), options_(options), lexer_(source), arena_(source.size() * 4) {}

Parser::Nesting::Nesting(Parser& parser) : parser_(parser) {
  if (++parser.depth_ > parser.options_.max_depth) {
    parser.fail("Document is nested more than " + std::to_string(parser.options_.max_depth) +
                    " levels deep. Parsing aborted.",
                parser.token_.span);
  }
}

const Token& Parser::look_ahead() {
  if (!ahead_) {
    ahead_ = lexer_.next();
    if (ahead_->kind == TokenKind::error) {
      fail(lexer_.error().message, lexer_.error().span);
    }
  }
  return *ahead_;
}

void Parser::advance() {
  if (has_failed()) {
    return;
  }
  last_end_ = token_.span.end;
  token_ = ahead_ ? *ahead_ : lexer_.next();
  ahead_.reset();
  if (token_.kind == TokenKind::error) {
    fail(lexer_.error().message, lexer_.error().span);
  } else if (token_.kind != TokenKind::end_of_file) {
    ++token_count_;
    if (options_.max_tokens != 0 && token_count_ > options_.max_tokens) {
      // "that" is the reference's word.
      fail("Document contains more that " + std::to_string(options_.max_tokens) +
               " tokens. Parsing aborted.",
           token_.span);
    }
  }
}

Token Parser::expect(TokenKind kind) {
  const Token token = token_;
  if (token.kind == kind) {
    advance();
    return token;
  }
  if (!has_failed()) {
    const std::string text(to_text(kind));
    fail("Expected " + (is_punctuator(kind) ? "\"" + text + "\"" : text) + ", found " +
             describe(source_, token) + ".",
         token.span);
  }
  return token_;
}

bool Parser::accept(TokenKind kind) {
  if (token_.kind != kind) {
    return false;
  }
  advance();
  return true;
}

void Parser::expect_keyword(std::string_view word) {
  if (!accept_keyword(word) && !has_failed()) {
    fail("Expected \"" + std::string(word) + "\", found " + describe(source_, token_) + ".",
         token_.span);
  }
}

bool Parser::accept_keyword(std::string_view word) {
  if (!peek_keyword(word)) {
    return false;
  }
  advance();
  return true;
}

std::string_view Parser::value_of(const Token& token) {
  if (token.kind == TokenKind::string || token.kind == TokenKind::block_string) {
    return strings_.read(source_, token);
  }
  return token.kind == TokenKind::name ? text_of(token) : std::string_view();
}

void Parser::fail(std::string message, base::Span span) {
  if (has_failed()) {
    return;
  }
  error_ = Error{
      "SyntaxError", "Syntax Error: " + std::move(message), {Location{options_.source_id, span}}};
  token_ = Token{TokenKind::error, false, span};
}

void Parser::fail_unexpected(const Token& token) {
  if (!has_failed()) {
    fail("Unexpected " + describe(source_, token) + ".", token.span);
  }
}

Name Parser::name_from(const Token& token) const {
  const std::string_view text = text_of(token);
  return Name{text, name_hash(text), token.span.begin};
}

namespace {

constexpr std::size_t k_max_source_bytes = std::numeric_limits<std::uint32_t>::max();

// Offsets have 32 bits.
std::optional<Error> check_size(std::string_view source, const ParseOptions& options) {
  if (source.size() < k_max_source_bytes) {
    return std::nullopt;
  }
  return Error{"SyntaxError",
               "Syntax Error: Source is larger than 4 GiB. Parsing aborted.",
               {Location{options.source_id, {}}}};
}

}  // namespace

ParsedDocument parse_document(std::string_view source, const ParseOptions& options) {
  if (auto error = check_size(source, options)) {
    return ParsedDocument{{}, std::move(error)};
  }
  return Parser(source, options).parse_document();
}

ParsedValue parse_value(std::string_view source, const ParseOptions& options) {
  if (auto error = check_size(source, options)) {
    return ParsedValue{{}, nullptr, std::move(error)};
  }
  return Parser(source, options).parse_single_value(Constness::variable);
}

ParsedValue parse_const_value(std::string_view source, const ParseOptions& options) {
  if (auto error = check_size(source, options)) {
    return ParsedValue{{}, nullptr, std::move(error)};
  }
  return Parser(source, options).parse_single_value(Constness::constant);
}

ParsedType parse_type(std::string_view source, const ParseOptions& options) {
  if (auto error = check_size(source, options)) {
    return ParsedType{{}, nullptr, std::move(error)};
  }
  return Parser(source, options).parse_single_type();
}

}  // namespace graphql
