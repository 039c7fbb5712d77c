#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "graphql/printer.h"
#include "graphql/rules.h"

namespace graphql {
namespace {

// ` by operation "Q"` or nothing, for messages; `preposition` is "by" or "in".
std::string operation_phrase(const OperationDefinition& operation, const char* preposition) {
  return operation.name.empty()
             ? std::string()
             : std::string(" ") + preposition + " operation " + quoted(operation.name.text);
}

std::string variable_text(std::string_view name) {
  return std::string("Variable \"$").append(name).append("\"");
}

/// The variables of an operation by name, the last of each.
class DefinedVariables {
 public:
  explicit DefinedVariables(const OperationDefinition& operation) {
    for (const VariableDefinition& variable : operation.variables) {
      const std::uint32_t number = names_.add(variable.variable.name());
      if (number == definitions_.size()) {
        definitions_.push_back(&variable);
      } else {
        definitions_[number] = &variable;
      }
    }
  }

  const VariableDefinition* find(const Name& name) const {
    const std::uint32_t number = names_.find(name);
    return number == NameIndex::k_none ? nullptr : definitions_[number];
  }

 private:
  UniqueNames names_;
  std::vector<const VariableDefinition*> definitions_;
};

// Whether a variable of type `variable_type` may stand where `usage` is.
bool is_allowed(const Schema& schema,
                TypeRef variable_type,
                const Value* variable_default,
                const VariableUsage& usage) {
  if (!usage.type.is_non_null() || variable_type.is_non_null()) {
    return schema.is_sub_type(variable_type, usage.type);
  }
  // A default value, here or there, fills in for a variable that is null.
  const bool has_default = variable_default != nullptr && variable_default->kind != ValueKind::null;
  return (has_default || usage.has_default) &&
         schema.is_sub_type(variable_type, usage.type.nullable());
}

}  // namespace

void check_variable_is_input_type(RuleContext& context, const VariableDefinition& variable) {
  const SchemaType* type = context.find_type(variable.type->innermost_name());
  if (type != nullptr && !type->is_input()) {
    context.report(Rule::variables_are_input_types,
                   variable_text(variable.variable.text) + " cannot be non-input type " +
                       quoted(print(*variable.type)) + ".",
                   variable.type->span);
  }
}

void check_unique_variable_names(RuleContext& context, const OperationDefinition& operation) {
  UniqueNames names;
  std::vector<std::vector<Location>> places;
  for (const VariableDefinition& variable : operation.variables) {
    const std::uint32_t number = names.add(variable.variable.name());
    if (number == places.size()) {
      places.emplace_back();
    }
    places[number].push_back({context.source_id, variable.variable.name().span()});
  }
  for (std::uint32_t i = 0; i < places.size(); ++i) {
    if (places[i].size() > 1) {
      context.report(Rule::unique_variable_names,
                     std::string("There can be only one variable named \"$")
                         .append(names[i].text)
                         .append("\"."),
                     std::move(places[i]));
    }
  }
}

void check_no_undefined_variables(RuleContext& context, const OperationDefinition& operation) {
  const DefinedVariables defined(operation);
  for (const VariableUsage& usage : context.usages_in(operation)) {
    if (defined.find(usage.variable->name()) == nullptr) {
      context.report(Rule::no_undefined_variables,
                     variable_text(usage.variable->text) + " is not defined" +
                         operation_phrase(operation, "by") + ".",
                     {Location{usage.source_id, usage.variable->span},
                      Location{context.source_id, operation.span}});
    }
  }
}

void check_no_unused_variables(RuleContext& context, const OperationDefinition& operation) {
  UniqueNames used;
  for (const VariableUsage& usage : context.usages_in(operation)) {
    used.add(usage.variable->name());
  }
  // What a fragment that cannot be read uses, nobody knows.
  if (context.reached_from({&operation}).has_unusable) {
    return;
  }
  for (const VariableDefinition& variable : operation.variables) {
    if (used.find(variable.variable.name()) == NameIndex::k_none) {
      context.report(Rule::no_unused_variables,
                     variable_text(variable.variable.text) + " is never used" +
                         operation_phrase(operation, "in") + ".",
                     variable.span);
    }
  }
}

void check_variables_in_allowed_position(RuleContext& context,
                                         const OperationDefinition& operation) {
  const Schema& schema = context.schema();
  const DefinedVariables defined(operation);
  for (const VariableUsage& usage : context.usages_in(operation)) {
    const VariableDefinition* definition = defined.find(usage.variable->name());
    if (definition == nullptr || !is_known(usage.type)) {
      continue;
    }
    const TypeRef type = schema.resolve(*definition->type, context.arena());
    if (!is_known(type)) {
      continue;
    }
    const std::vector<Location> places = {Location{context.source_id, definition->span},
                                          Location{usage.source_id, usage.variable->span}};
    if (!is_allowed(schema, type, definition->default_value, usage)) {
      context.report(Rule::variables_in_allowed_position,
                     variable_text(usage.variable->text) + " of type " +
                         quoted(schema.to_text(type)) + " used in position expecting type " +
                         quoted(schema.to_text(usage.type)) + ".",
                     places);
    }
    const bool is_in_one_of = is_known(usage.parent_type) && usage.parent_type.is_named() &&
                              schema.type(usage.parent_type).is_one_of;
    if (is_in_one_of && !type.is_non_null()) {
      context.report(Rule::variables_in_allowed_position,
                     variable_text(usage.variable->text) + " is of type " +
                         quoted(schema.to_text(type)) +
                         " but must be non-nullable to be used for OneOf Input Object " +
                         quoted(schema.to_text(usage.parent_type)) + ".",
                     places);
    }
  }
}

}  // namespace graphql
