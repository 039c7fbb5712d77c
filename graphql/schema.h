#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "graphql/ast.h"
#include "graphql/directive_location.h"
#include "graphql/type_ref.h"

namespace graphql {

/// Texts that may be absent (descriptions, reasons, defaults) are views with a null pointer where
/// they are; an empty text that was written down is not absent.
inline bool is_given(std::string_view text) {
  return text.data() != nullptr;
}

/// An argument or an input field.
struct SchemaInputValue {
  Name name;
  TypeRef type;
  std::string_view description;
  std::string_view deprecation_reason;
  /// The coerced default as GraphQL text. Not given where there is none, and where the text in the
  /// source is no value of the type, which the reference implementation treats alike.
  std::string_view default_value;

  bool has_default() const { return is_given(default_value); }
  bool is_deprecated() const { return is_given(deprecation_reason); }
  /// Whether it must be provided.
  bool is_required() const { return type.is_non_null() && !has_default(); }
};

/// A field of an object or an interface.
struct SchemaField {
  Name name;
  TypeRef type;
  List<SchemaInputValue> arguments;
  std::string_view description;
  std::string_view deprecation_reason;

  bool is_deprecated() const { return is_given(deprecation_reason); }
};

struct SchemaEnumValue {
  Name name;
  std::string_view description;
  std::string_view deprecation_reason;

  bool is_deprecated() const { return is_given(deprecation_reason); }
};

/// A named type. Which members are filled depends on `kind`; all come in the order of the source.
struct SchemaType {
  Name name;
  TypeId id = k_no_type;
  TypeKind kind = TypeKind::scalar;
  bool is_one_of = false;
  /// One of Int, Float, String, Boolean, ID.
  bool is_specified_scalar = false;
  /// `__Schema`, `__Type` and the others of the specification's section 4.
  bool is_introspection = false;
  std::string_view description;
  std::string_view specified_by_url;
  List<SchemaField> fields;
  List<SchemaInputValue> input_fields;
  List<SchemaEnumValue> enum_values;
  /// What an object or interface implements.
  List<TypeId> interfaces;
  /// What a union consists of.
  List<TypeId> members;
  /// The objects that a value of this type may be, ascending; an object is its own only one.
  List<TypeId> possible_types;
  /// The interfaces that implement this one, ascending.
  List<TypeId> implementing_interfaces;

  bool is_abstract() const { return kind == TypeKind::interface || kind == TypeKind::union_type; }
  bool is_composite() const { return kind == TypeKind::object || is_abstract(); }
  bool is_leaf() const { return kind == TypeKind::scalar || kind == TypeKind::enum_type; }
  bool is_input() const { return is_leaf() || kind == TypeKind::input_object; }
  bool is_output() const { return kind != TypeKind::input_object; }
};

struct SchemaDirective {
  Name name;
  std::string_view description;
  std::string_view deprecation_reason;
  List<SchemaInputValue> arguments;
  /// In the order of the source; `location_bits` has bit n set for each location n in it.
  List<DirectiveLocation> locations;
  std::uint32_t location_bits = 0;
  bool is_repeatable = false;
  /// One of include, skip, deprecated, specifiedBy, oneOf, also where the source defines it anew.
  bool is_specified = false;

  bool is_deprecated() const { return is_given(deprecation_reason); }
  bool allows(DirectiveLocation location) const {
    return (location_bits >> static_cast<unsigned>(location) & 1U) != 0;
  }
};

struct SchemaStorage;

/// A type system with everything in it that validation, compiling and printing ask for.
///
/// Immutable, and so safe to read from any number of threads. Owns all its memory: every view, list
/// and pointer that it gives out lives as long as it does. It may be invalid: load_schema() says.
class Schema {
 public:
  /// Indexes what the builder collected. Use load_schema().
  explicit Schema(std::unique_ptr<SchemaStorage> storage);
  ~Schema();
  Schema(const Schema&) = delete;
  Schema& operator=(const Schema&) = delete;

  /// Indexed by TypeId: first the built-in types at the fixed ids of type_ref.h, used or not.
  List<SchemaType> types() const;
  /// The types that the schema has, in the order of the reference implementation's type map. The
  /// specified scalars are among them only where something uses them.
  List<TypeId> type_order() const;
  List<SchemaDirective> directives() const;
  const SchemaType& type(TypeId id) const { return types()[static_cast<std::size_t>(id)]; }
  const SchemaType& type(TypeRef ref) const { return type(ref.named()); }

  /// Each of these is null where there is no such thing. Constant time on average. name_of() makes
  /// a Name of a text that does not come from a parser.
  const SchemaType* find_type(const Name& name) const;
  const SchemaDirective* find_directive(const Name& name) const;
  const SchemaField* find_field(const SchemaType& type, const Name& name) const;
  const SchemaInputValue* find_input_field(const SchemaType& type, const Name& name) const;
  const SchemaEnumValue* find_enum_value(const SchemaType& type, const Name& name) const;
  /// One of the arguments of a field or directive, which must be of this schema or the
  /// specification's.
  const SchemaInputValue* find_argument(const List<SchemaInputValue>& arguments,
                                        const Name& name) const;
  /// As find_field, and also `__typename` of composite types, `__schema` and `__type` of the query
  /// root: what a selection in `type` may ask for.
  const SchemaField* find_selectable_field(const SchemaType& type, const Name& name) const;

  /// The type of that operation as the schema names it, which an invalid schema may let be another
  /// kind than an object. Null where the schema supports no such operation.
  const SchemaType* root_type(OperationType operation) const;
  std::string_view description() const;

  /// Whether `sub` is `super` or is declared to be one: a member of a union, an implementation of
  /// an interface.
  bool is_sub_type(TypeId sub, TypeId super) const;
  /// The same with wrappers: non-null is a subtype of nullable, lists go by their items.
  bool is_sub_type(TypeRef sub, TypeRef super) const;
  /// Whether some object may be both. Both must be composite.
  bool overlap(TypeId left, TypeId right) const;

  /// The type that `reference` means; its named() is k_no_type where the name is unknown here.
  /// Wrappers that are not usual are kept in `arena`.
  TypeRef resolve(const TypeReference& reference, Arena& arena) const;

  /// `[String!]!`
  std::string to_text(TypeRef type) const;

 private:
  std::unique_ptr<const SchemaStorage> storage_;
};

}  // namespace graphql
