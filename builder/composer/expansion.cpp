#include "builder/composer/expansion.h"

#include <string>

#include "builder/composer/primitives.h"
#include "builder/composer/selections.h"
#include "builder/composer/template_form.h"
#include "builder/composer/variables.h"

namespace builder::composer {

namespace {

Value make_object(Evaluator& evaluator,
                  const Element& element,
                  const std::vector<const Selection*>& selections,
                  const Place& place) {
  Object& object = evaluator.heap().objects.emplace_back();
  if (element.kind != CompositionKind::slice) {
    object.type_name = element.type_name;
  }
  add_selections(evaluator, object, selections);
  return {&object, place};
}

/// A slice is part of an operation of its own kind, and of nothing else.
bool fits_operation(Evaluator& evaluator, const Element& element, const Place& place) {
  if (element.kind != CompositionKind::slice) {
    return true;
  }
  const std::string_view type = graphql::to_text(element.operation);
  if (evaluator.current_operation() == type) {
    return true;
  }
  evaluator.fail_invalid(place,
                         evaluator.current_operation().empty()
                             ? "A slice can be built in an operation only."
                             : "A slice of a " + std::string(type) + " cannot be part of a " +
                                   std::string(evaluator.current_operation()) + ".");
  return false;
}

}  // namespace

const std::vector<Variable>& variables_of(Evaluator& evaluator, const Element& element) {
  return element.body == discovery::k_no_expression ? element.variables
                                                    : parsed_template(evaluator, element).variables;
}

std::vector<const Selection*> content_of(Evaluator& evaluator,
                                         const Element& element,
                                         const Object& values) {
  if (element.body != discovery::k_no_expression) {
    return template_selections(evaluator, element, values);
  }
  if (element.fields == nullptr) {
    return {};
  }
  return select(evaluator, *element.fields, element.type, &values, element.place);
}

Value expand(Evaluator& evaluator,
             const Native& expansion,
             const std::vector<Value>& arguments,
             const Place& place) {
  const Element& element = *expansion.element;
  const Object* given = nullptr;
  if (!arguments.empty() && !arguments[0].is<Undefined>()) {
    const auto* object = arguments[0].as<const Object*>();
    if (object == nullptr) {
      return arguments[0].is<Failed>()
                 ? arguments[0]
                 : evaluator.fail_invalid(
                       arguments[0].place,
                       "The values of the variables are an object: { id: $.id }.");
    }
    given = *object;
  }
  if (!fits_operation(evaluator, element, place)) {
    return {Failed{}, place};
  }
  const bool is_definition = expansion.definition != k_no_composition;
  if (is_definition && !evaluator.enter(expansion.definition, place)) {
    return {Failed{}, place};
  }
  const std::vector<Variable>& variables = variables_of(evaluator, element);
  if (is_definition) {
    evaluator.leave();
  }
  // What is wrong with the values is the caller's mistake, so they are read outside.
  const Object& values = values_for(evaluator, variables, given, place);
  if (is_definition) {
    evaluator.enter(expansion.definition, place);
  }
  const Value result =
      make_object(evaluator, element, content_of(evaluator, element, values), place);
  if (is_definition) {
    evaluator.leave();
  }
  return result;
}

Value expand_directly(Evaluator& evaluator,
                      const ParsedTemplate::Part& part,
                      const Object& values) {
  if (!evaluator.enter(part.definition, part.place)) {
    return {Failed{}, part.place};
  }
  const Value result = make_object(
      evaluator, *part.fragment, content_of(evaluator, *part.fragment, values), part.place);
  evaluator.leave();
  return result;
}

}  // namespace builder::composer
