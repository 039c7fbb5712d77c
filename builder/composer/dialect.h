#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "builder/composer/evaluator.h"

/// What a composer hands to the functions of definitions, and what can be done with it.
namespace builder::composer {

struct CallPlace {
  Place call;
  Place callee;
};

Value make_native(Evaluator& evaluator, const Native& native, const Place& place);
Value make_native(Evaluator& evaluator, NativeKind kind, std::string_view name, const Place& place);

/// Calls the function of a composition. Null with a diagnostic if it makes no element.
const Element* evaluate_element(Evaluator& evaluator, std::uint32_t index);

/// How many arguments have a meaning; the others are code for the run time and not looked at.
std::size_t argument_limit(const Native& native);

Value call_native(Evaluator& evaluator,
                  const Native& native,
                  const std::vector<Value>& arguments,
                  const CallPlace& place);

/// A member of a part of the dialect, of a definition or of an element.
Value native_member(Evaluator& evaluator,
                    const Value& object,
                    std::string_view name,
                    const Place& place);

}  // namespace builder::composer
