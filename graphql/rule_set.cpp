#include "graphql/rule_set.h"

#include <algorithm>
#include <iterator>

namespace graphql {
namespace {

constexpr std::string_view k_names[] = {
    "ExecutableDefinitions",
    "KnownOperationTypes",
    "UniqueOperationNames",
    "LoneAnonymousOperation",
    "SingleFieldSubscriptions",
    "KnownTypeNames",
    "FragmentsOnCompositeTypes",
    "VariablesAreInputTypes",
    "ScalarLeafs",
    "FieldsOnCorrectType",
    "UniqueFragmentNames",
    "KnownFragmentNames",
    "NoUnusedFragments",
    "PossibleFragmentSpreads",
    "NoFragmentCycles",
    "UniqueVariableNames",
    "NoUndefinedVariables",
    "NoUnusedVariables",
    "KnownDirectives",
    "UniqueDirectivesPerLocation",
    "KnownArgumentNames",
    "UniqueArgumentNames",
    "ValuesOfCorrectType",
    "ProvidedRequiredArguments",
    "VariablesInAllowedPosition",
    "OverlappingFieldsCanBeMerged",
    "UniqueInputFieldNames",
    "MaxIntrospectionDepth",
    "NoDeprecated",
    "NoSchemaIntrospection",
    "UnconditionalSubscriptions",
};

}  // namespace

std::string_view to_text(Rule rule) {
  return k_names[static_cast<std::size_t>(rule)];
}

std::optional<Rule> rule_from(std::string_view name) {
  const auto* const found = std::find(std::begin(k_names), std::end(k_names), name);
  if (found == std::end(k_names)) {
    return std::nullopt;
  }
  return static_cast<Rule>(found - std::begin(k_names));
}

}  // namespace graphql
