#include "perf/report/gate.h"

#include <functional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

using perf::Measure;
using perf::Metrics;
using perf::ScenarioMetrics;
using perf::Verdict;

/// Five samples that hardly differ.
std::vector<double> steady(double value) {
  return {value, value * 1.005, value * 0.995, value * 1.01, value * 1.002};
}

/// A cold build of 100 ms that costs 150 ms, 60 of them for parsing, on an idle machine.
Metrics steady_metrics() {
  Metrics metrics;
  metrics.fixture = "app";
  metrics.threads = 2;
  metrics.iterations = 5;
  ScenarioMetrics& cold = metrics.scenarios.emplace_back();
  cold.name = "cold";
  cold.is_process = true;
  cold.measures[Measure::wall] = steady(100);
  cold.measures[Measure::cpu] = steady(150);
  cold.measures[Measure::cost] = steady(140);
  cold.others_share = 0.01;
  cold.measures[Measure::peak_memory] = steady(5e7);
  cold.measures[Measure::allocations] = steady(1e5);
  cold.measures[Measure::calibration] = steady(2);
  cold.measures[Measure::calibration_cpu] = steady(2);
  cold.measures[Measure::calibration_files] = steady(1);
  cold.phases["parse"] = {steady(60), steady(60), 10};
  cold.phases["emit"] = {steady(40), steady(40), 10};
  cold.phases["hash"] = {steady(2), steady(2), 10};
  cold.phases["write"] = {steady(50), steady(50), 10};
  cold.counters[perf::Counter::files_read] = {20, 100};
  return metrics;
}

struct GateRow {
  std::string name;
  std::function<void(ScenarioMetrics&)> change;
  Verdict verdict;
  /// Of the findings, the values of those with that verdict.
  std::vector<std::string> values;
};

void set_times(ScenarioMetrics& cold, double wall, double cpu, double parse) {
  cold.measures[Measure::wall] = steady(wall);
  cold.measures[Measure::cpu] = steady(cpu);
  cold.measures[Measure::cost] = steady(cpu * 140 / 150);
  cold.phases["parse"].cost_ms = steady(parse);
}

const std::vector<GateRow> k_gate_rows = {
    {"the same is fine", [](ScenarioMetrics&) {}, Verdict::fine, {}},
    {"less is fine", [](ScenarioMetrics& cold) { set_times(cold, 50, 75, 30); }, Verdict::fine, {}},
    {"a little more is fine",
     [](ScenarioMetrics& cold) { set_times(cold, 104, 156, 62); },
     Verdict::fine,
     {}},
    {"more than 5 % is a warning",
     [](ScenarioMetrics& cold) { set_times(cold, 107, 160, 60); },
     Verdict::warns,
     {"costMs", "cpuMs", "wallMs"}},
    {"more than 10 % fails",
     [](ScenarioMetrics& cold) { set_times(cold, 115, 170, 60); },
     Verdict::fails,
     {"costMs", "cpuMs", "wallMs"}},
    {"a phase that is 20 % slower fails although the whole is not 10 % slower",
     [](ScenarioMetrics& cold) { set_times(cold, 104, 157, 72); },
     Verdict::fails,
     {"phase parse"}},
    {"work that moved between phases is a warning",
     [](ScenarioMetrics& cold) {
       cold.phases["parse"].cost_ms = steady(72);
       cold.phases["emit"].cost_ms = steady(29);
     },
     Verdict::warns,
     {"phase parse"}},
    {"a growth below the noise is none",
     [](ScenarioMetrics& cold) {
       cold.measures[Measure::cost] = {120, 230, 180, 260, 170};
       cold.measures[Measure::wall] = {112, 160, 120, 190, 130};
       cold.others_share = 0.4;
     },
     Verdict::fine,
     {}},
    {"a growth that may be noise is told as such",
     [](ScenarioMetrics& cold) {
       cold.measures[Measure::cost] = {180, 230, 250, 200, 300};
     },
     Verdict::undecided,
     {"costMs"}},
    {"wild samples move nothing while the least stays",
     [](ScenarioMetrics& cold) {
       cold.measures[Measure::wall] = {100, 290, 300, 300, 301};
     },
     Verdict::fine,
     {}},
    {"a slower machine excuses what it explains",
     [](ScenarioMetrics& cold) {
       set_times(cold, 125, 185, 75);
       cold.phases["emit"].cost_ms = steady(50);
       cold.phases["write"].cost_ms = steady(62);
       cold.measures[Measure::calibration] = steady(2.5);
       cold.measures[Measure::calibration_cpu] = steady(2.5);
     },
     Verdict::fine,
     {}},
    {"a slower machine does not excuse more than that",
     [](ScenarioMetrics& cold) {
       cold.measures[Measure::cost] = steady(300);
       cold.measures[Measure::calibration_cpu] = steady(2.2);
     },
     Verdict::fails,
     {"costMs"}},
    {"a kernel that got slower excuses as well",
     [](ScenarioMetrics& cold) {
       set_times(cold, 115, 175, 60);
       cold.phases["write"].cost_ms = steady(60);
       cold.measures[Measure::calibration_files] = steady(1.2);
     },
     Verdict::fine,
     {}},
    {"a phase that is next to nothing of the whole is not judged",
     [](ScenarioMetrics& cold) { cold.phases["hash"].cost_ms = steady(2.9); },
     Verdict::fine,
     {}},
    {"a small phase is",
     [](ScenarioMetrics& cold) { cold.phases["hash"].cost_ms = steady(5); },
     Verdict::fails,
     {"phase hash"}},
    {"a growth of microseconds is a warning: caches do that",
     [](ScenarioMetrics& cold) {
       cold.measures[Measure::cost] = steady(0.45);
       cold.phases = {{"save", {steady(0.25), steady(0.29), 1}}};
     },
     Verdict::warns,
     {"phase save"}},
    {"waiting on an idle machine fails",
     [](ScenarioMetrics& cold) { cold.measures[Measure::wall] = steady(130); },
     Verdict::fails,
     {"wallMs"}},
    {"waiting on a busy machine is a warning",
     [](ScenarioMetrics& cold) {
       cold.measures[Measure::wall] = steady(130);
       cold.others_share = 0.4;
     },
     Verdict::warns,
     {"wallMs"}},
    {"and on one of which nothing is known",
     [](ScenarioMetrics& cold) {
       cold.measures[Measure::wall] = steady(130);
       cold.others_share.reset();
     },
     Verdict::warns,
     {"wallMs"}},
    {"threads that are in each other's way on a busy machine are a warning",
     [](ScenarioMetrics& cold) {
       cold.measures[Measure::cpu] = steady(180);
       cold.others_share = 0.4;
     },
     Verdict::warns,
     {"cpuMs"}},
    {"neighbours are an excuse for a little more",
     [](ScenarioMetrics& cold) {
       cold.phases["write"].cost_ms = steady(55.5);
       cold.others_share = 0.9;
     },
     Verdict::undecided,
     {"phase write"}},
    {"more allocations fail",
     [](ScenarioMetrics& cold) { cold.measures[Measure::allocations] = steady(1.2e5); },
     Verdict::fails,
     {"allocations"}},
    {"one count more fails",
     [](ScenarioMetrics& cold) { cold.counters[perf::Counter::files_read].total = 101; },
     Verdict::fails,
     {"filesRead"}},
    {"one count less fails: the baseline is not true any more",
     [](ScenarioMetrics& cold) { cold.counters[perf::Counter::files_read].total = 99; },
     Verdict::fails,
     {"filesRead"}},
};

