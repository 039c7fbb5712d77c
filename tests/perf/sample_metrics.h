#pragma once

#include "perf/report/metrics.h"

namespace perf_test {

/// Metrics with a value in every place, and no two of them alike.
inline perf::Metrics sample_metrics() {
  perf::Metrics metrics;
  metrics.timestamp = "2026-11-21T15:30:00Z";
  metrics.fixture = "small-app";
  metrics.build_id = "b1";
  metrics.threads = 2;
  metrics.cores = 4;
  metrics.iterations = 3;
  metrics.warmup = 1;
  metrics.min_time_ms = 100;
  metrics.files = 1200;
  metrics.bytes = 3'400'000;
  metrics.definitions = 56;
  perf::ScenarioMetrics& cold = metrics.scenarios.emplace_back();
  cold.name = "cold";
  cold.is_process = true;
  cold.others_share = 0.25;
  double value = 1;
  for (auto& samples : cold.measures) {
    samples = {value, value + 0.25, value + 1};
    value *= 7;
  }
  cold.measures[perf::Measure::settle].clear();
  std::uint64_t count = 3;
  for (perf::CounterValue& counter : cold.counters) {
    counter = {count, 3 * count};
    count += 1000;
  }
  cold.phases["parse"] = {{6, 5, 7}, {4, 3, 4.5}, 12};
  cold.phases["write"] = {{2, 1, 3}, {1, 0.5, 2}, 1};
  cold.phases["save"] = {{0, 0, 0}, {0, 0, 0}, 0};
  cold.check = {9, 9, 4, 4};
  cold.floors.push_back({"scan", {1, 2, 2}, {3, 3, 3}, {1.5, 1.75}, {2, 2.5}, 1});
  perf::ScenarioMetrics& edit = metrics.scenarios.emplace_back(cold);
  edit.name = "fanout-edit";
  edit.is_process = false;
  edit.repetitions = 10;
  edit.others_share.reset();
  edit.measures[perf::Measure::settle] = {0.5, 0.5, 0.75};
  edit.floors.clear();
  edit.users = 150;
  return metrics;
}

}  // namespace perf_test
