#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "graphql/error.h"
#include "graphql/schema_builder.h"

namespace graphql {

struct IntrospectionResult {
  /// Without a schema if there are errors; without origins always.
  BuiltSchema built;
  std::vector<Error> errors;
  /// Whether the text was JSON at all; if not, the error has its place.
  bool is_json = false;
};

/// Reads the answer of a server to the introspection query, as graphql-js's buildClientSchema does:
/// `{"__schema": …}` or `{"data": {"__schema": …}}`. What the answer leaves out because the server
/// does not know it (isRepeatable, isOneOf, specifiedByURL, deprecation of arguments) counts as no.
/// Never throws; nesting is bounded.
IntrospectionResult read_introspection_json(std::string_view text, std::uint32_t source_id);

}  // namespace graphql
