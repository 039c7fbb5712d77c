#include "builder/composer/evaluator.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/suggestion.h"
#include "base/utf8.h"
#include "builder/composer/dialect.h"
#include "builder/composer/primitives.h"

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

/// `root` is what a longer name begins with.
std::string why_unresolved(const ResolvedName& name,
                           const std::string& root,
                           const std::string& written) {
  switch (name.kind) {
    case ResolvedName::Kind::package:
    case ResolvedName::Kind::call_result:
      return "\"" + written + "\" comes from the package \"" + name.specifier +
             "\": what it is cannot be known without running code.";
    case ResolvedName::Kind::unresolved_module:
    case ResolvedName::Kind::unread_module:
      return "The module \"" + name.specifier + "\" of \"" + root + "\" cannot be found.";
    case ResolvedName::Kind::missing_export:
      if (name.specifier.ends_with(".json")) {
        return "What is in \"" + name.specifier +
               "\" is not read. Write the constants that definitions need in a TypeScript file.";
      }
      return "The module \"" + name.specifier + "\" does not export \"" + name.path.front() + "\".";
    case ResolvedName::Kind::ambiguous:
      return "\"" + root + "\" is exported more than once by \"" + name.specifier + "\".";
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
             " steps. Make it smaller: look for arrays, texts or definitions that hold one another "
             "more than once, and so grow with each step.");
  }
  return false;
}

bool Evaluator::enter(std::uint32_t composition, const Place& use) {
  if (std::find(expanding_.begin(), expanding_.end(), composition) != expanding_.end()) {
    fail(use, "CircularComposition", circle_text(composition));
    return false;
  }
  expanding_.push_back(composition);
  expanded_.insert(composition);
  return true;
}

std::string Evaluator::circle_text(std::uint32_t composition) const {
  const auto name_of = [this](std::uint32_t index) {
    const Composition& one = project_.compositions()[index];
    const std::string& path = project_.facts(one.source).sites[one.site].path;
    return path.empty() ? project_.input().sources[one.source].path.text() : "\"" + path + "\"";
  };
  std::string names;
  auto at = std::find(expanding_.begin(), expanding_.end(), composition);
  for (; at != expanding_.end(); ++at) {
    names += name_of(*at) + " needs ";
  }
  return "This definition needs itself, and such a circle cannot be built: " + names +
         name_of(composition) + ".";
}

const Element* Evaluator::element_of(std::uint32_t composition, const Place& use) {
  if (open_elements_.contains(composition)) {
    fail(use, "CircularComposition", circle_text(composition));
    return nullptr;
  }
  const auto [known, is_new] = known_elements_.try_emplace(composition, nullptr);
  if (!is_new) {
    return known->second;
  }
  expanded_.insert(composition);
  const Composition& definition = project_.compositions()[composition];
  const SourceInput& source = project_.input().sources[definition.source];
  if (!source.is_included) {
    fail(use,
         "NotIncluded",
         "This definition is in " + source.path.text() +
             ", which \"include\" in the config does not match.");
    return nullptr;
  }
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
  const bool is_root = expanding_.size() == 1 && expanding_.front() == composition;
  if (!is_root) {
    expanding_.push_back(composition);
  }
  open_elements_.insert(composition);
  const Element* element = evaluate_element(*this, composition);
  open_elements_.erase(composition);
  if (!is_root) {
    expanding_.pop_back();
  }
  known_elements_[composition] = element;
  return element;
}

