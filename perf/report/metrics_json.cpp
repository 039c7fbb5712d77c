#include <cmath>
#include <exception>

#include <nlohmann/json.hpp>

#include "perf/report/metrics.h"
#include "perf/report/page.h"
#include "perf/report/statistics.h"

namespace perf {
namespace {

// Keys keep the order in which they are set: that of docs/formats.md.
using nlohmann::ordered_json;

/// A tenth of a microsecond is less than any clock tells, and more digits nobody can read.
double rounded(double value) {
  constexpr double k_steps = 1e4;
  return std::round(value * k_steps) / k_steps;
}

ordered_json json_of(const std::vector<double>& samples) {
  const Statistics statistics = statistics_of(samples);
  ordered_json values = ordered_json::array();
  for (const double sample : samples) {
    values.push_back(rounded(sample));
  }
  return {{"min", rounded(statistics.min)},
          {"p50", rounded(statistics.p50)},
          {"p95", rounded(statistics.p95)},
          {"p99", rounded(statistics.p99)},
          {"max", rounded(statistics.max)},
          {"mean", rounded(statistics.mean)},
          {"mad", rounded(statistics.mad)},
          {"samples", std::move(values)}};
}

ordered_json json_of(const FloorSeries& floor) {
  return {{"kind", floor.kind},
          {"kept", floor.wall_ratios.size()},
          {"discarded", floor.discarded},
          {"wallMs", json_of(floor.wall_ms)},
          {"cpuMs", json_of(floor.cpu_ms)},
          {"wallRatio", json_of(floor.wall_ratios)},
          {"cpuRatio", json_of(floor.cpu_ratios)}};
}

ordered_json json_of(const ScenarioMetrics& scenario) {
  ordered_json values;
  values["process"] = scenario.is_process;
  values["samples"] = scenario.sample_count();
  values["repetitions"] = scenario.repetitions;
  values["othersShare"] =
      scenario.others_share ? ordered_json(rounded(*scenario.others_share)) : ordered_json();
  for (std::size_t i = 0; i < k_measure_names.size(); ++i) {
    const std::vector<double>& samples = scenario.measures[static_cast<Measure>(i)];
    values[k_measure_names[i]] = samples.empty() ? ordered_json() : json_of(samples);
  }
  ordered_json& counters = values["counters"];
  for (std::size_t i = 0; i < k_counter_names.size(); ++i) {
    const CounterValue& counter = scenario.counters[static_cast<Counter>(i)];
    counters[k_counter_names[i]] = {{"median", counter.median}, {"total", counter.total}};
  }
  double sum_ms = 0;
  for (const auto& [name, phase] : scenario.phases) {
    sum_ms += statistics_of(phase.ms).p50;
  }
  ordered_json& phases = values["phases"] = ordered_json::object();
  for (const auto& [name, phase] : scenario.phases) {
    const double share = sum_ms > 0 ? statistics_of(phase.ms).p50 / sum_ms : 0;
    phases[name] = {{"ms", json_of(phase.ms)},
                    {"costMs", json_of(phase.cost_ms)},
                    {"spans", phase.spans},
                    {"share", rounded(share)}};
  }
  values["fanoutUsers"] = scenario.users;
  values["outputs"] = {{"compared", scenario.check.outputs},
                       {"equal", scenario.check.equal},
                       {"unchangedModules", scenario.check.unchanged_modules},
                       {"untouchedModules", scenario.check.untouched_modules}};
  ordered_json& floors = values["floors"] = ordered_json::array();
  for (const FloorSeries& floor : scenario.floors) {
    floors.push_back(json_of(floor));
  }
  return values;
}

std::vector<double> read_samples(const ordered_json& parent, const char* name) {
  const auto found = parent.find(name);
  if (found == parent.end() || found->is_null()) {
    return {};
  }
  return found->at("samples").get<std::vector<double>>();
}

FloorSeries read_floor(const ordered_json& values) {
  FloorSeries floor;
  floor.kind = values.at("kind");
  floor.wall_ms = read_samples(values, "wallMs");
  floor.cpu_ms = read_samples(values, "cpuMs");
  floor.wall_ratios = read_samples(values, "wallRatio");
  floor.cpu_ratios = read_samples(values, "cpuRatio");
  floor.discarded = values.at("discarded");
  return floor;
}

ScenarioMetrics read_scenario(const std::string& name, const ordered_json& values) {
  ScenarioMetrics scenario;
  scenario.name = name;
  scenario.is_process = values.at("process");
  scenario.repetitions = values.value("repetitions", 1U);
  const ordered_json others = values.value("othersShare", ordered_json());
  if (others.is_number()) {
    scenario.others_share = others.get<double>();
  }
  for (std::size_t i = 0; i < k_measure_names.size(); ++i) {
    scenario.measures[static_cast<Measure>(i)] = read_samples(values, k_measure_names[i]);
  }
  for (std::size_t i = 0; i < k_counter_names.size(); ++i) {
    const ordered_json counter = values.at("counters").value(k_counter_names[i], ordered_json());
    if (counter.is_object()) {
      scenario.counters[static_cast<Counter>(i)] = {counter.at("median"), counter.at("total")};
    }
  }
  for (const auto& [phase, series] : values.at("phases").items()) {
    scenario.phases[phase] = {
        read_samples(series, "ms"), read_samples(series, "costMs"), series.at("spans")};
  }
  scenario.users = values.value("fanoutUsers", std::uint64_t{0});
  const ordered_json& outputs = values.at("outputs");
  scenario.check = {outputs.at("compared"),
                    outputs.at("equal"),
                    outputs.at("unchangedModules"),
                    outputs.at("untouchedModules")};
  for (const ordered_json& floor : values.at("floors")) {
    scenario.floors.push_back(read_floor(floor));
  }
  return scenario;
}

Metrics read_values(const ordered_json& values) {
  Metrics metrics;
  metrics.timestamp = values.at("timestamp");
  metrics.fixture = values.at("fixture");
  metrics.build_id = values.at("buildId");
  metrics.threads = values.at("threads");
  metrics.cores = values.at("cores");
  metrics.iterations = values.at("iterations");
  metrics.warmup = values.at("warmup");
  metrics.min_time_ms = values.value("minTimeMs", 0U);
  metrics.files = values.at("project").at("files");
  metrics.bytes = values.at("project").at("bytes");
  metrics.definitions = values.at("project").at("definitions");
  for (const auto& [name, scenario] : values.at("scenarios").items()) {
    metrics.scenarios.push_back(read_scenario(name, scenario));
  }
  return metrics;
}

std::vector<PeerRatio> read_ratios(const ordered_json& values) {
  std::vector<PeerRatio> peers;
  for (const ordered_json& result : values.at("results")) {
    const auto median = [&](const char* name) {
      const ordered_json& spread = result.at(name);
      return spread.is_null() ? 0.0 : spread.at("median").get<double>();
    };
    peers.push_back({result.at("peer"), result.at("case"), median("wall"), median("cpu")});
  }
  return peers;
}

}  // namespace

base::Result<std::vector<PeerRatio>> read_peers(const std::string& text) {
  try {
    return read_ratios(ordered_json::parse(text));
  } catch (const std::exception& error) {
    return base::fail(base::ErrorCode::corrupt,
                      std::string("this is no comparison: ") + error.what());
  }
}

std::string metrics_json(const Metrics& metrics) {
  ordered_json values = {
      {"version", k_metrics_format_version},
      {"timestamp", metrics.timestamp},
      {"fixture", metrics.fixture},
      {"buildId", metrics.build_id},
      {"threads", metrics.threads},
      {"cores", metrics.cores},
      {"iterations", metrics.iterations},
      {"warmup", metrics.warmup},
      {"minTimeMs", metrics.min_time_ms},
      {"project",
       {{"files", metrics.files}, {"bytes", metrics.bytes}, {"definitions", metrics.definitions}}}};
  ordered_json& scenarios = values["scenarios"] = ordered_json::object();
  for (const ScenarioMetrics& scenario : metrics.scenarios) {
    scenarios[scenario.name] = json_of(scenario);
  }
  return values.dump(1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

base::Result<Metrics> read_metrics(const std::string& text) {
  try {
    const ordered_json values = ordered_json::parse(text);
    const std::uint32_t version = values.at("version");
    if (version != k_metrics_format_version) {
      return base::fail(base::ErrorCode::corrupt,
                        "metrics of version " + std::to_string(version) + " and not " +
                            std::to_string(k_metrics_format_version));
    }
    return read_values(values);
  } catch (const std::exception& error) {
    return base::fail(base::ErrorCode::corrupt,
                      std::string("these are no metrics: ") + error.what());
  }
}

}  // namespace perf
