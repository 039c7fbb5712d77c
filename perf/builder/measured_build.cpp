#include "perf/builder/measured_build.h"

#include <utility>

namespace perf {

PhaseRecorder::PhaseRecorder(base::Clock& clock, bool is_wanted, const SlowPhase& slow_phase)
    : clock_(clock, thread_, slow_phase) {
  if (is_wanted || !slow_phase.name.empty()) {
    recording_.emplace(clock_);
  }
}

std::map<std::string, PhaseSample> PhaseRecorder::take() {
  std::map<std::string, PhaseSample> phases;
  if (!recording_) {
    return phases;
  }
  for (const std::string_view name : k_phase_names) {
    phases[std::string(name)] = {};
  }
  for (const base::TraceTotal& total : base::totals_of(recording_->take())) {
    phases[total.name] = {static_cast<double>(total.self_ns) / 1e6, 0, total.count};
  }
  for (const auto& [name, cost_ns] : clock_.take_cost_ns()) {
    phases[name].cost_ms = static_cast<double>(cost_ns) / 1e6;
  }
  return phases;
}

Sample combined(Sample timed, Sample traced, const Sample& costed) {
  for (const Measure measure : {Measure::calibration_cpu, Measure::calibration_files}) {
    timed.measures[measure] = costed.measures[measure];
  }
  timed.measures[Measure::cost] = costed.measures[Measure::cpu];
  timed.phases = std::move(traced.phases);
  for (auto& [name, phase] : timed.phases) {
    const auto found = costed.phases.find(name);
    phase.cost_ms = found == costed.phases.end() ? 0 : found->second.cost_ms;
  }
  const auto hashed = timed.phases.find("hash");
  timed.counters[Counter::files_hashed] = hashed == timed.phases.end() ? 0 : hashed->second.spans;
  return timed;
}

void add_counters(const session::BuildReport& report, ByCounter<std::uint64_t>& counters) {
  counters[Counter::files_scanned] += report.files_scanned;
  counters[Counter::files_read] += report.files_read;
  counters[Counter::files_parsed] += report.files_parsed;
  counters[Counter::files_written] += report.written.size();
  counters[Counter::bytes_read] += report.bytes_read;
  counters[Counter::definitions_compiled] += report.definitions_compiled;
  counters[Counter::cache_hits] += report.cache_hits;
  counters[Counter::cache_misses] += report.cache_misses;
  counters[Counter::cache_skips] += report.cache_skips;
  counters[Counter::cache_rehashed] += report.cache_rehashed;
}

}  // namespace perf
