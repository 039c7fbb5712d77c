#include "perf/report/table.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <utility>
#include <vector>

#include "perf/report/statistics.h"

namespace perf {
namespace {

constexpr int k_bar_columns = 30;
constexpr std::size_t k_label_columns = 14;

std::string padded(std::string text, std::size_t columns) {
  text.resize(std::max(text.size(), columns), ' ');
  return text;
}

std::string right(const std::string& text, std::size_t columns) {
  return text.size() < columns ? std::string(columns - text.size(), ' ') + text : text;
}

std::string line(const std::string& label, const std::string& text) {
  return "  " + padded(label, k_label_columns) + text + "\n";
}

double median(const ScenarioMetrics& scenario, Measure measure) {
  return statistics_of(scenario.measures[measure]).p50;
}

std::string count(const ScenarioMetrics& scenario, Counter counter) {
  return with_commas(static_cast<double>(scenario.counters[counter].median));
}

std::string times(const std::vector<double>& samples) {
  const Statistics all = statistics_of(samples);
  return "min " + shown_ms(all.min) + "  p50 " + shown_ms(all.p50) + "  p95 " + shown_ms(all.p95) +
         "  p99 " + shown_ms(all.p99) + "  max " + shown_ms(all.max) + "  mean " +
         shown_ms(all.mean);
}

std::string bar(double share, const TableStyle& style) {
  const auto columns = static_cast<int>(std::lround(share * k_bar_columns));
  std::string text;
  for (int i = 0; i < columns; ++i) {
    text += style.is_terminal ? "█" : "#";
  }
  return text;
}

std::string render_phases(const ScenarioMetrics& scenario, const TableStyle& style) {
  std::vector<std::pair<double, std::string>> phases;
  double sum_ms = 0;
  for (const auto& [name, phase] : scenario.phases) {
    const double ms = statistics_of(phase.ms).p50;
    sum_ms += ms;
    if (phase.spans > 0) {
      phases.emplace_back(ms, name);
    }
  }
  std::stable_sort(phases.begin(), phases.end(), [](const auto& left, const auto& right_one) {
    return left.first > right_one.first;
  });
  std::string text;
  for (const auto& [ms, name] : phases) {
    const double share = sum_ms > 0 ? ms / sum_ms : 0;
    const double cost_ms = statistics_of(scenario.phases.at(name).cost_ms).p50;
    text += line(text.empty() ? "phases, ms" : "",
                 padded(name, 16) + right(shown_ms(ms), 9) + right(shown_ms(cost_ms), 9) + " CPU" +
                     right(fixed(100 * share, 0), 5) + " %  " + bar(share, style));
  }
  return text;
}

std::string render_floor(const FloorSeries& floor) {
  const std::string pairs = std::to_string(floor.wall_ratios.size()) + " kept, " +
                            std::to_string(floor.discarded) + " discarded";
  if (floor.wall_ratios.empty()) {
    return line("floor", floor.kind + ": no pair is usable, " + pairs);
  }
  const Statistics wall = statistics_of(floor.wall_ratios);
  const Statistics cpu = statistics_of(floor.cpu_ratios);
  return line("floor",
              floor.kind + ": wall " + fixed(wall.p50, 2) + " x (" + fixed(wall.min, 2) + " to " +
                  fixed(wall.max, 2) + "), CPU " + fixed(cpu.p50, 2) + " x (" + fixed(cpu.min, 2) +
                  " to " + fixed(cpu.max, 2) + "); " + pairs);
}

}  // namespace

std::string fixed(double number, int decimals) {
  std::array<char, 64> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.*f", decimals, number);
  return buffer.data();
}

std::string shown_ms(double ms) {
  return fixed(ms, ms < 10 ? 3 : ms < 100 ? 2 : 1);
}

std::string with_commas(double number) {
  std::string text = fixed(number, 0);
  for (std::size_t at = text.size(); at > 3;) {
    at -= 3;
    text.insert(at, ",");
  }
  return text;
}

std::string render_head(const Metrics& metrics) {
  const auto number = [](std::uint64_t value) { return with_commas(static_cast<double>(value)); };
  return metrics.fixture + ": " + number(metrics.files) + " files, " +
         fixed(static_cast<double>(metrics.bytes) / 1e6, 1) + " MB, " +
         number(metrics.definitions) + " definitions; " + std::to_string(metrics.threads) +
         (metrics.threads == 1 ? " thread" : " threads") + " on " + std::to_string(metrics.cores) +
         (metrics.cores == 1 ? " core; " : " cores; ") + std::to_string(metrics.iterations) +
         (metrics.iterations == 1 ? " iteration" : " iterations") + " after " +
         std::to_string(metrics.warmup) + " to warm up\n";
}

std::string render_scenario(const ScenarioMetrics& scenario, const TableStyle& style) {
  const auto measure = [&](Measure key) { return median(scenario, key); };
  const auto mean = [&](Measure key) { return statistics_of(scenario.measures[key]).mean; };
  std::string text = "\n" + scenario.name + ", " + std::to_string(scenario.sample_count()) +
                     (!scenario.is_process           ? " times in a session"
                      : scenario.sample_count() == 1 ? " process"
                                                     : " processes");
  if (scenario.repetitions > 1) {
    text += ", " + std::to_string(scenario.repetitions) + " repetitions an iteration";
  }
  text += scenario.users > 0 ? ", " + std::to_string(scenario.users) + " users\n" : "\n";
  text += line("wall, ms", times(scenario.measures[Measure::wall]));
  if (!scenario.measures[Measure::settle].empty()) {
    text += line("settle, ms", times(scenario.measures[Measure::settle]));
  }
  // Means: how one run divides is chance, see docs/formats.md.
  text += line("CPU, ms",
               shown_ms(measure(Measure::cpu)) + ": about " + shown_ms(mean(Measure::cpu_user)) +
                   " user, " + shown_ms(mean(Measure::cpu_system)) + " system; " +
                   shown_ms(measure(Measure::cost)) + " on one processor");
  text += line("memory",
               "peak " + fixed(measure(Measure::peak_memory) / 1e6, 1) + " MB; " +
                   with_commas(measure(Measure::allocations)) + " allocations of " +
                   fixed(measure(Measure::allocated_bytes) / 1e6, 2) + " MB; " +
                   with_commas(measure(Measure::page_faults)) + " page faults");
  text += line("files",
               count(scenario, Counter::files_read) + " read, " +
                   count(scenario, Counter::files_hashed) + " hashed, " +
                   count(scenario, Counter::files_parsed) + " parsed, " +
                   count(scenario, Counter::files_written) + " written; " +
                   count(scenario, Counter::definitions_compiled) + " definitions compiled");
  text += line("cache",
               count(scenario, Counter::cache_hits) + " hits, " +
                   count(scenario, Counter::cache_misses) + " misses, " +
                   count(scenario, Counter::cache_skips) + " skips, " +
                   count(scenario, Counter::cache_rehashed) + " rehashed");
  text += render_phases(scenario, style);
  for (const FloorSeries& floor : scenario.floors) {
    text += render_floor(floor);
  }
  if (scenario.others_share) {
    text += line("machine",
                 "others used " + fixed(100 * *scenario.others_share, 0) +
                     " % of the processors' time meanwhile");
  }
  text += line("outputs",
               std::to_string(scenario.check.equal) + " of " +
                   std::to_string(scenario.check.outputs) + " equal to those of a clean build");
  return text;
}

}  // namespace perf
