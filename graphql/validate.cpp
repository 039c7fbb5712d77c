// Interim: definition validation only.
#include "graphql/validate.h"

#include "graphql/rule_context.h"
#include "graphql/rules.h"

namespace graphql {
namespace {

class RuleVisitor {
 public:
  explicit RuleVisitor(RuleContext& context) : context_(context) {}
  bool has_stopped() const { return context_.is_aborted(); }
  bool on(Rule rule) const { return context_.is_on(rule); }

  void enter_operation(const OperationDefinition& operation) {
    check_known_operation_type(context_, operation);
    check_single_field_subscription(context_, operation);
    check_unique_variable_names(context_, operation);
    check_unique_directives(context_, operation.directives);
  }
  void leave_operation(const OperationDefinition& operation) {
    check_no_undefined_variables(context_, operation);
    if (on(Rule::no_unused_variables))
      check_no_unused_variables(context_, operation);
    check_variables_in_allowed_position(context_, operation);
  }
  void enter_fragment(const FragmentDefinition& fragment) {
    check_fragment_on_composite_type(context_, fragment);
    check_unique_directives(context_, fragment.directives);
  }
  void enter_variable_definition(const VariableDefinition& variable) {
    check_variable_is_input_type(context_, variable);
    check_unique_directives(context_, variable.directives);
  }
  void enter_named_type(const Name& name) { check_known_type_name(context_, name); }
  void enter_selection_set(const SelectionSet& set, bool) {
    check_overlapping_fields(context_, set);
  }
  void enter_field(const Field& field) {
    check_scalar_leaf(context_, field);
    check_field_on_correct_type(context_, field);
    check_unique_directives(context_, field.directives);
    check_unique_arguments(context_, field.arguments);
    if (on(Rule::no_deprecated))
      check_field_not_deprecated(context_, field);
    if (on(Rule::no_schema_introspection))
      check_no_schema_introspection(context_, field);
  }
  void leave_field(const Field& field) { check_required_field_arguments(context_, field); }
  void enter_fragment_spread(const FragmentSpread& spread) {
    check_known_fragment_name(context_, spread);
    check_possible_spread(context_, spread);
    check_unique_directives(context_, spread.directives);
  }
  void enter_inline_fragment(const InlineFragment& fragment) {
    check_inline_fragment_on_composite_type(context_, fragment);
    check_possible_inline_fragment(context_, fragment);
    check_unique_directives(context_, fragment.directives);
  }
  void enter_directives(const List<Directive>&) {}
  void enter_directive(const Directive& directive, DirectiveLocation location) {
    check_known_directive(context_, directive, location);
    check_known_directive_arguments(context_, directive);
    check_unique_arguments(context_, directive.arguments);
  }
  void leave_directive(const Directive& directive) {
    check_required_directive_arguments(context_, directive);
  }
  void enter_argument(const Argument& argument) {
    check_known_argument(context_, argument);
    if (on(Rule::no_deprecated))
      check_argument_not_deprecated(context_, argument);
  }
  void enter_list(const Value& list) {
    if (muted_ == 0 && check_list_value(context_, list))
      return;
    ++muted_;
  }
  void leave_list(const Value&) { muted_ -= muted_ > 0 ? 1 : 0; }
  void enter_object(const Value& object) {
    names_.emplace_back();
    if (muted_ == 0 && check_object_value(context_, object))
      return;
    ++muted_;
  }
  void leave_object(const Value&) {
    names_.pop_back();
    muted_ -= muted_ > 0 ? 1 : 0;
  }
  void enter_object_field(const ObjectField& field) {
    if (muted_ == 0)
      check_object_field(context_, field);
    if (!names_.empty())
      check_unique_input_fields(context_, names_.back(), field);
    if (on(Rule::no_deprecated))
      check_input_field_not_deprecated(context_, field);
  }
  void enter_variable(const Value& variable) {
    context_.direct_usages.push_back(usage_at(*context_.scope, variable, context_.source_id));
  }
  void enter_scalar(const Value& value) {
    if (muted_ == 0)
      check_scalar_value(context_, value);
  }

 private:
  RuleContext& context_;
  std::size_t muted_ = 0;
  std::vector<UniqueNames> names_;
};

}  // namespace

DefinitionValidator::DefinitionValidator(const Schema& schema,
                                         const FragmentResolver& fragments,
                                         const ValidateOptions& options)
    : context_(std::make_unique<RuleContext>(schema, fragments, options)) {}
DefinitionValidator::~DefinitionValidator() = default;

std::vector<Error> DefinitionValidator::validate(const Definition& definition) {
  context_->begin();
  context_->source_id = definition.source_id;
  context_->direct_usages.clear();
  RuleVisitor visitor(*context_);
  TypedWalk<RuleVisitor> walk(context_->schema(), context_->arena(), nullptr, visitor);
  context_->scope = &walk.scope();
  if (definition.kind == DefinitionKind::operation) {
    walk.walk(as_operation(definition));
  } else {
    walk.walk(as_fragment(definition));
  }
  context_->scope = nullptr;
  return context_->take_errors();
}

}  // namespace graphql
