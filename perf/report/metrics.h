#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "perf/builder/sample.h"

namespace perf {

inline constexpr std::uint32_t k_metrics_format_version = 1;

/// The spans of one name, sample by sample.
struct PhaseSeries {
  std::vector<double> ms;
  std::vector<double> cost_ms;
  /// Median of the samples.
  std::uint64_t spans = 0;

  friend bool operator==(const PhaseSeries&, const PhaseSeries&) = default;
};

struct CounterValue {
  /// Median of the samples.
  std::uint64_t median = 0;
  /// Of all samples together: what a comparison asks to be equal.
  std::uint64_t total = 0;

  friend bool operator==(const CounterValue&, const CounterValue&) = default;
};

/// The runs of a floor (perf/floor), which took turns with those of the builder.
struct FloorSeries {
  /// `parse`, `scan` or `unchanged`: what the floor does; see docs/formats.md.
  std::string kind;
  std::vector<double> wall_ms;
  std::vector<double> cpu_ms;
  /// Of each builder's run to the mean of the floors before and after it, where those agree.
  std::vector<double> wall_ratios;
  std::vector<double> cpu_ratios;
  /// Runs whose two floors differ by more than 15 %: the machine did something else meanwhile.
  std::uint64_t discarded = 0;

  friend bool operator==(const FloorSeries&, const FloorSeries&) = default;
};

/// Everything about one scenario.
struct ScenarioMetrics {
  std::string name;
  bool is_process = false;
  /// How often an iteration did the same again.
  std::uint32_t repetitions = 1;
  /// Of the time of all processors, the part that others used meanwhile; nothing: not known.
  std::optional<double> others_share;
  /// One value a sample; `settle` has none where samples are processes.
  ByMeasure<std::vector<double>> measures;
  ByCounter<CounterValue> counters;
  std::map<std::string, PhaseSeries> phases;
  OutputCheck check;
  std::vector<FloorSeries> floors;
  /// Of the definition that fan-out edits edit; 0 elsewhere.
  std::uint64_t users = 0;

  std::size_t sample_count() const { return measures[Measure::wall].size(); }
  friend bool operator==(const ScenarioMetrics&, const ScenarioMetrics&) = default;
};

/// The content of metrics.json.
struct Metrics {
  /// ISO 8601, UTC.
  std::string timestamp;
  std::string fixture;
  /// Of the program that was measured.
  std::string build_id;
  std::uint32_t threads = 1;
  std::uint32_t cores = 1;
  std::uint32_t iterations = 1;
  std::uint32_t warmup = 0;
  std::uint32_t min_time_ms = 0;
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
  std::uint64_t definitions = 0;
  std::vector<ScenarioMetrics> scenarios;

  friend bool operator==(const Metrics&, const Metrics&) = default;
};

/// Null if there is none of that name.
const ScenarioMetrics* find_scenario(const Metrics& metrics, const std::string& name);

/// Makes series and counters of the runs, in their order.
void set_samples(ScenarioMetrics& scenario, const std::vector<Sample>& samples);

std::string metrics_json(const Metrics& metrics);

/// Fails with ErrorCode::corrupt on what metrics_json() did not write. Numbers that the file lacks
/// are 0, so that files of older programs can be compared.
base::Result<Metrics> read_metrics(const std::string& text);

}  // namespace perf
