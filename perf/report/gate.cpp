#include "perf/report/gate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <initializer_list>
#include <string_view>
#include <utility>

#include "perf/report/statistics.h"
#include "perf/report/table.h"

namespace perf {
namespace {

/// A standard deviation is 1.4826 median distances where errors are normal, and the median of n
/// values is off by 1.2533 deviations / sqrt(n).
constexpr double k_median_error = 1.4826 * 1.2533;
constexpr double k_standard_errors = 3;
/// A phase that is less than this part of a scenario is nothing that anybody waits for.
constexpr double k_least_phase_share = 0.05;
/// Nor is what a phase grew by, if it is less than this part of all phases.
constexpr double k_least_growth_share = 0.015;
/// Below this a clock and a page fault make the difference.
constexpr double k_least_phase_ms = 0.1;

/// With less noise than this a machine was busy with nothing else.
constexpr double k_quiet_noise = 0.05;

constexpr std::array k_sizes = {
    Measure::peak_memory, Measure::allocations, Measure::allocated_bytes};

constexpr std::array<std::string_view, 7> k_arithmetic_phases = {
    "parse", "parse documents", "hash", "compile", "link", "validate", "emit"};

double relative_error(const Statistics& statistics, std::size_t count) {
  return k_median_error * statistics.mad / (statistics.p50 * std::sqrt(static_cast<double>(count)));
}

Verdict verdict_of(const Growth& growth) {
  if (growth.growth > k_fail_growth) {
    return growth.exceeds(k_fail_growth) ? Verdict::fails : Verdict::undecided;
  }
  return growth.exceeds(k_warn_growth) ? Verdict::warns : Verdict::fine;
}

Verdict at_most_warning(const Growth& growth) {
  return growth.exceeds(k_warn_growth) ? Verdict::warns : Verdict::fine;
}

double median(const std::vector<double>& samples) {
  return statistics_of(samples).p50;
}

/// Compares one scenario.
class Comparison {
 public:
  Comparison(const ScenarioMetrics& before, const ScenarioMetrics& after, GateReport& report)
      : before_(before),
        after_(after),
        report_(report),
        by_time_(machine_by({Measure::calibration, Measure::calibration_files})),
        by_cost_(machine_by({Measure::calibration_cpu, Measure::calibration_files})),
        by_arithmetic_(machine_by({Measure::calibration_cpu})) {}

  void compare(bool has_equal_runs) {
    const Growth cost = growth_of(Measure::cpu, by_cost_);
    add(Measure::cpu, cost, verdict_of(cost));
    for (const Measure measure : {Measure::wall, Measure::settle}) {
      const Growth growth = growth_of(measure, by_time_);
      const bool is_its_own = cost.growth * 2 > growth.growth || growth.noise < k_quiet_noise;
      add(measure, growth, is_its_own ? verdict_of(growth) : at_most_warning(growth));
    }
    for (const Measure measure : k_sizes) {
      const Growth growth = growth_of(measure, MachineChange());
      add(measure, growth, verdict_of(growth));
    }
    compare_phases();
    if (has_equal_runs) {
      compare_counters();
    }
  }

 private:
  /// By the work of these kinds.
  MachineChange machine_by(std::initializer_list<Measure> kinds) const {
    MachineChange machine;
    for (const Measure kind : kinds) {
      const Statistics was = statistics_of(before_.measures[kind]);
      const Statistics is = statistics_of(after_.measures[kind]);
      if (was.min <= 0 || is.min <= 0) {
        continue;
      }
      const double slower = is.p50 / was.p50;
      const double slower_at_best = is.min / was.min;
      if ((slower > 1) != (slower_at_best > 1)) {
        continue;
      }
      const double both =
          std::abs(slower - 1) < std::abs(slower_at_best - 1) ? slower : slower_at_best;
      machine.slower = std::max(machine.slower, both);
      machine.change = std::max(machine.change, std::abs(both - 1));
    }
    return machine;
  }

  Growth growth_of(Measure measure, const MachineChange& machine) const {
    return perf::growth_of(before_.measures[measure], after_.measures[measure], machine);
  }

  void add(Measure measure, const Growth& growth, Verdict verdict) {
    Finding finding = finding_of(growth, before_.measures[measure], after_.measures[measure]);
    finding.verdict = verdict;
    finding.value = k_measure_names[static_cast<std::size_t>(measure)];
    if (std::find(k_sizes.begin(), k_sizes.end(), measure) == k_sizes.end()) {
      finding.phase = grown_phase();
    }
    keep(std::move(finding));
  }

