#include "builder/composer/fields.h"

#include <string>

#include "builder/composer/options.h"
#include "builder/composer/primitives.h"
#include "builder/composer/selections.h"

namespace builder::composer {

namespace {

/// Of a composite type; null for leaves and where nothing is known of the field.
const graphql::SchemaType* selected_type(const Evaluator& evaluator, const Selection& selection) {
  if (selection.field == nullptr) {
    return nullptr;
  }
  const graphql::SchemaType& type = evaluator.schema().type(selection.field->type);
  return type.is_composite() ? &type : nullptr;
}

Value as_object(Evaluator& evaluator, const Selection* selection, const Place& place) {
  Object& object = evaluator.heap().objects.emplace_back();
  object.set({selection->response_key(), selection->place, {selection, selection->place}});
  return {&object, place};
}

std::vector<ArgumentValue> read_arguments(Evaluator& evaluator, const Value& value) {
  std::vector<ArgumentValue> arguments;
  if (const auto* object = value.as<const Object*>()) {
    for (const Object::Member& member : (*object)->members) {
      arguments.push_back({member.key, member.place, member.value});
    }
  } else if (!value.is<Undefined>() && !value.is<Null>() && !value.is<Failed>()) {
    evaluator.fail_invalid(value.place,
                           value.is<const Closure*>()
                               ? "Arguments come first and the selection is a second call: "
                                 "f.user()(({ f }) => [f.id()])."
                               : "Arguments of a field are an object: { id: $.id }.");
  }
  return arguments;
}

void read_extras(Evaluator& evaluator, const Value& extras, Selection& selection) {
  const auto* object = options_of(evaluator, extras, {"alias", "directives"});
  if (object == nullptr) {
    return;
  }
  if (const Object::Member* alias = object->find("alias")) {
    const auto* text = alias->value.as<std::string_view>();
    if (text != nullptr && is_graphql_name(*text)) {
      selection.alias = *text == selection.name ? std::string_view() : *text;
    } else if (!alias->value.is<Failed>() && !alias->value.is<Undefined>()) {
      evaluator.fail_invalid(alias->value.place, "An alias must be a text that is a GraphQL name.");
    }
  }
  if (const Object::Member* directives = object->find("directives")) {
    selection.directives = read_directives(evaluator, directives->value);
  }
}

/// The first call: arguments and extras.
Value begin_field(Evaluator& evaluator,
                  const Native& native,
                  const std::vector<Value>& arguments,
                  const CallPlace& place) {
  Selection& selection = evaluator.heap().selections.emplace_back();
  selection.place = place.callee;
  selection.name = native.name;
  selection.field = native.field;
  if (!arguments.empty()) {
    selection.arguments = read_arguments(evaluator, arguments[0]);
  }
  if (arguments.size() > 1) {
    read_extras(evaluator, arguments[1], selection);
  }
  const bool is_leaf = selection.field != nullptr && selected_type(evaluator, selection) == nullptr;
  if (is_leaf && !native.is_strict) {
    return as_object(evaluator, &selection, place.callee);
  }
  Native selected;
  selected.kind = NativeKind::selected_field;
  selected.name = native.name;
  selected.selection = &selection;
  selected.is_strict = native.is_strict;
  return {&evaluator.heap().natives.emplace_back(selected), place.callee};
}

/// `{ Book: ({ f }) => [...], Film: ... }`
std::vector<const Selection*> members_of(Evaluator& evaluator, const Object& members) {
  std::vector<const Selection*> selections;
  for (const Object::Member& member : members.members) {
    if (member.value.is<Undefined>()) {
      continue;
    }
    if (member.key == "__typename" && member.value.is<bool>()) {
      Selection& name = evaluator.heap().selections.emplace_back();
      name.place = member.place;
      name.name = member.key;
      selections.push_back(&name);
      continue;
    }
    const auto* closure = member.value.as<const Closure*>();
    if (closure == nullptr) {
      if (!member.value.is<Failed>()) {
        evaluator.fail_invalid(
            member.place,
            member.value.is<const Selection*>()
                ? "What is selected is the result of a function: () => [productModel.fragment()]."
                : "What is selected of \"" + std::string(member.key) +
                      "\" is written as an arrow function: ({ f }) => [f.id()].");
      }
      continue;
    }
    Selection& part = evaluator.heap().selections.emplace_back();
    part.kind = Selection::Kind::inline_fragment;
    part.place = member.place;
    part.name = member.key;
    part.has_selections = true;
    part.selections = select(evaluator,
                             **closure,
                             evaluator.schema().find_type(graphql::name_of(member.key)),
                             nullptr,
                             member.place);
    selections.push_back(&part);
  }
  return selections;
}

/// The second call: what is selected.
Value finish_field(Evaluator& evaluator,
                   const Native& native,
                   const std::vector<Value>& arguments,
                   const CallPlace& place) {
  Selection& selection = evaluator.heap().selections.emplace_back(*native.selection);
  const graphql::SchemaType* type = selected_type(evaluator, selection);
  if (arguments.empty() || arguments[0].is<Undefined>()) {
    if (type != nullptr) {
      report_unfinished(evaluator, {&native, place.callee});
      return {Failed{}, place.call};
    }
    return as_object(evaluator, &selection, selection.place);
  }
  selection.has_selections = true;
  if (const auto* closure = arguments[0].as<const Closure*>()) {
    selection.selections = select(evaluator, **closure, type, nullptr, selection.place);
  } else if (const auto* members = arguments[0].as<const Object*>()) {
    selection.selections = members_of(evaluator, **members);
  } else {
    if (!arguments[0].is<Failed>()) {
      evaluator.fail_invalid(
          arguments[0].place,
          "What is selected is an arrow function, ({ f }) => [f.id()], or one for each possible "
          "type, { Book: ({ f }) => [f.id()] }.");
    }
    return {Failed{}, place.call};
  }
  return as_object(evaluator, &selection, selection.place);
}

}  // namespace

Value fields_of(Evaluator& evaluator, const graphql::SchemaType* type, const Place& place) {
  Native fields;
  fields.kind = NativeKind::fields;
  fields.type = type;
  return {&evaluator.heap().natives.emplace_back(fields), place};
}

Value field_member(Evaluator& evaluator,
                   const Native& fields,
                   std::string_view name,
                   const Place& place) {
  Native field;
  field.kind = NativeKind::field;
  field.name = name;
  field.field = fields.type == nullptr ? nullptr
                                       : evaluator.schema().find_selectable_field(
                                             *fields.type, graphql::name_of(name));
  return {&evaluator.heap().natives.emplace_back(field), place};
}

Value call_field(Evaluator& evaluator,
                 const Native& native,
                 const std::vector<Value>& arguments,
                 const CallPlace& place) {
  if (native.kind == NativeKind::field) {
    return begin_field(evaluator, native, arguments, place);
  }
  if (native.kind == NativeKind::selected_field) {
    return finish_field(evaluator, native, arguments, place);
  }
  const auto* name = arguments.empty() ? nullptr : arguments[0].as<std::string_view>();
  if (name == nullptr) {
    return !arguments.empty() && arguments[0].is<Failed>()
               ? arguments[0]
               : evaluator.fail_invalid(place.callee, "A field is named by a text: f(\"id\")().");
  }
  const Value field = field_member(evaluator, native, *name, arguments[0].place);
  Native named = **field.as<const Native*>();
  named.is_strict = true;
  return begin_field(evaluator,
                     evaluator.heap().natives.emplace_back(named),
                     {arguments.begin() + 1, arguments.end()},
                     {place.call, arguments[0].place});
}

std::vector<const Selection*> labelled(Evaluator& evaluator,
                                       std::string_view label,
                                       const std::vector<const Selection*>& selections) {
  std::vector<const Selection*> result;
  for (const Selection* selection : selections) {
    Selection& copy = evaluator.heap().selections.emplace_back(*selection);
    if (copy.kind == Selection::Kind::inline_fragment) {
      copy.selections = labelled(evaluator, label, copy.selections);
    } else {
      copy.alias =
          evaluator.heap().keep(std::string(label) + "_" + std::string(selection->response_key()));
    }
    result.push_back(&copy);
  }
  return result;
}

Value colocate(Evaluator& evaluator, const std::vector<Value>& arguments, const CallPlace& place) {
  const auto* labels = arguments.empty() ? nullptr : arguments[0].as<const Object*>();
  if (labels == nullptr) {
    return !arguments.empty() && arguments[0].is<Failed>()
               ? arguments[0]
               : evaluator.fail_invalid(place.callee,
                                        "`$colocate` takes the selections of each label: "
                                        "$colocate({ list: { ...f(\"id\")() } }).");
  }
  Object& object = evaluator.heap().objects.emplace_back();
  for (const Object::Member& label : (*labels)->members) {
    add_selections(
        evaluator,
        object,
        labelled(
            evaluator, label.key, to_selections(evaluator, label.value, nullptr, label.place)));
  }
  return {&object, place.call};
}

std::vector<AppliedDirective> read_directives(Evaluator& evaluator, const Value& value) {
  std::vector<AppliedDirective> directives;
  const auto add = [&](std::string_view name, const Place& place, const Object* arguments) {
    AppliedDirective directive{name, place, {}};
    if (arguments != nullptr) {
      for (const Object::Member& member : arguments->members) {
        directive.arguments.push_back({member.key, member.place, member.value});
      }
    }
    directives.push_back(std::move(directive));
  };
  if (const auto* object = value.as<const Object*>()) {
    for (const Object::Member& member : (*object)->members) {
      const auto* arguments = member.value.as<const Object*>();
      add(member.key, member.place, arguments == nullptr ? nullptr : *arguments);
    }
    return directives;
  }
  std::vector<Value> items{value};
  if (const auto* array = value.as<const Array*>()) {
    items = (*array)->items;
  }
  for (const Value& item : items) {
    const auto* native = item.as<const Native*>();
    if (native != nullptr && (*native)->kind == NativeKind::directive) {
      add((*native)->name, item.place, (*native)->object);
    } else if (!item.is<Undefined>() && !item.is<Null>() && !item.is<Failed>()) {
      evaluator.fail_invalid(item.place,
                             "A directive is written as $dir.include({ if: $.all }), or as "
                             "{ include: { if: $.all } }.");
    }
  }
  return directives;
}

}  // namespace builder::composer
