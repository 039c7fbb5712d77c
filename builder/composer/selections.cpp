#include "builder/composer/selections.h"

#include <algorithm>
#include <string>

#include "builder/composer/fields.h"
#include "builder/composer/primitives.h"
#include "builder/composer/variables.h"
#include "builder/composer/write_document.h"

namespace builder::composer {

namespace {

bool is_nothing(const Value& value) {
  return value.is<Undefined>() || value.is<Null>() || value.is<Failed>() ||
         (value.is<bool>() && !*value.as<bool>());
}

/// Everything of a selection but what it selects in turn.
std::string head_of(Evaluator& evaluator, const Selection& selection) {
  ComposedText text;
  write_selection_head(evaluator, selection, text);
  return text.text;
}

const Selection* find_key(const std::vector<const Selection*>& selections,
                          const Selection& wanted) {
  const auto found =
      std::find_if(selections.begin(), selections.end(), [&wanted](const Selection* one) {
        return one->kind == wanted.kind && one->response_key() == wanted.response_key();
      });
  return found == selections.end() ? nullptr : *found;
}

/// Puts what `selections` select into an inline fragment on `type_name`.
const Selection* wrapped(Evaluator& evaluator,
                         std::string_view type_name,
                         const Place& place,
                         std::vector<const Selection*> selections) {
  Selection& part = evaluator.heap().selections.emplace_back();
  part.kind = Selection::Kind::inline_fragment;
  part.place = place;
  part.name = type_name;
  part.has_selections = true;
  part.selections = std::move(selections);
  return &part;
}

/// Gathers the items of an array, or the members of an object, by their keys.
class Collector {
 public:
  Collector(Evaluator& evaluator, const graphql::SchemaType* type)
      : evaluator_(evaluator), type_(type) {}

  void add_item(const Value& item) {
    if (const auto* object = item.as<const Object*>()) {
      add_object(**object, item.place);
    } else if (!is_nothing(item) && !add_unknown_field(item) &&
               !report_unfinished(evaluator_, item)) {
      evaluator_.fail_invalid(item.place,
                              "This is " + describe(item) +
                                  " and selects nothing. Use a field, f.id(), or the fields of a "
                                  "model, productModel.fragment().");
    }
  }

  std::vector<const Selection*> take() const {
    std::vector<const Selection*> selections;
    for (const Object::Member& member : gathered_.members) {
      if (const auto* selection = member.value.as<const Selection*>()) {
        selections.push_back(*selection);
      }
    }
    return selections;
  }

 private:
  void add_object(const Object& object, const Place& place) {
    const bool is_of_other_type =
        !object.type_name.empty() && type_ != nullptr && object.type_name != type_->name.text;
    if (is_of_other_type) {
      std::vector<const Selection*> inner;
      for (const Object::Member& member : object.members) {
        if (const auto* selection = member.value.as<const Selection*>()) {
          inner.push_back(*selection);
        }
      }
      add_selections(
          evaluator_, gathered_, {wrapped(evaluator_, object.type_name, place, std::move(inner))});
      return;
    }
    if (!evaluator_.spend(object.members.size())) {
      return;
    }
    for (const Object::Member& member : object.members) {
      add_member(member);
    }
  }

  void add_member(const Object::Member& member) {
    if (const auto* selection = member.value.as<const Selection*>()) {
      add_selections(evaluator_, gathered_, {*selection});
    } else if (member.value.is<bool>() && *member.value.as<bool>()) {
      // `id: true` is short for the field.
      const Value fields = fields_of(evaluator_, type_, member.place);
      const Value field =
          field_member(evaluator_, **fields.as<const Native*>(), member.key, member.place);
      add_item(
          call_field(evaluator_, **field.as<const Native*>(), {}, {member.place, member.place}));
    } else if (member.value.is<const Object*>()) {
      evaluator_.fail_invalid(member.place,
                              "\"" + std::string(member.key) +
                                  "\" is no field but an object of them, whose key has no meaning "
                                  "here. Spread it, ...f(\"id\")(), or put it into an array.");
    } else {
      add_item(member.value);
    }
  }

  /// A field that the schema does not have may be finished or not: validation reports it.
  bool add_unknown_field(const Value& item) {
    const auto* native = item.as<const Native*>();
    const bool is_unknown = native != nullptr && (*native)->kind == NativeKind::selected_field &&
                            (*native)->selection->field == nullptr && !(*native)->is_strict;
    if (is_unknown) {
      add_selections(evaluator_, gathered_, {(*native)->selection});
    }
    return is_unknown;
  }

