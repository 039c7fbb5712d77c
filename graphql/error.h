#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace graphql {

/// A place in one of the texts that were parsed. `source_id` is the number that the caller gave to
/// the text in ParseOptions; this layer never looks into it.
struct Location {
  std::uint32_t source_id = 0;
  base::Span span;

  friend auto operator<=>(const Location&, const Location&) = default;
};

/// A mistake in GraphQL text: a syntax error or a broken rule.
///
/// Messages are those of graphql-js 16.15.0, word for word (17.1.0 where 16 lacks the check). Line
/// and column are not kept: base::LineIndex computes them from `span.begin` when they are shown.
struct Error {
  /// Name of the rule that found it: "FieldsOnCorrectType", "SyntaxError". Points to a literal.
  std::string_view code;
  std::string message;
  /// In the reference's order; empty where the error belongs to no place.
  std::vector<Location> locations;

  friend bool operator==(const Error&, const Error&) = default;
};

}  // namespace graphql
