#include "perf/report/metrics.h"

#include <algorithm>

namespace perf {

const ScenarioMetrics* find_scenario(const Metrics& metrics, const std::string& name) {
  const auto found = std::find_if(metrics.scenarios.begin(),
                                  metrics.scenarios.end(),
                                  [&](const auto& scenario) { return scenario.name == name; });
  return found == metrics.scenarios.end() ? nullptr : &*found;
}

namespace {

std::uint64_t median_of(std::vector<std::uint64_t> values) {
  if (values.empty()) {
    return 0;
  }
  std::sort(values.begin(), values.end());
  return values[(values.size() - 1) / 2];
}

}  // namespace

void set_samples(ScenarioMetrics& scenario, const std::vector<Sample>& samples) {
  for (std::size_t measure = 0; measure < k_measure_names.size(); ++measure) {
    const auto key = static_cast<Measure>(measure);
    scenario.measures[key].clear();
    for (const Sample& sample : samples) {
      if (key != Measure::settle || !scenario.is_process) {
        scenario.measures[key].push_back(sample.measures[key]);
      }
    }
  }
  for (std::size_t counter = 0; counter < k_counter_names.size(); ++counter) {
    const auto key = static_cast<Counter>(counter);
    std::vector<std::uint64_t> values;
    CounterValue& value = scenario.counters[key];
    value = {};
    for (const Sample& sample : samples) {
      values.push_back(sample.counters[key]);
      value.total += sample.counters[key];
    }
    value.median = median_of(std::move(values));
  }
  scenario.phases.clear();
  std::map<std::string, std::vector<std::uint64_t>> spans;
  for (const Sample& sample : samples) {
    for (const auto& [name, phase] : sample.phases) {
      scenario.phases[name];
      spans[name];
    }
  }
  // One that did not run in a sample took no time in it.
  for (const Sample& sample : samples) {
    for (auto& [name, series] : scenario.phases) {
      const auto found = sample.phases.find(name);
      const PhaseSample phase = found == sample.phases.end() ? PhaseSample() : found->second;
      series.ms.push_back(phase.ms);
      series.cost_ms.push_back(phase.cost_ms);
      spans[name].push_back(phase.spans);
    }
  }
  for (auto& [name, series] : scenario.phases) {
    series.spans = median_of(std::move(spans[name]));
  }
}

}  // namespace perf
