#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "builder/composer/dialect.h"

/// The calls that make models, slices, operations, fragments and constants.
namespace builder::composer {

/// Of "query", "mutation" and "subscription".
std::optional<graphql::OperationType> operation_type(std::string_view name);

/// `model.Product(options, fields)`
Value make_model(Evaluator& evaluator,
                 const Native& native,
                 const std::vector<Value>& arguments,
                 const CallPlace& place);

/// `slice.query(options, fields, projection)`
Value make_slice(Evaluator& evaluator,
                 const Native& native,
                 const std::vector<Value>& arguments,
                 const CallPlace& place);

/// `operation.query(options, slices)`
Value make_operation(Evaluator& evaluator,
                     const Native& native,
                     const std::vector<Value>& arguments,
                     const CallPlace& place);

/// `query("Name")`, `fragment("Name", "Type")`: what a template or options may follow.
Value begin_template(Evaluator& evaluator,
                     const Native& native,
                     const std::vector<Value>& arguments,
                     const CallPlace& place);

/// `query("Name")({ variables, fields })`
Value take_options(Evaluator& evaluator,
                   const Native& native,
                   const std::vector<Value>& arguments,
                   const CallPlace& place);

/// The call that ends the template form: `()` or `({ metadata })`.
Value finish_template(Evaluator& evaluator,
                      const Native& native,
                      const std::vector<Value>& arguments,
                      const CallPlace& place);

/// `define(() => 20)`
Value make_define(Evaluator& evaluator,
                  const std::vector<Value>& arguments,
                  const CallPlace& place);

}  // namespace builder::composer
