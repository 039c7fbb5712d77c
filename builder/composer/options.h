#pragma once

#include <initializer_list>
#include <string_view>

#include "builder/composer/evaluator.h"

namespace builder::composer {

/// The options that a call is given, which may be called `names` and nothing else: one that is
/// spelled wrong would have no effect. Null if there are none, or if they cannot be known.
const Object* options_of(Evaluator& evaluator,
                         const Value& value,
                         std::initializer_list<std::string_view> names);

}  // namespace builder::composer
