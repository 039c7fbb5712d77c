#include "builder/composer/dialect.h"

#include <string>
#include <vector>

#include "base/suggestion.h"
#include "builder/composer/elements.h"
#include "builder/composer/expansion.h"
#include "builder/composer/fields.h"
#include "builder/composer/primitives.h"
#include "builder/composer/selections.h"
#include "builder/composer/variables.h"

namespace builder::composer {

namespace {

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
  if (!operation_type(name)) {
    return no_such_member(evaluator, name, {"query", "mutation", "subscription"}, place);
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
