#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "graphql/arena.h"
#include "graphql/ast.h"
#include "graphql/error.h"

namespace graphql {

struct ParseOptions {
  /// Number of the text, for Location and Definition; its meaning is the caller's.
  std::uint32_t source_id = 0;
  /// How deep selection sets, values and types may be nested, each for itself and together.
  /// graphql-js has no limit and overflows its stack at some thousands. 1,000 levels take less than
  /// 1 MiB of stack to parse.
  std::uint32_t max_depth = 1000;
  /// How many tokens a document may have, comments not counted; 0: any number.
  std::uint32_t max_tokens = 0;
};

/// Either `document` or `error` counts. The reference stops at its first syntax error, and so does
/// the parser: what follows a mistake is a guess.
struct ParsedDocument {
  Document document;
  std::optional<Error> error;
};

struct ParsedValue {
  Arena arena;
  /// Null if there is an error. Lives in `arena`.
  const Value* value = nullptr;
  std::optional<Error> error;
};

struct ParsedType {
  Arena arena;
  /// Null if there is an error. Lives in `arena`.
  const TypeReference* type = nullptr;
  std::optional<Error> error;
};

/// Parses a document of executable and type system definitions, in the syntax of the September 2025
/// specification, descriptions on executable definitions included; without fragment variables.
/// Any bytes are allowed: what is not GraphQL is an Error with code "SyntaxError" and graphql-js
/// 16.15.0's words. Never throws. The caller keeps `source` alive as long as the document.
ParsedDocument parse_document(std::string_view source, const ParseOptions& options = {});

/// Parses one value: `[1, $a]`.
ParsedValue parse_value(std::string_view source, const ParseOptions& options = {});

/// Parses one value that holds no variables.
ParsedValue parse_const_value(std::string_view source, const ParseOptions& options = {});

/// Parses one type reference: `[Int!]`.
ParsedType parse_type(std::string_view source, const ParseOptions& options = {});

}  // namespace graphql
