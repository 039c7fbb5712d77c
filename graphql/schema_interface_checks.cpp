#include <algorithm>

#include "graphql/schema_check_context.h"
#include "graphql/unique_names.h"

namespace graphql {
namespace {

using Locations = std::vector<Location>;

std::string text_of(const SchemaType& type) {
  return std::string(type.name.text);
}

Locations joined(Locations first, const Locations& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

// `type` and one field of it, and the interface whose field of that name it has to match.
struct Implementation {
  const SchemaType& type;
  const SchemaField& field;
  const SchemaType& interface;
  const SchemaField& expected;
};

void check_ancestors(SchemaCheckContext& context,
                     const SchemaType& type,
                     const SchemaType& interface,
                     const std::vector<TypeId>& implemented) {
  for (const TypeId id : interface.interfaces) {
    if (std::binary_search(implemented.begin(), implemented.end(), id)) {
      continue;
    }
    const SchemaType& ancestor = context.schema.type(id);
    const std::string message =
        id == type.id ? "Type " + text_of(type) + " cannot implement " + text_of(interface) +
                            " because it would create a circular reference."
                      : "Type " + text_of(type) + " must implement " + text_of(ancestor) +
                            " because it is implemented by " + text_of(interface) + ".";
    context.report(message,
                   joined(context.places.implements(interface, ancestor),
                          context.places.implements(type, interface)));
  }
}

/// The arguments of a field by name, of which a hostile schema has tens of thousands.
class ArgumentIndex {
 public:
  explicit ArgumentIndex(const SchemaField& field) : arguments_(field.arguments) {
    for (const SchemaInputValue& argument : arguments_) {
      names_.add(argument.name);
    }
  }

  const SchemaInputValue* find(const Name& name) const {
    const std::uint32_t found = names_.find(name);
    return found == NameIndex::k_none ? nullptr : &arguments_[found];
  }

 private:
  const List<SchemaInputValue>& arguments_;
  UniqueNames names_;
};

void check_expected_arguments(SchemaCheckContext& context, const Implementation& is) {
  const std::string field = coordinate(is.type, is.field.name);
  const std::string expected_field = coordinate(is.interface, is.expected.name);
  if (is.expected.arguments.empty()) {
    return;
  }
  const ArgumentIndex arguments(is.field);
  for (const SchemaInputValue& expected : is.expected.arguments) {
    if (context.errors.is_full()) {
      return;
    }
    const SchemaInputValue* const argument = arguments.find(expected.name);
    const auto expected_origin = [&] {
      return context.places.argument(is.interface, is.expected.name, expected.name);
    };
    if (argument == nullptr) {
      context.report(
          "Interface field argument " + argument_coordinate(expected_field, expected.name) +
              " expected but " + field + " does not provide it.",
          joined(expected_origin().place(), context.places.field(is.type, is.field.name).place()));
    } else if (!(expected.type == argument->type)) {
      context.report(
          "Interface field argument " + argument_coordinate(expected_field, expected.name) +
              " expects type " + context.schema.to_text(expected.type) + " but " +
              argument_coordinate(field, argument->name) + " is type " +
              context.schema.to_text(argument->type) + ".",
          joined(expected_origin().type_place(),
                 context.places.argument(is.type, is.field.name, argument->name).type_place()));
    }
  }
}

void check_other_arguments(SchemaCheckContext& context, const Implementation& is) {
  if (is.field.arguments.empty()) {
    return;
  }
  const ArgumentIndex expected(is.expected);
  for (const SchemaInputValue& argument : is.field.arguments) {
    if (argument.is_required() && expected.find(argument.name) == nullptr) {
      context.report("Object field " + coordinate(is.type, is.field.name) +
                         " includes required argument " + std::string(argument.name.text) +
                         " that is missing from the Interface field " +
                         coordinate(is.interface, is.expected.name) + ".",
                     joined(context.places.argument(is.type, is.field.name, argument.name).place(),
                            context.places.field(is.interface, is.expected.name).place()));
    }
  }
}

void check_field(SchemaCheckContext& context, const Implementation& is) {
  if (!context.schema.is_sub_type(is.field.type, is.expected.type)) {
    context.report("Interface field " + coordinate(is.interface, is.expected.name) +
                       " expects type " + context.schema.to_text(is.expected.type) + " but " +
                       coordinate(is.type, is.field.name) + " is type " +
                       context.schema.to_text(is.field.type) + ".",
                   joined(context.places.field(is.interface, is.expected.name).type_place(),
                          context.places.field(is.type, is.field.name).type_place()));
  }
  check_expected_arguments(context, is);
  check_other_arguments(context, is);
  if (context.is_complete() && is.field.is_deprecated() && !is.expected.is_deprecated()) {
    context.errors.add(k_deprecated_implementation,
                       "Interface field " + coordinate(is.interface, is.expected.name) +
                           " is not deprecated, so implementation field " +
                           coordinate(is.type, is.field.name) + " must not be deprecated.",
                       context.places.field(is.type, is.field.name).deprecated_places());
  }
}

void check_implementation(SchemaCheckContext& context,
                          const SchemaType& type,
                          const SchemaType& interface) {
  for (const SchemaField& expected : interface.fields) {
    if (context.errors.is_full()) {
      return;
    }
    if (const SchemaField* const field = context.schema.find_field(type, expected.name)) {
      check_field(context, {type, *field, interface, expected});
      continue;
    }
    context.report(
        "Interface field " + coordinate(interface, expected.name) + " expected but " +
            text_of(type) + " does not provide it.",
        joined(context.places.field(interface, expected.name).place(), context.places.all(type)));
  }
}

}  // namespace

void check_interfaces(SchemaCheckContext& context, const SchemaType& type) {
  if (type.interfaces.empty()) {
    return;
  }
  std::vector<TypeId> implemented(type.interfaces.begin(), type.interfaces.end());
  std::sort(implemented.begin(), implemented.end());
  // By the first position of the type in `implemented`.
  std::vector<bool> is_seen(implemented.size(), false);
  for (const TypeId id : type.interfaces) {
    if (context.errors.is_full()) {
      return;
    }
    const SchemaType& interface = context.schema.type(id);
    const auto position = static_cast<std::size_t>(
        std::lower_bound(implemented.begin(), implemented.end(), id) - implemented.begin());
    const auto places = [&] { return context.places.implements(type, interface); };
    if (interface.kind != TypeKind::interface) {
      context.report("Type " + text_of(type) + " must only implement Interface types, it cannot " +
                         "implement " + text_of(interface) + ".",
                     places());
    } else if (id == type.id) {
      context.report("Type " + text_of(type) +
                         " cannot implement itself because it would create a circular reference.",
                     places());
    } else if (is_seen[position]) {
      context.report(
          "Type " + text_of(type) + " can only implement " + text_of(interface) + " once.",
          places());
    } else {
      is_seen[position] = true;
      check_ancestors(context, type, interface, implemented);
      check_implementation(context, type, interface);
    }
  }
}

}  // namespace graphql
