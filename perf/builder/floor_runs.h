#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/file_system.h"
#include "base/result.h"
#include "perf/report/metrics.h"

namespace perf {

/// One floor of perf/floor, ready to run as often as need be.
struct FloorProgram {
  /// As FloorSeries has it.
  std::string kind;
  std::vector<std::string> command;
  /// By wall or CPU time: in which of the two floors must agree for a pair to count.
  Measure judged_by = Measure::cpu;
  /// What it writes, to be removed before each run; empty: nothing.
  std::string out_folder;
};

/// A process, from the outside.
struct ProcessTimes {
  double wall_ms = 0;
  double cpu_ms = 0;
};

/// Runs the floor once. Fails where it does.
base::Result<ProcessTimes> run_floor(base::Clock& clock, const FloorProgram& floor);

/// `floors` are one more than `builds`, in turns: floor, build, floor, build, floor.
FloorSeries compare_with_floor(const FloorProgram& floor,
                               const std::vector<ProcessTimes>& floors,
                               const std::vector<ProcessTimes>& builds);

}  // namespace perf
