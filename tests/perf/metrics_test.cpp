#include "perf/report/metrics.h"

#include <string>

#include <doctest/doctest.h>

#include "tests/perf/sample_metrics.h"

TEST_SUITE("perf/metrics") {
  TEST_CASE("metrics that were written are read again") {
    const perf::Metrics metrics = perf_test::sample_metrics();

    const auto read = perf::read_metrics(perf::metrics_json(metrics));

    REQUIRE(read.has_value());
    CHECK(*read == metrics);
  }

  TEST_CASE("what is no file of metrics, or one of another version, is refused") {
    std::string other = perf::metrics_json(perf_test::sample_metrics());
    other.replace(other.find("\"version\": 1"), 12, "\"version\": 9");

    CHECK_FALSE(perf::read_metrics("").has_value());
    CHECK_FALSE(perf::read_metrics("[1]").has_value());
    CHECK_FALSE(perf::read_metrics("{\"version\": 1}").has_value());
    CHECK(perf::read_metrics(other).error().message == "metrics of version 9 and not 1");
  }

  TEST_CASE("samples become series in their order, and counters medians and sums") {
    perf::Sample first;
    first.measures[perf::Measure::wall] = 3;
    first.counters[perf::Counter::files_read] = 10;
    first.phases["parse"] = {2, 1, 4};
    perf::Sample second;
    second.measures[perf::Measure::wall] = 1;
    second.counters[perf::Counter::files_read] = 12;
    second.phases["emit"] = {5, 3, 1};
    perf::ScenarioMetrics scenario;
    scenario.is_process = true;

    perf::set_samples(scenario, {first, second});

    CHECK(scenario.measures[perf::Measure::wall] == std::vector<double>{3, 1});
    CHECK(scenario.measures[perf::Measure::settle].empty());
    CHECK(scenario.counters[perf::Counter::files_read] == perf::CounterValue{10, 22});
    CHECK(scenario.phases.at("parse") == perf::PhaseSeries{{2, 0}, {1, 0}, 0});
    CHECK(scenario.phases.at("emit") == perf::PhaseSeries{{0, 5}, {0, 3}, 0});
  }
}
