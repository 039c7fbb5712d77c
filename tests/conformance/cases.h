#pragma once

#include <vector>

#include "tests/conformance/case_result.h"

namespace conformance {

/// Kinds `parse`, `parseValue`, `parseConstValue`, `parseType`, `lex`, `print`,
/// `stripIgnoredCharacters`, `dedentBlockStringLines`, `isPrintableAsBlockString` and
/// `printBlockString`.
CaseResult judge_syntax_case(const Json& item);

}  // namespace conformance
