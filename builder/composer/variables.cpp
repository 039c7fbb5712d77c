#include "builder/composer/variables.h"

#include <algorithm>
#include <string>

#include "base/suggestion.h"
#include "builder/composer/fields.h"
#include "builder/composer/options.h"
#include "builder/composer/primitives.h"
#include "builder/composer/template_form.h"
#include "builder/composer/type_spec.h"

namespace builder::composer {

namespace {

void add(Evaluator& evaluator, std::vector<Variable>& variables, const Variable& variable) {
  const bool is_known = std::any_of(variables.begin(), variables.end(), [&](const Variable& one) {
    return one.name == variable.name;
  });
  if (is_known) {
    evaluator.fail_invalid(
        variable.place, "The variable \"$" + std::string(variable.name) + "\" is declared twice.");
    return;
  }
  variables.push_back(variable);
}

void add_declared(Evaluator& evaluator, std::vector<Variable>& variables, const Value& value) {
  const auto* object = value.as<const Object*>();
  if (object == nullptr) {
    if (!value.is<Failed>()) {
      evaluator.fail_invalid(
          value.place,
          "A variable is declared by $(\"id\").scalar(\"ID:!\"); this is " + describe(value) + ".");
    }
    return;
  }
  for (const Object::Member& member : (*object)->members) {
    if (const auto* variable = member.value.as<const Variable*>()) {
      add(evaluator, variables, **variable);
    } else if (!member.value.is<Failed>()) {
      evaluator.fail_invalid(member.place, "A variable is declared by $(\"id\").scalar(\"ID:!\").");
    }
  }
}

void read_extras(Evaluator& evaluator, const Value& extras, Variable& variable) {
  const auto* object = options_of(evaluator, extras, {"default", "directives"});
  if (object == nullptr) {
    return;
  }
  if (const Object::Member* value = object->find("default")) {
    const auto* closure = value->value.as<const Closure*>();
    if (closure != nullptr) {
      variable.default_value = evaluator.call(**closure, {}, value->place);
      variable.has_default = !variable.default_value.is<Undefined>();
    } else if (!value->value.is<Failed>()) {
      evaluator.fail_invalid(value->place, "A default is a function: default: () => 20.");
    }
  }
  if (const Object::Member* directives = object->find("directives")) {
    variable.directives = read_directives(evaluator, directives->value);
  }
}

/// `byField("Query", "product", "id")`: the type of that argument.
std::string type_by_field(Evaluator& evaluator,
                          const std::vector<Value>& arguments,
                          const CallPlace& place) {
  std::string_view names[3];
  for (std::size_t i = 0; i < 3; ++i) {
    const auto* text = i < arguments.size() ? arguments[i].as<std::string_view>() : nullptr;
    if (text == nullptr) {
      evaluator.fail_invalid(place.callee,
                             "`byField` takes the names of a type, a field and an argument.");
      return {};
    }
    names[i] = *text;
  }
  const graphql::Schema& schema = evaluator.schema();
  const graphql::SchemaType* type = schema.find_type(graphql::name_of(names[0]));
  const graphql::SchemaField* field =
      type == nullptr ? nullptr : schema.find_field(*type, graphql::name_of(names[1]));
  const graphql::SchemaInputValue* argument =
      field == nullptr ? nullptr
                       : schema.find_argument(field->arguments, graphql::name_of(names[2]));
  if (argument == nullptr) {
    evaluator.fail_invalid(place.callee,
                           "The schema has no argument \"" + std::string(names[0]) + "." +
                               std::string(names[1]) + "(" + std::string(names[2]) + ":)\".");
    return {};
  }
  return schema.to_text(argument->type);
}

}  // namespace

std::vector<Variable> read_variables(Evaluator& evaluator, const Value& value) {
  std::vector<Variable> variables;
  if (const auto* text = value.as<std::string_view>()) {
    return parse_variables(evaluator, *text, value.place);
  }
  if (const auto* array = value.as<const Array*>()) {
    for (const Value& item : (*array)->items) {
      if (!item.is<Undefined>() && !item.is<Null>()) {
        add_declared(evaluator, variables, item);
      }
    }
  } else if (!value.is<Undefined>()) {
    add_declared(evaluator, variables, value);
  }
  return variables;
}

Value declare_variable(Evaluator& evaluator,
                       const std::vector<Value>& arguments,
                       const CallPlace& place) {
  const auto* name = arguments.empty() ? nullptr : arguments[0].as<std::string_view>();
  if (name == nullptr) {
    return !arguments.empty() && arguments[0].is<Failed>()
               ? arguments[0]
               : evaluator.fail_invalid(place.callee, "A variable needs a name: $(\"id\").");
  }
  Native declared;
  declared.kind = NativeKind::declared;
  declared.name = *name;
  return {&evaluator.heap().natives.emplace_back(declared), arguments[0].place};
}

Value finish_variable(Evaluator& evaluator,
                      const Native& native,
                      const std::vector<Value>& arguments,
                      const CallPlace& place) {
  Variable variable;
  variable.name = native.name;
  variable.place = place.callee;
  variable.type_place = arguments.empty() ? place.callee : arguments[0].place;
  const bool is_by_field = native.kind == NativeKind::declared_by_field;
  if (is_by_field) {
    variable.type = evaluator.heap().keep(type_by_field(evaluator, arguments, place));
  } else {
    const auto* spec = arguments.empty() ? nullptr : arguments[0].as<std::string_view>();
    const auto type = spec == nullptr ? std::nullopt : graphql_type(*spec);
    if (type) {
      variable.type = evaluator.heap().keep(*type);
    } else if (arguments.empty() || !arguments[0].is<Failed>()) {
      evaluator.fail(variable.type_place,
                     "InvalidTypeSpecifier",
                     "This is no type: write its name, a colon, and `?`, or `!` and `[]` from the "
                     "inside out, as in \"ID:!\", \"Int:?\" or \"String:![]\".");
    }
  }
  if (variable.type.empty()) {
    return {Failed{}, place.call};
  }
  const std::size_t extras = is_by_field ? 3 : 1;
  if (arguments.size() > extras) {
    read_extras(evaluator, arguments[extras], variable);
  }
  Object& object = evaluator.heap().objects.emplace_back();
  const Variable* kept = &evaluator.heap().variables.emplace_back(std::move(variable));
  object.set({kept->name, kept->place, {kept, kept->place}});
  return {&object, place.call};
}

const Object& references_to(Evaluator& evaluator, const std::vector<Variable>& variables) {
  Object& object = evaluator.heap().objects.emplace_back();
  for (const Variable& variable : variables) {
    object.set({variable.name, variable.place, {VariableRef{variable.name}, variable.place}});
  }
  return object;
}

const Object& values_for(Evaluator& evaluator,
                         const std::vector<Variable>& variables,
                         const Object* given,
                         const Place& place) {
  Object& object = evaluator.heap().objects.emplace_back();
  std::vector<std::string_view> names;
  for (const Variable& variable : variables) {
    names.push_back(variable.name);
    const Object::Member* member = given == nullptr ? nullptr : given->find(variable.name);
    Value value{Undefined{}, place};
    if (member != nullptr && !member->value.is<Undefined>()) {
      value = member->value;
    } else if (variable.has_default) {
      value = variable.default_value;
    } else if (variable.is_required()) {
      value = evaluator.fail_invalid(place,
                                     "A value for the variable \"$" + std::string(variable.name) +
                                         "\" of type \"" + std::string(variable.type) +
                                         "\" is missing here.");
    }
    object.set({variable.name, place, value});
  }
  for (std::size_t i = 0; given != nullptr && i < given->members.size(); ++i) {
    const Object::Member& member = given->members[i];
    if (object.find(member.key) == nullptr) {
      evaluator.fail_invalid(member.place,
                             "The definition has no variable \"$" + std::string(member.key) +
                                 "\"." +
                                 base::did_you_mean(base::suggestions_for(member.key, names)));
    }
  }
  return object;
}

Value values_of(Evaluator& evaluator, const Object& values, const Place& place) {
  Native native;
  native.kind = NativeKind::values;
  native.object = &values;
  return {&evaluator.heap().natives.emplace_back(native), place};
}

}  // namespace builder::composer
