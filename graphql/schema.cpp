#include "graphql/schema.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "graphql/builtin_types.h"
#include "graphql/schema_storage.h"

namespace graphql {
namespace {

// Up to here comparing hashes one by one beats the table.
constexpr std::size_t k_searched_one_by_one = 8;

// Members of different types share one table, so the type is part of the hash.
std::uint32_t member_hash(TypeId type, std::uint32_t name_hash) {
  return name_hash ^ (index_of(type) * 0x9E37'79B1U);
}

template <typename Member>
const Member* search(const List<Member>& members, const Name& name) {
  for (const Member& member : members) {
    if (member.name == name) {
      return &member;
    }
  }
  return nullptr;
}

// The table holds the position in the type's list; the comparison tells types apart, since what
// has the same hash in another type has another name or is refused by the range check.
template <typename Member>
const Member* search(const NameIndex& index,
                     TypeId type,
                     const List<Member>& members,
                     const Name& name) {
  if (members.size() <= k_searched_one_by_one) {
    return search(members, name);
  }
  const std::uint32_t found = index.find(member_hash(type, name.hash), [&](std::uint32_t position) {
    return position < members.size() && members[position].name == name;
  });
  return found == NameIndex::k_none ? nullptr : &members[found];
}

template <typename Member>
void add_members(NameIndex& index, TypeId type, const List<Member>& members) {
  if (members.size() > k_searched_one_by_one) {
    for (std::uint32_t i = 0; i < members.size(); ++i) {
      index.insert(member_hash(type, members[i].name.hash), i);
    }
  }
}

// Lists of arguments have no number of their own, but each stays where it is in memory.
std::uint32_t argument_hash(const List<SchemaInputValue>& arguments, std::uint32_t name_hash) {
  const auto address = reinterpret_cast<std::uintptr_t>(arguments.begin());
  return name_hash ^ (static_cast<std::uint32_t>(address >> 4U) * 0x9E37'79B1U);
}

void add_arguments(NameIndex& index, const List<SchemaInputValue>& arguments) {
  if (arguments.size() > k_searched_one_by_one) {
    for (std::uint32_t i = 0; i < arguments.size(); ++i) {
      index.insert(argument_hash(arguments, arguments[i].name.hash), i);
    }
  }
}

void index_arguments(SchemaStorage& storage) {
  for (const SchemaDirective& directive : storage.directives) {
    add_arguments(storage.argument_index, directive.arguments);
  }
  for (const SchemaType& type : storage.types) {
    for (const SchemaField& field : type.fields) {
      add_arguments(storage.argument_index, field.arguments);
    }
  }
}

std::size_t indexed_count(const SchemaType& type) {
  const std::size_t count =
      std::max({type.fields.size(), type.input_fields.size(), type.enum_values.size()});
  return count > k_searched_one_by_one ? count : 0;
}

void index_members(SchemaStorage& storage) {
  for (std::uint32_t i = 0; i < storage.directives.size(); ++i) {
    storage.directive_index.insert(storage.directives[i].name.hash, i);
  }
  std::size_t members = 0;
  for (const SchemaType& type : storage.types) {
    members += indexed_count(type);
  }
  storage.member_index.reserve(members);
  for (const SchemaType& type : storage.types) {
    add_members(storage.member_index, type.id, type.fields);
    add_members(storage.member_index, type.id, type.input_fields);
    add_members(storage.member_index, type.id, type.enum_values);
  }
}

// The types that list an interface among theirs, per interface and ascending. An invalid schema may
// list what is no interface, or one interface twice, which then stands here twice in a row.
struct Implementations {
  explicit Implementations(const SchemaStorage& storage) : offsets(storage.types.size() + 1) {
    visit(storage, [this](TypeId interface, TypeId) { ++offsets[index_of(interface) + 1]; });
    for (std::size_t i = 1; i < offsets.size(); ++i) {
      offsets[i] += offsets[i - 1];
    }
    implementers.resize(offsets.back());
    std::vector<std::uint32_t> next(offsets.begin(), offsets.end() - 1);
    visit(storage,
          [&](TypeId interface, TypeId type) { implementers[next[index_of(interface)]++] = type; });
  }

  template <typename Visitor>
  static void visit(const SchemaStorage& storage, Visitor visitor) {
    for (const SchemaType& type : storage.types) {
      for (const TypeId interface : type.interfaces) {
        if (storage.types[index_of(interface)].kind == TypeKind::interface) {
          visitor(interface, type.id);
        }
      }
    }
  }

  std::vector<std::uint32_t> offsets;
  std::vector<TypeId> implementers;
};

// The objects and the interfaces among what implements `interface`.
void part_implementers(const SchemaStorage& storage,
                       const Implementations& implementations,
                       TypeId interface,
                       std::vector<TypeId>& objects,
                       std::vector<TypeId>& interfaces) {
  const std::size_t begin = implementations.offsets[index_of(interface)];
  const std::size_t end = implementations.offsets[index_of(interface) + 1];
  for (std::size_t i = begin; i < end; ++i) {
    const TypeId implementer = implementations.implementers[i];
    const bool is_object = storage.types[index_of(implementer)].kind == TypeKind::object;
    std::vector<TypeId>& list = is_object ? objects : interfaces;
    if (list.empty() || list.back() != implementer) {
      list.push_back(implementer);
    }
  }
}

void find_possible_types(SchemaStorage& storage) {
  const Implementations implementations(storage);
  std::vector<TypeId> objects;
  std::vector<TypeId> interfaces;
  for (SchemaType& type : storage.types) {
    objects.clear();
    interfaces.clear();
    if (type.kind == TypeKind::object) {
      objects.push_back(type.id);
    } else if (type.kind == TypeKind::union_type) {
      objects.assign(type.members.begin(), type.members.end());
      std::sort(objects.begin(), objects.end());
      objects.erase(std::unique(objects.begin(), objects.end()), objects.end());
    } else if (type.kind == TypeKind::interface) {
      part_implementers(storage, implementations, type.id, objects, interfaces);
    }
    type.possible_types = storage.arena.copy_list(objects.data(), objects.size());
    type.implementing_interfaces = storage.arena.copy_list(interfaces.data(), interfaces.size());
  }
}

template <typename T>
List<T> list_of(const std::vector<T>& values) {
  return {values.data(), values.size()};
}

bool contains(const List<TypeId>& ids, TypeId id) {
  return std::binary_search(ids.begin(), ids.end(), id);
}

}  // namespace

Schema::Schema(std::unique_ptr<SchemaStorage> storage) {
  index_members(*storage);
  index_arguments(*storage);
  find_possible_types(*storage);
  storage_ = std::move(storage);
}

Schema::~Schema() = default;

List<SchemaType> Schema::types() const {
  return list_of(storage_->types);
}

List<TypeId> Schema::type_order() const {
  return list_of(storage_->type_order);
}

List<SchemaDirective> Schema::directives() const {
  return list_of(storage_->directives);
}

const SchemaType* Schema::find_type(const Name& name) const {
  const std::uint32_t found = storage_->type_index.find(
      name.hash, [&](std::uint32_t id) { return storage_->types[id].name == name; });
  const bool is_missing = found == NameIndex::k_none ||
                          (found < index_of(k_first_defined_type) && !storage_->has_builtin[found]);
  return is_missing ? nullptr : &storage_->types[found];
}

const SchemaDirective* Schema::find_directive(const Name& name) const {
  const std::uint32_t found = storage_->directive_index.find(
      name.hash, [&](std::uint32_t i) { return storage_->directives[i].name == name; });
  return found == NameIndex::k_none ? nullptr : &storage_->directives[found];
}

const SchemaField* Schema::find_field(const SchemaType& type, const Name& name) const {
  return search(storage_->member_index, type.id, type.fields, name);
}

const SchemaInputValue* Schema::find_input_field(const SchemaType& type, const Name& name) const {
  return search(storage_->member_index, type.id, type.input_fields, name);
}

const SchemaEnumValue* Schema::find_enum_value(const SchemaType& type, const Name& name) const {
  return search(storage_->member_index, type.id, type.enum_values, name);
}

const SchemaInputValue* Schema::find_argument(const List<SchemaInputValue>& arguments,
                                              const Name& name) const {
  if (arguments.size() <= k_searched_one_by_one) {
    return search(arguments, name);
  }
  const std::uint32_t found = storage_->argument_index.find(
      argument_hash(arguments, name.hash), [&](std::uint32_t position) {
        return position < arguments.size() && arguments[position].name == name;
      });
  return found == NameIndex::k_none ? nullptr : &arguments[found];
}

const SchemaField* Schema::find_selectable_field(const SchemaType& type, const Name& name) const {
  const MetaFields& meta = builtins().meta_fields;
  if (name.text.size() > 2 && name.text[0] == '_' && name.text[1] == '_') {
    if (&type == root_type(OperationType::query)) {
      if (name == meta.schema.name) {
        return &meta.schema;
      }
      if (name == meta.type.name) {
        return &meta.type;
      }
    }
    if (name == meta.type_name.name && type.is_composite()) {
      return &meta.type_name;
    }
  }
  return find_field(type, name);
}

const SchemaType* Schema::root_type(OperationType operation) const {
  const TypeId id = storage_->roots[static_cast<std::size_t>(operation)];
  return id == k_no_type ? nullptr : &type(id);
}

std::string_view Schema::description() const {
  return storage_->description;
}

bool Schema::is_sub_type(TypeId sub, TypeId super) const {
  if (sub == super) {
    return true;
  }
  const SchemaType& candidate = type(super);
  return candidate.is_abstract() && (contains(candidate.possible_types, sub) ||
                                     contains(candidate.implementing_interfaces, sub));
}

bool Schema::is_sub_type(TypeRef sub, TypeRef super) const {
  while (true) {
    if (super.is_non_null()) {
      if (!sub.is_non_null()) {
        return false;
      }
      super = super.unwrapped();
      sub = sub.unwrapped();
    } else if (sub.is_non_null()) {
      sub = sub.unwrapped();
    } else if (super.is_list() || sub.is_list()) {
      if (!super.is_list() || !sub.is_list()) {
        return false;
      }
      super = super.unwrapped();
      sub = sub.unwrapped();
    } else {
      return is_sub_type(sub.named(), super.named());
    }
  }
}

bool Schema::overlap(TypeId left, TypeId right) const {
  if (left == right) {
    return true;
  }
  const List<TypeId>& few = type(left).possible_types;
  const List<TypeId>& many = type(right).possible_types;
  if (few.size() > many.size()) {
    return overlap(right, left);
  }
  return std::any_of(few.begin(), few.end(), [&](TypeId id) { return contains(many, id); });
}

TypeRef Schema::resolve(const TypeReference& reference, Arena& arena) const {
  const SchemaType* const named = find_type(reference.innermost_name());
  return {named == nullptr ? k_no_type : named->id, wrappers_of(reference, arena)};
}

std::string Schema::to_text(TypeRef type) const {
  return wrapped_name(this->type(type).name.text, type.wrappers());
}

}  // namespace graphql
