#pragma once

#include <vector>

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

}  // namespace conformance
