#include "builder/composer/evaluator.h"

#include <algorithm>

#include "base/check.h"
#include "base/suggestion.h"
#include "builder/composer/dialect.h"
#include "builder/composer/primitives.h"
#include "builder/composer/selections.h"

namespace builder::composer {

namespace {

using discovery::Expression;
using discovery::ExpressionIndex;
using discovery::ExpressionKind;
using discovery::k_no_expression;
using discovery::NameChain;
using discovery::ResolvedName;
using discovery::ValueFact;

/// Work for one definition: a selection of ten thousand fields takes a tenth of it, and all of it
/// takes less than a second.
constexpr std::size_t k_steps = 500'000;
/// How deep expressions and calls may nest, which bounds the stack.
constexpr unsigned k_deepest = 400;

const Value* find_in(const Scope* scope, std::string_view name) {
  for (; scope != nullptr; scope = scope->outer) {
    for (auto binding = scope->names.rbegin(); binding != scope->names.rend(); ++binding) {
      if (binding->first == name) {
        return &binding->second;
      }
    }
  }
  return nullptr;
}

std::string why_unresolved(const ResolvedName& name, const std::string& written) {
  switch (name.kind) {
    case ResolvedName::Kind::package:
    case ResolvedName::Kind::call_result:
      return "\"" + written + "\" comes from the package \"" + name.specifier +
             "\": what it is cannot be known without running code.";
    case ResolvedName::Kind::unresolved_module:
      return "The module \"" + name.specifier + "\" of \"" + written + "\" cannot be found.";
    case ResolvedName::Kind::missing_export:
      return "The module \"" + name.specifier + "\" does not export \"" +
             joined_by_dots(name.path) + "\".";
    case ResolvedName::Kind::ambiguous:
      return "\"" + written + "\" is exported more than once by \"" + name.specifier + "\".";
    case ResolvedName::Kind::binding:
    case ResolvedName::Kind::local:
    case ResolvedName::Kind::unbound:
      break;
  }
  return "What \"" + written +
         "\" stands for cannot be known without running code. Use a literal, a definition, or a "
         "`const` at module level that holds one.";
}

}  // namespace

class Evaluator::Depth {
 public:
  explicit Depth(Evaluator& evaluator) : evaluator_(evaluator) { ++evaluator_.depth_; }
  ~Depth() { --evaluator_.depth_; }
  Depth(const Depth&) = delete;
  Depth& operator=(const Depth&) = delete;

