#pragma once

#include <string>

#include "session/build_report.h"

namespace session {

/// `report.json`: durations, counters and diagnostics of the build that wrote the outputs. Not a
/// pure function of the inputs, and never read back. See docs/formats.md.
std::string report_json(const BuildReport& report);

}  // namespace session
