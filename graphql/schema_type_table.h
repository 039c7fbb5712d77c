#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "graphql/schema_storage.h"

namespace graphql {

/// Names and order of the types of a schema that is being built.
///
/// The order is that of graphql-js: the types that are listed, each followed by the built-in types
/// that nothing before has referred to and that are not listed themselves.
class SchemaTypeTable {
 public:
  /// Works on `storage`, which has the built-in types.
  explicit SchemaTypeTable(SchemaStorage& storage) : storage_(storage) {}

  /// The type of that name, built in or defined, in the type map or not; k_no_type if there is
  /// none.
  TypeId find(const Name& name) const;

  /// As find, and what is found belongs to the type map from here on.
  TypeId refer_to(const Name& name) {
    const TypeId id = find(name);
    refer_to(id);
    return id;
  }
  /// The type belongs to the type map from here on, with everything that it refers to.
  void refer_to(TypeId id) {
    if (id < k_first_defined_type) {
      refer_to_builtin(id);
    }
  }

  /// Adds a type that is not there yet and lists it.
  SchemaType& add(const Name& name, TypeKind kind);
  /// Puts a built-in type on the list, if it is not there.
  void list_builtin(TypeId id);
  /// Takes over a type of the schema that is extended.
  void list_existing(TypeId id);

  const SchemaType& type(TypeId id) const { return storage_.types[static_cast<std::size_t>(id)]; }
  std::string to_text(TypeRef ref) const {
    return wrapped_name(type(ref.named()).name.text, ref.wrappers());
  }

  const std::vector<TypeId>& listed() const { return listed_; }
  /// The listed type `id` has its turn in the order.
  void begin(TypeId id);

 private:
  void refer_to_builtin(TypeId id);
  void append_with_references(TypeId id);

  SchemaStorage& storage_;
  std::vector<TypeId> listed_;
};

}  // namespace graphql
