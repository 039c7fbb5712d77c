#pragma once

#include <string>
#include <vector>

#include "cli/code_frame.h"
#include "cli/project_run.h"
#include "session/build_report.h"

namespace cli {

/// Writes for people. Every function returns whole lines.
class HumanRenderer {
 public:
  HumanRenderer(const TextStyle& style, PathDisplay paths)
      : style_(style), palette_(style), paths_(std::move(paths)) {}

  /// Message, place, code frame, related places, and what is blocked by it; an empty line at the
  /// end. `root` is what its paths are relative to (see PathDisplay).
  std::string diagnostic(const session::LocatedDiagnostic& diagnostic,
                         const std::string& root) const;

  /// `error: cannot read src/a.ts: permission denied`
  std::string failure(const std::string& message) const;
  std::string warning(const std::string& message) const;

  /// What would change, of a check; nothing otherwise.
  std::string differences(const ProjectRun& run) const;

  /// What was compiled and why, for `--explain`.
  std::string reasons(const ProjectRun& run) const;

  /// The line that ends a run.
  std::string summary(const ProjectRun& run) const;

  /// Durations and counters, for `--stats`.
  std::string stats(const session::BuildReport& report) const;

 private:
  std::string outcome(const ProjectRun& run) const;
  std::string place(const session::LocatedPlace& place, const std::string& root) const;

  TextStyle style_;
  Palette palette_;
  PathDisplay paths_;
};

/// `0.4 ms`, `12 ms`, `1.23 s`
std::string duration(std::int64_t wall_ns);

/// `1,234`
std::string with_separators(std::uint64_t number);

/// `1 error`, `2 errors`
std::string counted(std::uint64_t count, const std::string& noun);

}  // namespace cli
