#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/file_system.h"
#include "session/build_report.h"
#include "session/config.h"
#include "session/progress.h"

namespace session {

enum class BuildMode : std::uint8_t {
  /// Brings the output folder to what the sources say.
  write,
  /// Says how the output folder differs from that; writes nothing.
  check,
  /// Looks for diagnostics only; neither reads nor writes the output folder.
  validate,
};

struct BuildRequest {
  BuildMode mode = BuildMode::write;
  /// At least 1. Changes nothing but the speed.
  unsigned threads = 1;
  /// Absolute folder for what the build knew on its way (`--debug-dir`); empty: none.
  std::string debug_dir;
  /// Only what matches is emitted, with all that it needs; everything is linked and validated
  /// (DefinitionFilter). Empty: all.
  std::string filter;
};

/// The outside world, as far as a build needs it.
struct BuildSeams {
  base::FileSystem& files;
  base::Clock& clock;
  /// May be null.
  ProgressSink* progress = nullptr;
};

struct BuildResult {
  enum class Outcome : std::uint8_t {
    /// Everything is built, or up to date; there may be warnings.
    built,
    /// What has no error is built, the rest is reported. A broken schema builds nothing.
    has_errors,
    /// Of a check: the output folder is not what the sources say.
    differs,
    /// The config cannot be meant so: nothing was built.
    refused,
    /// The machine failed: `error` says how.
    failed,
  };

  Outcome outcome = Outcome::built;
  /// Complete in every case: all diagnostics that were found.
  BuildReport report;
  std::optional<base::Error> error;
};

/// Builds one project from nothing: what `builder` does in CI. Its outputs are a pure function of
/// the files, the config and this program.
BuildResult build_once(const ProjectConfig& project,
                       const BuildRequest& request,
                       const BuildSeams& seams);

}  // namespace session
