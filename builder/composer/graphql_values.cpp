#include "builder/composer/graphql_values.h"

#include "graphql/printer.h"

namespace builder::composer {

// Bounded by ParseOptions::max_depth.
Value GraphqlValues::value(const graphql::Value& ast) const {
  const Place place = place_of_(ast.span);
  switch (ast.kind) {
    case graphql::ValueKind::variable: {
      const Object::Member* known = values_ == nullptr ? nullptr : values_->find(ast.text);
      return known == nullptr ? Value{VariableRef{ast.text}, place}
                              : Value{known->value.content, place};
    }
    case graphql::ValueKind::int_value:
    case graphql::ValueKind::float_value:
    case graphql::ValueKind::enum_value:
      return {RawText{ast.text}, place};
    case graphql::ValueKind::string:
      // In GraphQL a text is no enum value, and a block string stays one.
      return {RawText{evaluator_.heap().keep(graphql::print(ast))}, place};
    case graphql::ValueKind::boolean:
      return {ast.boolean, place};
    case graphql::ValueKind::null:
      return {Null{}, place};
    case graphql::ValueKind::list: {
      Array& array = evaluator_.heap().arrays.emplace_back();
      for (const graphql::Value& item : ast.items) {
        array.items.push_back(value(item));
      }
      return {&array, place};
    }
    case graphql::ValueKind::object: {
      Object& object = evaluator_.heap().objects.emplace_back();
      for (const graphql::ObjectField& field : ast.fields) {
        object.set({field.name.text, place_of_(field.name.span()), value(field.value)});
      }
      return {&object, place};
    }
  }
  return {Failed{}, place};
}

std::vector<ArgumentValue> GraphqlValues::arguments(
    const graphql::List<graphql::Argument>& ast) const {
  std::vector<ArgumentValue> arguments;
  for (const graphql::Argument& argument : ast) {
    arguments.push_back(
        {argument.name.text, place_of_(argument.name.span()), value(argument.value)});
  }
  return arguments;
}

std::vector<AppliedDirective> GraphqlValues::directives(
    const graphql::List<graphql::Directive>& ast) const {
  std::vector<AppliedDirective> directives;
  for (const graphql::Directive& directive : ast) {
    directives.push_back(
        {directive.name.text, place_of_(directive.name.span()), arguments(directive.arguments)});
  }
  return directives;
}

std::vector<Variable> GraphqlValues::variables(
    const graphql::OperationDefinition& operation) const {
  std::vector<Variable> variables;
  for (const graphql::VariableDefinition& ast : operation.variables) {
    Variable variable;
    variable.name = ast.variable.text;
    variable.place = place_of_(ast.variable.span);
    variable.type = evaluator_.heap().keep(graphql::print(*ast.type));
    variable.type_place = place_of_(ast.type->span);
    if (ast.default_value != nullptr) {
      variable.has_default = true;
      variable.default_value = value(*ast.default_value);
    }
    variable.directives = directives(ast.directives);
    variables.push_back(std::move(variable));
  }
  return variables;
}

}  // namespace builder::composer
