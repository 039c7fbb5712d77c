#pragma once

#include <cstddef>
#include <string_view>
#include <unordered_map>
#include <utility>
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

/// Whether a field has nothing but its name.
bool is_plain_field(const Selection& selection);

/// Puts selections together as GraphQL merges them: fields of one key, name and arguments, and
/// without directives, become one.
class SelectionMerger {
 public:
  explicit SelectionMerger(Evaluator& evaluator) : evaluator_(evaluator) {}

  void add(const std::vector<const Selection*>& selections);
  std::vector<const Selection*> take() { return std::move(merged_); }

 private:
  bool can_merge(const Selection& one, const Selection& other);

  Evaluator& evaluator_;
  std::vector<const Selection*> merged_;
  /// Places in `merged_` by response key.
  std::unordered_map<std::string_view, std::vector<std::size_t>> by_key_;
};

}  // namespace builder::composer
