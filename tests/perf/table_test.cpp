#include "perf/report/table.h"

#include <string>

#include <doctest/doctest.h>

#include "tests/perf/sample_metrics.h"

namespace {

const std::string k_cold = R"(
cold, 3 processes
  wall, ms      min 1.000  p50 1.250  p95 1.925  p99 1.985  max 2.000  mean 1.417
  CPU, ms       49.25: about 343.4 user, 2401.4 system; 16807.2 on one processor
  memory        peak 0.1 MB; 823,543 allocations of 5.76 MB; 40,353,607 page faults
  files         1,003 read, 2,003 hashed, 3,003 parsed, 4,003 written; 6,003 definitions compiled
  cache         7,003 hits, 8,003 misses, 9,003 skips, 10,003 rehashed
  phases, ms    parse               6.000    4.000 CPU   75 %  #######################
                write               2.000    1.000 CPU   25 %  ########
  floor         scan: wall 1.62 x (1.50 to 1.75), CPU 2.25 x (2.00 to 2.50); 2 kept, 1 discarded
  machine       others used 25 % of the processors' time meanwhile
  outputs       9 of 9 equal to those of a clean build
)";

}  // namespace

TEST_SUITE("perf/table") {
  TEST_CASE("a scenario is a block of lines, phases in the order of their times") {
    const perf::Metrics metrics = perf_test::sample_metrics();

    CHECK(perf::render_scenario(metrics.scenarios[0], {}) == k_cold);
  }

  TEST_CASE("a session has its settling and its users") {
    const perf::Metrics metrics = perf_test::sample_metrics();

    const std::string text = perf::render_scenario(metrics.scenarios[1], {true});

    CHECK(text.find(
              "\nfanout-edit, 3 times in a session, 10 repetitions an iteration, 150 users\n") ==
          0);
    CHECK(text.find("  settle, ms    min 0.500  p50 0.500") != std::string::npos);
    CHECK(text.find("write               2.000    1.000 CPU   25 %  ████████\n") !=
          std::string::npos);
  }

  TEST_CASE("the head says what was measured, and how") {
    CHECK(perf::render_head(perf_test::sample_metrics()) ==
          "small-app: 1,200 files, 3.4 MB, 56 definitions; 2 threads on 4 cores; 3 iterations "
          "after 1 to warm up\n");
  }

  TEST_CASE("numbers are grouped by thousands") {
    CHECK(perf::with_commas(0) == "0");
    CHECK(perf::with_commas(999.6) == "1,000");
    CHECK(perf::with_commas(123'456) == "123,456");
    CHECK(perf::with_commas(1'234'567) == "1,234,567");
  }
}