  Finding finding_of(const Growth& growth,
                     const std::vector<double>& before,
                     const std::vector<double>& after) const {
    Finding finding;
    finding.scenario = after_.name;
    finding.before = median(before);
    finding.after = median(after);
    finding.growth = growth.growth;
    finding.noise = growth.noise;
    return finding;
  }

  void keep(Finding finding) {
    if (finding.verdict != Verdict::fine) {
      report_.findings.push_back(std::move(finding));
    }
  }

  /// Of the processor time of a phase, uncorrected.
  double grown_ms(const std::string& phase) const {
    const auto before = before_.phases.find(phase);
    const auto after = after_.phases.find(phase);
    return (after == after_.phases.end() ? 0 : median(after->second.cpu_ms)) -
           (before == before_.phases.end() ? 0 : median(before->second.cpu_ms));
  }

  std::string grown_phase() const {
    std::string most;
    double most_ms = 0;
    for (const auto& [name, phase] : after_.phases) {
      const double ms = grown_ms(name);
      if (ms > most_ms) {
        most = name;
        most_ms = ms;
      }
    }
    return most;
  }

  /// Files say nothing of phases that touch none.
  const MachineChange& machine_of(const std::string& phase) const {
    const bool is_arithmetic =
        std::find(k_arithmetic_phases.begin(), k_arithmetic_phases.end(), phase) !=
        k_arithmetic_phases.end();
    return is_arithmetic ? by_arithmetic_ : by_cost_;
  }

  bool has_shrunk(const std::vector<double>& before, const std::vector<double>& after) const {
    MachineChange back;
    back.change = by_cost_.change;
    return perf::growth_of(after, before, back).exceeds(k_warn_growth);
  }

  /// Work that moved from one phase to another made nothing slower: whether some other phase shrank
  /// by at least half of what this one grew.
  bool has_moved(const std::string& grown) const {
    return std::any_of(after_.phases.begin(), after_.phases.end(), [&](const auto& entry) {
      const auto before = before_.phases.find(entry.first);
      return entry.first != grown && before != before_.phases.end() &&
             has_shrunk(before->second.cpu_ms, entry.second.cpu_ms) &&
             -grown_ms(entry.first) * 2 >= grown_ms(grown);
    });
  }

  void compare_phases() {
    double sum_ms = 0;
    for (const auto& [name, phase] : after_.phases) {
      sum_ms += median(phase.cpu_ms);
    }
    for (const auto& [name, phase] : after_.phases) {
      const auto before = before_.phases.find(name);
      const double ms = median(phase.cpu_ms);
      if (before == before_.phases.end() || ms < k_least_phase_ms ||
          ms < k_least_phase_share * sum_ms || grown_ms(name) < k_least_growth_share * sum_ms) {
        continue;
      }
      const Growth growth = perf::growth_of(before->second.cpu_ms, phase.cpu_ms, machine_of(name));
      Finding finding = finding_of(growth, before->second.cpu_ms, phase.cpu_ms);
      finding.verdict = has_moved(name) ? at_most_warning(growth) : verdict_of(growth);
      finding.value = "phase " + name;
      finding.phase = name;
      keep(std::move(finding));
    }
  }

  void compare_counters() {
    for (std::size_t i = 0; i < k_counter_names.size(); ++i) {
      const auto key = static_cast<Counter>(i);
      const auto before = static_cast<double>(before_.counters[key].total);
      const auto after = static_cast<double>(after_.counters[key].total);
      if (before != after) {
        const double growth = before > 0 ? after / before - 1 : 1;
        report_.findings.push_back(
            {Verdict::fails, after_.name, k_counter_names[i], before, after, growth, 0, {}, true});
      }
    }
  }

