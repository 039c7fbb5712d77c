#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "graphql/ast.h"
#include "graphql/lexer.h"
#include "graphql/parser.h"

namespace graphql {

enum class Constness : bool { variable, constant };

/// The parser behind parser.h, by recursive descent with one token ahead. For parser*.cpp only.
///
/// After the first error the current token is `error` for good, which nothing accepts, so every
/// function runs out quickly and what it returns is dropped. That replaces an exception: callers
/// need not ask after each call, only loops do.
class Parser {
 public:
  Parser(std::string_view source, const ParseOptions& options);

  ParsedDocument parse_document();
  ParsedValue parse_single_value(Constness constness);
  ParsedType parse_single_type();

 private:
  template <typename T>
  class ListBuilder;
  class Nesting;

  // Tokens.
  bool peek(TokenKind kind) const { return token_.kind == kind; }
  bool peek_keyword(std::string_view word) const {
    return token_.kind == TokenKind::name && text_of(token_) == word;
  }
  bool peek_description() const { return peek(TokenKind::string) || peek(TokenKind::block_string); }
  /// The token after the current one.
  const Token& look_ahead();
  void advance();
  Token expect(TokenKind kind);
  bool accept(TokenKind kind);
  void expect_keyword(std::string_view word);
  bool accept_keyword(std::string_view word);
  std::string_view text_of(const Token& token) const {
    return source_.substr(token.span.begin, token.span.size());
  }
  /// What the reference calls a token's value: the text of a name, the meaning of a string.
  std::string_view value_of(const Token& token);

  // Errors.
  bool has_failed() const { return error_.has_value(); }
  void fail(std::string message, base::Span span);
  void fail_unexpected(const Token& token);
  void fail_unexpected() { fail_unexpected(token_); }

  // Pieces. `span_from` ends with the last token read.
  base::Span span_from(std::uint32_t begin) const { return {begin, last_end_}; }
  Name name_from(const Token& token) const;
  Name parse_name() { return name_from(expect(TokenKind::name)); }
  template <typename T, typename ParseItem>
  List<T> many(TokenKind open, ParseItem parse_item, TokenKind close);
  template <typename T, typename ParseItem>
  List<T> optional_many(TokenKind open, ParseItem parse_item, TokenKind close);
  template <typename T, typename ParseItem>
  List<T> delimited_many(TokenKind delimiter, ParseItem parse_item);

  // Executable documents: parser.cpp.
  const Definition* parse_definition();
  const Definition* parse_described_definition(const Token& keyword, bool has_description);
  const Definition* parse_operation();
  const Definition* parse_fragment();
  OperationType parse_operation_type();
  VariableDefinition parse_variable_definition();
  const SelectionSet* parse_selection_set();
  const Selection* parse_selection();
  const Selection* parse_field();
  const Selection* parse_spread();
  List<Argument> parse_arguments(Constness constness);
  List<Directive> parse_directives(Constness constness);
  Directive parse_directive(Constness constness);
  Value parse_value(Constness constness);
  Value parse_name_value();
  Value parse_string_value();
  Value parse_variable_value(Constness constness);
  Value parse_variable();
  Value parse_list_value(Constness constness);
  Value parse_object_value(Constness constness);
  const Value* parse_description();
  const TypeReference* parse_type_reference();

  // Type system documents: parser_type_system.cpp.
  const Definition* parse_type_system_definition(std::string_view keyword);
  const Definition* parse_extension();
  const Definition* parse_schema(bool is_extension);
  const Definition* parse_type(TypeKind kind, bool is_extension);
  const Definition* parse_directive_definition();
  void parse_type_body(TypeDefinition& type);
  RootTypeDefinition parse_root_type();
  FieldDefinition parse_field_definition();
  List<InputValueDefinition> parse_argument_definitions();
  InputValueDefinition parse_input_value();
  EnumValueDefinition parse_enum_value();
  Name parse_directive_location();

  template <typename T>
  std::vector<T>& scratch() {
    return std::get<std::vector<T>>(scratch_);
  }

  std::string_view source_;
  ParseOptions options_;
  Lexer lexer_;
  StringReader strings_;
  Arena arena_;
  Token token_;
  std::optional<Token> ahead_;
  std::uint32_t last_end_ = 0;
  std::uint32_t depth_ = 0;
  std::uint32_t token_count_ = 0;
  std::optional<Error> error_;
  /// Lists under construction, inner ones on top of outer ones; see ListBuilder.
  std::tuple<std::vector<const Definition*>,
             std::vector<const Selection*>,
             std::vector<VariableDefinition>,
             std::vector<Argument>,
             std::vector<Directive>,
             std::vector<Value>,
             std::vector<ObjectField>,
             std::vector<Name>,
             std::vector<RootTypeDefinition>,
             std::vector<FieldDefinition>,
             std::vector<InputValueDefinition>,
             std::vector<EnumValueDefinition>>
      scratch_;
};

/// Collects a list of unknown length in the parser's scratch memory and moves it to the arena in
/// one piece.
template <typename T>
class Parser::ListBuilder {
 public:
  explicit ListBuilder(Parser& parser) : parser_(parser), begin_(parser.scratch<T>().size()) {}
  ListBuilder(const ListBuilder&) = delete;
  ListBuilder& operator=(const ListBuilder&) = delete;
  ~ListBuilder() { parser_.scratch<T>().resize(begin_); }

  void add(const T& item) { parser_.scratch<T>().push_back(item); }
  List<T> finish() const {
    const std::vector<T>& items = parser_.scratch<T>();
    return parser_.arena_.copy_list(items.data() + begin_, items.size() - begin_);
  }

 private:
  Parser& parser_;
  std::size_t begin_;
};

/// One level of nesting, which fails the parse if it is one too many.
class Parser::Nesting {
 public:
  explicit Nesting(Parser& parser);
  Nesting(const Nesting&) = delete;
  Nesting& operator=(const Nesting&) = delete;
  ~Nesting() { --parser_.depth_; }

 private:
  Parser& parser_;
};

/// `open item+ close`.
template <typename T, typename ParseItem>
List<T> Parser::many(TokenKind open, ParseItem parse_item, TokenKind close) {
  expect(open);
  ListBuilder<T> items(*this);
  while (!has_failed()) {
    items.add((this->*parse_item)());
    if (accept(close)) {
      break;
    }
  }
  return items.finish();
}

/// Nothing, or `open item+ close`.
template <typename T, typename ParseItem>
List<T> Parser::optional_many(TokenKind open, ParseItem parse_item, TokenKind close) {
  return peek(open) ? many<T>(open, parse_item, close) : List<T>();
}

/// Items with a delimiter between them, and perhaps one before.
template <typename T, typename ParseItem>
List<T> Parser::delimited_many(TokenKind delimiter, ParseItem parse_item) {
  accept(delimiter);
  ListBuilder<T> items(*this);
  do {
    items.add((this->*parse_item)());
  } while (accept(delimiter));
  return items.finish();
}

}  // namespace graphql
