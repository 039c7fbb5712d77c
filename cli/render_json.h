#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "artifact/delta.h"
#include "base/fingerprint.h"
#include "cli/project_run.h"
#include "session/build_report.h"

namespace cli {

/// The version of the events. A reader may rely on all that it knows of a version staying as it is;
/// new keys may come.
inline constexpr int k_protocol = 1;

// One event is one line of JSON. docs/formats.md describes them, docs/schema/events.schema.json is
// their JSON schema.

/// A `diagnostic` for each in the report, one line each.
std::string diagnostic_events(const session::BuildReport& report);

/// `build`: closes the full set of diagnostics of its project.
std::string build_event(const ProjectRun& run, const PathDisplay& paths);

/// `config`: what is wrong with the config. It is used all the same, or, of a config that is
/// watched and has errors, nothing is built until there is a better one.
std::string config_event(const std::vector<session::LocatedDiagnostic>& diagnostics,
                         std::uint64_t generation = 0);

/// `warning`: what to know about a build that it does not depend on.
std::string warning_event(const session::WatchRemark& remark, std::uint64_t generation);

/// `failed`: nothing was built. `diagnostics` are those of the config.
std::string failed_event(const std::string& message,
                         int exit_code,
                         const std::vector<session::LocatedDiagnostic>& diagnostics);

/// A project that is watched.
struct WatchedProject {
  std::string name;
  /// Absolute.
  std::string root;
  std::string out_dir;
};

/// `ready`: every change from now on, and from the beginning of the first builds on, will be told.
std::string ready_event(const std::vector<WatchedProject>& projects,
                        std::uint64_t generation,
                        const PathDisplay& paths);

/// `delta`: what leads from the artifact and the modules of the last generation to these ones.
std::string delta_event(const std::string& project,
                        const artifact::Delta& delta,
                        const std::vector<session::ChangedSource>& sources);

/// `idle`: artifact and manifest on disk are those of this generation.
std::string idle_event(const std::string& project,
                       std::uint64_t generation,
                       const base::Fingerprint& artifact_hash);

/// `sync`: the answer to the request of the same number.
std::string sync_event(std::uint64_t number, std::uint64_t generation);

/// `rejected`: a line of standard input that asks for nothing that there is.
std::string rejected_event(const std::string& message, std::uint64_t generation);

}  // namespace cli
