#include <algorithm>
#include <array>
#include <string>

#include "graphql/parser_core.h"

namespace graphql {
namespace {

struct TypeKeyword {
  std::string_view word;
  TypeKind kind;
};

constexpr TypeKeyword k_type_keywords[] = {
    {"scalar", TypeKind::scalar},
    {"type", TypeKind::object},
    {"interface", TypeKind::interface},
    {"union", TypeKind::union_type},
    {"enum", TypeKind::enum_type},
    {"input", TypeKind::input_object},
};

const TypeKeyword* find_type_keyword(std::string_view word) {
  for (const TypeKeyword& keyword : k_type_keywords) {
    if (keyword.word == word) {
      return &keyword;
    }
  }
  return nullptr;
}

std::string_view keyword_of(TypeKind kind) {
  return k_type_keywords[static_cast<std::size_t>(kind)].word;
}

constexpr std::string_view k_directive_locations[] = {
    "QUERY",
    "MUTATION",
    "SUBSCRIPTION",
    "FIELD",
    "FRAGMENT_DEFINITION",
    "FRAGMENT_SPREAD",
    "INLINE_FRAGMENT",
    "VARIABLE_DEFINITION",
    "SCHEMA",
    "SCALAR",
    "OBJECT",
    "FIELD_DEFINITION",
    "ARGUMENT_DEFINITION",
    "INTERFACE",
    "UNION",
    "ENUM",
    "ENUM_VALUE",
    "INPUT_OBJECT",
    "INPUT_FIELD_DEFINITION",
    "DIRECTIVE_DEFINITION",
};

}  // namespace

const Definition* Parser::parse_type_system_definition(std::string_view keyword) {
  if (keyword == "schema") {
    return parse_schema(false);
  }
  if (keyword == "directive") {
    return parse_directive_definition();
  }
  const TypeKeyword* type = find_type_keyword(keyword);
  return type != nullptr ? parse_type(type->kind, false) : nullptr;
}

const Definition* Parser::parse_extension() {
  const Token keyword = look_ahead();
  if (keyword.kind == TokenKind::name) {
    if (text_of(keyword) == "schema") {
      return parse_schema(true);
    }
    if (const TypeKeyword* type = find_type_keyword(text_of(keyword))) {
      return parse_type(type->kind, true);
    }
  }
  fail_unexpected(keyword);
  return nullptr;
}

const Definition* Parser::parse_schema(bool is_extension) {
  SchemaDefinition schema;
  schema.kind = DefinitionKind::schema;
  schema.source_id = options_.source_id;
  schema.is_extension = is_extension;
  const std::uint32_t begin = token_.span.begin;
  if (is_extension) {
    expect_keyword("extend");
  } else {
    schema.description = parse_description();
  }
  expect_keyword("schema");
  schema.directives = parse_directives(Constness::constant);
  if (!is_extension || peek(TokenKind::brace_left)) {
    schema.root_types = many<RootTypeDefinition>(
        TokenKind::brace_left, &Parser::parse_root_type, TokenKind::brace_right);
  }
  if (is_extension && schema.directives.empty() && schema.root_types.empty()) {
    fail_unexpected();
  }
  schema.span = span_from(begin);
  return arena_.make(schema);
}

RootTypeDefinition Parser::parse_root_type() {
  RootTypeDefinition root;
  const std::uint32_t begin = token_.span.begin;
  root.operation = parse_operation_type();
  expect(TokenKind::colon);
  root.type = parse_name();
  root.span = span_from(begin);
  return root;
}

const Definition* Parser::parse_type(TypeKind kind, bool is_extension) {
  TypeDefinition type;
  type.kind = DefinitionKind::type;
  type.source_id = options_.source_id;
  type.type_kind = kind;
  type.is_extension = is_extension;
  const std::uint32_t begin = token_.span.begin;
  if (is_extension) {
    expect_keyword("extend");
  } else {
    type.description = parse_description();
  }
  expect_keyword(keyword_of(kind));
  type.name = parse_name();
  const bool can_implement = kind == TypeKind::object || kind == TypeKind::interface;
  if (can_implement && accept_keyword("implements")) {
    type.interfaces = delimited_many<Name>(TokenKind::ampersand, &Parser::parse_name);
  }
  type.directives = parse_directives(Constness::constant);
  parse_type_body(type);
  const bool is_empty = type.interfaces.empty() && type.directives.empty() && type.fields.empty() &&
                        type.members.empty() && type.values.empty() && type.input_fields.empty();
  if (is_extension && is_empty) {
    fail_unexpected();
  }
  type.span = span_from(begin);
  return arena_.make(type);
}

void Parser::parse_type_body(TypeDefinition& type) {
  switch (type.type_kind) {
    case TypeKind::scalar:
      return;
    case TypeKind::object:
    case TypeKind::interface:
      type.fields = optional_many<FieldDefinition>(
          TokenKind::brace_left, &Parser::parse_field_definition, TokenKind::brace_right);
      return;
    case TypeKind::union_type:
      if (accept(TokenKind::equals)) {
        type.members = delimited_many<Name>(TokenKind::pipe, &Parser::parse_name);
      }
      return;
    case TypeKind::enum_type:
      type.values = optional_many<EnumValueDefinition>(
          TokenKind::brace_left, &Parser::parse_enum_value, TokenKind::brace_right);
      return;
    case TypeKind::input_object:
      type.input_fields = optional_many<InputValueDefinition>(
          TokenKind::brace_left, &Parser::parse_input_value, TokenKind::brace_right);
      return;
  }
}

FieldDefinition Parser::parse_field_definition() {
  FieldDefinition field;
  const std::uint32_t begin = token_.span.begin;
  field.description = parse_description();
  field.name = parse_name();
  field.arguments = parse_argument_definitions();
  expect(TokenKind::colon);
  field.type = parse_type_reference();
  field.directives = parse_directives(Constness::constant);
  field.span = span_from(begin);
  return field;
}

List<InputValueDefinition> Parser::parse_argument_definitions() {
  return optional_many<InputValueDefinition>(
      TokenKind::paren_left, &Parser::parse_input_value, TokenKind::paren_right);
}

InputValueDefinition Parser::parse_input_value() {
  InputValueDefinition value;
  const std::uint32_t begin = token_.span.begin;
  value.description = parse_description();
  value.name = parse_name();
  expect(TokenKind::colon);
  value.type = parse_type_reference();
  if (accept(TokenKind::equals)) {
    value.default_value = arena_.make(parse_value(Constness::constant));
  }
  value.directives = parse_directives(Constness::constant);
  value.span = span_from(begin);
  return value;
}

EnumValueDefinition Parser::parse_enum_value() {
  EnumValueDefinition value;
  const std::uint32_t begin = token_.span.begin;
  value.description = parse_description();
  const std::string_view text = value_of(token_);
  if (text == "true" || text == "false" || text == "null") {
    fail(describe(source_, token_) + " is reserved and cannot be used for an enum value.",
         token_.span);
  }
  value.name = parse_name();
  value.directives = parse_directives(Constness::constant);
  value.span = span_from(begin);
  return value;
}

const Definition* Parser::parse_directive_definition() {
  DirectiveDefinition directive;
  directive.kind = DefinitionKind::directive;
  directive.source_id = options_.source_id;
  const std::uint32_t begin = token_.span.begin;
  directive.description = parse_description();
  expect_keyword("directive");
  expect(TokenKind::at);
  directive.name = parse_name();
  directive.arguments = parse_argument_definitions();
  directive.is_repeatable = accept_keyword("repeatable");
  expect_keyword("on");
  directive.locations = delimited_many<Name>(TokenKind::pipe, &Parser::parse_directive_location);
  directive.span = span_from(begin);
  return arena_.make(directive);
}

Name Parser::parse_directive_location() {
  const Token token = token_;
  const Name name = parse_name();
  const bool is_known =
      std::find(std::begin(k_directive_locations), std::end(k_directive_locations), name.text) !=
      std::end(k_directive_locations);
  if (!is_known) {
    fail_unexpected(token);
  }
  return name;
}

}  // namespace graphql
