#pragma once

#include <string_view>
#include <vector>

#include "builder/composer/evaluator.h"

namespace builder::composer {

/// The template of an element, parsed, with what its interpolations are.
const ParsedTemplate& parsed_template(Evaluator& evaluator, const Element& element);

/// What the template selects when its variables are `values`.
std::vector<const Selection*> template_selections(Evaluator& evaluator,
                                                  const Element& element,
                                                  const Object& values);

/// `($id: ID!, $first: Int = 10)`
std::vector<Variable> parse_variables(Evaluator& evaluator,
                                      std::string_view text,
                                      const Place& place);

}  // namespace builder::composer
