#pragma once

#include <cstdint>
#include <string_view>

#include "base/span.h"
#include "graphql/arena.h"
#include "graphql/name.h"

/// The tree of a GraphQL document, executable and type system.
///
/// Nodes are plain values in the arena of their Document and never change after parsing, so any
/// number of threads may read them. Names and values are views of the source text (or of the arena
/// where an escape had to be resolved): the caller of the parser keeps the text alive as long as
/// the tree. A node's address is its identity within a process. Spans are byte offsets and end
/// with the node's last token, as `loc` does in graphql-js.
///
/// Nesting is bounded by ParseOptions::max_depth, so code that walks a tree may recurse.
namespace graphql {

struct ObjectField;
struct SelectionSet;

enum class ValueKind : std::uint8_t {
  variable,
  int_value,
  float_value,
  string,
  boolean,
  null,
  enum_value,
  list,
  object,
};

/// A literal or a variable. Which members count depends on `kind`.
struct Value {
  ValueKind kind = ValueKind::null;
  /// A string in the `"""` form.
  bool is_block = false;
  bool boolean = false;
  base::Span span;
  /// Of `text` within the source, and its hash: for variables (without `$`) and enum values.
  std::uint32_t text_begin = 0;
  std::uint32_t text_hash = 0;
  /// Name of a variable or enum value, source text of a number, meaning of a string.
  std::string_view text;
  List<Value> items;
  List<ObjectField> fields;

  /// Of a variable or enum value.
  Name name() const { return Name{text, text_hash, text_begin}; }
};

struct ObjectField {
  Name name;
  Value value;

  base::Span span() const { return {name.begin, value.span.end}; }
};

struct Argument {
  Name name;
  Value value;

  base::Span span() const { return {name.begin, value.span.end}; }
};

struct Directive {
  /// From the `@` on.
  base::Span span;
  Name name;
  List<Argument> arguments;
};

/// A reference to a type in its wrappers: `[User!]`.
struct TypeReference {
  enum class Kind : std::uint8_t { named, list, non_null };

  Kind kind = Kind::named;
  base::Span span;
  /// Of a named type.
  Name name;
  /// What a list or non-null type wraps; null for a named type. Never non-null in non-null.
  const TypeReference* inner = nullptr;

  /// The name within all wrappers.
  const Name& innermost_name() const {
    const TypeReference* type = this;
    while (type->inner != nullptr) {
      type = type->inner;
    }
    return type->name;
  }
};

enum class SelectionKind : std::uint8_t { field, fragment_spread, inline_fragment };

/// What all three kinds of selections share; see as_field() and its siblings.
struct Selection {
  SelectionKind kind = SelectionKind::field;
  base::Span span;
  List<Directive> directives;
};

/// `{ … }`; never empty.
struct SelectionSet {
  base::Span span;
  List<const Selection*> selections;
};

struct Field : Selection {
  /// Empty if there is none.
  Name alias;
  Name name;
  List<Argument> arguments;
  /// Null if there is none.
  const SelectionSet* selection_set = nullptr;

