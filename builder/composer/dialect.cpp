#include "builder/composer/dialect.h"

#include <algorithm>
#include <optional>
#include <string>

#include "base/suggestion.h"
#include "builder/composer/expansion.h"
#include "builder/composer/fields.h"
#include "builder/composer/primitives.h"
#include "builder/composer/selections.h"
#include "builder/composer/template_form.h"
#include "builder/composer/variables.h"

namespace builder::composer {

namespace {

constexpr std::string_view k_operation_types[] = {"query", "mutation", "subscription"};

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

Value make_native(Evaluator& evaluator, Native native, const Place& place) {
  return {&evaluator.heap().natives.emplace_back(native), place};
}

Value make_native(Evaluator& evaluator,
                  NativeKind kind,
                  std::string_view name,
                  const Place& place) {
  Native native;
  native.kind = kind;
  native.name = name;
  return make_native(evaluator, native, place);
}

/// What the function of a definition gets: `({ model, slice, ... }, { $ })`.
std::vector<Value> arguments_of_definition(Evaluator& evaluator, const Place& place) {
  struct Offer {
    std::string_view name;
    NativeKind kind;
  };
  constexpr Offer k_offers[] = {{"model", NativeKind::model},
                                {"slice", NativeKind::slice},
                                {"operation", NativeKind::operation},
                                {"fragment", NativeKind::fragment},
                                {"query", NativeKind::query},
                                {"mutation", NativeKind::query},
                                {"subscription", NativeKind::query},
                                {"define", NativeKind::define},
                                {"extend", NativeKind::unsupported},
                                {"$colocate", NativeKind::colocate},
                                {"$dir", NativeKind::directives}};
  Object& context = evaluator.heap().objects.emplace_back();
  for (const Offer& offer : k_offers) {
    context.set({offer.name, place, make_native(evaluator, offer.kind, offer.name, place)});
  }
  const Value declarator = make_native(evaluator, NativeKind::declarator, "$", place);
  context.set({"$var", place, declarator});
  Object& helper = evaluator.heap().objects.emplace_back();
  helper.set({"$", place, declarator});
  helper.set({"$dir", place, context.find("$dir")->value});
  return {{&context, place}, {&helper, place}};
}

const Object::Member* option(const std::vector<Value>& arguments, std::string_view name) {
  const auto* options = arguments.empty() ? nullptr : arguments[0].as<const Object*>();
  return options == nullptr ? nullptr : (*options)->find(name);
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
  evaluator.fail_invalid(index < arguments.size() ? arguments[index].place : place.callee,
                         "What is selected is written as an arrow function here: "
                         "({ f, $ }) => [f.id()].");
  return nullptr;
}

Value make_element(Evaluator& evaluator, Element element, const CallPlace& place) {
  element.place = place.callee;
  return {&evaluator.heap().elements.emplace_back(std::move(element)), place.call};
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
  if (const auto* variables = option(arguments, "variables")) {
    element.variables = read_variables(evaluator, variables->value);
  }
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
  if (const auto* variables = option(arguments, "variables")) {
    element.variables = read_variables(evaluator, variables->value);
  }
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
  if (const auto* variables = option(arguments, "variables")) {
    element.variables = read_variables(evaluator, variables->value);
  }
  const Object::Member* name = option(arguments, "operationName");
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

/// `query("Name")`, `fragment("Name", "Type")`: what a template or options may follow.
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

/// `query("Name")({ variables, fields })`
Value take_options(Evaluator& evaluator,
                   const Native& native,
                   const std::vector<Value>& arguments,
                   const CallPlace& place) {
  const Object::Member* fields = option(arguments, "fields");
  const auto* closure = fields == nullptr ? nullptr : fields->value.as<const Closure*>();
  if (closure == nullptr) {
    return evaluator.fail_invalid(
        native.element->place,
        "A template or options with `fields` must follow: query(\"Name\")({ fields: ({ f, $ }) => "
        "({ ...f(\"id\")() }) }).");
  }
  Element element = *native.element;
  element.fields = *closure;
  if (const auto* variables = option(arguments, "variables")) {
    element.variables = read_variables(evaluator, variables->value);
  }
  Native done;
  done.kind = NativeKind::template_done;
  done.element = &evaluator.heap().elements.emplace_back(std::move(element));
  return make_native(evaluator, done, place.call);
}

/// The call that ends the template form: `()` or `({ metadata })`.
Value finish_template(Evaluator& evaluator,
                      const Native& native,
                      const std::vector<Value>& arguments,
                      const CallPlace& place) {
  Element element = *native.element;
  if (const auto* transform = option(arguments, "transformDocument")) {
    return evaluator.fail_unsupported(
        transform->place,
        "`transformDocument` is code that changes the document and cannot be run here. Write the "
        "document that it would make.");
  }
  if (const auto* metadata = option(arguments, "metadata")) {
    element.metadata = metadata->value;
    if (const auto* closure = metadata->value.as<const Closure*>()) {
      // Its arguments are known to code only; a function that needs none is a literal.
      element.metadata = evaluator.call(**closure, {}, metadata->place);
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

Value make_directive(Evaluator& evaluator,
                     const Native& native,
                     const std::vector<Value>& arguments,
                     const CallPlace& place) {
  Native directive;
  directive.kind = NativeKind::directive;
  directive.name = native.name;
  if (!arguments.empty()) {
    const auto* values = arguments[0].as<const Object*>();
    if (values == nullptr) {
      return arguments[0].is<Failed>()
                 ? arguments[0]
                 : evaluator.fail_invalid(arguments[0].place,
                                          "Arguments of a directive are an object: { if: $.all }.");
    }
    directive.object = *values;
  }
  return make_native(evaluator, directive, place.callee);
}

/// `select(["$.a"], f)` gives its paths; what they are checked for is the slice's matter.
Value take_paths(Evaluator& evaluator,
                 const std::vector<Value>& arguments,
                 const CallPlace& place) {
  const bool is_one = !arguments.empty() && arguments[0].is<std::string_view>();
  if (!is_one && (arguments.empty() || !arguments[0].is<const Array*>())) {
    return evaluator.fail_invalid(place.callee,
                                  "`select` takes the paths that a projection reads: "
                                  "select([\"$.products\"], (result) => result).");
  }
  if (!is_one) {
    return arguments[0];
  }
  Array& paths = evaluator.heap().arrays.emplace_back();
  paths.items.push_back(arguments[0]);
  return {&paths, arguments[0].place};
}

Value no_such_member(Evaluator& evaluator,
                     std::string_view name,
                     const std::vector<std::string_view>& names,
                     const Place& place) {
  return evaluator.fail_invalid(place,
                                "There is no \"" + std::string(name) + "\" here." +
                                    base::did_you_mean(base::suggestions_for(name, names)));
}

Value member_of_values(Evaluator& evaluator,
                       const Native& native,
                       std::string_view name,
                       const Place& place) {
  if (const Object::Member* member = native.object->find(name)) {
    return {member->value.content, place};
  }
  std::vector<std::string_view> names;
  for (const Object::Member& member : native.object->members) {
    names.push_back(member.key);
  }
  return evaluator.fail_invalid(place,
                                "The variable \"$" + std::string(name) + "\" is not declared." +
                                    base::did_you_mean(base::suggestions_for(name, names)));
}

/// `slice.query`, `operation.mutation`.
Value member_by_operation(Evaluator& evaluator,
                          NativeKind kind,
                          std::string_view name,
                          const Place& place) {
  const std::vector<std::string_view> names(std::begin(k_operation_types),
                                            std::end(k_operation_types));
  if (!operation_type(name)) {
    return no_such_member(evaluator, name, names, place);
  }
  return make_native(evaluator, kind, name, place);
}

Value member_of_model(Evaluator& evaluator, std::string_view name, const Place& place) {
  const graphql::SchemaType* type = evaluator.schema().find_type(graphql::name_of(name));
  if (type == nullptr || !type->is_composite()) {
    std::vector<std::string_view> names;
    for (const graphql::TypeId id : evaluator.schema().type_order()) {
      const graphql::SchemaType& one = evaluator.schema().type(id);
      if (one.is_composite() && !one.is_introspection) {
        names.push_back(one.name.text);
      }
    }
    return evaluator.fail_invalid(
        place,
        (type == nullptr ? "Unknown type \"" + std::string(name) + "\"."
                         : "Type \"" + std::string(name) + "\" has no fields to select.") +
            base::did_you_mean(base::suggestions_for(name, names)));
  }
  return make_native(evaluator, NativeKind::model_of, name, place);
}

/// `x.fragment`, `x.build`, `x.spread`, `x.value` of a definition or of an element made in place.
Value member_of_definition(Evaluator& evaluator,
                           const Value& object,
                           std::string_view name,
                           const Place& place) {
  const auto* reference = object.as<DefinitionRef>();
  const Element* element = reference != nullptr ? evaluator.element_of(reference->index, place)
                                                : *object.as<const Element*>();
  if (element == nullptr) {
    return {Failed{}, place};
  }
  if (name == "attach") {
    // What is attached has a meaning at run time only: the definition stays what it is.
    Native attach;
    attach.kind = NativeKind::unsupported;
    attach.name = "attach";
    attach.element = element;
    attach.definition = reference != nullptr ? reference->index : k_no_composition;
    return make_native(evaluator, attach, place);
  }
  std::string_view expected;
  switch (element->kind) {
    case CompositionKind::model:
      expected = "fragment";
      break;
    case CompositionKind::slice:
      expected = "build";
      break;
    case CompositionKind::fragment:
      expected = "spread";
      break;
    case CompositionKind::define:
      expected = "value";
      break;
    case CompositionKind::operation:
    case CompositionKind::unknown:
      break;
  }
  if (name == "value" && expected == "value") {
    return {element->value.content, place};
  }
  if ((name == "typename" || name == "key") && element->kind == CompositionKind::fragment) {
    return {name == "key" ? element->name : element->type_name, place};
  }
  if (name != expected) {
    return evaluator.fail_invalid(place,
                                  expected.empty()
                                      ? "An operation cannot be part of another definition."
                                      : "\"" + std::string(name) +
                                            "\" of this definition cannot be known "
                                            "without running code. Use \"" +
                                            std::string(expected) + "\".");
  }
  Native expansion;
  expansion.kind = NativeKind::expansion;
  expansion.element = element;
  expansion.definition = reference != nullptr ? reference->index : k_no_composition;
  return make_native(evaluator, expansion, place);
}

}  // namespace

std::size_t argument_limit(const Native& native) {
  switch (native.kind) {
    case NativeKind::select:
    case NativeKind::template_done:
    case NativeKind::template_of:
    case NativeKind::define:
      return 1;
    case NativeKind::model_of:
      return 2;
    case NativeKind::slice_of:
      return 3;
    case NativeKind::unsupported:
      return 0;
    default:
      return SIZE_MAX;
  }
}

const Element* evaluate_element(Evaluator& evaluator, std::uint32_t index) {
  const ComposerProject& project = evaluator.project();
  const Composition& composition = project.compositions()[index];
  const discovery::CompositionSite& site =
      project.facts(composition.source).sites[composition.site];
  const Place place = evaluator.place_of(composition.source, site.callee.span);
  const Closure& closure = evaluator.heap().closures.emplace_back(
      Closure{composition.source, project.function_of(composition), nullptr});
  const Value result = evaluator.call(closure, arguments_of_definition(evaluator, place), place);
  if (const auto* element = result.as<const Element*>()) {
    return *element;
  }
  const auto* native = result.as<const Native*>();
  if (native != nullptr && (*native)->kind == NativeKind::template_done) {
    evaluator.fail_invalid(result.place, "The definition is not finished: call it, `...`().");
  } else if (!result.is<Failed>()) {
    evaluator.fail_invalid(place,
                           "The function of a definition must return a model, a slice, an "
                           "operation, a fragment or a define(); this one returns " +
                               describe(result) + ".");
  }
  return nullptr;
}

Value native_member(Evaluator& evaluator,
                    const Value& object,
                    std::string_view name,
                    const Place& place) {
  const auto* found = object.as<const Native*>();
  if (found == nullptr) {
    return member_of_definition(evaluator, object, name, place);
  }
  const Native& native = **found;
  switch (native.kind) {
    case NativeKind::model:
      return member_of_model(evaluator, name, place);
    case NativeKind::slice:
      return member_by_operation(evaluator, NativeKind::slice_of, name, place);
    case NativeKind::operation:
      return member_by_operation(evaluator, NativeKind::operation_of, name, place);
    case NativeKind::values:
      return member_of_values(evaluator, native, name, place);
    case NativeKind::directives:
      return make_native(evaluator, NativeKind::directive, name, place);
    case NativeKind::fields:
      return field_member(evaluator, native, name, place);
    case NativeKind::declared:
      if (name == "scalar" || name == "enum" || name == "input") {
        return make_native(evaluator, NativeKind::declared_scalar, native.name, place);
      }
      if (name == "byField") {
        return make_native(evaluator, NativeKind::declared_by_field, native.name, place);
      }
      return no_such_member(evaluator, name, {"scalar", "enum", "input", "byField"}, place);
    default:
      break;
  }
  return evaluator.fail_unsupported(
      place,
      "\"" + std::string(name) +
          "\" is no part of the composer that can be known without running "
          "code. Write the definition with a template or with selections.");
}

Value call_native(Evaluator& evaluator,
                  const Native& native,
                  const std::vector<Value>& arguments,
                  const CallPlace& place) {
  switch (native.kind) {
    case NativeKind::model_of:
      return make_model(evaluator, native, arguments, place);
    case NativeKind::slice_of:
      return make_slice(evaluator, native, arguments, place);
    case NativeKind::operation_of:
      return make_operation(evaluator, native, arguments, place);
    case NativeKind::declarator:
      return declare_variable(evaluator, arguments, place);
    case NativeKind::declared_scalar:
    case NativeKind::declared_by_field:
      return finish_variable(evaluator, native, arguments, place);
    case NativeKind::fragment:
    case NativeKind::query:
      return begin_template(evaluator, native, arguments, place);
    case NativeKind::template_of:
      return take_options(evaluator, native, arguments, place);
    case NativeKind::template_done:
      return finish_template(evaluator, native, arguments, place);
    case NativeKind::define:
      return make_define(evaluator, arguments, place);
    case NativeKind::colocate:
      return colocate(evaluator, arguments, place);
    case NativeKind::directive:
      return make_directive(evaluator, native, arguments, place);
    case NativeKind::fields:
    case NativeKind::field:
    case NativeKind::selected_field:
      return call_field(evaluator, native, arguments, place);
    case NativeKind::expansion:
      return expand(evaluator, native, arguments, place.call);
    case NativeKind::select:
      return take_paths(evaluator, arguments, place);
    case NativeKind::unsupported:
      if (native.name == "attach") {
        return native.definition == k_no_composition
                   ? Value{native.element, place.call}
                   : Value{DefinitionRef{native.definition}, place.call};
      }
      break;
    default:
      break;
  }
  return evaluator.fail_unsupported(
      place.callee,
      "This part of the composer cannot be called so, or not without running code. Write the "
      "definition with a template or with selections.");
}

}  // namespace builder::composer
