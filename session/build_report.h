#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/line_index.h"
#include "base/source_path.h"

namespace session {

/// A line, or, of a line as long as in minified code, the part around the place.
struct FrameLine {
  std::uint32_t number = 1;
  std::string text;
  /// The column, in UTF-16 units, of the first character of `text`.
  std::uint32_t first_column = 1;

  friend bool operator==(const FrameLine&, const FrameLine&) = default;
};

/// A place with what is needed to show it, taken from the very bytes that were built.
struct LocatedPlace {
  base::SourcePath path;
  base::Position start;
  base::Position end;
  /// The line of `start` with its neighbours; empty where the file cannot be shown.
  std::vector<FrameLine> lines;
  std::string message;

  friend bool operator==(const LocatedPlace&, const LocatedPlace&) = default;
};

/// A diagnostic as it is shown: with lines and columns.
struct LocatedDiagnostic {
  base::Severity severity = base::Severity::error;
  std::string code;
  std::string message;
  /// An empty path: about the project as a whole.
  LocatedPlace place;
  std::vector<LocatedPlace> related;
  /// How many other definitions are not built because of this one.
  std::uint32_t blocked = 0;

  friend bool operator==(const LocatedDiagnostic&, const LocatedDiagnostic&) = default;
};

struct PhaseTime {
  std::string name;
  std::int64_t wall_ns = 0;
};

/// What one build of one project did. Everything that a summary, `report.json` or `--format json`
/// say.
struct BuildReport {
  /// The project's name in the config; empty for a config of one project.
  std::string project;
  /// Sorted; the complete set.
  std::vector<LocatedDiagnostic> diagnostics;
  std::uint64_t error_count = 0;
  std::uint64_t warning_count = 0;

  /// Number of the build in its session, from 1; 0 where nothing was committed.
  std::uint64_t generation = 0;
  std::uint64_t files_scanned = 0;
  /// Known files that their stamps proved to be unchanged, so that they were not opened.
  std::uint64_t cache_hits = 0;
  /// Files that were read and analysed.
  std::uint64_t cache_misses = 0;
  /// Known files that a change set named, so that they were read whatever their stamps say. Each of
  /// them is a miss or rehashed as well.
  std::uint64_t cache_skips = 0;
  /// Known files that were read and found to hold what they held.
  std::uint64_t cache_rehashed = 0;
  std::uint64_t files_read = 0;
  std::uint64_t files_parsed = 0;
  /// Why the tag scanner left files to the parser, and how many.
  std::map<std::string, std::uint64_t> parse_reasons;
  std::uint64_t bytes_read = 0;
  std::uint64_t operations = 0;
  std::uint64_t fragments = 0;
  std::uint64_t definitions_failed = 0;
  /// Checked against their schema in this build; the others' results were kept.
  std::uint64_t definitions_compiled = 0;
  /// Templates of type-system definitions only, which are not documents.
  std::uint64_t type_system_templates = 0;

  /// Paths relative to the project's root, sorted. In a check: what a build would do.
  std::vector<std::string> written;
  std::vector<std::string> removed;
  std::uint64_t outputs_unchanged = 0;

  /// In the order in which they ran; not part of any pure output.
  std::vector<PhaseTime> phases;
  std::int64_t wall_ns = 0;

  bool is_up_to_date() const { return written.empty() && removed.empty(); }
};

}  // namespace session
