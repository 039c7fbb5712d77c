#include <string>

#include "builder/composer/dialect.h"
#include "builder/composer/primitives.h"

// What a definition's function is called with, and what it must return.
namespace builder::composer {

namespace {

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

}  // namespace

Value make_native(Evaluator& evaluator, const Native& native, const Place& place) {
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

}  // namespace builder::composer