Value Evaluator::evaluate(std::uint32_t source, ExpressionIndex index, const Scope* scope) {
  const Depth depth(*this);
  if (depth_ > k_deepest) {
    // Said once: all that is around this place fails with it.
    if (!std::exchange(is_too_deep_, true)) {
      fail(place_of(source, index),
           "EvaluationLimit",
           "Expressions and calls nest more than " + std::to_string(k_deepest) +
               " deep here. A function that calls itself cannot be evaluated; selections that nest "
               "so deep can be split into models.");
    }
    return {Failed{}, place_of(source, index)};
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
      return fail(place, opaque_code(expression.text), opaque_message(expression.text));
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
  const ResolvedName* resolved = project_.input().names.find(source, composer_name(chain.names));
  if (resolved != nullptr && resolved->kind == ResolvedName::Kind::binding) {
    const auto target = project_.find_source(resolved->file);
    const std::vector<std::string>& path = resolved->path;
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
  return fail_unsupported(place, why_unknown(source, chain));
}

std::string Evaluator::why_unknown(std::uint32_t source, const NameChain& chain) const {
  const std::string& root = chain.names.front();
  for (const discovery::ImportFact& import : project_.input().sources[source].facts->imports) {
    for (const discovery::ImportedName& name : import.names) {
      if (name.local == root && (name.is_type_only || import.is_type_only)) {
        return "\"" + root + "\" is imported as a type only. Import it as a value.";
      }
    }
  }
  const ResolvedName* resolved = project_.input().names.find(source, composer_name(chain.names));
  return why_unresolved(
      resolved == nullptr ? ResolvedName{} : *resolved, root, joined_by_dots(chain.names));
}

// The members behind the first name of `path`, which stands for `value`.
Value Evaluator::evaluate_path(std::uint32_t source,
                               const std::vector<std::string>& path,
                               const ValueFact* value,
                               const Place& place) {
  // Only the members that are asked for, as what stands beside them may be code.
  ExpressionIndex index = value->value;
  std::string name = value->name;
  std::size_t next = 1;
  for (; next < path.size(); ++next) {
    const ExpressionIndex member = literal_member(source, index, path[next]);
    if (member == k_no_expression) {
      break;
    }
    index = member;
    name += "." + path[next];
  }
  Value result = evaluate_value(source, index, name, place);
  for (; next < path.size(); ++next) {
    result = member_of(result, heap_.keep(path[next]), place);
  }
  result.place = place;
  return result;
}

/// The value that an object literal gives to `name`; none where that takes more than a look.
ExpressionIndex Evaluator::literal_member(std::uint32_t source,
                                          ExpressionIndex object,
                                          const std::string& name) const {
  ExpressionIndex found = k_no_expression;
  if (at(source, object).kind == ExpressionKind::call &&
      is_freeze(source, at(source, object).first, nullptr)) {
    object = at(source, at(source, object).first).next;
  }
  if (object == k_no_expression || at(source, object).kind != ExpressionKind::object) {
    return found;
  }
  for (ExpressionIndex child = at(source, object).first; child != k_no_expression;
       child = at(source, child).next) {
    const Expression& part = at(source, child);
    if (part.kind == ExpressionKind::property) {
      found = part.text == name ? part.first : found;
    } else if (part.kind != ExpressionKind::opaque) {
      // It may be a later value of the same member.
      found = k_no_expression;
    }
  }
  return found;
}

Value Evaluator::evaluate_value(std::uint32_t source,
                                ExpressionIndex value,
                                const std::string& name,
                                const Place& use) {
  const auto key = std::pair{source, value};
  const auto known = known_values_.find(key);
  if (known != known_values_.end()) {
    return known->second;
  }
  const Expression& expression = at(source, value);
  if (expression.kind == ExpressionKind::opaque) {
    // What is wrong is the use: the declaration is good code.
    return fail(
        use, opaque_code(expression.text), "\"" + name + "\" is " + opaque_value(expression.text));
  }
  if (!open_values_.insert(key).second) {
    return fail(use, "CircularComposition", "\"" + name + "\" is defined by itself.");
  }
  const Value result = evaluate(source, value, nullptr);
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
  const auto* text = object.as<std::string_view>();
  if (text != nullptr && name == "length") {
    return {static_cast<double>(base::utf16_length(*text)), place};
  }
  if (object.is<const Native*>() || object.is<DefinitionRef>() || object.is<const Element*>()) {
    return native_member(*this, object, name, place);
  }
  return fail_unsupported(place,
                          "\"" + std::string(name) + "\" of " + describe(object) +
                              " cannot be known without running code. Write the value itself.");
}

}  // namespace builder::composer
