#pragma once

#include <vector>

#include "builder/composer/dialect.h"

namespace builder::composer {

/// The variables that a definition declares: an array of what the declarator made, or the text of
/// GraphQL's own declarations, `"($id: ID!)"`.
std::vector<Variable> read_variables(Evaluator& evaluator, const Value& value);

/// `$("id")`
Value declare_variable(Evaluator& evaluator,
                       const std::vector<Value>& arguments,
                       const CallPlace& place);

/// `$("id").scalar("ID:!", extras)` and its siblings: an object with the variable as its member.
Value finish_variable(Evaluator& evaluator,
                      const Native& native,
                      const std::vector<Value>& arguments,
                      const CallPlace& place);

/// `$` in the document that declares them: each stands for itself.
const Object& references_to(Evaluator& evaluator, const std::vector<Variable>& variables);

/// `$` in a definition that is expanded with `given`, which may be null: defaults are filled in,
/// what is left out is `undefined`; what is not declared, or must be given and is not, is an error.
const Object& values_for(Evaluator& evaluator,
                         const std::vector<Variable>& variables,
                         const Object* given,
                         const Place& place);

/// `({ f, $ })` with `$` being `values`.
Value values_of(Evaluator& evaluator, const Object& values, const Place& place);

}  // namespace builder::composer