  /// The key of this field in a response.
  const Name& response_name() const { return alias.empty() ? name : alias; }
};

struct FragmentSpread : Selection {
  Name name;
};

struct InlineFragment : Selection {
  /// Empty if there is none.
  Name type_condition;
  const SelectionSet* selection_set = nullptr;
};

inline const Field& as_field(const Selection& selection) {
  return static_cast<const Field&>(selection);
}
inline const FragmentSpread& as_fragment_spread(const Selection& selection) {
  return static_cast<const FragmentSpread&>(selection);
}
inline const InlineFragment& as_inline_fragment(const Selection& selection) {
  return static_cast<const InlineFragment&>(selection);
}

enum class DefinitionKind : std::uint8_t { operation, fragment, schema, type, directive };

/// What all definitions share; see as_operation() and its siblings.
struct Definition {
  DefinitionKind kind = DefinitionKind::operation;
  /// `extend …`; only schema and type definitions.
  bool is_extension = false;
  /// ParseOptions::source_id of the text that it stands in.
  std::uint32_t source_id = 0;
  /// From the description on.
  base::Span span;
  /// Null if there is none.
  const Value* description = nullptr;
  /// Empty for anonymous operations and schema definitions.
  Name name;
  List<Directive> directives;
};

enum class OperationType : std::uint8_t { query, mutation, subscription };

struct VariableDefinition {
  base::Span span;
  const Value* description = nullptr;
  /// The `$name` before the colon.
  Value variable;
  const TypeReference* type = nullptr;
  /// Null if there is none.
  const Value* default_value = nullptr;
  List<Directive> directives;
};

struct OperationDefinition : Definition {
  OperationType operation = OperationType::query;
  List<VariableDefinition> variables;
  const SelectionSet* selection_set = nullptr;
};

struct FragmentDefinition : Definition {
  Name type_condition;
  const SelectionSet* selection_set = nullptr;
};

/// An argument of a field or directive definition, or a field of an input object.
struct InputValueDefinition {
  base::Span span;
  const Value* description = nullptr;
  Name name;
  const TypeReference* type = nullptr;
  const Value* default_value = nullptr;
  List<Directive> directives;
};

struct FieldDefinition {
  base::Span span;
  const Value* description = nullptr;
  Name name;
  List<InputValueDefinition> arguments;
  const TypeReference* type = nullptr;
  List<Directive> directives;
};

struct EnumValueDefinition {
  base::Span span;
  const Value* description = nullptr;
  Name name;
  List<Directive> directives;
};

/// `query: Query` in a schema definition.
struct RootTypeDefinition {
  base::Span span;
  OperationType operation = OperationType::query;
  Name type;
};

/// `schema { … }` and `extend schema …`.
struct SchemaDefinition : Definition {
  List<RootTypeDefinition> root_types;
};

enum class TypeKind : std::uint8_t {
  scalar,
  object,
  interface,
  union_type,
  enum_type,
  input_object
};

/// Definition or extension of a named type. Lists that its kind does not have are empty.
struct TypeDefinition : Definition {
  TypeKind type_kind = TypeKind::scalar;
  /// Objects and interfaces.
  List<Name> interfaces;
  List<FieldDefinition> fields;
  /// Unions.
  List<Name> members;
  /// Enums.
  List<EnumValueDefinition> values;
  /// Input objects.
  List<InputValueDefinition> input_fields;
};

struct DirectiveDefinition : Definition {
  List<InputValueDefinition> arguments;
  bool is_repeatable = false;
  /// In source order; each is one of the names that the specification lists.
  List<Name> locations;
};

inline const OperationDefinition& as_operation(const Definition& definition) {
  return static_cast<const OperationDefinition&>(definition);
}
inline const FragmentDefinition& as_fragment(const Definition& definition) {
  return static_cast<const FragmentDefinition&>(definition);
}
inline const SchemaDefinition& as_schema(const Definition& definition) {
  return static_cast<const SchemaDefinition&>(definition);
}
inline const TypeDefinition& as_type(const Definition& definition) {
  return static_cast<const TypeDefinition&>(definition);
}
inline const DirectiveDefinition& as_directive(const Definition& definition) {
  return static_cast<const DirectiveDefinition&>(definition);
}

/// The definitions of one text, and the arena that holds them. Move-only; moving it leaves the
/// nodes where they are. `source` is the caller's.
struct Document {
  std::string_view source;
  std::uint32_t source_id = 0;
  Arena arena;
  List<const Definition*> definitions;
};

/// `query`, `mutation` or `subscription`.
std::string_view to_text(OperationType operation);

inline bool is_executable(const Definition& definition) {
  return definition.kind == DefinitionKind::operation ||
         definition.kind == DefinitionKind::fragment;
}

}  // namespace graphql
