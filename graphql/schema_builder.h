#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

#include "graphql/ast.h"
#include "graphql/error.h"
#include "graphql/schema.h"

namespace graphql {

/// Where the things of a schema were written down, for the places in messages. Points into the
/// documents that it was built from; null and empty for what comes from introspection.
struct SchemaOrigins {
  struct TypeNodes {
    const TypeDefinition* definition = nullptr;
    std::vector<const TypeDefinition*> extensions;
  };

  struct DefaultLiteral {
    const Value* literal = nullptr;
    std::uint32_t source_id = 0;
  };

  /// By TypeId.
  std::vector<TypeNodes> types;
  /// In the order of Schema::directives().
  std::vector<const DirectiveDefinition*> directives;
  /// Default values as they were written.
  std::unordered_map<const SchemaInputValue*, DefaultLiteral> defaults;
  const SchemaDefinition* schema = nullptr;
  std::vector<const SchemaDefinition*> schema_extensions;
};

struct BuiltSchema {
  std::shared_ptr<const Schema> schema;
  SchemaOrigins origins;
  /// What makes the reference implementation throw while it builds: arguments of `@deprecated` and
  /// `@specifiedBy` that are no texts, default values that cannot be.
  std::vector<Error> errors;
};

/// A text that was parsed, and what keeps it alive.
struct SchemaDocument {
  const Document* document = nullptr;
  std::shared_ptr<const void> text_owner;
};

/// Makes a schema of all definitions and extensions in `documents`, taken as one text, on top of
/// `base`; a null `base` means nothing but what the specification gives. check_sdl() must have
/// found nothing. Executable definitions are left out.
///
/// The schema keeps the source texts alive, and `base`, but not the documents. Its ids of types are
/// those of `base` where it has them.
BuiltSchema build_schema(std::span<const SchemaDocument> documents, const BuiltSchema* base);

}  // namespace graphql
