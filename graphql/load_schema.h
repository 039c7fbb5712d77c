#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "graphql/error.h"
#include "graphql/schema.h"

namespace graphql {

enum class SchemaSourceKind : std::uint8_t {
  sdl,
  /// JSON: `{"__schema": …}` or `{"data": {"__schema": …}}`.
  introspection,
};

/// One text that a schema consists of.
struct SchemaSource {
  /// For Location; its meaning is the caller's.
  std::uint32_t source_id = 0;
  std::string_view text;
  SchemaSourceKind kind = SchemaSourceKind::sdl;
  /// Keeps `text` where it is for as long as the schema lives. Null: the schema copies the text.
  std::shared_ptr<const void> owner = nullptr;
};

/// How several texts make one schema, and what is checked.
enum class SchemaMode : std::uint8_t {
  /// All SDL texts are one document, in the order given: definitions and extensions may stand in
  /// any
  /// of them. With an introspection result they extend what it says. Checked by the 15 SDL rules,
  /// then by SchemaChecks::specification.
  project,
  /// What graphql-js 16.15.0 does with buildSchema and extendSchema: the first text is the schema,
  /// each further one extends what there is by then. Checked by the 15 SDL rules at each step, then
  /// by SchemaChecks::reference.
  reference,
};

/// How far loading came.
enum class SchemaStage : std::uint8_t {
  /// A text is no GraphQL or no JSON.
  syntax,
  /// An SDL rule is broken, or the introspection result contradicts itself.
  definitions,
  /// The reference would throw while it builds: see BuiltSchema::errors.
  build,
  /// There is a schema, and it is valid if there are no errors.
  schema,
};

struct LoadedSchema {
  /// Null unless the stage is SchemaStage::schema; may be invalid.
  std::shared_ptr<const Schema> schema;
  std::vector<Error> errors;
  /// What the specification does not allow but servers have, so that a schema with it is valid: a
  /// deprecated implementation of a field that is not. And texts that hold operations or fragments,
  /// which are passed over.
  std::vector<Error> warnings;
  SchemaStage stage = SchemaStage::schema;
  /// With SchemaMode::reference: the position of the text at which it stopped.
  std::size_t step = 0;

  bool is_valid() const { return schema != nullptr && errors.empty(); }
};

/// Larger texts are refused. The largest public schemas have about 10 MiB.
inline constexpr std::size_t k_max_schema_bytes = std::size_t{256} << 20;

/// Makes a schema of `sources` and checks it. Any bytes are allowed; never throws. The schema
/// copies the texts, so they need not outlive the call.
LoadedSchema load_schema(std::span<const SchemaSource> sources,
                         SchemaMode mode = SchemaMode::project);

}  // namespace graphql
