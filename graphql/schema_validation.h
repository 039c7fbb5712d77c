#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "graphql/error.h"
#include "graphql/schema_builder.h"

namespace graphql {

/// Which checks of a whole schema there are.
enum class SchemaChecks : std::uint8_t {
  /// Those of graphql-js 16.15.0, and that no default value contains itself, in 17.1.0's words:
  /// 16.15.0 overflows its stack there.
  reference,
  /// Also those of the September 2025 specification that 16.15.0 lacks, in 17.1.0's words: distinct
  /// root types, default values that are of their type, no deprecated implementation of a field
  /// that is not deprecated, input objects with oneOf that have a value.
  specification,
};

/// The code of errors about deprecated implementations. They are no reason to refuse a schema
/// (decision 0072).
inline constexpr std::string_view k_deprecated_implementation = "DeprecatedImplementation";

/// Checks a schema as graphql-js's validateSchema does: messages, order and places. The documents
/// that it was built from must still be there. What is neither defined nor extended by a document
/// has no place.
std::vector<Error> validate_schema(const BuiltSchema& built, SchemaChecks checks);

}  // namespace graphql
