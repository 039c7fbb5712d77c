#pragma once

#include <string>
#include <vector>

#include "session/build_report.h"
#include "session/config.h"

namespace session {

/// All that differs from the defaults, a line each, to be compared as a whole.
std::string describe(const Config& config);

/// `path:line:column-line:column severity code: message`, related places indented below.
std::string describe(const std::vector<LocatedDiagnostic>& problems);

}  // namespace session
