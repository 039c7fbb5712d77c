#pragma once

#include <array>
#include <memory>
#include <string_view>
#include <vector>

#include "graphql/arena.h"
#include "graphql/name_index.h"
#include "graphql/schema.h"

namespace graphql {

/// What a Schema consists of. The builder fills the first half, Schema's constructor the second.
struct SchemaStorage {
  /// Holds the lists of members, and the texts that are in no source.
  Arena arena;
  /// Whatever else the views point into: source texts, the schema that this one extends.
  std::vector<std::shared_ptr<const void>> kept_alive;
  /// Built-in types first; see type_ref.h.
  std::vector<SchemaType> types;
  std::vector<TypeId> type_order;
  std::vector<SchemaDirective> directives;
  std::array<TypeId, 3> roots = {k_no_type, k_no_type, k_no_type};
  std::string_view description;
  /// All of `types`, the built-in ones too that the schema does not have.
  NameIndex type_index;
  /// Which built-in types the schema has.
  std::array<bool, static_cast<std::size_t>(k_first_defined_type)> has_builtin{};

  NameIndex directive_index;
  /// Members of those types that have too many of them to be searched one by one.
  NameIndex member_index;
  /// The same for arguments of fields and directives.
  NameIndex argument_index;
};

}  // namespace graphql
