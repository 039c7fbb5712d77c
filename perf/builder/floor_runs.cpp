#include "perf/builder/floor_runs.h"

#include <algorithm>

#include "base/child_process.h"
#include "perf/builder/outputs.h"
#include "perf/builder/resources.h"

namespace perf {
namespace {

constexpr std::int64_t k_floor_limit_ms = 600'000;
/// Two floors around a run that differ by more tell that the machine was busy with something else.
constexpr double k_max_difference = 0.15;

bool do_agree(double before, double after) {
  const auto [lower, higher] = std::minmax(before, after);
  return lower > 0 && higher <= lower * (1 + k_max_difference);
}

}  // namespace

base::Result<ProcessTimes> run_floor(base::Clock& clock, const FloorProgram& floor) {
  if (!floor.out_folder.empty()) {
    TRY(remove_folder(floor.out_folder));
  }
  const ResourceUse before = resources_of_children();
  const std::int64_t begin_ns = clock.now_ns();
  TRY_ASSIGN(const base::ChildOutcome outcome,
             base::run_child({floor.command, {}, k_floor_limit_ms}));
  const std::int64_t end_ns = clock.now_ns();
  const ResourceUse used = resources_of_children() - before;
  if (outcome.exit_code != 0) {
    return base::fail(base::ErrorCode::io,
                      "the floor " + floor.kind + " ended with exit code " +
                          std::to_string(outcome.exit_code) + ": " + outcome.output +
                          outcome.error_output);
  }
  return ProcessTimes{static_cast<double>(end_ns - begin_ns) / 1e6, used.user_ms + used.system_ms};
}

FloorSeries compare_with_floor(const FloorProgram& floor,
                               const std::vector<ProcessTimes>& floors,
                               const std::vector<ProcessTimes>& builds) {
  FloorSeries series;
  series.kind = floor.kind;
  for (const ProcessTimes& run : floors) {
    series.wall_ms.push_back(run.wall_ms);
    series.cpu_ms.push_back(run.cpu_ms);
  }
  for (std::size_t i = 0; i + 1 < floors.size() && i < builds.size(); ++i) {
    const ProcessTimes& before = floors[i];
    const ProcessTimes& after = floors[i + 1];
    const bool is_usable = floor.judged_by == Measure::wall
                               ? do_agree(before.wall_ms, after.wall_ms)
                               : do_agree(before.cpu_ms, after.cpu_ms);
    if (is_usable) {
      series.wall_ratios.push_back(builds[i].wall_ms * 2 / (before.wall_ms + after.wall_ms));
      series.cpu_ratios.push_back(builds[i].cpu_ms * 2 / (before.cpu_ms + after.cpu_ms));
    } else {
      ++series.discarded;
    }
  }
  return series;
}

}  // namespace perf
