#include "graphql/schema_validation.h"

#include <algorithm>
#include <array>
#include <string>

#include "graphql/schema_check_context.h"

namespace graphql {
namespace {

using Locations = std::vector<Location>;

constexpr std::array<OperationType, 3> k_operations = {
    OperationType::query, OperationType::mutation, OperationType::subscription};

std::string text_of(const Name& name) {
  return std::string(name.text);
}

std::string capitalized(OperationType operation) {
  std::string text(to_text(operation));
  text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text;
}

template <typename Places>
void check_name(SchemaCheckContext& context, const Name& name, Places places) {
  if (name.text.substr(0, 2) == "__") {
    context.report("Name \"" + text_of(name) +
                       "\" must not begin with \"__\", which is reserved by GraphQL introspection.",
                   places());
  }
}

void check_root_type(SchemaCheckContext& context, OperationType operation) {
  const SchemaType* const root = context.schema.root_type(operation);
  const bool is_query = operation == OperationType::query;
  if (root == nullptr) {
    if (is_query) {
      context.report("Query root type must be provided.", context.places.schema());
    }
    return;
  }
  if (root->kind == TypeKind::object) {
    return;
  }
  Locations places = context.places.root_type(operation);
  if (places.empty()) {
    places = context.places.definition(*root);
  }
  context.report(capitalized(operation) + " root type must be Object type" +
                     (is_query ? "" : " if provided") + ", it cannot be " + text_of(root->name) +
                     ".",
                 std::move(places));
}

void check_distinct_root_types(SchemaCheckContext& context) {
  for (std::size_t i = 0; i < k_operations.size(); ++i) {
    const SchemaType* const root = context.schema.root_type(k_operations[i]);
    const auto is_same = [&](OperationType operation) {
      return context.schema.root_type(operation) == root;
    };
    if (root == nullptr || root->kind != TypeKind::object ||
        std::any_of(
            k_operations.begin(), k_operations.begin() + static_cast<std::ptrdiff_t>(i), is_same)) {
      continue;
    }
    std::vector<std::string_view> names;
    Locations places;
    for (const OperationType operation : k_operations) {
      if (is_same(operation)) {
        names.push_back(to_text(operation));
        const Locations place = context.places.root_type(operation);
        places.insert(places.end(), place.begin(), place.end());
      }
    }
    if (names.size() > 1) {
      const std::string list =
          names.size() == 2 ? std::string(names[0]) + " and "
                            : std::string(names[0]) + ", " + std::string(names[1]) + ", and ";
      context.report("All root types must be different, \"" + text_of(root->name) +
                         "\" type is used as " + list + std::string(names.back()) + " root types.",
                     std::move(places));
    }
  }
}

template <typename Origin>
void check_required_deprecated(SchemaCheckContext& context,
                               const std::string& what,
                               const SchemaInputValue& value,
                               Origin origin) {
  if (value.is_deprecated() && value.is_required()) {
    context.report("Required " + what + " cannot be deprecated.", origin().deprecated_places());
  }
}

void check_directives(SchemaCheckContext& context) {
  const List<SchemaDirective> directives = context.schema.directives();
  for (std::size_t i = 0; i < directives.size() && !context.errors.is_full(); ++i) {
    const SchemaDirective& directive = directives[i];
    check_name(context, directive.name, [&] { return context.places.directive(i); });
    const std::string name = "@" + text_of(directive.name);
    if (directive.locations.empty()) {
      context.report("Directive " + name + " must include 1 or more locations.",
                     context.places.directive(i));
    }
    for (const SchemaInputValue& argument : directive.arguments) {
      const auto origin = [&] { return context.places.directive_argument(i, argument.name); };
      check_name(context, argument.name, [&] { return origin().place(); });
      const std::string coordinate = argument_coordinate(name, argument.name);
      if (!context.schema.type(argument.type).is_input()) {
        context.report("The type of " + coordinate + " must be Input Type but got: " +
                           context.schema.to_text(argument.type) + ".",
                       origin().place());
      }
      check_required_deprecated(context, "argument " + coordinate, argument, origin);
      check_default_value(context, coordinate, argument);
    }
  }
}

void check_argument(SchemaCheckContext& context,
                    const SchemaType& type,
                    const SchemaField& field,
                    const SchemaInputValue& argument) {
  const auto origin = [&] { return context.places.argument(type, field.name, argument.name); };
  const auto name = [&] {
    return argument_coordinate(coordinate(type, field.name), argument.name);
  };
  check_name(context, argument.name, [&] { return origin().place(); });
  if (!context.schema.type(argument.type).is_input()) {
    context.report("The type of " + name() + " must be Input Type but got: " +
                       context.schema.to_text(argument.type) + ".",
                   origin().type_place());
  }
  if (argument.is_deprecated()) {
    check_required_deprecated(context, "argument " + name(), argument, origin);
  }
  if (context.is_complete() && context.places.default_of(argument).literal != nullptr) {
    check_default_value(context, name(), argument);
  }
}

void check_fields(SchemaCheckContext& context, const SchemaType& type) {
  if (type.fields.empty()) {
    context.report("Type " + text_of(type.name) + " must define one or more fields.",
                   context.places.all(type));
  }
  for (const SchemaField& field : type.fields) {
    if (context.errors.is_full()) {
      return;
    }
    check_name(context, field.name, [&] { return context.places.field(type, field.name).place(); });
    if (!context.schema.type(field.type).is_output()) {
      context.report("The type of " + coordinate(type, field.name) +
                         " must be Output Type but got: " + context.schema.to_text(field.type) +
                         ".",
                     context.places.field(type, field.name).type_place());
    }
    for (const SchemaInputValue& argument : field.arguments) {
      check_argument(context, type, field, argument);
    }
  }
}

void check_members(SchemaCheckContext& context, const SchemaType& type) {
  if (type.members.empty()) {
    context.report("Union type " + text_of(type.name) + " must define one or more member types.",
                   context.places.all(type));
  }
  // possible_types has each member once, ascending.
  std::vector<bool> is_seen(type.possible_types.size(), false);
  for (const TypeId id : type.members) {
    if (context.errors.is_full()) {
      return;
    }
    const SchemaType& member = context.schema.type(id);
    const auto position = static_cast<std::size_t>(
        std::lower_bound(type.possible_types.begin(), type.possible_types.end(), id) -
        type.possible_types.begin());
    if (is_seen[position]) {
      context.report("Union type " + text_of(type.name) + " can only include type " +
                         text_of(member.name) + " once.",
                     context.places.includes(type, member));
      continue;
    }
    is_seen[position] = true;
    if (member.kind != TypeKind::object) {
      context.report("Union type " + text_of(type.name) +
                         " can only include Object types, it cannot include " +
                         text_of(member.name) + ".",
                     context.places.includes(type, member));
    }
  }
}

void check_enum_values(SchemaCheckContext& context, const SchemaType& type) {
  if (type.enum_values.empty()) {
    context.report("Enum type " + text_of(type.name) + " must define one or more values.",
                   context.places.all(type));
  }
  for (const SchemaEnumValue& value : type.enum_values) {
    check_name(context, value.name, [&] { return context.places.enum_value(type, value.name); });
  }
}

void check_one_of_field(SchemaCheckContext& context,
                        const SchemaType& type,
                        const SchemaInputValue& field) {
  if (field.type.is_non_null()) {
    context.report("OneOf input field " + coordinate(type, field.name) + " must be nullable.",
                   context.places.input_field(type, field.name).type_place());
  }
  const bool is_written =
      context.is_complete() && context.places.default_of(field).literal != nullptr;
  if (field.has_default() || is_written) {
    context.report(
        "OneOf input field " + coordinate(type, field.name) + " cannot have a default value.",
        context.places.input_field(type, field.name).place());
  }
}

void check_input_fields(SchemaCheckContext& context, const SchemaType& type) {
  if (type.input_fields.empty()) {
    context.report("Input Object type " + text_of(type.name) + " must define one or more fields.",
                   context.places.all(type));
  }
  for (const SchemaInputValue& field : type.input_fields) {
    if (context.errors.is_full()) {
      return;
    }
    const auto origin = [&] { return context.places.input_field(type, field.name); };
    check_name(context, field.name, [&] { return origin().place(); });
    if (!context.schema.type(field.type).is_input()) {
      context.report("The type of " + coordinate(type, field.name) +
                         " must be Input Type but got: " + context.schema.to_text(field.type) + ".",
                     origin().type_place());
    }
    if (field.is_deprecated()) {
      check_required_deprecated(
          context, "input field " + coordinate(type, field.name), field, origin);
    }
    if (context.is_complete() && context.places.default_of(field).literal != nullptr) {
      check_default_value(context, coordinate(type, field.name), field);
    }
    if (type.is_one_of) {
      check_one_of_field(context, type, field);
    }
  }
}

void check_types(SchemaCheckContext& context) {
  RequiredCycles cycles(context);
  for (const TypeId id : context.schema.type_order()) {
    const SchemaType& type = context.schema.type(id);
    if (type.is_introspection || context.errors.is_full()) {
      continue;
    }
    check_name(context, type.name, [&] { return context.places.definition(type); });
    switch (type.kind) {
      case TypeKind::scalar:
        break;
      case TypeKind::object:
      case TypeKind::interface:
        check_fields(context, type);
        check_interfaces(context, type);
        break;
      case TypeKind::union_type:
        check_members(context, type);
        break;
      case TypeKind::enum_type:
        check_enum_values(context, type);
        break;
      case TypeKind::input_object:
        check_input_fields(context, type);
        cycles.search_from(type);
        break;
    }
  }
  if (context.is_complete()) {
    cycles.search_one_of();
  }
}

}  // namespace

std::vector<Error> validate_schema(const BuiltSchema& built, SchemaChecks checks) {
  SchemaCheckContext context{*built.schema, SchemaPlaces(built.origins), checks, ErrorList(), 0};
  for (const OperationType operation : k_operations) {
    check_root_type(context, operation);
  }
  if (context.is_complete()) {
    check_distinct_root_types(context);
  }
  check_directives(context);
  check_types(context);
  check_default_cycles(context);
  return context.errors.take();
}

}  // namespace graphql
