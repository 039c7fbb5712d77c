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
constexpr double k_least_phase_share = 0.02;
/// Less than this is what it takes to fill caches again that a neighbour used, measured with four
/// neighbours for each processor.
constexpr double k_least_growth_ms = 0.06;
/// What others may use of a machine that counts as idle: the system itself needs some.
constexpr double k_idle_share = 0.05;
/// What neighbours that use all of a machine add to the cost of anything that needs memory, which
/// no calibration shows: measured were 5 to 8 % more for parsing, 10 to 15 % for reading and
/// writing.
constexpr double k_neighbour_noise = 0.12;
/// Of few iterations with several samples each, as many values are made.
constexpr std::size_t k_least_values = 5;
/// With fewer values the distances to their median say nothing.
constexpr std::size_t k_least_values_for_noise = 3;

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

bool is_idle(const ScenarioMetrics& scenario) {
  return scenario.others_share && *scenario.others_share < k_idle_share;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    text += (text.empty() ? "" : ", ") + word;
  }
  return text;
}

/// Two standard errors, as a part of the noise.
constexpr double k_margin = 2 / k_standard_errors;

/// The noise at which Growth::least_seen() is `growth`.
double seen_noise(double growth) {
  return std::min((growth - k_fail_growth) / k_margin, growth / (1 + k_margin));
}

/// Compares one scenario.
class Comparison {
 public:
  Comparison(const ScenarioMetrics& before,
             const ScenarioMetrics& after,
             unsigned iterations,
             GateReport& report)
      : before_(before),
        after_(after),
        iterations_(iterations),
        report_(report),
        by_time_(machine_by({Measure::calibration, Measure::calibration_files})),
        by_cost_(machine_by({Measure::calibration_cpu, Measure::calibration_files})),
        by_arithmetic_(machine_by({Measure::calibration_cpu})) {
    const double busy =
        std::max(before.others_share.value_or(0.0), after.others_share.value_or(0.0));
    const double noise = busy < k_idle_share ? 0 : k_neighbour_noise * busy;
    by_cost_.change += noise;
    by_arithmetic_.change += noise;
  }

  void compare(bool has_equal_runs) {
    const Growth cost = growth_of(Measure::cost, by_cost_);
    add(Measure::cost, cost, verdict_of(Measure::cost, cost));
    note_blindness(k_measure_names[static_cast<std::size_t>(Measure::cost)],
                   cost,
                   typical(before_.measures[Measure::cost]));
    for (const Measure measure : {Measure::cpu, Measure::wall, Measure::settle}) {
      const Growth growth = growth_of(measure, by_time_);
      const bool is_its_own =
          cost.growth * 2 > growth.growth || (is_idle(before_) && is_idle(after_));
      add(measure, growth, is_its_own ? verdict_of(measure, growth) : at_most_warning(growth));
    }
    for (const Measure measure : k_sizes) {
      const Growth growth = growth_of(measure, MachineChange());
      add(measure, growth, perf::verdict_of(growth));
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
      const std::vector<double> was = values_of(before_.measures[kind]);
      const std::vector<double> is = values_of(after_.measures[kind]);
      const Growth slower = perf::growth_of(was, is, MachineChange());
      const Growth faster = perf::growth_of(is, was, MachineChange());
      if (slower.growth > slower.noise) {
        machine.slower = std::max(machine.slower, 1 + slower.growth);
        machine.change = std::max(machine.change, slower.growth);
      } else if (faster.growth > faster.noise) {
        machine.change = std::max(machine.change, faster.growth);
      }
    }
    return machine;
  }

  /// One for each iteration.
  std::vector<double> values_of(const std::vector<double>& samples) const {
    return means_of_groups(samples, std::max<std::size_t>(iterations_, k_least_values));
  }

  Growth growth_of(Measure measure, const MachineChange& machine) const {
    return growth_of(before_.measures[measure], after_.measures[measure], machine);
  }

  Growth growth_of(const std::vector<double>& before,
                   const std::vector<double>& after,
                   const MachineChange& machine) const {
    return perf::growth_of(values_of(before), values_of(after), machine);
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
    finding.before = typical(before);
    finding.after = typical(after);
    finding.growth = growth.growth;
    finding.noise = growth.noise;
    return finding;
  }

  void keep(Finding finding) {
    if (finding.verdict != Verdict::fine) {
      report_.findings.push_back(std::move(finding));
    }
  }

  /// Of a time.
  Verdict verdict_of(Measure measure, const Growth& growth) const {
    const double grown = typical(after_.measures[measure]) - typical(before_.measures[measure]);
    return grown < k_least_growth_ms ? at_most_warning(growth) : perf::verdict_of(growth);
  }

