#include "builder/composer/elements.h"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <utility>

#include "builder/composer/options.h"
#include "builder/composer/primitives.h"
#include "builder/composer/variables.h"

namespace builder::composer {

namespace {

const Object::Member* option(const Object* options, std::string_view name) {
  return options == nullptr ? nullptr : options->find(name);
}

/// The first argument as options; null if there are none.
const Object* first_options(Evaluator& evaluator,
                            const std::vector<Value>& arguments,
                            std::initializer_list<std::string_view> names) {
  return arguments.empty() || arguments[0].is<const Closure*>()
             ? nullptr
             : options_of(evaluator, arguments[0], names);
}

std::vector<Variable> declared_variables(Evaluator& evaluator, const Object* options) {
  const Object::Member* variables = option(options, "variables");
  return variables == nullptr ? std::vector<Variable>()
                              : read_variables(evaluator, variables->value);
}

const Closure* function_at(Evaluator& evaluator,
                           const std::vector<Value>& arguments,
                           std::size_t index,
                           const CallPlace& place) {
  if (index < arguments.size()) {
    if (const auto* closure = arguments[index].as<const Closure*>()) {
      return *closure;
    }
    if (arguments[index].is<Failed>()) {
      return nullptr;
    }
  }
  if (!arguments.empty() && arguments[0].is<const Closure*>()) {
    evaluator.fail_invalid(arguments[0].place,
                           "Options come before this function, {} if there are none: "
                           "model.Product({}, ({ f }) => [f.id()]).");
    return nullptr;
  }
  evaluator.fail_invalid(index < arguments.size() ? arguments[index].place : place.callee,
                         "What is selected is written as an arrow function here: "
                         "({ f, $ }) => [f.id()].");
  return nullptr;
}

Value make_element(Evaluator& evaluator, Element element, const CallPlace& place) {
  element.place = place.callee;
  return {&evaluator.heap().elements.emplace_back(std::move(element)), place.call};
}

}  // namespace

std::optional<graphql::OperationType> operation_type(std::string_view name) {
  if (name == "query") {
    return graphql::OperationType::query;
  }
  if (name == "mutation") {
    return graphql::OperationType::mutation;
  }
  if (name == "subscription") {
    return graphql::OperationType::subscription;
  }
  return std::nullopt;
}

Value make_model(Evaluator& evaluator,
                 const Native& native,
                 const std::vector<Value>& arguments,
                 const CallPlace& place) {
  Element element;
  element.kind = CompositionKind::model;
  element.type_name = native.name;
  element.type_place = place.callee;
  element.type = evaluator.schema().find_type(graphql::name_of(native.name));
  element.fields = function_at(evaluator, arguments, 1, place);
  element.variables =
      declared_variables(evaluator, first_options(evaluator, arguments, {"variables"}));
  return make_element(evaluator, std::move(element), place);
}

Value make_slice(Evaluator& evaluator,
                 const Native& native,
                 const std::vector<Value>& arguments,
                 const CallPlace& place) {
  Element element;
  element.kind = CompositionKind::slice;
  element.operation = *operation_type(native.name);
  element.type = evaluator.schema().root_type(element.operation);
  element.type_place = place.callee;
  if (element.type == nullptr) {
    return evaluator.fail_invalid(place.callee,
                                  "The schema has no " + std::string(native.name) + " operations.");
  }
  element.type_name = element.type->name.text;
  element.fields = function_at(evaluator, arguments, 1, place);
  element.variables =
      declared_variables(evaluator, first_options(evaluator, arguments, {"variables"}));
  if (arguments.size() > 2) {
    element.projection = arguments[2];
  }
  return make_element(evaluator, std::move(element), place);
}

Value make_operation(Evaluator& evaluator,
                     const Native& native,
                     const std::vector<Value>& arguments,
                     const CallPlace& place) {
  Element element;
  element.kind = CompositionKind::operation;
  element.is_labelled = true;
  element.operation = *operation_type(native.name);
  element.type = evaluator.schema().root_type(element.operation);
  element.fields = function_at(evaluator, arguments, 1, place);
  const Object* options = first_options(evaluator, arguments, {"operationName", "variables"});
  element.variables = declared_variables(evaluator, options);
  const Object::Member* name = option(options, "operationName");
  const auto* text = name == nullptr ? nullptr : name->value.as<std::string_view>();
  if (text == nullptr) {
    const bool is_known = name != nullptr && name->value.is<Failed>();
    return is_known ? Value{Failed{}, place.call}
                    : evaluator.fail_invalid(
                          name == nullptr ? place.callee : name->value.place,
                          "An operation needs a name: { operationName: \"ProductList\" }.");
  }
  element.name = *text;
  element.name_place = name->value.place;
  return make_element(evaluator, std::move(element), place);
}

Value begin_template(Evaluator& evaluator,
                     const Native& native,
                     const std::vector<Value>& arguments,
                     const CallPlace& place) {
  Element element;
  const bool is_fragment = native.kind == NativeKind::fragment;
  const auto* name = arguments.empty() ? nullptr : arguments[0].as<std::string_view>();
  const auto* type = arguments.size() < 2 ? nullptr : arguments[1].as<std::string_view>();
  if (name == nullptr || (is_fragment && type == nullptr)) {
    const bool has_failed = std::any_of(
        arguments.begin(), arguments.end(), [](const Value& one) { return one.is<Failed>(); });
    return has_failed ? Value{Failed{}, place.call}
                      : evaluator.fail_invalid(
                            place.callee,
                            is_fragment ? "A fragment needs a name and a type, as texts: "
                                          "fragment(\"ProductCard\", \"Product\")."
                                        : "An operation needs a name, as a text: "
                                          "query(\"ProductList\").");
  }
  element.place = place.callee;
  element.name = *name;
  element.name_place = arguments[0].place;
  if (is_fragment) {
    element.kind = CompositionKind::fragment;
    element.type_name = *type;
    element.type_place = arguments[1].place;
    element.type = evaluator.schema().find_type(graphql::name_of(*type));
  } else {
    element.kind = CompositionKind::operation;
    element.operation = *operation_type(native.name);
    element.type = evaluator.schema().root_type(element.operation);
  }
  Native begun;
  begun.kind = NativeKind::template_of;
  begun.element = &evaluator.heap().elements.emplace_back(std::move(element));
  return make_native(evaluator, begun, place.call);
}

Value take_options(Evaluator& evaluator,
                   const Native& native,
                   const std::vector<Value>& arguments,
                   const CallPlace& place) {
  const Object* options = first_options(evaluator, arguments, {"variables", "fields"});
  const Object::Member* fields = option(options, "fields");
  const auto* closure = fields == nullptr ? nullptr : fields->value.as<const Closure*>();
  if (closure == nullptr) {
    return evaluator.fail_invalid(
        native.element->place,
        "A template or options with `fields` must follow: query(\"Name\")({ fields: ({ f, $ }) => "
        "({ ...f(\"id\")() }) }).");
  }
  Element element = *native.element;
  element.fields = *closure;
  element.variables = declared_variables(evaluator, options);
  Native done;
  done.kind = NativeKind::template_done;
  done.element = &evaluator.heap().elements.emplace_back(std::move(element));
  return make_native(evaluator, done, place.call);
}

Value finish_template(Evaluator& evaluator,
                      const Native& native,
                      const std::vector<Value>& arguments,
                      const CallPlace& place) {
  Element element = *native.element;
  const Object* options = first_options(evaluator, arguments, {"metadata", "transformDocument"});
  if (const auto* transform = option(options, "transformDocument")) {
    return evaluator.fail_unsupported(
        transform->place,
        "`transformDocument` is code that changes the document and cannot be run here. Write the "
        "document that it would make.");
  }
  if (const auto* metadata = option(options, "metadata")) {
    element.metadata = metadata->value;
    element.metadata_place = metadata->place;
    if (const auto* closure = metadata->value.as<const Closure*>()) {
      // What it is called with is known to code only; a function that needs none of it is a
      // literal.
      element.metadata = evaluator.call(**closure, {{Failed{}, metadata->place}}, metadata->place);
    }
  }
  return {&evaluator.heap().elements.emplace_back(std::move(element)), place.call};
}

Value make_define(Evaluator& evaluator,
                  const std::vector<Value>& arguments,
                  const CallPlace& place) {
  const auto* closure = arguments.empty() ? nullptr : arguments[0].as<const Closure*>();
  if (closure == nullptr) {
    return evaluator.fail_invalid(place.callee,
                                  "A constant is defined by a function: define(() => 20).");
  }
  Element element;
  element.kind = CompositionKind::define;
  element.value = evaluator.call(**closure, {}, place.call);
  return make_element(evaluator, std::move(element), place);
}

}  // namespace builder::composer
