#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "builder/composer/evaluator.h"

namespace builder::composer {

/// Appends a selection without what it selects in turn: alias, name, arguments, directives.
void write_selection_head(Evaluator& evaluator, const Selection& selection, ComposedText& out);

/// A value as GraphQL writes it where nothing is known of its type.
std::string literal_text(Evaluator& evaluator, const Value& value);

/// The GraphQL text of an element: of an operation or a fragment its own; of a model or a slice a
/// fragment called `name`, which is there to be validated and for nothing else.
ComposedText write_document(Evaluator& evaluator,
                            const Element& element,
                            std::string_view name,
                            const std::vector<const Selection*>& selections);

}  // namespace builder::composer