  const ScenarioMetrics& before_;
  const ScenarioMetrics& after_;
  GateReport& report_;
  MachineChange by_time_;
  MachineChange by_cost_;
  MachineChange by_arithmetic_;
};

std::string percent(double share) {
  return (share >= 0 ? "+" : "") + fixed(100 * share, 1) + " %";
}

std::string_view mark_of(Verdict verdict) {
  return verdict == Verdict::fails   ? "  FAIL  "
         : verdict == Verdict::warns ? "  warn  "
                                     : "  ?     ";
}

std::string line_of(const Finding& finding) {
  std::string text(mark_of(finding.verdict));
  text += finding.scenario + ": " + finding.value + " ";
  if (finding.is_counter) {
    return text + with_commas(finding.before) + " -> " + with_commas(finding.after) +
           ", and counts must be equal; if that is meant, make a new baseline\n";
  }
  const bool is_time = !finding.phase.empty() || finding.value.ends_with("Ms");
  const auto shown = [is_time](double value) {
    return is_time ? shown_ms(value) + " ms" : with_commas(value);
  };
  text += shown(finding.before) + " -> " + shown(finding.after) + ", " + percent(finding.growth) +
          " (noise " + fixed(100 * finding.noise, 1) + " %)";
  if (!finding.phase.empty() && !finding.value.starts_with("phase ")) {
    text += "; what grew most is the phase " + finding.phase;
  }
  if (finding.verdict == Verdict::undecided) {
    text += "; more iterations or a quieter machine would tell";
  }
  return text + "\n";
}

}  // namespace

Verdict GateReport::verdict() const {
  Verdict worst = Verdict::fine;
  for (const Finding& finding : findings) {
    worst = std::max(worst, finding.verdict);
  }
  return worst;
}

bool GateReport::is_open(const std::string& scenario) const {
  return std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
    return finding.scenario == scenario && finding.verdict >= Verdict::undecided &&
           !finding.is_counter;
  });
}

void GateReport::forgive_what_was_fine(const GateReport& before) {
  for (Finding& finding : findings) {
    const bool was_open =
        std::any_of(before.findings.begin(), before.findings.end(), [&](const Finding& old) {
          return old.scenario == finding.scenario && old.value == finding.value &&
                 old.verdict >= Verdict::undecided;
        });
    if (!was_open && finding.verdict >= Verdict::undecided && !finding.is_counter) {
      finding.verdict = Verdict::warns;
    }
  }
}

Growth growth_of(const std::vector<double>& before,
                 const std::vector<double>& after,
                 const MachineChange& machine) {
  if (before.empty() || after.empty()) {
    return {};
  }
  const Statistics was = statistics_of(before);
  const Statistics is = statistics_of(after);
  if (was.min <= 0 || is.p50 <= 0) {
    return {};
  }
  const double of_median = is.p50 / (was.p50 * machine.slower) - 1;
  const double of_least = is.min / (was.min * machine.slower) - 1;
  const double error =
      std::hypot(relative_error(was, before.size()), relative_error(is, after.size()));
  return {std::min(of_median, of_least), k_standard_errors * error + machine.change};
}

base::Result<GateReport> compare_metrics(const Metrics& before, const Metrics& after) {
  if (before.fixture != after.fixture || before.threads != after.threads) {
    return base::fail(base::ErrorCode::invalid_config,
                      "the baseline is of " + before.fixture + " with " +
                          std::to_string(before.threads) + " threads, and this is " +
                          after.fixture + " with " + std::to_string(after.threads));
  }
  if (before.files != after.files || before.bytes != after.bytes ||
      before.definitions != after.definitions) {
    return base::fail(base::ErrorCode::invalid_config,
                      "the project is not what it was when the baseline was taken: make a new one");
  }
  GateReport report;
  const bool has_equal_runs =
      before.iterations == after.iterations && before.warmup == after.warmup;
  if (!has_equal_runs) {
    report.notes.push_back("counters are not compared: the baseline has " +
                           std::to_string(before.iterations) + " iterations after " +
                           std::to_string(before.warmup));
  }
  bool has_common = false;
  for (const ScenarioMetrics& scenario : after.scenarios) {
    const ScenarioMetrics* old = find_scenario(before, scenario.name);
    if (old == nullptr) {
      report.notes.push_back("the baseline has no " + scenario.name);
      continue;
    }
    has_common = true;
    Comparison(*old, scenario, report).compare(has_equal_runs);
  }
  if (!has_common) {
    return base::fail(base::ErrorCode::invalid_config,
                      "the baseline has none of the scenarios that were measured");
  }
  return report;
}

std::string render_gate(const GateReport& report) {
  std::string text;
  for (const Verdict verdict : {Verdict::fails, Verdict::undecided, Verdict::warns}) {
    for (const Finding& finding : report.findings) {
      text += finding.verdict == verdict ? line_of(finding) : "";
    }
  }
  for (const std::string& note : report.notes) {
    text += "  note  " + note + "\n";
  }
  return text.empty() ? "  nothing grew\n" : text;
}

}  // namespace perf
