#pragma once

#include <vector>

#include "builder/composer/evaluator.h"

namespace builder::composer {

/// Whether all that `earlier` selects is in `later` too, so that it may take its place.
bool covers(Evaluator& evaluator, const Selection& later, const Selection& earlier);

/// Adds selections to an object: fields by their response keys, others under keys of their own.
void add_selections(Evaluator& evaluator,
                    Object& object,
                    const std::vector<const Selection*>& selections);

/// The selections that an array, or an object, stands for. `type` is what they are selected from,
/// null where it is not known.
std::vector<const Selection*> to_selections(Evaluator& evaluator,
                                            const Value& value,
                                            const graphql::SchemaType* type,
                                            const Place& place);

/// Calls `({ f, $ }) => [...]`; `values` may be null.
std::vector<const Selection*> select(Evaluator& evaluator,
                                     const Closure& closure,
                                     const graphql::SchemaType* type,
                                     const Object* values,
                                     const Place& place);

/// Where a value is no selection, and would vanish, but could become one by a further call: says
/// so. False if it is something else.
bool report_unfinished(Evaluator& evaluator, const Value& value);

/// Adds selections as GraphQL merges them: fields of one key, name and arguments become one.
void merge_selections(Evaluator& evaluator,
                      std::vector<const Selection*>& selections,
                      const std::vector<const Selection*>& more);

}  // namespace builder::composer
