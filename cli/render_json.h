#pragma once

#include <string>
#include <vector>

#include "cli/project_run.h"
#include "session/build_report.h"

namespace cli {

/// The version of the events. A reader may rely on all that it knows of a version staying as it is;
/// new keys may come.
inline constexpr int k_protocol = 1;

// One event is one line of JSON. docs/command-line.md describes them.

/// `build`: closes the full diagnostic set of its generation.
std::string build_event(const ProjectRun& run, const PathDisplay& paths);

/// `config`: what to know about the config; it is used all the same.
std::string config_event(const std::vector<session::LocatedDiagnostic>& diagnostics);

/// `warning`: what to know about a build that it does not depend on.
std::string warning_event(const std::string& message);

/// `failed`: nothing was built. `diagnostics` are those of the config.
std::string failed_event(const std::string& message,
                         int exit_code,
                         const std::vector<session::LocatedDiagnostic>& diagnostics);

}  // namespace cli
