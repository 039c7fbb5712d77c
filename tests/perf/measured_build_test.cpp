#include "perf/builder/measured_build.h"

#include <thread>

#include <doctest/doctest.h>
#include <sched.h>

#include "perf/builder/one_processor.h"
#include "perf/builder/resources.h"
#include "perf/builder/scenario.h"

namespace {

using perf::Counter;
using perf::Measure;
using perf::Sample;

int processors_of_this_thread() {
  cpu_set_t processors;
  return ::sched_getaffinity(0, sizeof(processors), &processors) == 0 ? CPU_COUNT(&processors) : 0;
}

}  // namespace

TEST_SUITE("perf/measured_build") {
  TEST_CASE("a sample has times of the first run, phases of the second, costs of the third") {
    Sample timed;
    timed.measures[Measure::wall] = 10;
    timed.measures[Measure::cpu] = 15;
    timed.measures[Measure::calibration] = 2;
    Sample traced;
    traced.measures[Measure::wall] = 11;
    traced.measures[Measure::cpu] = 17;
    traced.phases = {{"hash", {1, 0.9, 40}}, {"parse", {7, 6, 20}}, {"save", {1, 1, 1}}};
    Sample costed;
    costed.measures[Measure::wall] = 14;
    costed.measures[Measure::cpu] = 12;
    costed.measures[Measure::calibration_cpu] = 1.5;
    costed.measures[Measure::calibration_files] = 0.5;
    costed.phases = {{"hash", {2, 0.8, 40}}, {"parse", {9, 5, 20}}};

    Sample expected = timed;
    expected.measures[Measure::cost] = 12;
    expected.measures[Measure::calibration_cpu] = 1.5;
    expected.measures[Measure::calibration_files] = 0.5;
    expected.counters[Counter::files_hashed] = 40;
    expected.phases = {{"hash", {1, 0.8, 40}}, {"parse", {7, 5, 20}}, {"save", {1, 0, 1}}};
    CHECK(perf::combined(timed, traced, costed) == expected);
  }

  TEST_CASE("an iteration does the same as often as its least time wants") {
    CHECK(perf::repetitions_for(500, 100) == 1);
    CHECK(perf::repetitions_for(150, 100) == 5);
    CHECK(perf::repetitions_for(60, 100) == 5);
    CHECK(perf::repetitions_for(9, 100) == 20);
    CHECK(perf::repetitions_for(0.1, 100) == 50);
    CHECK(perf::repetitions_for(0, 0) == 1);
  }

  TEST_CASE("all threads share one processor for a while") {
    const int before = processors_of_this_thread();
    {
      const perf::OnOneProcessor bound;
      int of_other = 0;
      std::thread([&] { of_other = processors_of_this_thread(); }).join();
      CHECK(processors_of_this_thread() == 1);
      CHECK(of_other == 1);
    }
    CHECK(processors_of_this_thread() == before);
  }

  TEST_CASE("what others used is what nobody of us did") {
    CHECK(perf::share_of_others({100, 1000, 4000}, {200, 1400, 5000}) == 0.3);
    CHECK(perf::share_of_others({100, 1000, 4000}, {900, 1400, 5000}) == 0.0);
    CHECK_FALSE(perf::share_of_others({100, 0, 0}, {900, 0, 0}).has_value());
  }
}
