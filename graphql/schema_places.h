#pragma once

#include <cstdint>
#include <vector>

#include "graphql/error.h"
#include "graphql/schema_builder.h"

namespace graphql {

/// Finds the places that messages about a schema point to. Looking for one walks the definitions of
/// a type, which is slow and happens only where something is wrong. Each answer is empty where the
/// thing does not come from a document.
class SchemaPlaces {
 public:
  using Locations = std::vector<Location>;

  /// A node of a definition and the number of the text that it stands in.
  template <typename Node>
  struct Origin {
    const Node* node = nullptr;
    std::uint32_t source_id = 0;

    Locations place() const { return span_of(&Node::span); }
    /// Of the type that stands there.
    Locations type_place() const {
      return node == nullptr ? Locations() : Locations{{source_id, node->type->span}};
    }
    /// Of `@deprecated` and then of the type.
    Locations deprecated_places() const;

   private:
    Locations span_of(base::Span Node::*span) const {
      return node == nullptr ? Locations() : Locations{{source_id, node->*span}};
    }
  };
  using FieldOrigin = Origin<FieldDefinition>;
  using InputOrigin = Origin<InputValueDefinition>;

  explicit SchemaPlaces(const SchemaOrigins& origins) : origins_(origins) {}

  /// The schema definition.
  Locations schema() const;
  /// The name of the type in the first schema definition or extension that has the operation.
  Locations root_type(OperationType operation) const;
  Locations definition(const SchemaType& type) const;
  /// The definition and all extensions.
  Locations all(const SchemaType& type) const;
  /// Everywhere that `type` says that it implements `interface`.
  Locations implements(const SchemaType& type, const SchemaType& interface) const;
  /// Everywhere that the union `type` says that it includes `member`.
  Locations includes(const SchemaType& type, const SchemaType& member) const;
  Locations enum_value(const SchemaType& type, const Name& value) const;
  Locations directive(std::size_t index) const;

  FieldOrigin field(const SchemaType& type, const Name& name) const;
  InputOrigin argument(const SchemaType& type, const Name& field, const Name& argument) const;
  InputOrigin input_field(const SchemaType& type, const Name& name) const;
  InputOrigin directive_argument(std::size_t directive, const Name& argument) const;
  /// What is written as the default of `value`; its literal is null where nothing is.
  SchemaOrigins::DefaultLiteral default_of(const SchemaInputValue& value) const;

 private:
  template <typename Visitor>
  void visit_nodes(const SchemaType& type, Visitor visitor) const;
  Locations names(const SchemaType& type,
                  List<Name> TypeDefinition::*names,
                  const Name& wanted) const;

  const SchemaOrigins& origins_;
};

}  // namespace graphql
