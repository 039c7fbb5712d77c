#pragma once

#include <optional>
#include <string>
#include <vector>

#include "session/build_once.h"

namespace session {

/// What the texts of tests say of a build's outcome: one line.
std::string outcome_text(BuildResult::Outcome outcome, const std::optional<base::Error>& error);

/// Place, severity, code and message, one line each; related places indented below.
std::string diagnostics_text(const std::vector<LocatedDiagnostic>& diagnostics);

}  // namespace session
