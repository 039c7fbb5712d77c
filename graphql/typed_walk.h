#pragma once

#include <vector>

#include "graphql/ast.h"
#include "graphql/directive_location.h"
#include "graphql/schema.h"
#include "graphql/validate.h"

namespace graphql {

/// The type at a place of a value, and whether leaving the value out is filled by a default.
struct InputPosition {
  /// Unknown where named() is k_no_type.
  TypeRef type;
  bool has_default = false;
};

inline bool is_known(TypeRef type) {
  return type.named() != k_no_type;
}

/// What the schema says about the place at which a walk stands; graphql-js' TypeInfo. Members are
/// null or unknown where the document asks for what the schema does not have.
struct TypeScope {
  /// Of the selections around.
  const SchemaType* parent_type = nullptr;
  /// Of the field, fragment or operation around.
  TypeRef type;
  const SchemaField* field = nullptr;
  const SchemaDirective* directive = nullptr;
  const SchemaInputValue* argument = nullptr;
  /// Of the values around, the innermost last.
  std::vector<InputPosition> inputs;

  TypeRef input_type() const { return inputs.empty() ? TypeRef() : inputs.back().type; }
  TypeRef parent_input_type() const {
    return inputs.size() < 2 ? TypeRef() : inputs[inputs.size() - 2].type;
  }
};

/// Walks a definition in source order, as the reference does, and keeps `scope` true to the place.
///
/// `Visitor` has the functions that are called below; it is a template parameter because a
/// validation spends its time here. `has_stopped()` ends the walk early. Recursion is as deep as
/// the document nests, which the parser bounds.
template <typename Visitor>
class TypedWalk {
 public:
  TypedWalk(const Schema& schema, Arena& arena, SchemaReads* reads, Visitor& visitor)
      : schema_(schema), arena_(arena), reads_(reads), visitor_(visitor) {}

  TypeScope& scope() { return scope_; }

  void walk(const OperationDefinition& operation) {
    if (reads_ != nullptr) {
      reads_->read_root_type(operation.operation);
    }
    const SchemaType* root = schema_.root_type(operation.operation);
    if (root != nullptr && reads_ != nullptr) {
      reads_->read_type(root->name);
    }
    if (root != nullptr && root->kind == TypeKind::object) {
      scope_.type = TypeRef(root->id, {});
    }
    visitor_.enter_operation(operation);
    for (const VariableDefinition& variable : operation.variables) {
      walk_variable(variable);
    }
    walk_directives(operation.directives, location_of(operation.operation));
    walk_selection_set(*operation.selection_set);
    visitor_.leave_operation(operation);
    scope_.type = {};
  }

  void walk(const FragmentDefinition& fragment) {
    scope_.type = output_type(fragment.type_condition);
    visitor_.enter_fragment(fragment);
    visitor_.enter_named_type(fragment.type_condition);
    walk_directives(fragment.directives, DirectiveLocation::fragment_definition);
    walk_selection_set(*fragment.selection_set);
    scope_.type = {};
  }

  /// For directives of other nodes than the walk knows.
  void walk_directives(const List<Directive>& directives, DirectiveLocation location) {
    for (const Directive& directive : directives) {
      if (visitor_.has_stopped()) {
        return;
      }
      if (reads_ != nullptr) {
        reads_->read_directive(directive.name);
      }
      scope_.directive = schema_.find_directive(directive.name);
      visitor_.enter_directive(directive, location);
      walk_arguments(directive.arguments);
      visitor_.leave_directive(directive);
      scope_.directive = nullptr;
    }
  }

  void walk_value(const Value& value) {
    if (visitor_.has_stopped()) {
      return;
    }
    switch (value.kind) {
      case ValueKind::list:
        return walk_list(value);
      case ValueKind::object:
        visitor_.enter_object(value);
        for (const ObjectField& field : value.fields) {
          walk_object_field(field);
        }
        visitor_.leave_object(value);
        return;
      case ValueKind::variable:
        return visitor_.enter_variable(value);
      case ValueKind::enum_value:
        tell_enum_value(value);
        return visitor_.enter_scalar(value);
      default:
        return visitor_.enter_scalar(value);
    }
  }

 private:
  static DirectiveLocation location_of(OperationType operation) {
    switch (operation) {
      case OperationType::mutation:
        return DirectiveLocation::mutation;
      case OperationType::subscription:
        return DirectiveLocation::subscription;
      case OperationType::query:
        break;
    }
    return DirectiveLocation::query;
  }

  const SchemaType* find_type(const Name& name) {
    if (reads_ != nullptr) {
      reads_->read_type(name);
    }
    return schema_.find_type(name);
  }

  void tell_type(TypeRef type) {
    if (reads_ != nullptr) {
      reads_->read_type(schema_.type(type).name);
    }
  }

  void tell_enum_value(const Value& value) {
    const TypeRef type = scope_.input_type();
    if (reads_ != nullptr && is_known(type) && schema_.type(type).kind == TypeKind::enum_type) {
      reads_->read_enum_value(schema_.type(type), value.name());
    }
  }

  TypeRef output_type(const Name& name) {
    const SchemaType* type = find_type(name);
    return type != nullptr && type->is_output() ? TypeRef(type->id, {}) : TypeRef();
  }

  void walk_variable(const VariableDefinition& variable) {
    if (visitor_.has_stopped()) {
      return;
    }
    if (reads_ != nullptr) {
      reads_->read_type(variable.type->innermost_name());
    }
    TypeRef type = schema_.resolve(*variable.type, arena_);
    if (is_known(type) && !schema_.type(type).is_input()) {
      type = {};
    }
    scope_.inputs.push_back({type, false});
    visitor_.enter_variable_definition(variable);
    visitor_.enter_named_type(variable.type->innermost_name());
    if (variable.default_value != nullptr) {
      walk_value(*variable.default_value);
    }
    walk_directives(variable.directives, DirectiveLocation::variable_definition);
    scope_.inputs.pop_back();
  }

