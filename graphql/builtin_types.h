#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "graphql/arena.h"
#include "graphql/schema.h"

namespace graphql {

/// The fields that a schema has without anybody defining them.
struct MetaFields {
  SchemaField schema;
  SchemaField type;
  SchemaField type_name;
};

/// What every schema has by the specification: the scalars, the types of introspection, the
/// directives. Made once for the whole process and never changed.
struct Builtins {
  Arena arena;
  /// By TypeId, from 0 to k_first_defined_type.
  std::vector<SchemaType> types;
  /// include, skip, deprecated, specifiedBy, oneOf: the reference implementation's order.
  std::vector<SchemaDirective> directives;
  MetaFields meta_fields;
  /// Bit n is set if the hash of a type's name ends in n: most names are none of these, and this
  /// tells so at once.
  std::uint64_t type_hash_bits = 0;

  /// The built-in type of that name, or null.
  const SchemaType* find_type(const Name& name) const;
  const SchemaDirective* find_directive(const Name& name) const;
};

const Builtins& builtins();

/// What `@deprecated` without a reason means.
inline constexpr std::string_view k_default_deprecation_reason = "No longer supported";

/// The definitions behind builtins(), in the specification's language.
extern const std::string_view k_builtin_sdl;

}  // namespace graphql