 private:
  Evaluator& evaluator_;
};

Evaluator::Evaluator(const ComposerProject& project, std::uint32_t composition)
    : project_(project),
      schema_(project.compositions()[composition].schema),
      steps_left_(k_steps),
      expanding_{composition} {
  base::check(schema_ != nullptr, "a composition without a schema is not evaluated");
}

Place Evaluator::place_of(std::uint32_t source, ExpressionIndex index) const {
  return place_of(source, at(source, index).span);
}

Value Evaluator::fail(const Place& place, const char* code, std::string message) {
  base::Diagnostic diagnostic;
  diagnostic.range = {project_.input().sources[place.source].path, place.span};
  diagnostic.code = code;
  diagnostic.message = std::move(message);
  if (reported_.emplace(diagnostic.range, diagnostic.message).second) {
    diagnostics_.push_back({place.owner, std::move(diagnostic)});
  }
  return {Failed{}, place};
}

Value Evaluator::fail_unsupported(const Place& place, std::string message) {
  return fail(place, "UnsupportedExpression", std::move(message));
}

Value Evaluator::fail_invalid(const Place& place, std::string message) {
  return fail(place, "InvalidComposition", std::move(message));
}

bool Evaluator::spend(std::size_t steps) {
  if (!is_exhausted_ && steps <= steps_left_) {
    steps_left_ -= steps;
    return true;
  }
  if (!is_exhausted_) {
    is_exhausted_ = true;
    const Composition& root = project_.compositions()[expanding_.front()];
    const discovery::CompositionSite& site = project_.facts(root.source).sites[root.site];
    fail({root.source, expanding_.front(), site.callee.span},
         "EvaluationLimit",
         "Evaluating this definition takes more than " + std::to_string(k_steps) +
             " steps. Make it smaller: look for arrays that are spread into one another.");
  }
  return false;
}

bool Evaluator::enter(std::uint32_t composition, const Place& use) {
  if (std::find(expanding_.begin(), expanding_.end(), composition) != expanding_.end()) {
    fail(use, "CircularComposition", "This definition needs itself: the circle cannot be built.");
    return false;
  }
  expanding_.push_back(composition);
  expanded_.insert(composition);
  return true;
}

const Element* Evaluator::element_of(std::uint32_t composition, const Place& use) {
  const auto [known, is_new] = known_elements_.try_emplace(composition, nullptr);
  if (!is_new) {
    return known->second;
  }
  expanded_.insert(composition);
  const Composition& definition = project_.compositions()[composition];
  if (definition.error) {
    // Its own file says so; and whoever needs it is blocked by it.
    diagnostics_.push_back({composition, *definition.error});
    return nullptr;
  }
  if (definition.label != project_.compositions()[expanding_.front()].label) {
    fail_invalid(use,
                 "This definition is of the schema \"" + definition.label +
                     "\" and cannot be used in one of another schema.");
    return nullptr;
  }
  expanding_.push_back(composition);
  const Element* element = evaluate_element(*this, composition);
  expanding_.pop_back();
  known_elements_[composition] = element;
  return element;
}

Value Evaluator::evaluate(std::uint32_t source, ExpressionIndex index, const Scope* scope) {
  const Depth depth(*this);
  if (depth_ > k_deepest) {
    return fail(place_of(source, index),
                "EvaluationLimit",
                "Expressions and calls nest more than " + std::to_string(k_deepest) +
                    " deep here. A function that calls itself cannot be evaluated.");
  }
  if (!spend(1)) {
    return {Failed{}, place_of(source, index)};
  }
  return evaluate_one(source, index, scope);
}

Value Evaluator::evaluate_one(std::uint32_t source, ExpressionIndex index, const Scope* scope) {
  const Expression& expression = at(source, index);
  const Place place = place_of(source, expression.span);
  switch (expression.kind) {
    case ExpressionKind::opaque:
      return fail_unsupported(place, opaque_message(expression.text));
    case ExpressionKind::null_value:
      return {Null{}, place};
    case ExpressionKind::boolean:
      return {expression.text == "true", place};
    case ExpressionKind::number:
      return {number_value(expression.text), place};
    case ExpressionKind::string:
      return {std::string_view(expression.text), place};
    case ExpressionKind::template_literal:
      return evaluate_text(source, index, scope);
    case ExpressionKind::template_text:
      return {std::string_view(project_.facts(source).texts[expression.mapped].text()), place};
    case ExpressionKind::tagged_template:
      return evaluate_tagged(source, index, scope);
    case ExpressionKind::name:
    case ExpressionKind::member:
      return evaluate_chain(source, index, scope);
    case ExpressionKind::index:
      return evaluate_index(source, index, scope);
    case ExpressionKind::call:
      return evaluate_call(source, index, scope);
    case ExpressionKind::site:
      return evaluate_site(source, expression.mapped, scope, place);
    case ExpressionKind::object:
      return evaluate_object(source, index, scope);
    case ExpressionKind::array:
      return evaluate_array(source, index, scope);
    case ExpressionKind::function:
      return {&heap_.closures.emplace_back(Closure{source, index, scope}), place};
    case ExpressionKind::conditional:
      return evaluate_conditional(source, index, scope);
    case ExpressionKind::unary:
      return evaluate_unary(source, index, scope);
    case ExpressionKind::binary:
      return evaluate_binary(source, index, scope);
    case ExpressionKind::hole:
      return {Undefined{}, place};
    case ExpressionKind::property:
    case ExpressionKind::computed_property:
    case ExpressionKind::spread:
    case ExpressionKind::object_pattern:
    case ExpressionKind::array_pattern:
    case ExpressionKind::default_pattern:
    case ExpressionKind::rest:
      break;
  }
  base::check(false, "parts of expressions are evaluated with what they are part of");
  return {Failed{}, place};
}

Value Evaluator::evaluate_chain(std::uint32_t source, ExpressionIndex index, const Scope* scope) {
  const Expression& expression = at(source, index);
  const NameChain chain = discovery::chain_at(project_.facts(source), index);
  if (!chain.empty()) {
    const Value* bound = find_in(scope, chain.names.front());
    if (bound == nullptr) {
      return evaluate_free(source, chain, index);
    }
    if (expression.kind == ExpressionKind::name) {
      return {bound->content, place_of(source, index)};
    }
  }
  const Value object = evaluate(source, expression.first, scope);
  const bool is_nothing = object.is<Undefined>() || object.is<Null>();
  if (expression.is_optional && is_nothing) {
    return {Undefined{}, place_of(source, index)};
  }
  return member_of(object, expression.text, place_of(source, index));
}

Value Evaluator::evaluate_free(std::uint32_t source,
                               const NameChain& chain,
                               ExpressionIndex index) {
  const Place place = place_of(source, index);
  const std::string& root = chain.names.front();
  const ValueFact* own = project_.values(source).find(root, chain.span.begin);
  if (own != nullptr && own->is_local) {
    return evaluate_path(source, chain.names, own, place);
  }
  const auto resolved = project_.input().names.find({source, composer_name(chain.names)});
  const bool is_elsewhere = resolved != project_.input().names.end() &&
                            resolved->second.kind == ResolvedName::Kind::binding;
  if (is_elsewhere) {
    const auto target = project_.find_source(resolved->second.file);
    const std::vector<std::string>& path = resolved->second.path;
    const ValueFact* value =
        target && !path.empty() ? project_.values(*target).find_global(path.front()) : nullptr;
    if (value != nullptr) {
      return evaluate_path(*target, path, value, place);
    }
  } else if (own != nullptr) {
    return evaluate_path(source, chain.names, own, place);
  }
  if (root == "undefined") {
    return {Undefined{}, place};
  }
  return fail_unsupported(
      place,
      why_unresolved(resolved == project_.input().names.end() ? ResolvedName{} : resolved->second,
                     joined_by_dots(chain.names)));
}

// The members behind the first name of `path`, which stands for `value`.
Value Evaluator::evaluate_path(std::uint32_t source,
                               const std::vector<std::string>& path,
                               const ValueFact* value,
                               const Place& place) {
  Value result = evaluate_value(source, *value, place);
  for (std::size_t i = 1; i < path.size(); ++i) {
    result = member_of(result, heap_.keep(path[i]), place);
  }
  result.place = place;
  return result;
}

Value Evaluator::evaluate_value(std::uint32_t source, const ValueFact& value, const Place& use) {
  const auto key = std::pair{source, value.value};
  const auto known = known_values_.find(key);
  if (known != known_values_.end()) {
    return known->second;
  }
  const Expression& expression = at(source, value.value);
  if (expression.kind == ExpressionKind::opaque) {
    // What is wrong is the use: the declaration is good code.
    return fail_unsupported(use, "\"" + value.name + "\" is " + opaque_value(expression.text));
  }
  if (!open_values_.insert(key).second) {
    return fail(use, "CircularComposition", "\"" + value.name + "\" is defined by itself.");
  }
  const Value result = evaluate(source, value.value, nullptr);
  open_values_.erase(key);
  known_values_.emplace(key, result);
  return result;
}

Value Evaluator::evaluate_site(std::uint32_t source,
                               std::uint32_t site,
                               const Scope* scope,
                               Place place) {
  const auto composition = project_.find(source, site);
  if (!composition) {
    return evaluate_call(source, project_.facts(source).sites[site].call, scope);
  }
  return {DefinitionRef{*composition}, place};
}

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
  const Value callee = evaluate(source, expression.first, scope);
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
      fail_unsupported(place_of(source, pattern),
                       "This pattern cannot be evaluated. Bind a name, or members by name.");
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
      Object& rest = heap_.objects.emplace_back();
      if (const auto* object = value.as<const Object*>()) {
        for (const Object::Member& member : (*object)->members) {
          if (!bound.contains(member.key)) {
            rest.set(member);
          }
        }
      }
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

Value Evaluator::member_of(const Value& object, std::string_view name, const Place& place) {
  if (object.is<Failed>()) {
    return {Failed{}, place};
  }
  if (const auto* members = object.as<const Object*>()) {
    if (const Object::Member* member = (*members)->find(name)) {
      return {member->value.content, place};
    }
    std::vector<std::string_view> names;
    for (const Object::Member& member : (*members)->members) {
      names.push_back(member.key);
    }
    return fail_invalid(place,
                        "There is no member \"" + std::string(name) + "\" here." +
                            base::did_you_mean(base::suggestions_for(name, names)));
  }
  if (const auto* array = object.as<const Array*>()) {
    if (name == "length") {
      return {static_cast<double>((*array)->items.size()), place};
    }
  }
  if (object.is<const Native*>() || object.is<DefinitionRef>() || object.is<const Element*>()) {
    return native_member(*this, object, name, place);
  }
  return fail_unsupported(place,
                          "\"" + std::string(name) + "\" of " + describe(object) +
                              " cannot be known without running code. Write the value itself.");
}

void Evaluator::set_member(Object& object, const Object::Member& member) {
  const Object::Member* known = object.find(member.key);
  if (known != nullptr) {
    const auto* before = known->value.as<const Selection*>();
    const auto* after = member.value.as<const Selection*>();
    if (before != nullptr && after != nullptr && !covers(*this, **after, **before)) {
      fail((*after)->place,
           "FieldReplaced",
           "\"" + std::string(member.key) +
               "\" is selected before, in another way, and what that selects would be lost. Select "
               "it once with all that is wanted of it, or give one of them an alias.");
      return;
    }
  }
  object.set(member);
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
