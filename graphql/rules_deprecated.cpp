#include <string>
#include <utility>

#include "graphql/rules.h"

namespace graphql {
namespace {

std::string coordinate(const Name& type, const Name& member) {
  return std::string(type.text).append(".").append(member.text);
}

void report_deprecated(RuleContext& context,
                       const std::string& subject,
                       std::string_view reason,
                       base::Span span) {
  context.report(Rule::no_deprecated, subject + " is deprecated. " + std::string(reason), span);
}

}  // namespace

void check_field_not_deprecated(RuleContext& context, const Field& field) {
  const SchemaField* definition = context.scope->field;
  if (definition != nullptr && definition->is_deprecated()) {
    report_deprecated(context,
                      "The field " + coordinate(context.scope->parent_type->name, definition->name),
                      definition->deprecation_reason,
                      field.span);
  }
}

void check_argument_not_deprecated(RuleContext& context, const Argument& argument) {
  const TypeScope& scope = *context.scope;
  if (scope.argument == nullptr || !scope.argument->is_deprecated()) {
    return;
  }
  const std::string owner =
      scope.directive != nullptr
          ? "Directive \"@" + std::string(scope.directive->name.text) + "\""
          : "Field " + quoted(coordinate(scope.parent_type->name, scope.field->name));
  report_deprecated(context,
                    owner + " argument " + quoted(scope.argument->name.text),
                    scope.argument->deprecation_reason,
                    argument.span());
}

void check_input_field_not_deprecated(RuleContext& context, const ObjectField& field) {
  const TypeRef parent = context.scope->parent_input_type();
  if (!is_known(parent)) {
    return;
  }
  const SchemaType& type = context.schema().type(parent);
  const SchemaInputValue* definition = context.schema().find_input_field(type, field.name);
  if (definition != nullptr && definition->is_deprecated()) {
    report_deprecated(context,
                      "The input field " + coordinate(type.name, definition->name),
                      definition->deprecation_reason,
                      field.span());
  }
}

void check_enum_value_not_deprecated(RuleContext& context, const Value& value) {
  const TypeRef expected = context.scope->input_type();
  if (!is_known(expected)) {
    return;
  }
  const SchemaType& type = context.schema().type(expected);
  const SchemaEnumValue* definition = context.schema().find_enum_value(type, value.name());
  if (definition != nullptr && definition->is_deprecated()) {
    report_deprecated(context,
                      "The enum value " + quoted(coordinate(type.name, definition->name)),
                      definition->deprecation_reason,
                      value.span);
  }
}

}  // namespace graphql
