#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "graphql/error.h"

namespace graphql {

/// Either `text` or `error` counts.
struct StrippedText {
  std::string text;
  std::optional<Error> error;
};

/// `source` without what carries no meaning: white space, commas, comments, indentation of block
/// strings. As graphql-js' `stripIgnoredCharacters`, on any text that consists of tokens.
StrippedText strip_ignored_characters(std::string_view source, std::uint32_t source_id = 0);

}  // namespace graphql
