#pragma once

#include <vector>

#include "builder/composer/evaluator.h"

namespace builder::composer {

/// The variables that an element declares, with those that its interpolations add.
const std::vector<Variable>& variables_of(Evaluator& evaluator, const Element& element);

/// What an element selects when `$` is `values`.
std::vector<const Selection*> content_of(Evaluator& evaluator,
                                         const Element& element,
                                         const Object& values);

/// `x.fragment(values)`, `x.build(values)`, `x.spread(values)`: an object of selections.
Value expand(Evaluator& evaluator,
             const Native& expansion,
             const std::vector<Value>& arguments,
             const Place& place);

/// A fragment of the template form in a template, with the variables of what it is in.
Value expand_directly(Evaluator& evaluator, const ParsedTemplate::Part& part, const Object& values);

}  // namespace builder::composer
