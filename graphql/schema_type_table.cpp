#include "graphql/schema_type_table.h"

#include <utility>

#include "graphql/builtin_types.h"

namespace graphql {
TypeId SchemaTypeTable::find(const Name& name) const {
  const std::uint32_t found = storage_.type_index.find(
      name.hash, [&](std::uint32_t id) { return storage_.types[id].name == name; });
  return found == NameIndex::k_none ? k_no_type : TypeId{found};
}

SchemaType& SchemaTypeTable::add(const Name& name, TypeKind kind) {
  SchemaType type;
  type.id = TypeId{static_cast<std::uint32_t>(storage_.types.size())};
  type.name = name;
  type.kind = kind;
  storage_.type_index.insert(name.hash, static_cast<std::uint32_t>(type.id));
  storage_.types.push_back(type);
  listed_.push_back(type.id);
  return storage_.types.back();
}

void SchemaTypeTable::list_builtin(TypeId id) {
  if (!std::exchange(storage_.has_builtin[index_of(id)], true)) {
    listed_.push_back(id);
  }
}

void SchemaTypeTable::list_existing(TypeId id) {
  if (id < k_first_defined_type) {
    list_builtin(id);
  } else {
    listed_.push_back(id);
  }
}

void SchemaTypeTable::begin(TypeId id) {
  if (id < k_first_defined_type) {
    append_with_references(id);
  } else {
    storage_.type_order.push_back(id);
  }
}

void SchemaTypeTable::refer_to_builtin(TypeId id) {
  if (!std::exchange(storage_.has_builtin[index_of(id)], true)) {
    append_with_references(id);
  }
}

// Recurses at most once per built-in type.
void SchemaTypeTable::append_with_references(TypeId id) {
  storage_.type_order.push_back(id);
  for (const SchemaField& field : builtins().types[index_of(id)].fields) {
    refer_to(field.type.named());
    for (const SchemaInputValue& argument : field.arguments) {
      refer_to(argument.type.named());
    }
  }
}

}  // namespace graphql
