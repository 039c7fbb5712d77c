#include <algorithm>

#include "builder/composer/dialect.h"
#include "builder/composer/evaluator.h"
#include "builder/composer/primitives.h"

// Calls, and what parameters bind.
namespace builder::composer {

using discovery::Expression;
using discovery::ExpressionIndex;
using discovery::ExpressionKind;
using discovery::k_no_expression;

namespace {

/// What `...rest` is in a pattern that binds the members `bound`. Nothing of what is not an object.
Object members_but(const Value& value, const std::set<std::string_view>& bound) {
  Object rest;
  if (const auto* object = value.as<const Object*>()) {
    for (const Object::Member& member : (*object)->members) {
      if (!bound.contains(member.key)) {
        rest.set(member);
      }
    }
  }
  return rest;
}

}  // namespace

Value Evaluator::evaluate_index(std::uint32_t source, ExpressionIndex index, const Scope* scope) {
  const Expression& expression = at(source, index);
  const Place place = place_of(source, index);
  const Value object = evaluate(source, expression.first, scope);
  const Value key = evaluate(source, at(source, expression.first).next, scope);
  if (object.is<Failed>() || key.is<Failed>()) {
    return {Failed{}, place};
  }
  if (expression.is_optional && (object.is<Undefined>() || object.is<Null>())) {
    return {Undefined{}, place};
  }
  const auto text = text_of(key);
  if (!text) {
    return fail_unsupported(key.place, "A key must be a text or a number that is known here.");
  }
  if (const auto* array = object.as<const Array*>()) {
    const auto position = array_index(*text);
    if (position && *position < (*array)->items.size()) {
      return {(*array)->items[*position].content, place};
    }
  }
  return member_of(object, heap_.keep(*text), place);
}

Value Evaluator::evaluate_call(std::uint32_t source, ExpressionIndex index, const Scope* scope) {
  const Expression& expression = at(source, index);
  if (expression.kind != ExpressionKind::call) {
    return evaluate(source, index, scope);
  }
  const Place place = place_of(source, index);
  if (is_freeze(source, expression.first, scope)) {
    return freeze(source, index, scope);
  }
  const Value callee = evaluate(source, expression.first, scope);
  if (is_too_deep_) {
    return {Failed{}, place};
  }
  const auto* native_callee = callee.as<const Native*>();
  const std::size_t limit = native_callee == nullptr ? SIZE_MAX : argument_limit(**native_callee);
  std::vector<Value> arguments;
  for (ExpressionIndex child = at(source, expression.first).next;
       child != k_no_expression && arguments.size() < limit;
       child = at(source, child).next) {
    if (at(source, child).kind != ExpressionKind::spread) {
      arguments.push_back(evaluate(source, child, scope));
      continue;
    }
    const Value spread = evaluate(source, at(source, child).first, scope);
    if (const auto* array = spread.as<const Array*>()) {
      if (!spend((*array)->items.size())) {
        return {Failed{}, place};
      }
      arguments.insert(arguments.end(), (*array)->items.begin(), (*array)->items.end());
    } else if (!spread.is<Failed>()) {
      return fail_unsupported(spread.place, "Only an array can be spread into arguments.");
    }
  }
  if (callee.is<Failed>()) {
    return {Failed{}, place};
  }
  if (const auto* closure = callee.as<const Closure*>()) {
    return call(**closure, arguments, place);
  }
  if (native_callee != nullptr) {
    // Errors about a field stand under its name and not under all that it selects.
    return call_native(*this, **native_callee, arguments, {place, callee.place});
  }
  return fail_unsupported(callee.place, "This is " + describe(callee) + " and cannot be called.");
}

/// `Object.freeze`, unless the file has an `Object` of its own.
bool Evaluator::is_freeze(std::uint32_t source, ExpressionIndex callee, const Scope* scope) const {
  const discovery::NameChain chain = discovery::chain_at(project_.facts(source), callee);
  return chain.names.size() == 2 && chain.names[0] == "Object" && chain.names[1] == "freeze" &&
         find_in(scope, chain.names[0]) == nullptr &&
         project_.values(source).find(chain.names[0], chain.span.begin) == nullptr;
}

/// What is frozen is what it was.
Value Evaluator::freeze(std::uint32_t source, ExpressionIndex call, const Scope* scope) {
  const ExpressionIndex argument = at(source, at(source, call).first).next;
  return argument == k_no_expression || at(source, argument).kind == ExpressionKind::spread
             ? fail_unsupported(place_of(source, call), "`Object.freeze` takes one value.")
             : evaluate(source, argument, scope);
}

Value Evaluator::call(const Closure& closure,
                      const std::vector<Value>& arguments,
                      const Place& place) {
  Scope& scope = heap_.scopes.emplace_back();
  scope.outer = closure.scope;
  ExpressionIndex child = at(closure.source, closure.function).first;
  std::size_t position = 0;
  for (; at(closure.source, child).next != k_no_expression;
       child = at(closure.source, child).next) {
    if (at(closure.source, child).kind == ExpressionKind::rest) {
      Array& rest = heap_.arrays.emplace_back();
      rest.items.assign(
          arguments.begin() + static_cast<std::ptrdiff_t>(std::min(position, arguments.size())),
          arguments.end());
      bind(closure.source, at(closure.source, child).first, {&rest, place}, scope);
      continue;
    }
    bind(closure.source,
         child,
         position < arguments.size() ? arguments[position] : Value{Undefined{}, place},
         scope);
    ++position;
  }
  return evaluate(closure.source, child, &scope);
}

void Evaluator::bind(std::uint32_t source, ExpressionIndex pattern, Value value, Scope& scope) {
  const Expression& expression = at(source, pattern);
  switch (expression.kind) {
    case ExpressionKind::name:
      scope.names.emplace_back(expression.text, value);
      break;
    case ExpressionKind::default_pattern:
      if (value.is<Undefined>()) {
        value = evaluate(source, at(source, expression.first).next, &scope);
      }
      bind(source, expression.first, value, scope);
      break;
    case ExpressionKind::object_pattern:
      bind_object(source, pattern, value, scope);
      break;
    case ExpressionKind::array_pattern:
      bind_array(source, pattern, value, scope);
      break;
    default:
      fail(place_of(source, pattern),
           opaque_code(expression.text),
           opaque_message(expression.kind == ExpressionKind::opaque ? expression.text
                                                                    : "a pattern of this kind"));
      break;
  }
}

void Evaluator::bind_object(std::uint32_t source,
                            ExpressionIndex pattern,
                            const Value& value,
                            Scope& scope) {
  std::set<std::string_view> bound;
  for (ExpressionIndex child = at(source, pattern).first; child != k_no_expression;
       child = at(source, child).next) {
    const Expression& part = at(source, child);
    if (part.kind == ExpressionKind::rest) {
      const Object& rest = heap_.objects.emplace_back(members_but(value, bound));
      bind(source, part.first, {&rest, place_of(source, child)}, scope);
      continue;
    }
    if (part.kind != ExpressionKind::property) {
      fail_unsupported(place_of(source, child), "A key in a pattern must be a plain name.");
      continue;
    }
    bound.insert(part.text);
    const auto* object = value.as<const Object*>();
    const Object::Member* member = object == nullptr ? nullptr : (*object)->find(part.text);
    Value inner{Undefined{}, place_of(source, child)};
    if (member != nullptr) {
      inner = member->value;
    } else if (object == nullptr && !value.is<Undefined>()) {
      inner = member_of(value, part.text, place_of(source, child));
    }
    bind(source, part.first, inner, scope);
  }
}

void Evaluator::bind_array(std::uint32_t source,
                           ExpressionIndex pattern,
                           const Value& value,
                           Scope& scope) {
  const auto* array = value.as<const Array*>();
  if (array == nullptr) {
    if (!value.is<Failed>()) {
      fail_unsupported(place_of(source, pattern), "Only an array can be taken apart like this.");
    }
    return;
  }
  std::size_t position = 0;
  for (ExpressionIndex child = at(source, pattern).first; child != k_no_expression;
       child = at(source, child).next, ++position) {
    if (at(source, child).kind == ExpressionKind::hole) {
      continue;
    }
    const bool is_there = position < (*array)->items.size();
    bind(source,
         child,
         is_there ? (*array)->items[position] : Value{Undefined{}, place_of(source, child)},
         scope);
  }
}

}  // namespace builder::composer
