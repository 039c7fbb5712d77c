#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "perf/builder/fixture.h"
#include "perf/builder/phase_clock.h"
#include "perf/builder/scenario.h"

namespace perf {

/// Whether floors run beside the builder.
enum class FloorUse : std::uint8_t {
  /// Where there are floors for the project.
  if_possible,
  never,
};

/// What `perf-builder` was asked for.
struct Options {
  /// Nothing: measure nothing, and make a page of `with`, whose first file has the metrics.
  std::optional<FixtureSpec> fixture;
  std::vector<Scenario> scenarios;
  unsigned iterations = 5;
  unsigned warmup = 1;
  /// Processor time that an iteration takes at least, by doing the same again; see
  /// repetitions_for().
  unsigned min_time_ms = 100;
  /// 0: one per core.
  unsigned threads = 0;
  FloorUse floors = FloorUse::if_possible;
  /// Metrics to compare with; empty: none.
  std::string compare;
  /// Metrics of earlier runs, and comparisons with other programs, that the page shows too.
  std::vector<std::string> with;
  /// Empty: no page.
  std::string html;
  /// Print the metrics as JSON, and nothing else.
  bool prints_json = false;
  /// Where results and generated projects are kept.
  std::string cache_dir = ".cache/perf";
  /// Where the project is copied to, to be built and edited; empty: the folder for temporary files.
  std::string work_dir;
  SlowPhase slow_phase;
};

/// A text to print, and nothing else to do.
struct ShowText {
  std::string text;
};

/// Fails with ErrorCode::invalid_config. `arguments` are without the program's name.
base::Result<std::variant<Options, ShowText>> parse_options(
    const std::vector<std::string>& arguments);

}  // namespace perf
