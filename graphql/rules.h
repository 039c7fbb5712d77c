#pragma once

#include <unordered_map>
#include <vector>

#include "graphql/ast.h"
#include "graphql/directive_location.h"
#include "graphql/rule_context.h"
#include "graphql/unique_names.h"

/// The rules, one function for each place at which a rule looks. Each reports to the context; what
/// is known of the place it takes from `context.scope`. For rule*.cpp and validate.cpp only.
namespace graphql {

// rules_operations.cpp
void check_executable_definitions(RuleContext& context);
void check_known_operation_type(RuleContext& context, const OperationDefinition& operation);
void check_unique_operation_name(RuleContext& context,
                                 UniqueNames& known,
                                 const OperationDefinition& operation);
void check_lone_anonymous_operation(RuleContext& context, const OperationDefinition& operation);
void check_single_field_subscription(RuleContext& context, const OperationDefinition& operation);

// rules_fields.cpp
void check_known_type_name(RuleContext& context, const Name& name);
/// In a definition of a type, where those of the specification are known whether used or not.
void check_known_type_name_in_type_system(RuleContext& context, const Name& name);
void check_scalar_leaf(RuleContext& context, const Field& field);
void check_field_on_correct_type(RuleContext& context, const Field& field);
void check_overlapping_fields(RuleContext& context, const SelectionSet& set);

// rules_fragments.cpp
void check_fragment_on_composite_type(RuleContext& context, const FragmentDefinition& fragment);
void check_inline_fragment_on_composite_type(RuleContext& context, const InlineFragment& fragment);
void check_unique_fragment_name(RuleContext& context,
                                UniqueNames& known,
                                const FragmentDefinition& fragment);
void check_known_fragment_name(RuleContext& context, const FragmentSpread& spread);
void check_no_unused_fragments(RuleContext& context);
void check_possible_spread(RuleContext& context, const FragmentSpread& spread);
void check_possible_inline_fragment(RuleContext& context, const InlineFragment& fragment);

/// NoFragmentCycles remembers between fragments which it has been through.
class FragmentCycleFinder {
 public:
  FragmentCycleFinder();
  ~FragmentCycleFinder();
  void check(RuleContext& context, const FragmentDefinition& fragment);

 private:
  struct Frame;
  static constexpr std::ptrdiff_t k_left = -1;
  void report_cycle(RuleContext& context, std::size_t begin) const;

  std::vector<Frame> frames_;
  /// Spreads that lead to the fragment in hand, with the source that each stands in.
  std::vector<std::pair<const FragmentSpread*, std::uint32_t>> path_;
  /// By name: where in `path_` the fragment was entered; k_left once it was left.
  std::unordered_map<std::string_view, std::ptrdiff_t> entered_at_;
};

// rules_variables.cpp
void check_variable_is_input_type(RuleContext& context, const VariableDefinition& variable);
void check_unique_variable_names(RuleContext& context, const OperationDefinition& operation);
void check_no_undefined_variables(RuleContext& context, const OperationDefinition& operation);
void check_no_unused_variables(RuleContext& context, const OperationDefinition& operation);
void check_variables_in_allowed_position(RuleContext& context,
                                         const OperationDefinition& operation);

// rules_directives.cpp
void check_known_directive(RuleContext& context,
                           const Directive& directive,
                           DirectiveLocation location);
/// Those that were seen at one thing, by name.
using SeenDirectives = std::unordered_map<std::string_view, const Directive*>;
/// `seen` is of the thing at which `directives` stand, which may have several nodes: a type and its
/// extensions.
void check_unique_directives(RuleContext& context,
                             const List<Directive>& directives,
                             SeenDirectives& seen);

// rules_arguments.cpp
void check_known_argument(RuleContext& context, const Argument& argument);
void check_known_directive_arguments(RuleContext& context, const Directive& directive);
void check_unique_arguments(RuleContext& context, const List<Argument>& arguments);
void check_required_field_arguments(RuleContext& context, const Field& field);
void check_required_directive_arguments(RuleContext& context, const Directive& directive);

// rules_values.cpp
/// False where the reference does not look into the value any further.
bool check_list_value(RuleContext& context, const Value& list);
bool check_object_value(RuleContext& context, const Value& object);
void check_object_field(RuleContext& context, const ObjectField& field);
void check_scalar_value(RuleContext& context, const Value& value);
void check_unique_input_fields(RuleContext& context, UniqueNames& known, const ObjectField& field);

// rules_introspection.cpp
/// MaxIntrospectionDepth remembers between fields how deep fragments were found to go.
class IntrospectionDepth {
 public:
  /// Whether `field`, at the root of an introspection, goes too deep.
  bool is_exceeded_by(RuleContext& context, const Field& field);

 private:
  bool check(RuleContext& context, const Selection& selection, int lists, int nesting);
  bool check_all(RuleContext& context, const SelectionSet& set, int lists, int nesting);
  bool check_spread(RuleContext& context, const FragmentSpread& spread, int lists, int nesting);

  /// By fragment: the number of lists around it with which it was found too deep, fine, or is being
  /// looked at.
  std::unordered_map<std::string_view, int> exceeded_;
  std::unordered_map<std::string_view, int> checked_;
  std::unordered_map<std::string_view, int> visited_;
};
/// Whether `field` was reported, and so nothing below it will be.
bool check_introspection_depth(RuleContext& context, IntrospectionDepth& depth, const Field& field);
void check_no_schema_introspection(RuleContext& context, const Field& field);

// rules_deprecated.cpp
void check_field_not_deprecated(RuleContext& context, const Field& field);
void check_argument_not_deprecated(RuleContext& context, const Argument& argument);
void check_input_field_not_deprecated(RuleContext& context, const ObjectField& field);
void check_enum_value_not_deprecated(RuleContext& context, const Value& value);

}  // namespace graphql
