#pragma once

#include <vector>

#include "builder/composer/dialect.h"

namespace builder::composer {

/// `f`, which has the fields of `type`; of any type if that is null.
Value fields_of(Evaluator& evaluator, const graphql::SchemaType* type, const Place& place);

/// `f.id`
Value field_member(Evaluator& evaluator,
                   const Native& fields,
                   std::string_view name,
                   const Place& place);

/// `f.id(arguments, extras)`, `f("id", arguments, extras)`, and the second call that selects.
Value call_field(Evaluator& evaluator,
                 const Native& native,
                 const std::vector<Value>& arguments,
                 const CallPlace& place);

/// `$colocate({ label: selections })`: each field under the label and its own key.
Value colocate(Evaluator& evaluator, const std::vector<Value>& arguments, const CallPlace& place);

/// The same for the selections of one label.
std::vector<const Selection*> labelled(Evaluator& evaluator,
                                       std::string_view label,
                                       const std::vector<const Selection*>& selections);

/// `[$dir.skip({ if: $.all })]`, or `{ skip: { if: $.all } }`.
std::vector<AppliedDirective> read_directives(Evaluator& evaluator, const Value& value);

}  // namespace builder::composer
