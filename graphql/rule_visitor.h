#pragma once

#include <optional>
#include <vector>

#include "graphql/ast.h"
#include "graphql/directive_location.h"
#include "graphql/rule_context.h"
#include "graphql/rules.h"
#include "graphql/typed_walk.h"
#include "graphql/unique_names.h"

namespace graphql {

/// Runs the rules that are on, at each node of a walk, in the reference's order: on entering a node
/// in the order of `Rule`, and in the same order on leaving it.
///
/// The reference gives each rule a visitor, which may decline to look below a node; where one does,
/// that is remembered here. Its functions stand in the header because one walk uses them, for which
/// they should be inlined. For validate.cpp and type_system_visitor.cpp only.
class RuleVisitor {
 public:
  explicit RuleVisitor(RuleContext& context) : context_(context) {}

  bool has_stopped() const { return context_.is_aborted(); }

  void enter_operation(const OperationDefinition& operation) {
    run(Rule::known_operation_types, check_known_operation_type, operation);
    if (context_.document != nullptr) {
      run(Rule::unique_operation_names, check_unique_operation_name, operation_names_, operation);
      run(Rule::lone_anonymous_operation, check_lone_anonymous_operation, operation);
    }
    run(Rule::single_field_subscriptions, check_single_field_subscription, operation);
    run(Rule::unique_variable_names, check_unique_variable_names, operation);
    enter_node(operation.directives);
    context_.direct_usages.clear();
  }

  void leave_operation(const OperationDefinition& operation) {
    run(Rule::no_undefined_variables, check_no_undefined_variables, operation);
    run(Rule::no_unused_variables, check_no_unused_variables, operation);
    run(Rule::variables_in_allowed_position, check_variables_in_allowed_position, operation);
  }

  void enter_fragment(const FragmentDefinition& fragment) {
    run(Rule::fragments_on_composite_types, check_fragment_on_composite_type, fragment);
    if (context_.document != nullptr) {
      run(Rule::unique_fragment_names, check_unique_fragment_name, fragment_names_, fragment);
      if (is_on(Rule::no_fragment_cycles)) {
        cycles_.check(context_, fragment);
      }
    }
    enter_node(fragment.directives);
  }

  void enter_variable_definition(const VariableDefinition& variable) {
    run(Rule::variables_are_input_types, check_variable_is_input_type, variable);
    enter_node(variable.directives);
  }

  void enter_named_type(const Name& name) {
    run(Rule::known_type_names, check_known_type_name, name);
  }

  void enter_selection_set(const SelectionSet& set) {
    run(Rule::overlapping_fields_can_be_merged, check_overlapping_fields, set);
  }

  void enter_field(const Field& field) {
    run(Rule::scalar_leafs, check_scalar_leaf, field);
    run(Rule::fields_on_correct_type, check_field_on_correct_type, field);
    enter_node(field.directives);
    run(Rule::unique_argument_names, check_unique_arguments, field.arguments);
    // Nothing below a field that goes too deep is checked for depth.
    if (too_deep_ == nullptr && is_on(Rule::max_introspection_depth) &&
        check_introspection_depth(context_, introspection_depth_, field)) {
      too_deep_ = &field;
    }
    run(Rule::no_deprecated, check_field_not_deprecated, field);
    run(Rule::no_schema_introspection, check_no_schema_introspection, field);
  }

  void leave_field(const Field& field) {
    run(Rule::provided_required_arguments, check_required_field_arguments, field);
    if (too_deep_ == &field) {
      too_deep_ = nullptr;
    }
  }

  void enter_fragment_spread(const FragmentSpread& spread) {
    run(Rule::known_fragment_names, check_known_fragment_name, spread);
    run(Rule::possible_fragment_spreads, check_possible_spread, spread);
    enter_node(spread.directives);
  }

  void enter_inline_fragment(const InlineFragment& fragment) {
    run(Rule::fragments_on_composite_types, check_inline_fragment_on_composite_type, fragment);
    run(Rule::possible_fragment_spreads, check_possible_inline_fragment, fragment);
    enter_node(fragment.directives);
  }

  void enter_directive(const Directive& directive, DirectiveLocation location) {
    run(Rule::known_directives, check_known_directive, directive, location);
    run(Rule::known_argument_names, check_known_directive_arguments, directive);
    run(Rule::unique_argument_names, check_unique_arguments, directive.arguments);
    is_in_directive_ = true;
  }

  void leave_directive(const Directive& directive) {
    run(Rule::provided_required_arguments, check_required_directive_arguments, directive);
    is_in_directive_ = false;
  }

  void enter_argument(const Argument& argument) {
    // Those of a directive were seen to as the walk entered it.
    if (!is_in_directive_) {
      run(Rule::known_argument_names, check_known_argument, argument);
    }
    run(Rule::no_deprecated, check_argument_not_deprecated, argument);
  }

  void enter_list(const Value& list) {
    if (unchecked_value_ == nullptr && is_on(Rule::values_of_correct_type) &&
        !check_list_value(context_, list)) {
      unchecked_value_ = &list;
    }
  }

  void leave_list(const Value& list) { leave_value(list); }

  void enter_object(const Value& object) {
    if (unchecked_value_ == nullptr && is_on(Rule::values_of_correct_type) &&
        !check_object_value(context_, object)) {
      unchecked_value_ = &object;
    }
    input_field_names_.emplace_back();
  }

  void leave_object(const Value& object) {
    leave_value(object);
    input_field_names_.pop_back();
  }

  void enter_object_field(const ObjectField& field) {
    if (unchecked_value_ == nullptr) {
      run(Rule::values_of_correct_type, check_object_field, field);
    }
    run(Rule::unique_input_field_names,
        check_unique_input_fields,
        input_field_names_.back(),
        field);
    run(Rule::no_deprecated, check_input_field_not_deprecated, field);
  }

  void enter_variable(const Value& variable) {
    context_.direct_usages.push_back(usage_at(*context_.scope, variable, context_.source_id));
  }

  void enter_scalar(const Value& value) {
    if (unchecked_value_ == nullptr) {
      run(Rule::values_of_correct_type, check_scalar_value, value);
    }
    if (value.kind == ValueKind::enum_value) {
      run(Rule::no_deprecated, check_enum_value_not_deprecated, value);
    }
  }

  /// For nodes that have directives and that no function above is for.
  void enter_node(const List<Directive>& directives) {
    if (directives.size() > 1 && is_on(Rule::unique_directives_per_location)) {
      SeenDirectives seen;
      check_unique_directives(context_, directives, seen);
    }
  }

  bool is_on(Rule rule) const { return context_.is_on(rule); }

 private:
  template <typename... Parameters, typename... Arguments>
  void run(Rule rule, void (*check)(RuleContext&, Parameters...), Arguments&&... arguments) {
    if (is_on(rule)) {
      check(context_, arguments...);
    }
  }

  void leave_value(const Value& value) {
    if (unchecked_value_ == &value) {
      unchecked_value_ = nullptr;
    }
  }

  RuleContext& context_;
  UniqueNames operation_names_;
  UniqueNames fragment_names_;
  FragmentCycleFinder cycles_;
  IntrospectionDepth introspection_depth_;
  /// Of each object around, the innermost last.
  std::vector<UniqueNames> input_field_names_;
  bool is_in_directive_ = false;
  /// The value around into which ValuesOfCorrectType does not look, or null.
  const Value* unchecked_value_ = nullptr;
  /// The field around below which MaxIntrospectionDepth does not look, or null.
  const Field* too_deep_ = nullptr;
};

}  // namespace graphql
