#pragma once

#include <string>
#include <vector>

#include "graphql/schema.h"
#include "tests/conformance/case_result.h"

namespace conformance {

/// Kinds `parse`, `parseValue`, `parseConstValue`, `parseType`, `lex`, `print`,
/// `stripIgnoredCharacters`, `dedentBlockStringLines`, `isPrintableAsBlockString` and
/// `printBlockString`.
CaseResult judge_syntax_case(const Json& item);

/// A schema with extensions: syntax, SDL rules, the whole schema's checks, the schema printed.
std::vector<CaseResult> judge_schema_case(const Json& item);

/// A document by some SDL rules and by all; `schemas` are those of its file.
std::vector<CaseResult> judge_sdl_case(const Json& item, const Json& schemas);

/// The `sdl` member of a block of the specification.
std::vector<CaseResult> judge_spec_sdl(const Json& item);

/// A document of types and operations: what is said of its syntax and of its types.
std::vector<CaseResult> judge_mixed_schema(const Json& item);

/// One of the `documents` that gen.mjs prints with `--mode sdl`.
std::vector<CaseResult> judge_generated_sdl(const Json& document);

/// A document by some rules and by all; `schemas` are those of its file.
std::vector<CaseResult> judge_validation_case(const Json& item, const Json& schemas);

/// The operations and fragments of a document of types and operations.
std::vector<CaseResult> judge_mixed_document(const Json& item);

/// A document of operations and fragments against the schema `sdl`.
std::vector<CaseResult> judge_document(const Json& item, const std::string& sdl);

/// The `validate` member of a block of the specification.
std::vector<CaseResult> judge_spec_document(const Json& item, const std::string& sdl);

/// One of the `documents` that gen.mjs prints.
std::vector<CaseResult> judge_generated_document(const Json& document,
                                                 const graphql::Schema& schema);

}  // namespace conformance
