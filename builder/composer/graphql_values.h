#pragma once

#include <functional>
#include <vector>

#include "builder/composer/evaluator.h"

namespace builder::composer {

/// Where a span of a parsed text stands in the sources.
using PlaceOf = std::function<Place(base::Span)>;

/// GraphQL as values. Variables become what `values` has for them; those that it does not have, or
/// all if it is null, stay variables.
class GraphqlValues {
 public:
  GraphqlValues(Evaluator& evaluator, PlaceOf place_of, const Object* values)
      : evaluator_(evaluator), place_of_(std::move(place_of)), values_(values) {}

  Value value(const graphql::Value& ast) const;
  std::vector<ArgumentValue> arguments(const graphql::List<graphql::Argument>& ast) const;
  std::vector<AppliedDirective> directives(const graphql::List<graphql::Directive>& ast) const;
  std::vector<Variable> variables(const graphql::OperationDefinition& operation) const;

 private:
  Evaluator& evaluator_;
  PlaceOf place_of_;
  const Object* values_;
};

}  // namespace builder::composer