  Evaluator& evaluator_;
  const graphql::SchemaType* type_;
  Object gathered_;
};

}  // namespace

bool covers(Evaluator& evaluator, const Selection& later, const Selection& earlier) {
  if (&later == &earlier) {
    return true;
  }
  if (later.kind != earlier.kind || head_of(evaluator, later) != head_of(evaluator, earlier) ||
      !evaluator.spend(earlier.selections.size())) {
    return false;
  }
  return std::all_of(
      earlier.selections.begin(), earlier.selections.end(), [&](const Selection* one) {
        const Selection* other = find_key(later.selections, *one);
        return other != nullptr && covers(evaluator, *other, *one);
      });
}

void add_selections(Evaluator& evaluator,
                    Object& object,
                    const std::vector<const Selection*>& selections) {
  for (const Selection* selection : selections) {
    if (!evaluator.spend(1)) {
      return;
    }
    std::string_view key = selection->response_key();
    if (selection->kind != Selection::Kind::field) {
      // No field is called so.
      key = evaluator.heap().keep("..." + std::to_string(object.members.size()));
    }
    evaluator.set_member(object, {key, selection->place, {selection, selection->place}});
  }
}

std::vector<const Selection*> to_selections(Evaluator& evaluator,
                                            const Value& value,
                                            const graphql::SchemaType* type,
                                            const Place& place) {
  Collector collector(evaluator, type);
  if (const auto* array = value.as<const Array*>()) {
    for (const Value& item : (*array)->items) {
      if (!evaluator.spend(1)) {
        break;
      }
      collector.add_item(item);
    }
  } else if (value.is<const Object*>()) {
    collector.add_item(value);
  } else if (!value.is<Failed>() && !report_unfinished(evaluator, value)) {
    evaluator.fail_invalid(
        value.is<Undefined>() ? place : value.place,
        "What is selected must be an array, [f.id(), f.name()]; this is " + describe(value) + ".");
  }
  return collector.take();
}

std::vector<const Selection*> select(Evaluator& evaluator,
                                     const Closure& closure,
                                     const graphql::SchemaType* type,
                                     const Object* values,
                                     const Place& place) {
  Object& argument = evaluator.heap().objects.emplace_back();
  argument.set({"f", place, fields_of(evaluator, type, place)});
  if (values != nullptr) {
    argument.set({"$", place, values_of(evaluator, *values, place)});
  }
  const Value result = evaluator.call(closure, {{&argument, place}}, place);
  return to_selections(evaluator, result, type, place);
}

bool report_unfinished(Evaluator& evaluator, const Value& value) {
  if (value.is<DefinitionRef>() || value.is<const Element*>()) {
    evaluator.fail_invalid(value.place,
                           "A definition selects nothing by itself. Call what it offers: "
                           "productModel.fragment(), productSlice.build({ id: $.id }), "
                           "productFragment.spread().");
    return true;
  }
  const auto* found = value.as<const Native*>();
  if (found == nullptr) {
    return false;
  }
  const Native& native = **found;
  const std::string name(native.name);
  if (native.kind == NativeKind::field) {
    evaluator.fail(
        value.place,
        "MissingSelection",
        "The field \"" + name + "\" is not selected before it is called: f." + name + "().");
    return true;
  }
  if (native.kind == NativeKind::selected_field) {
    const graphql::SchemaField* field = native.selection->field;
    const bool is_leaf = field == nullptr || !evaluator.schema().type(field->type).is_composite();
    const std::string form = native.is_strict ? "...f(\"" + name + "\")(({ f }) => ({ ... }))"
                                              : "f." + name + "()(({ f }) => [...])";
    evaluator.fail(
        value.place,
        "MissingSelection",
        is_leaf
            ? "The field \"" + name + "\" is not selected before a second call: f(\"" + name +
                  "\")()."
            : "The field \"" + name + "\" of type \"" + evaluator.schema().to_text(field->type) +
                  "\" needs a selection: call it again with a function that says which of its "
                  "fields are wanted, " +
                  form + ".");
    return true;
  }
  if (native.kind == NativeKind::expansion) {
    evaluator.fail_invalid(value.place,
                           "This function selects nothing before it is called, with the values of "
                           "the variables if there are any.");
    return true;
  }
  return false;
}

bool is_plain_field(const Selection& selection) {
  return selection.kind == Selection::Kind::field && selection.alias.empty() &&
         selection.directives.empty() && !selection.has_selections &&
         std::all_of(selection.arguments.begin(),
                     selection.arguments.end(),
                     [](const ArgumentValue& one) { return one.value.is<Undefined>(); });
}

void SelectionMerger::add(const std::vector<const Selection*>& selections) {
  for (const Selection* one : selections) {
    std::vector<std::size_t>& places = by_key_[one->response_key()];
    if (!evaluator_.spend(1 + places.size())) {
      return;
    }
    const auto same = std::find_if(places.begin(), places.end(), [&](std::size_t place) {
      return merged_[place] == one || can_merge(*merged_[place], *one);
    });
    if (same == places.end()) {
      places.push_back(merged_.size());
      merged_.push_back(one);
    } else if (merged_[*same] != one && one->has_selections) {
      Selection& merged = evaluator_.heap().selections.emplace_back(*merged_[*same]);
      SelectionMerger inner(evaluator_);
      inner.add(merged.selections);
      inner.add(one->selections);
      merged.selections = inner.take();
      merged_[*same] = &merged;
    }
  }
}

bool SelectionMerger::can_merge(const Selection& one, const Selection& other) {
  return one.kind == other.kind && one.has_selections == other.has_selections &&
         one.directives.empty() && other.directives.empty() &&
         head_of(evaluator_, one) == head_of(evaluator_, other);
}

}  // namespace builder::composer
