#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace graphql {

/// The rules for executable documents, in the order in which the reference runs them at one node.
enum class Rule : std::uint8_t {
  executable_definitions,
  known_operation_types,
  unique_operation_names,
  lone_anonymous_operation,
  single_field_subscriptions,
  known_type_names,
  fragments_on_composite_types,
  variables_are_input_types,
  scalar_leafs,
  fields_on_correct_type,
  unique_fragment_names,
  known_fragment_names,
  no_unused_fragments,
  possible_fragment_spreads,
  no_fragment_cycles,
  unique_variable_names,
  no_undefined_variables,
  no_unused_variables,
  known_directives,
  unique_directives_per_location,
  known_argument_names,
  unique_argument_names,
  values_of_correct_type,
  provided_required_arguments,
  variables_in_allowed_position,
  overlapping_fields_can_be_merged,
  unique_input_field_names,
  max_introspection_depth,
  no_deprecated,
  no_schema_introspection,
  /// No rule of its own in the reference: what its 17.1.0 adds to SingleFieldSubscriptions, no
  /// `@skip` and `@include` in the root selection.
  unconditional_subscriptions,
};

/// The reference's name without "Rule": "FieldsOnCorrectType". It is the code of the rule's errors.
std::string_view to_text(Rule rule);

std::optional<Rule> rule_from(std::string_view name);

/// Some of the rules.
class RuleSet {
 public:
  constexpr RuleSet() = default;

  /// The default set of graphql-js 16.15.0: 27 rules.
  static constexpr RuleSet reference() {
    RuleSet rules;
    rules.bits_ = (std::uint64_t{1} << static_cast<unsigned>(Rule::no_deprecated)) - 1;
    return rules.without(Rule::known_operation_types);
  }
  /// That, and the checks of the September 2025 specification that it lacks.
  static constexpr RuleSet standard() {
    return reference().with(Rule::known_operation_types).with(Rule::unconditional_subscriptions);
  }

  constexpr bool has(Rule rule) const { return (bits_ & bit(rule)) != 0; }
  constexpr RuleSet with(Rule rule) const { return RuleSet(bits_ | bit(rule)); }
  constexpr RuleSet without(Rule rule) const { return RuleSet(bits_ & ~bit(rule)); }

  friend constexpr bool operator==(RuleSet, RuleSet) = default;

 private:
  explicit constexpr RuleSet(std::uint64_t bits) : bits_(bits) {}
  static constexpr std::uint64_t bit(Rule rule) {
    return std::uint64_t{1} << static_cast<unsigned>(rule);
  }

  std::uint64_t bits_ = 0;
};

}  // namespace graphql
