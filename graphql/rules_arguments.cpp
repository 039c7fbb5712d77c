#include <string>
#include <utility>

#include "base/suggestion.h"
#include "graphql/printer.h"
#include "graphql/rules.h"

namespace graphql {
namespace {

template <typename Definition>
std::string suggest(const RuleContext& context,
                    const List<Definition>& definitions,
                    const Name& name) {
  if (context.hides_suggestions()) {
    return {};
  }
  std::vector<std::string_view> names;
  for (const Definition& definition : definitions) {
    names.push_back(definition.name.text);
  }
  return base::did_you_mean(base::suggestions_for(name.text, names));
}

template <typename Definition>
void check_arguments_known(RuleContext& context,
                           const Directive& directive,
                           const List<Definition>& definitions) {
  const NamesOf known(definitions);
  for (const Argument& argument : directive.arguments) {
    // Suggestions for errors beyond the limit would cost hours.
    if (context.is_aborted()) {
      return;
    }
    if (!known.has(argument.name)) {
      context.report(Rule::known_argument_names,
                     "Unknown argument " + quoted(argument.name.text) + " on directive \"@" +
                         std::string(directive.name.text) + "\"." +
                         suggest(context, definitions, argument.name),
                     argument.span());
    }
  }
}

void report_missing(RuleContext& context,
                    const std::string& subject,
                    std::string_view argument,
                    const std::string& type,
                    base::Span span) {
  context.report(Rule::provided_required_arguments,
                 subject + " argument " + quoted(argument) + " of type " + quoted(type) +
                     " is required, but it was not provided.",
                 span);
}

}  // namespace

void check_known_argument(RuleContext& context, const Argument& argument) {
  const TypeScope& scope = *context.scope;
  if (scope.argument != nullptr || scope.field == nullptr || scope.parent_type == nullptr) {
    return;
  }
  const std::string field =
      std::string(scope.parent_type->name.text).append(".").append(scope.field->name.text);
  context.report(Rule::known_argument_names,
                 "Unknown argument " + quoted(argument.name.text) + " on field " + quoted(field) +
                     "." + suggest(context, scope.field->arguments, argument.name),
                 argument.span());
}

void check_known_directive_arguments(RuleContext& context, const Directive& directive) {
  if (const auto* definition = context.find_directive_in_document(directive.name)) {
    check_arguments_known(context, directive, definition->arguments);
  } else if (const auto* known = context.schema().find_directive(directive.name)) {
    check_arguments_known(context, directive, known->arguments);
  }
}

void check_unique_arguments(RuleContext& context, const List<Argument>& arguments) {
  if (arguments.size() < 2) {
    return;
  }
  UniqueNames names;
  for (const Argument& argument : arguments) {
    names.add(argument.name);
  }
  if (names.size() == arguments.size()) {
    return;
  }
  std::vector<std::vector<Location>> places(names.size());
  for (const Argument& argument : arguments) {
    places[names.find(argument.name)].push_back({context.source_id, argument.name.span()});
  }
  for (std::uint32_t i = 0; i < places.size(); ++i) {
    if (places[i].size() > 1) {
      context.report(Rule::unique_argument_names,
                     "There can be only one argument named " + quoted(names[i].text) + ".",
                     std::move(places[i]));
    }
  }
}

void check_required_field_arguments(RuleContext& context, const Field& field) {
  const SchemaField* definition = context.scope->field;
  if (definition == nullptr) {
    return;
  }
  const NamesOf given(field.arguments);
  for (const SchemaInputValue& argument : definition->arguments) {
    if (argument.is_required() && !given.has(argument.name)) {
      report_missing(context,
                     "Field " + quoted(definition->name.text),
                     argument.name.text,
                     context.schema().to_text(argument.type),
                     field.span);
    }
  }
}

void check_required_directive_arguments(RuleContext& context, const Directive& directive) {
  const std::string subject = "Directive \"@" + std::string(directive.name.text) + "\"";
  const NamesOf given(directive.arguments);
  if (const auto* definition = context.find_directive_in_document(directive.name)) {
    for (const InputValueDefinition& argument : definition->arguments) {
      if (argument.type->kind == TypeReference::Kind::non_null &&
          argument.default_value == nullptr && !given.has(argument.name)) {
        report_missing(context, subject, argument.name.text, print(*argument.type), directive.span);
      }
    }
  } else if (const auto* known = context.schema().find_directive(directive.name)) {
    for (const SchemaInputValue& argument : known->arguments) {
      if (argument.is_required() && !given.has(argument.name)) {
        report_missing(context,
                       subject,
                       argument.name.text,
                       context.schema().to_text(argument.type),
                       directive.span);
      }
    }
  }
}

}  // namespace graphql
