#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "cli/project_run.h"
#include "cli/render_human.h"

namespace cli {

/// What changed between two sets of diagnostics.
struct DiagnosticNews {
  /// In the order of the report.
  std::vector<const session::LocatedDiagnostic*> fresh;
  /// Errors that are gone.
  std::uint64_t repaired = 0;
};

/// What one project had to complain of after its last build. A diagnostic that only moved to
/// another line, because somebody edits above it, is the same one.
class KnownDiagnostics {
 public:
  enum class Set : std::uint8_t {
    /// All that there is.
    full,
    /// As far as a build came that ended early: what is not in it may still be there.
    partial,
  };

  /// The pointers are into `diagnostics`.
  DiagnosticNews update(const std::vector<session::LocatedDiagnostic>& diagnostics, Set set);

 private:
  using Key = std::tuple<base::Severity, std::string, std::string, base::SourcePath>;
  /// How often there is one.
  std::map<Key, std::size_t> known_;
};

/// The line that tells of one generation: `src/card.tsx: 2 definitions compiled, 4 files written (6
/// ms)`, whatever the number of changed files.
std::string generation_line(const ProjectRun& run, std::uint64_t repaired, const Palette& palette);

}  // namespace cli
