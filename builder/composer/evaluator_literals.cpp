#include <algorithm>

#include "builder/composer/evaluator.h"
#include "builder/composer/primitives.h"
#include "builder/composer/selections.h"

// Objects, arrays, templates and operators.
namespace builder::composer {

using discovery::Expression;
using discovery::ExpressionIndex;
using discovery::ExpressionKind;
using discovery::k_no_expression;

void Evaluator::set_member(Object& object, const Object::Member& member) {
  const Object::Member* known = object.find(member.key);
  if (known != nullptr && would_lose(*known, member)) {
    const auto* selection = member.value.as<const Selection*>();
    fail(selection == nullptr ? member.place : (*selection)->place,
         "FieldReplaced",
         "\"" + std::string(member.key) +
             "\" is selected before, in another way, and what that selects would be lost. Select "
             "it once with all that is wanted of it, or give one of them another name.");
    return;
  }
  object.set(member);
}

// Whoever writes `undefined`, `null` or `false` over a selection means to drop it.
bool Evaluator::would_lose(const Object::Member& before, const Object::Member& after) {
  const auto* old_selection = before.value.as<const Selection*>();
  const auto* new_selection = after.value.as<const Selection*>();
  const auto is_true = [](const Value& value) { return value.is<bool>() && *value.as<bool>(); };
  if (old_selection != nullptr && new_selection != nullptr) {
    return !covers(*this, **new_selection, **old_selection);
  }
  if (old_selection != nullptr) {
    return is_true(after.value) && !is_plain_field(**old_selection);
  }
  if (new_selection != nullptr) {
    return is_true(before.value) && !is_plain_field(**new_selection);
  }
  const auto* old_object = before.value.as<const Object*>();
  const auto* new_object = after.value.as<const Object*>();
  if (old_object == nullptr || new_object == nullptr || *old_object == *new_object) {
    return false;
  }
  // Slices under one label.
  return std::any_of((*old_object)->members.begin(),
                     (*old_object)->members.end(),
                     [&](const Object::Member& member) {
                       const Object::Member* same = (*new_object)->find(member.key);
                       return member.value.is<const Selection*>() &&
                              (same == nullptr || !same->value.is<const Selection*>() ||
                               would_lose(member, *same));
                     });
}

void Evaluator::spread_into(Object& object, const Value& value) {
  if (const auto* other = value.as<const Object*>()) {
    if (!spend((*other)->members.size())) {
      return;
    }
    for (const Object::Member& member : (*other)->members) {
      set_member(object, member);
    }
    return;
  }
  const bool is_nothing = value.is<Undefined>() || value.is<Null>() || value.is<Failed>() ||
                          (value.is<bool>() && !*value.as<bool>());
  if (!is_nothing && !report_unfinished(*this, value)) {
    fail_unsupported(value.place, "This is " + describe(value) + " and cannot be spread here.");
  }
}

Value Evaluator::evaluate_object(std::uint32_t source, ExpressionIndex index, const Scope* scope) {
  Object& object = heap_.objects.emplace_back();
  for (ExpressionIndex child = at(source, index).first; child != k_no_expression;
       child = at(source, child).next) {
    const Expression& part = at(source, child);
    const Place place = place_of(source, child);
    if (part.kind == ExpressionKind::property) {
      set_member(object, {part.text, place, evaluate(source, part.first, scope)});
    } else if (part.kind == ExpressionKind::computed_property) {
      const Value key = evaluate(source, part.first, scope);
      const Value value = evaluate(source, at(source, part.first).next, scope);
      if (const auto text = text_of(key)) {
        set_member(object, {heap_.keep(*text), key.place, value});
      } else if (!key.is<Failed>()) {
        fail_unsupported(key.place, "A key must be a text or a number that is known here.");
      }
    } else if (part.kind == ExpressionKind::spread) {
      spread_into(object, evaluate(source, part.first, scope));
    } else {
      evaluate(source, child, scope);
    }
  }
  return {&object, place_of(source, index)};
}

Value Evaluator::evaluate_array(std::uint32_t source, ExpressionIndex index, const Scope* scope) {
  Array& array = heap_.arrays.emplace_back();
  for (ExpressionIndex child = at(source, index).first; child != k_no_expression;
       child = at(source, child).next) {
    if (at(source, child).kind != ExpressionKind::spread) {
      array.items.push_back(evaluate(source, child, scope));
      continue;
    }
    const Value value = evaluate(source, at(source, child).first, scope);
    if (const auto* other = value.as<const Array*>()) {
      if (!spend((*other)->items.size())) {
        break;
      }
      array.items.insert(array.items.end(), (*other)->items.begin(), (*other)->items.end());
    } else if (!value.is<Failed>()) {
      fail_unsupported(
          value.place,
          "Only an array can be spread into an array; this is " + describe(value) + ".");
    }
  }
  return {&array, place_of(source, index)};
}

Value Evaluator::evaluate_text(std::uint32_t source, ExpressionIndex index, const Scope* scope) {
  std::string text;
  for (ExpressionIndex child = at(source, index).first; child != k_no_expression;
       child = at(source, child).next) {
    const Value part = evaluate(source, child, scope);
    const auto piece = text_of(part);
    if (part.is<Failed>()) {
      return {Failed{}, place_of(source, index)};
    }
    if (!piece) {
      return fail_unsupported(part.place,
                              "The text of " + describe(part) + " cannot be known here.");
    }
    text += *piece;
    // Texts may double as arrays may.
    if (!spend(piece->size() / 16)) {
      return {Failed{}, place_of(source, index)};
    }
  }
  return {heap_.keep(std::move(text)), place_of(source, index)};
}

Value Evaluator::evaluate_tagged(std::uint32_t source, ExpressionIndex index, const Scope* scope) {
  const Expression& expression = at(source, index);
  const Value tag = evaluate(source, expression.first, scope);
  const Place place = place_of(source, index);
  if (tag.is<Failed>()) {
    return {Failed{}, place};
  }
  const auto* native = tag.as<const Native*>();
  if (native == nullptr || (*native)->kind != NativeKind::template_of) {
    return fail_unsupported(tag.place,
                            "A template here needs query(\"Name\"), mutation(\"Name\"), "
                            "subscription(\"Name\") or fragment(\"Name\", \"Type\") before it.");
  }
  Element& element = heap_.elements.emplace_back(*(*native)->element);
  element.source = source;
  element.body = at(source, expression.first).next;
  element.scope = scope;
  Native& done = heap_.natives.emplace_back();
  done.kind = NativeKind::template_done;
  done.element = &element;
  return {&done, place};
}

Value Evaluator::evaluate_conditional(std::uint32_t source,
                                      ExpressionIndex index,
                                      const Scope* scope) {
  const ExpressionIndex condition = at(source, index).first;
  const ExpressionIndex consequence = at(source, condition).next;
  const Value value = evaluate(source, condition, scope);
  const auto truth = truth_of(value);
  if (!truth) {
    return value.is<Failed>()
               ? Value{Failed{}, place_of(source, index)}
               : fail_unsupported(
                     value.place,
                     "What this is can be known only when the operation runs. Use the "
                     "directives @include and @skip for selections that depend on it.");
  }
  return evaluate(source, *truth ? consequence : at(source, consequence).next, scope);
}

Value Evaluator::evaluate_unary(std::uint32_t source, ExpressionIndex index, const Scope* scope) {
  const Value value = evaluate(source, at(source, index).first, scope);
  const auto result = unary_value(at(source, index).text, value);
  if (result) {
    return {*result, place_of(source, index)};
  }
  return value.is<Failed>() ? value
                            : fail_unsupported(place_of(source, index),
                                               "`" + at(source, index).text + "` of " +
                                                   describe(value) + " cannot be evaluated.");
}

Value Evaluator::evaluate_binary(std::uint32_t source, ExpressionIndex index, const Scope* scope) {
  const std::string& op = at(source, index).text;
  const ExpressionIndex first = at(source, index).first;
  const Place place = place_of(source, index);
  const Value left = evaluate(source, first, scope);
  if (left.is<Failed>()) {
    return {Failed{}, place};
  }
  const ExpressionIndex second = at(source, first).next;
  if (op == "??") {
    return left.is<Undefined>() || left.is<Null>() ? evaluate(source, second, scope) : left;
  }
  if (op == "&&" || op == "||") {
    const auto truth = truth_of(left);
    if (!truth) {
      return fail_unsupported(left.place,
                              "What this is can be known only when the operation runs. Use the "
                              "directives @include and @skip for selections that depend on it.");
    }
    return *truth == (op == "&&") ? evaluate(source, second, scope) : left;
  }
  const Value right = evaluate(source, second, scope);
  if (right.is<Failed>()) {
    return {Failed{}, place};
  }
  const auto result = binary_value(op, left, right, heap_);
  if (!result) {
    return fail_unsupported(place,
                            "`" + op + "` of " + describe(left) + " and " + describe(right) +
                                " cannot be evaluated. Write the value itself.");
  }
  Value value{*result, place};
  const auto* text = value.as<std::string_view>();
  if (text != nullptr && !spend(text->size() / 16)) {
    value.content = Failed{};
  }
  return value;
}

}  // namespace builder::composer
