#include "graphql/type_system_visitor.h"

namespace graphql {
void TypeSystemVisitor::visit(const Definition& definition) {
  switch (definition.kind) {
    case DefinitionKind::schema:
      return visit_schema(as_schema(definition));
    case DefinitionKind::type:
      return visit_type(as_type(definition));
    case DefinitionKind::directive:
      return visit_directive(as_directive(definition));
    case DefinitionKind::operation:
    case DefinitionKind::fragment:
      return;
  }
}

void TypeSystemVisitor::visit_schema(const SchemaDefinition& schema) {
  check_repeated(schema.directives, seen_at_schema_);
  walk_.walk_directives(schema.directives, DirectiveLocation::schema);
  for (const RootTypeDefinition& root : schema.root_types) {
    visit_name(root.type);
  }
}

// Lists that a kind of type does not have are empty, so one order of them serves all kinds.
void TypeSystemVisitor::visit_type(const TypeDefinition& type) {
  check_repeated(type.directives, seen_at_type_[type.name.text]);
  for (const Name& name : type.interfaces) {
    visit_name(name);
  }
  walk_.walk_directives(type.directives, location_of(type.type_kind));
  for (const FieldDefinition& field : type.fields) {
    visit_field(field);
  }
  for (const Name& member : type.members) {
    visit_name(member);
  }
  for (const EnumValueDefinition& value : type.values) {
    rules_.enter_node(value.directives);
    walk_.walk_directives(value.directives, DirectiveLocation::enum_value);
  }
  // The reference takes the fields of `extend input` for arguments.
  const DirectiveLocation location = type.is_extension ? DirectiveLocation::argument_definition
                                                       : DirectiveLocation::input_field_definition;
  for (const InputValueDefinition& field : type.input_fields) {
    visit_input(field, location);
  }
}

void TypeSystemVisitor::visit_directive(const DirectiveDefinition& directive) {
  for (const InputValueDefinition& argument : directive.arguments) {
    visit_input(argument, DirectiveLocation::argument_definition);
  }
}

void TypeSystemVisitor::visit_field(const FieldDefinition& field) {
  rules_.enter_node(field.directives);
  for (const InputValueDefinition& argument : field.arguments) {
    visit_input(argument, DirectiveLocation::argument_definition);
  }
  visit_name(field.type->innermost_name());
  walk_.walk_directives(field.directives, DirectiveLocation::field_definition);
}

void TypeSystemVisitor::visit_input(const InputValueDefinition& input, DirectiveLocation location) {
  rules_.enter_node(input.directives);
  visit_name(input.type->innermost_name());
  if (input.default_value != nullptr) {
    walk_.walk_value(*input.default_value);
  }
  walk_.walk_directives(input.directives, location);
}

void TypeSystemVisitor::visit_name(const Name& name) {
  if (rules_.is_on(Rule::known_type_names)) {
    check_known_type_name_in_type_system(context_, name);
  }
}

void TypeSystemVisitor::check_repeated(const List<Directive>& directives, SeenDirectives& seen) {
  if (rules_.is_on(Rule::unique_directives_per_location)) {
    check_unique_directives(context_, directives, seen);
  }
}

}  // namespace graphql
