#include "tests/graphql/random_document.h"

using graphql::DirectiveLocation;
using graphql::SchemaDirective;
using graphql::SchemaField;
using graphql::SchemaInputValue;
using graphql::SchemaType;
using graphql::TypeKind;
using graphql::TypeRef;

namespace {

constexpr int k_max_depth = 4;

}  // namespace

std::string RandomDocuments::next() {
  variables_.clear();
  fragments_.clear();
  struct Root {
    graphql::OperationType operation;
    DirectiveLocation location;
  };
  constexpr Root k_roots[] = {
      {graphql::OperationType::query, DirectiveLocation::query},
      {graphql::OperationType::query, DirectiveLocation::query},
      {graphql::OperationType::mutation, DirectiveLocation::mutation},
      {graphql::OperationType::subscription, DirectiveLocation::subscription}};
  const Root& root = k_roots[below(4)];
  const SchemaType& type = *schema_.root_type(root.operation);
  const std::string body = root.operation == graphql::OperationType::subscription
                               ? "{ " + field(type, 1) + " }"
                               : selections(type, 1);
  const std::string used = directives(root.location);
  std::string text(to_text(root.operation));
  text += " Operation";
  for (std::size_t i = 0; i < variables_.size(); ++i) {
    text += (i == 0 ? "(" : ", ") + variables_[i] + (i + 1 == variables_.size() ? ")" : "");
  }
  text += used + " " + body;
  for (const std::string& fragment : fragments_) {
    text += "\n" + fragment;
  }
  return text;
}

std::string RandomDocuments::selections(const SchemaType& type, int depth) {
  std::string text = "{";
  for (std::size_t i = 0, end = 1 + below(4); i < end; ++i) {
    text += " " + selection(type, depth);
  }
  return text + " }";
}

std::string RandomDocuments::selection(const SchemaType& type, int depth) {
  if (&type == schema_.root_type(graphql::OperationType::query) && chance(10)) {
    return meta_field();
  }
  if (chance(8)) {
    return "__typename" + directives(DirectiveLocation::field);
  }
  if (depth < k_max_depth && (type.fields.empty() || chance(25))) {
    return fragment(type, depth);
  }
  return type.fields.empty() ? "__typename" : field(type, depth);
}

std::string RandomDocuments::field(const SchemaType& type, int depth) {
  const SchemaField& chosen = type.fields[below(type.fields.size())];
  const SchemaType& result = schema_.type(chosen.type);
  if (result.is_composite() && depth >= k_max_depth) {
    return "__typename";
  }
  std::string text;
  // A number makes it another key, so that most fields do not conflict.
  if (!chosen.arguments.empty() || chance(60)) {
    text = "a" + std::to_string(below(1000)) + ": ";
  }
  text += std::string(chosen.name.text) + arguments(chosen.arguments) +
          directives(DirectiveLocation::field);
  return result.is_composite() ? text + " " + selections(result, depth + 1) : text;
}

std::string RandomDocuments::meta_field() {
  return chance(50) ? "__schema { types { name } }" : "__type(name: \"A\") { kind }";
}

std::string RandomDocuments::fragment(const SchemaType& type, int depth) {
  // Any type that may overlap, which the next schema may let be otherwise.
  const SchemaType* condition = &type;
  for (int i = 0; i < 20 && (condition == &type || !schema_.overlap(type.id, condition->id)); ++i) {
    const SchemaType& other = schema_.types()[below(schema_.types().size())];
    condition = other.is_composite() && !other.is_introspection ? &other : condition;
  }
  if (!schema_.overlap(type.id, condition->id)) {
    condition = &type;
  }
  const std::string name(condition->name.text);
  if (chance(50)) {
    const std::string used = directives(DirectiveLocation::inline_fragment);
    return "... " + (chance(80) || condition != &type ? "on " + name : "") + used + " " +
           selections(*condition, depth + 1);
  }
  const std::string body = selections(*condition, depth + 1);
  const std::string own = "F" + std::to_string(fragments_.size());
  fragments_.push_back("fragment " + own + " on " + name +
                       directives(DirectiveLocation::fragment_definition) + " " + body);
  return "..." + own + directives(DirectiveLocation::fragment_spread);
}

std::string RandomDocuments::arguments(graphql::List<SchemaInputValue> definitions) {
  std::string text;
  for (const SchemaInputValue& definition : definitions) {
    if (definition.is_required() || chance(50)) {
      text += text.empty() ? "(" : ", ";
      text += std::string(definition.name.text) + ": " + value(definition.type, 0);
    }
  }
  return text.empty() ? text : text + ")";
}

std::string RandomDocuments::directives(DirectiveLocation location) {
  std::string text;
  for (const SchemaDirective& directive : schema_.directives()) {
    if (directive.allows(location) && chance(6)) {
      for (std::size_t i = 0, end = directive.is_repeatable ? 2 : 1; i < end; ++i) {
        text += " @" + std::string(directive.name.text) + arguments(directive.arguments);
      }
    }
  }
  return text;
}

std::string RandomDocuments::value(TypeRef type, int depth) {
  if (may_use_variables_ && chance(20)) {
    return variable(type);
  }
  if (!type.is_non_null() && chance(10)) {
    return "null";
  }
  const TypeRef inner = type.nullable();
  if (inner.is_list()) {
    return chance(70) ? "[" + value(inner.item(), depth + 1) + "]" : value(inner.item(), depth);
  }
  const SchemaType& named = schema_.type(inner);
  return named.kind == TypeKind::input_object ? object(named, depth) : scalar(named);
}

std::string RandomDocuments::variable(TypeRef type) {
  const std::string name = "$v" + std::to_string(variables_.size());
  variables_.push_back(name + ": " + schema_.to_text(type));
  const std::size_t own = variables_.size() - 1;
  if (chance(30)) {
    may_use_variables_ = false;
    variables_[own] += " = " + value(type, 0);
    may_use_variables_ = true;
  }
  return name;
}

std::string RandomDocuments::scalar(const SchemaType& type) {
  if (type.kind == TypeKind::enum_type) {
    return std::string(type.enum_values[below(type.enum_values.size())].name.text);
  }
  switch (type.id) {
    case graphql::k_boolean_type:
      return chance(50) ? "true" : "false";
    case graphql::k_string_type:
      return "\"text\"";
    case graphql::k_float_type:
      return "1.5";
    default:
      return "7";
  }
}

std::string RandomDocuments::object(const SchemaType& type, int depth) {
  std::string text = "{";
  if (type.is_one_of) {
    const SchemaInputValue& chosen = type.input_fields[below(type.input_fields.size())];
    // Not null: as a nullable variable or null it would be an error.
    return "{" + std::string(chosen.name.text) + ": " + scalar(schema_.type(chosen.type)) + "}";
  }
  for (const SchemaInputValue& field : type.input_fields) {
    const bool may_go_deeper = depth < 2 || schema_.type(field.type).is_leaf();
    if (field.is_required() || (may_go_deeper && chance(50))) {
      text += std::string(text.size() == 1 ? "" : ", ") + std::string(field.name.text) + ": " +
              value(field.type, depth + 1);
    }
  }
  return text + "}";
}