perf::GateReport compared(const Metrics& before, const Metrics& after) {
  const auto report = perf::compare_metrics(before, after);
  REQUIRE(report.has_value());
  return *report;
}

}  // namespace

TEST_SUITE("perf/gate") {
  TEST_CASE("beside a baseline") {
    for (const GateRow& row : k_gate_rows) {
      SUBCASE(row.name.c_str()) {
        Metrics before = steady_metrics();
        before.scenarios.front().phases["save"] = {steady(0.25), steady(0.25), 1};
        Metrics after = before;
        row.change(after.scenarios.front());

        const perf::GateReport report = compared(before, after);

        std::vector<std::string> values;
        for (const perf::Finding& finding : report.findings) {
          if (finding.verdict == row.verdict) {
            values.push_back(finding.value);
          }
        }
        CHECK(report.verdict() == row.verdict);
        CHECK(values == row.values);
      }
    }
  }

  TEST_CASE("counters are left out where the numbers of samples differ") {
    const Metrics before = steady_metrics();
    Metrics after = before;
    after.iterations = 7;
    after.scenarios.front().counters[perf::Counter::files_read].total = 140;

    const perf::GateReport report = compared(before, after);

    CHECK(report.verdict() == Verdict::fine);
    CHECK(report.notes.front() ==
          "counters are not compared: the baseline has 5 iterations after 0");
  }

  TEST_CASE("and where an iteration did more") {
    const Metrics before = steady_metrics();
    Metrics after = before;
    after.scenarios.front().repetitions = 5;
    after.scenarios.front().counters[perf::Counter::files_read].total = 500;

    const perf::GateReport report = compared(before, after);

    CHECK(report.verdict() == Verdict::fine);
    CHECK(report.notes.front() ==
          "counters of cold are not compared: the baseline has 1 repetitions an iteration");
  }

  TEST_CASE("a phase whose noise hides 20 % more is told, and how many iterations would do") {
    Metrics before = steady_metrics();
    before.scenarios.front().phases["emit"].cost_ms = {40, 44, 38, 43, 36};

    const perf::GateReport report = compared(before, before);

    CHECK(report.verdict() == Verdict::fine);
    REQUIRE(report.blind.size() == 1);
    const perf::Blindness& blind = report.blind.front();
    CHECK(blind.scenario == "cold");
    CHECK(blind.value == "emit");
    // Medians of 40 whose distances to it have the median 3: three standard errors of the
    // difference of two such, and two more.
    CHECK(blind.least_seen == doctest::Approx(0.441).epsilon(0.01));
    CHECK(blind.iterations == 25);
    CHECK(perf::render_gate(report) ==
          "  nothing grew\n"
          "  blind cold: emit: less than 44 % more would not be seen; --iterations 25 or a "
          "quieter machine would show 20 %\n"
          "  note  cold: too small to be judged: hash\n");
  }

  TEST_CASE("two iterations of one sample have no noise, and decide nothing") {
    Metrics before = steady_metrics();
    before.scenarios.front().measures[Measure::cost] = {140, 141};
    Metrics after = before;
    after.scenarios.front().measures[Measure::cost] = {170, 171};

    CHECK(compared(before, after).verdict() == Verdict::undecided);
  }

  TEST_CASE("neighbours that disturb one sample in five hide nothing") {
    Metrics before = steady_metrics();
    Metrics after = before;
    std::vector<double> disturbed;
    std::vector<double> slower;
    for (int i = 0; i < 50; ++i) {
      disturbed.push_back(i % 5 == 3 ? 300 + 10 * i : 140 + 0.1 * (i % 7));
      slower.push_back(i % 5 == 1 ? 200 + 20 * i : 168 + 0.1 * (i % 3));
    }
    before.scenarios.front().measures[Measure::cost] = disturbed;
    after.scenarios.front().measures[Measure::cost] = slower;

    CHECK(compared(before, after).verdict() == Verdict::fails);
    CHECK(compared(before, before).verdict() == Verdict::fine);
  }

  TEST_CASE("a baseline without costs is told to be made anew") {
    Metrics before = steady_metrics();
    before.scenarios.front().measures[Measure::cost].clear();

    const perf::GateReport report = compared(before, steady_metrics());

    CHECK(report.notes ==
          std::vector<std::string>{
              "the baseline has no costs of cold, which are what is judged: make a new one"});
  }

  TEST_CASE("a scenario that the baseline lacks is told, and one has to be there") {
    Metrics before = steady_metrics();
    Metrics after = before;
    after.scenarios.push_back(after.scenarios.front());
    after.scenarios.back().name = "noop";

    const perf::GateReport report = compared(before, after);

    CHECK(report.notes.back() == "the baseline has no noop");
    before.scenarios.clear();
    CHECK_FALSE(perf::compare_metrics(before, after).has_value());
  }

  TEST_CASE("what fails has to fail, or to be undecided, each time that it is measured") {
    const Metrics before = steady_metrics();
    Metrics slower = before;
    slower.scenarios.front().measures[Measure::cost] = steady(180);
    Metrics unclear = before;
    unclear.scenarios.front().measures[Measure::cost] = {180, 230, 250, 200, 300};
    perf::GateReport fails = compared(before, slower);

    fails.forgive_what_was_fine(compared(before, unclear));
    CHECK(fails.verdict() == Verdict::fails);
    CHECK(fails.is_open("cold"));
    fails.forgive_what_was_fine(compared(before, before));
    CHECK(fails.verdict() == Verdict::warns);
    CHECK_FALSE(fails.is_open("cold"));
  }

  TEST_CASE("metrics of another project, or of other threads, cannot be compared") {
    const Metrics before = steady_metrics();
    Metrics other_name = before;
    other_name.fixture = "other";
    Metrics other_threads = before;
    other_threads.threads = 1;
    Metrics other_files = before;
    other_files.files = 7;

    CHECK_FALSE(perf::compare_metrics(before, other_name).has_value());
    CHECK_FALSE(perf::compare_metrics(before, other_threads).has_value());
    CHECK_FALSE(perf::compare_metrics(before, other_files).has_value());
  }

  TEST_CASE("what failed is told first, with its phase, its growth and the noise") {
    const Metrics before = steady_metrics();
    Metrics after = before;
    set_times(after.scenarios.front(), 107, 170, 80);
    after.scenarios.front().counters[perf::Counter::files_read].total = 1'234;

    const std::string text = perf::render_gate(compared(before, after));

    CHECK(text ==
          "  FAIL  cold: costMs 140.3 ms -> 159.0 ms, +13.3 % (noise 1.1 %); what grew most is the "
          "phase parse\n"
          "  FAIL  cold: cpuMs 150.3 ms -> 170.3 ms, +13.3 % (noise 1.1 %); what grew most is the "
          "phase parse\n"
          "  FAIL  cold: phase parse 60.12 ms -> 80.16 ms, +33.3 % (noise 1.1 %)\n"
          "  FAIL  cold: filesRead 100 -> 1,234, and counts must be equal; if that is meant, make "
          "a new baseline\n"
          "  warn  cold: wallMs 100.2 ms -> 107.2 ms, +7.0 % (noise 1.1 %); what grew most is the "
          "phase parse\n"
          "  note  cold: too small to be judged: hash\n");
    CHECK(perf::render_gate(compared(before, before)) ==
          "  nothing grew\n  note  cold: too small to be judged: hash\n");
  }
}