  void walk_selection_set(const SelectionSet& set) {
    const SchemaType* outer = enter_parent_type();
    visitor_.enter_selection_set(set);
    walk_selections(set);
    scope_.parent_type = outer;
  }

  // Returns the parent type that was.
  const SchemaType* enter_parent_type() {
    const SchemaType* outer = scope_.parent_type;
    scope_.parent_type = nullptr;
    if (is_known(scope_.type)) {
      const SchemaType& named = schema_.type(scope_.type);
      scope_.parent_type = named.is_composite() ? &named : nullptr;
    }
    return outer;
  }

  void walk_selections(const SelectionSet& set) {
    for (const Selection* selection : set.selections) {
      if (visitor_.has_stopped()) {
        break;
      }
      switch (selection->kind) {
        case SelectionKind::field:
          walk_field(as_field(*selection));
          break;
        case SelectionKind::fragment_spread:
          visitor_.enter_fragment_spread(as_fragment_spread(*selection));
          walk_directives(selection->directives, DirectiveLocation::fragment_spread);
          break;
        case SelectionKind::inline_fragment:
          walk_inline_fragment(as_inline_fragment(*selection));
          break;
      }
    }
  }

  void walk_field(const Field& field) {
    const TypeRef outer_type = scope_.type;
    const SchemaField* outer_field = scope_.field;
    scope_.field = nullptr;
    scope_.type = {};
    if (scope_.parent_type != nullptr) {
      if (reads_ != nullptr) {
        reads_->read_field(*scope_.parent_type, field.name);
      }
      scope_.field = schema_.find_selectable_field(*scope_.parent_type, field.name);
      if (scope_.field != nullptr && schema_.type(scope_.field->type).is_output()) {
        scope_.type = scope_.field->type;
      }
      if (scope_.field != nullptr) {
        tell_type(scope_.field->type);
      }
    }
    visitor_.enter_field(field);
    walk_arguments(field.arguments);
    walk_directives(field.directives, DirectiveLocation::field);
    if (field.selection_set != nullptr) {
      walk_selection_set(*field.selection_set);
    }
    visitor_.leave_field(field);
    scope_.field = outer_field;
    scope_.type = outer_type;
  }

  void walk_inline_fragment(const InlineFragment& fragment) {
    const TypeRef outer_type = scope_.type;
    if (!fragment.type_condition.empty()) {
      scope_.type = output_type(fragment.type_condition);
    } else if (is_known(scope_.type)) {
      scope_.type = TypeRef(scope_.type.named(), {});
    }
    visitor_.enter_inline_fragment(fragment);
    if (!fragment.type_condition.empty()) {
      visitor_.enter_named_type(fragment.type_condition);
    }
    walk_directives(fragment.directives, DirectiveLocation::inline_fragment);
    // Its selections belong to the set around it, which has been entered.
    const SchemaType* outer_parent = enter_parent_type();
    walk_selections(*fragment.selection_set);
    scope_.parent_type = outer_parent;
    scope_.type = outer_type;
  }

  void walk_arguments(const List<Argument>& arguments) {
    for (const Argument& argument : arguments) {
      if (visitor_.has_stopped()) {
        return;
      }
      // As in the reference, an unknown directive's arguments are taken for those of the field
      // around.
      scope_.argument = nullptr;
      if (scope_.directive != nullptr) {
        scope_.argument = schema_.find_argument(scope_.directive->arguments, argument.name);
      } else if (scope_.field != nullptr) {
        scope_.argument = schema_.find_argument(scope_.field->arguments, argument.name);
      }
      const SchemaInputValue* definition = scope_.argument;
      InputPosition position;
      if (definition != nullptr) {
        tell_type(definition->type);
        position.type = schema_.type(definition->type).is_input() ? definition->type : TypeRef();
        position.has_default = definition->has_default();
      }
      scope_.inputs.push_back(position);
      visitor_.enter_argument(argument);
      walk_value(argument.value);
      scope_.argument = nullptr;
      scope_.inputs.pop_back();
    }
  }

  void walk_list(const Value& list) {
    TypeRef item = scope_.input_type();
    if (is_known(item)) {
      item = item.is_list() ? item.item() : item.nullable();
    }
    scope_.inputs.push_back({item, false});
    visitor_.enter_list(list);
    for (const Value& value : list.items) {
      walk_value(value);
    }
    visitor_.leave_list(list);
    scope_.inputs.pop_back();
  }

  void walk_object_field(const ObjectField& field) {
    if (visitor_.has_stopped()) {
      return;
    }
    InputPosition position;
    const TypeRef object = scope_.input_type();
    if (is_known(object) && schema_.type(object).kind == TypeKind::input_object) {
      const SchemaType& type = schema_.type(object);
      if (reads_ != nullptr) {
        reads_->read_input_field(type, field.name);
      }
      if (const SchemaInputValue* input_field = schema_.find_input_field(type, field.name)) {
        position = {input_field->type, input_field->has_default()};
        tell_type(input_field->type);
      }
    }
    scope_.inputs.push_back(position);
    visitor_.enter_object_field(field);
    walk_value(field.value);
    scope_.inputs.pop_back();
  }

  const Schema& schema_;
  Arena& arena_;
  SchemaReads* reads_;
  Visitor& visitor_;
  TypeScope scope_;
};

}  // namespace graphql
