#include "graphql/parser.h"

#include <string>
#include <utility>

#include "graphql/parser_core.h"

namespace graphql {

std::string_view to_text(OperationType operation) {
  switch (operation) {
    case OperationType::query:
      return "query";
    case OperationType::mutation:
      return "mutation";
    case OperationType::subscription:
      return "subscription";
  }
  return {};
}

ParsedDocument Parser::parse_document() {
  advance();
  ListBuilder<const Definition*> definitions(*this);
  do {
    definitions.add(parse_definition());
  } while (!has_failed() && !peek(TokenKind::end_of_file));
  ParsedDocument result;
  result.document.source = source_;
  result.document.source_id = options_.source_id;
  if (!has_failed()) {
    result.document.definitions = definitions.finish();
    result.document.arena = std::move(arena_);
  }
  result.error = std::move(error_);
  return result;
}

ParsedValue Parser::parse_single_value(Constness constness) {
  advance();
  const Value value = parse_value(constness);
  expect(TokenKind::end_of_file);
  ParsedValue result;
  if (!has_failed()) {
    result.value = arena_.make(value);
    result.arena = std::move(arena_);
  }
  result.error = std::move(error_);
  return result;
}

ParsedType Parser::parse_single_type() {
  advance();
  const TypeReference* type = parse_type_reference();
  expect(TokenKind::end_of_file);
  ParsedType result;
  if (!has_failed()) {
    result.type = type;
    result.arena = std::move(arena_);
  }
  result.error = std::move(error_);
  return result;
}

const Definition* Parser::parse_definition() {
  if (peek(TokenKind::brace_left)) {
    return parse_operation();
  }
  const bool has_description = peek_description();
  const Token keyword = has_description ? look_ahead() : token_;
  if (has_description && keyword.kind == TokenKind::brace_left) {
    fail("Unexpected description, descriptions are not supported on shorthand queries.",
         token_.span);
    return nullptr;
  }
  if (keyword.kind == TokenKind::name) {
    return parse_described_definition(keyword, has_description);
  }
  fail_unexpected(keyword);
  return nullptr;
}

const Definition* Parser::parse_described_definition(const Token& keyword, bool has_description) {
  const std::string_view word = text_of(keyword);
  if (word == "query" || word == "mutation" || word == "subscription") {
    return parse_operation();
  }
  if (word == "fragment") {
    return parse_fragment();
  }
  if (const Definition* definition = parse_type_system_definition(word)) {
    return definition;
  }
  if (has_description) {
    fail("Unexpected description, only GraphQL definitions support descriptions.", token_.span);
  } else if (word == "extend") {
    return parse_extension();
  }
  fail_unexpected(keyword);
  return nullptr;
}

const Definition* Parser::parse_operation() {
  OperationDefinition operation;
  operation.kind = DefinitionKind::operation;
  operation.source_id = options_.source_id;
  const std::uint32_t begin = token_.span.begin;
  if (!peek(TokenKind::brace_left)) {
    operation.description = parse_description();
    operation.operation = parse_operation_type();
    if (peek(TokenKind::name)) {
      operation.name = parse_name();
    }
    operation.variables = optional_many<VariableDefinition>(
        TokenKind::paren_left, &Parser::parse_variable_definition, TokenKind::paren_right);
    operation.directives = parse_directives(Constness::variable);
  }
  operation.selection_set = parse_selection_set();
  operation.span = span_from(begin);
  return arena_.make(operation);
}

const Definition* Parser::parse_fragment() {
  FragmentDefinition fragment;
  fragment.kind = DefinitionKind::fragment;
  fragment.source_id = options_.source_id;
  const std::uint32_t begin = token_.span.begin;
  fragment.description = parse_description();
  expect_keyword("fragment");
  if (value_of(token_) == "on") {
    fail_unexpected();
  }
  fragment.name = parse_name();
  expect_keyword("on");
  fragment.type_condition = parse_name();
  fragment.directives = parse_directives(Constness::variable);
  fragment.selection_set = parse_selection_set();
  fragment.span = span_from(begin);
  return arena_.make(fragment);
}

OperationType Parser::parse_operation_type() {
  const Token token = expect(TokenKind::name);
  const std::string_view word = text_of(token);
  if (word == "mutation") {
    return OperationType::mutation;
  }
  if (word == "subscription") {
    return OperationType::subscription;
  }
  if (word != "query") {
    fail_unexpected(token);
  }
  return OperationType::query;
}

VariableDefinition Parser::parse_variable_definition() {
  VariableDefinition definition;
  const std::uint32_t begin = token_.span.begin;
  definition.description = parse_description();
  definition.variable = parse_variable();
  expect(TokenKind::colon);
  definition.type = parse_type_reference();
  if (accept(TokenKind::equals)) {
    definition.default_value = arena_.make(parse_value(Constness::constant));
  }
  definition.directives = parse_directives(Constness::constant);
  definition.span = span_from(begin);
  return definition;
}

const SelectionSet* Parser::parse_selection_set() {
  const Nesting nesting(*this);
  SelectionSet set;
  const std::uint32_t begin = token_.span.begin;
  set.selections = many<const Selection*>(
      TokenKind::brace_left, &Parser::parse_selection, TokenKind::brace_right);
  set.span = span_from(begin);
  return arena_.make(set);
}

const Selection* Parser::parse_selection() {
  return peek(TokenKind::spread) ? parse_spread() : parse_field();
}

const Selection* Parser::parse_field() {
  Field field;
  field.kind = SelectionKind::field;
  const std::uint32_t begin = token_.span.begin;
  field.name = parse_name();
  if (accept(TokenKind::colon)) {
    field.alias = field.name;
    field.name = parse_name();
  }
  field.arguments = parse_arguments(Constness::variable);
  field.directives = parse_directives(Constness::variable);
  if (peek(TokenKind::brace_left)) {
    field.selection_set = parse_selection_set();
  }
  field.span = span_from(begin);
  return arena_.make(field);
}

const Selection* Parser::parse_spread() {
  const std::uint32_t begin = token_.span.begin;
  expect(TokenKind::spread);
  const bool has_condition = accept_keyword("on");
  if (!has_condition && peek(TokenKind::name)) {
    FragmentSpread spread;
    spread.kind = SelectionKind::fragment_spread;
    spread.name = parse_name();
    spread.directives = parse_directives(Constness::variable);
    spread.span = span_from(begin);
    return arena_.make(spread);
  }
  InlineFragment fragment;
  fragment.kind = SelectionKind::inline_fragment;
  if (has_condition) {
    fragment.type_condition = parse_name();
  }
  fragment.directives = parse_directives(Constness::variable);
  fragment.selection_set = parse_selection_set();
  fragment.span = span_from(begin);
  return arena_.make(fragment);
}

List<Argument> Parser::parse_arguments(Constness constness) {
  if (!accept(TokenKind::paren_left)) {
    return {};
  }
  ListBuilder<Argument> arguments(*this);
  while (!has_failed()) {
    Argument argument;
    argument.name = parse_name();
    expect(TokenKind::colon);
    argument.value = parse_value(constness);
    arguments.add(argument);
    if (accept(TokenKind::paren_right)) {
      break;
    }
  }
  return arguments.finish();
}

List<Directive> Parser::parse_directives(Constness constness) {
  if (!peek(TokenKind::at)) {
    return {};
  }
  ListBuilder<Directive> directives(*this);
  while (peek(TokenKind::at)) {
    directives.add(parse_directive(constness));
  }
  return directives.finish();
}

Directive Parser::parse_directive(Constness constness) {
  Directive directive;
  const std::uint32_t begin = token_.span.begin;
  expect(TokenKind::at);
  directive.name = parse_name();
  directive.arguments = parse_arguments(constness);
  directive.span = span_from(begin);
  return directive;
}

Value Parser::parse_value(Constness constness) {
  switch (token_.kind) {
    case TokenKind::bracket_left:
      return parse_list_value(constness);
    case TokenKind::brace_left:
      return parse_object_value(constness);
    case TokenKind::int_value:
    case TokenKind::float_value: {
      Value value;
      value.kind =
          token_.kind == TokenKind::int_value ? ValueKind::int_value : ValueKind::float_value;
      value.span = token_.span;
      value.text = text_of(token_);
      advance();
      return value;
    }
    case TokenKind::string:
    case TokenKind::block_string:
      return parse_string_value();
    case TokenKind::name:
      return parse_name_value();
    case TokenKind::dollar:
      return parse_variable_value(constness);
    default:
      fail_unexpected();
      return {};
  }
}

Value Parser::parse_name_value() {
  Value value;
  const Name name = name_from(token_);
  value.span = token_.span;
  value.text = name.text;
  value.text_hash = name.hash;
  value.text_begin = name.begin;
  value.kind = ValueKind::enum_value;
  if (name.text == "true" || name.text == "false") {
    value.kind = ValueKind::boolean;
    value.boolean = name.text == "true";
  } else if (name.text == "null") {
    value.kind = ValueKind::null;
  }
  advance();
  return value;
}

Value Parser::parse_string_value() {
  Value value;
  value.kind = ValueKind::string;
  value.is_block = token_.kind == TokenKind::block_string;
  value.span = token_.span;
  const std::string_view text = strings_.read(source_, token_);
  value.text = strings_.is_own(text) ? arena_.copy_text(text) : text;
  advance();
  return value;
}

Value Parser::parse_variable_value(Constness constness) {
  if (constness == Constness::variable) {
    return parse_variable();
  }
  const Token dollar = expect(TokenKind::dollar);
  if (peek(TokenKind::name)) {
    fail("Unexpected variable \"$" + std::string(text_of(token_)) + "\" in constant value.",
         {dollar.span.begin, token_.span.end});
  } else {
    fail_unexpected(dollar);
  }
  return {};
}

Value Parser::parse_variable() {
  Value value;
  value.kind = ValueKind::variable;
  const std::uint32_t begin = token_.span.begin;
  expect(TokenKind::dollar);
  const Name name = parse_name();
  value.span = span_from(begin);
  value.text = name.text;
  value.text_hash = name.hash;
  value.text_begin = name.begin;
  return value;
}

Value Parser::parse_list_value(Constness constness) {
  const Nesting nesting(*this);
  Value value;
  value.kind = ValueKind::list;
  const std::uint32_t begin = token_.span.begin;
  expect(TokenKind::bracket_left);
  ListBuilder<Value> items(*this);
  while (!has_failed() && !accept(TokenKind::bracket_right)) {
    items.add(parse_value(constness));
  }
  value.items = items.finish();
  value.span = span_from(begin);
  return value;
}

Value Parser::parse_object_value(Constness constness) {
  const Nesting nesting(*this);
  Value value;
  value.kind = ValueKind::object;
  const std::uint32_t begin = token_.span.begin;
  expect(TokenKind::brace_left);
  ListBuilder<ObjectField> fields(*this);
  while (!has_failed() && !accept(TokenKind::brace_right)) {
    ObjectField field;
    field.name = parse_name();
    expect(TokenKind::colon);
    field.value = parse_value(constness);
    fields.add(field);
  }
  value.fields = fields.finish();
  value.span = span_from(begin);
  return value;
}

const Value* Parser::parse_description() {
  return peek_description() ? arena_.make(parse_string_value()) : nullptr;
}

const TypeReference* Parser::parse_type_reference() {
  const Nesting nesting(*this);
  TypeReference type;
  const std::uint32_t begin = token_.span.begin;
  if (accept(TokenKind::bracket_left)) {
    type.kind = TypeReference::Kind::list;
    type.inner = parse_type_reference();
    expect(TokenKind::bracket_right);
  } else {
    type.name = parse_name();
  }
  type.span = span_from(begin);
  if (!accept(TokenKind::bang)) {
    return arena_.make(type);
  }
  TypeReference non_null;
  non_null.kind = TypeReference::Kind::non_null;
  non_null.inner = arena_.make(type);
  non_null.span = span_from(begin);
  return arena_.make(non_null);
}

}  // namespace graphql
