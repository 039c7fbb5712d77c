#include "graphql/schema_places.h"

#include "graphql/applied_directives.h"

namespace graphql {
namespace {

template <typename Node>
SchemaPlaces::Origin<Node> find(const List<Node>& nodes,
                                const Name& name,
                                std::uint32_t source_id) {
  for (const Node& node : nodes) {
    if (node.name == name) {
      return {&node, source_id};
    }
  }
  return {};
}

}  // namespace

template <typename Node>
SchemaPlaces::Locations SchemaPlaces::Origin<Node>::deprecated_places() const {
  Locations places;
  if (node != nullptr) {
    if (const Directive* const deprecated = find_applied(node->directives, "deprecated")) {
      places.push_back({source_id, deprecated->span});
    }
    places.push_back({source_id, node->type->span});
  }
  return places;
}

template struct SchemaPlaces::Origin<FieldDefinition>;
template struct SchemaPlaces::Origin<InputValueDefinition>;

template <typename Visitor>
void SchemaPlaces::visit_nodes(const SchemaType& type, Visitor visitor) const {
  const SchemaOrigins::TypeNodes& nodes = origins_.types[static_cast<std::size_t>(type.id)];
  if (nodes.definition != nullptr) {
    visitor(*nodes.definition);
  }
  for (const TypeDefinition* extension : nodes.extensions) {
    visitor(*extension);
  }
}

SchemaPlaces::Locations SchemaPlaces::schema() const {
  const SchemaDefinition* const node = origins_.schema;
  return node == nullptr ? Locations() : Locations{{node->source_id, node->span}};
}

SchemaPlaces::Locations SchemaPlaces::root_type(OperationType operation) const {
  std::vector<const SchemaDefinition*> nodes = origins_.schema_extensions;
  if (origins_.schema != nullptr) {
    nodes.insert(nodes.begin(), origins_.schema);
  }
  for (const SchemaDefinition* node : nodes) {
    for (const RootTypeDefinition& root : node->root_types) {
      if (root.operation == operation) {
        return {{node->source_id, root.type.span()}};
      }
    }
  }
  return {};
}

SchemaPlaces::Locations SchemaPlaces::definition(const SchemaType& type) const {
  const TypeDefinition* const node = origins_.types[static_cast<std::size_t>(type.id)].definition;
  return node == nullptr ? Locations() : Locations{{node->source_id, node->span}};
}

SchemaPlaces::Locations SchemaPlaces::all(const SchemaType& type) const {
  Locations places;
  visit_nodes(type, [&](const TypeDefinition& node) {
    places.push_back({node.source_id, node.span});
  });
  return places;
}

SchemaPlaces::Locations SchemaPlaces::names(const SchemaType& type,
                                            List<Name> TypeDefinition::*names,
                                            const Name& wanted) const {
  Locations places;
  visit_nodes(type, [&](const TypeDefinition& node) {
    for (const Name& name : node.*names) {
      if (name == wanted) {
        places.push_back({node.source_id, name.span()});
      }
    }
  });
  return places;
}

SchemaPlaces::Locations SchemaPlaces::implements(const SchemaType& type,
                                                 const SchemaType& interface) const {
  return names(type, &TypeDefinition::interfaces, interface.name);
}

SchemaPlaces::Locations SchemaPlaces::includes(const SchemaType& type,
                                               const SchemaType& member) const {
  return names(type, &TypeDefinition::members, member.name);
}

SchemaPlaces::Locations SchemaPlaces::enum_value(const SchemaType& type, const Name& value) const {
  Locations places;
  visit_nodes(type, [&](const TypeDefinition& node) {
    for (const EnumValueDefinition& definition : node.values) {
      if (places.empty() && definition.name == value) {
        places.push_back({node.source_id, definition.span});
      }
    }
  });
  return places;
}

SchemaPlaces::Locations SchemaPlaces::directive(std::size_t index) const {
  const DirectiveDefinition* const node = origins_.directives[index];
  return node == nullptr ? Locations() : Locations{{node->source_id, node->span}};
}

SchemaPlaces::FieldOrigin SchemaPlaces::field(const SchemaType& type, const Name& name) const {
  FieldOrigin origin;
  visit_nodes(type, [&](const TypeDefinition& node) {
    if (origin.node == nullptr) {
      origin = find(node.fields, name, node.source_id);
    }
  });
  return origin;
}

SchemaPlaces::InputOrigin SchemaPlaces::argument(const SchemaType& type,
                                                 const Name& field,
                                                 const Name& argument) const {
  const FieldOrigin origin = this->field(type, field);
  return origin.node == nullptr ? InputOrigin()
                                : find(origin.node->arguments, argument, origin.source_id);
}

SchemaPlaces::InputOrigin SchemaPlaces::input_field(const SchemaType& type,
                                                    const Name& name) const {
  InputOrigin origin;
  visit_nodes(type, [&](const TypeDefinition& node) {
    if (origin.node == nullptr) {
      origin = find(node.input_fields, name, node.source_id);
    }
  });
  return origin;
}

SchemaPlaces::InputOrigin SchemaPlaces::directive_argument(std::size_t directive,
                                                           const Name& argument) const {
  const DirectiveDefinition* const node = origins_.directives[directive];
  return node == nullptr ? InputOrigin() : find(node->arguments, argument, node->source_id);
}

SchemaOrigins::DefaultLiteral SchemaPlaces::default_of(const SchemaInputValue& value) const {
  if (origins_.defaults.empty()) {
    return {};
  }
  const auto found = origins_.defaults.find(&value);
  return found == origins_.defaults.end() ? SchemaOrigins::DefaultLiteral() : found->second;
}

}  // namespace graphql
