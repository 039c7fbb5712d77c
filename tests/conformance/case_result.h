#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "graphql/ast.h"
#include "graphql/error.h"

namespace conformance {

using Json = nlohmann::ordered_json;

/// How one comparison came out.
struct CaseResult {
  enum class Kind { same, different, excluded };

  Kind kind = Kind::same;
  /// What differs, in full; or why the case is left out.
  std::string text;
};

/// `same` if both are equal whatever the order of keys, otherwise both in full.
CaseResult compare(std::string_view what, const Json& expected, const Json& actual);

CaseResult excluded(std::string reason);

/// 1-based, columns in UTF-16 units. A byte order mark counts as one, as it does in the reference.
Json position_of(std::string_view source, std::size_t offset);

/// `{message, locations: [{line, column}, …]}`; `locations` only where there are some. All must lie
/// in `source`.
Json error_to_json(std::string_view source, const graphql::Error& error);
Json errors_to_json(std::string_view source, const std::vector<graphql::Error>& errors);
/// The same list as the generator writes it, which repeats the first place of an error in the error
/// itself.
Json with_first_place(Json errors);

enum class Part { types, executable };

/// `source` with all definitions but those of one part blanked, so that places stay what they are.
std::string with_part(const std::string& source, const graphql::Document& document, Part part);

}  // namespace conformance