  void note_blindness(const std::string& value, const Growth& growth, double before_ms) {
    if (before_ms * k_wanted_growth < k_least_growth_ms) {
      small_.push_back(value);
    } else if (growth.least_seen() > k_wanted_growth &&
               perf::verdict_of(growth) <= Verdict::warns) {
      // Noise falls with the root of how many there are.
      const double ratio = growth.noise / seen_noise(k_wanted_growth);
      report_.blind.push_back({after_.name,
                               value,
                               growth.least_seen(),
                               static_cast<unsigned>(std::ceil(iterations_ * ratio * ratio))});
    }
  }

  /// Of the cost of a phase, uncorrected.
  double grown_ms(const std::string& phase) const {
    const auto before = before_.phases.find(phase);
    const auto after = after_.phases.find(phase);
    return (after == after_.phases.end() ? 0 : typical(after->second.cost_ms)) -
           (before == before_.phases.end() ? 0 : typical(before->second.cost_ms));
  }

  /// Of the iterations.
  double typical(const std::vector<double>& samples) const { return median(values_of(samples)); }

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
    return growth_of(after, before, back).exceeds(k_fail_growth);
  }

  /// Work that moved from one phase to another made nothing slower: whether some other phase shrank
  /// by at least half of what this one grew.
  bool has_moved(const std::string& grown) const {
    return std::any_of(after_.phases.begin(), after_.phases.end(), [&](const auto& entry) {
      const auto before = before_.phases.find(entry.first);
      return entry.first != grown && before != before_.phases.end() &&
             has_shrunk(before->second.cost_ms, entry.second.cost_ms) &&
             -grown_ms(entry.first) * 2 >= grown_ms(grown);
    });
  }

  void compare_phases() {
    double sum_ms = 0;
    for (const auto& [name, phase] : after_.phases) {
      sum_ms += typical(phase.cost_ms);
    }
    for (const auto& [name, phase] : after_.phases) {
      const auto before = before_.phases.find(name);
      const double ms = typical(phase.cost_ms);
      if (ms >= k_least_phase_share * sum_ms && before != before_.phases.end()) {
        compare_phase(name, before->second.cost_ms, phase.cost_ms);
      } else if (phase.spans > 0) {
        small_.push_back(name);
      }
    }
    if (!small_.empty()) {
      report_.notes.push_back(after_.name + ": too small to be judged: " + joined(small_));
    }
  }

  void compare_phase(const std::string& name,
                     const std::vector<double>& before,
                     const std::vector<double>& after) {
    const Growth growth = growth_of(before, after, machine_of(name));
    Finding finding = finding_of(growth, before, after);
    finding.verdict = has_moved(name) || grown_ms(name) < k_least_growth_ms
                          ? at_most_warning(growth)
                          : perf::verdict_of(growth);
    finding.value = "phase " + name;
    finding.phase = name;
    note_blindness(name, growth, typical(before));
    keep(std::move(finding));
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
  unsigned iterations_;
  GateReport& report_;
  /// Of which 20 % more would be less than counts.
  std::vector<std::string> small_;
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

std::string line_of(const Blindness& blind) {
  return "  blind " + blind.scenario + ": " + blind.value + ": less than " +
         fixed(100 * blind.least_seen, 0) + " % more would not be seen; --iterations " +
         std::to_string(blind.iterations) + " or a quieter machine would show " +
         fixed(100 * k_wanted_growth, 0) + " %\n";
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
  // Two values differ by anything.
  const bool is_known = std::min(before.size(), after.size()) >= k_least_values_for_noise;
  const double of_median = is.p50 / (was.p50 * machine.slower) - 1;
  const double of_least = is.min / (was.min * machine.slower) - 1;
  const double error =
      std::hypot(relative_error(was, before.size()), relative_error(is, after.size()));
  return {std::min(of_median, of_least), is_known ? k_standard_errors * error + machine.change : 1};
}

double Growth::least_seen() const {
  return std::max(k_fail_growth, noise) + noise * k_margin;
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
    if (old->measures[Measure::cost].empty()) {
      report.notes.push_back("the baseline has no costs of " + scenario.name +
                             ", which are what is judged: make a new one");
      continue;
    }
    const bool has_equal_samples = old->repetitions == scenario.repetitions;
    if (!has_equal_samples) {
      report.notes.push_back("counters of " + scenario.name +
                             " are not compared: the baseline has " +
                             std::to_string(old->repetitions) + " repetitions an iteration");
    }
    Comparison(*old, scenario, std::min(before.iterations, after.iterations), report)
        .compare(has_equal_runs && has_equal_samples);
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
  if (text.empty()) {
    text = "  nothing grew\n";
  }
  for (const Blindness& blind : report.blind) {
    text += line_of(blind);
  }
  for (const std::string& note : report.notes) {
    text += "  note  " + note + "\n";
  }
  return text;
}

}  // namespace perf
