#include "perf/report/statistics.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

struct StatisticsRow {
  std::string name;
  std::vector<double> values;
  perf::Statistics expected;
};

const std::vector<StatisticsRow> k_statistics = {
    {"nothing is all zero", {}, {}},
    {"one value is everything but its own distance", {7}, {7, 7, 7, 7, 7, 7, 0}},
    {"order does not matter, and the median of four lies in the middle",
     {4, 1, 3, 2},
     {1, 2.5, 3.85, 3.97, 4, 2.5, 1}},
    {"a wild value moves the mean and not the median",
     {1, 1, 1, 1, 96},
     {1, 1, 77, 92.2, 96, 20, 0}},
};

}  // namespace

TEST_SUITE("perf/statistics") {
  TEST_CASE("some values come to") {
    for (const StatisticsRow& row : k_statistics) {
      SUBCASE(row.name.c_str()) {
        const perf::Statistics found = perf::statistics_of(row.values);

        CHECK(found.min == doctest::Approx(row.expected.min));
        CHECK(found.p50 == doctest::Approx(row.expected.p50));
        CHECK(found.p95 == doctest::Approx(row.expected.p95));
        CHECK(found.p99 == doctest::Approx(row.expected.p99));
        CHECK(found.max == doctest::Approx(row.expected.max));
        CHECK(found.mean == doctest::Approx(row.expected.mean));
        CHECK(found.mad == doctest::Approx(row.expected.mad));
      }
    }
  }

  TEST_CASE("a group of five is the mean of all but the highest") {
    CHECK(perf::means_of_groups({1, 900, 2, 4, 5, 10, 20, 30, 40, 999}, 2) ==
          std::vector<double>{3, 25});
  }

  TEST_CASE("groups are as equal as can be, and few values are groups of one") {
    CHECK(perf::means_of_groups({1, 2, 30, 40, 50}, 2) == std::vector<double>{1.5, 40});
    CHECK(perf::means_of_groups({7, 3}, 5) == std::vector<double>{7, 3});
    CHECK(perf::means_of_groups({}, 5).empty());
  }

  TEST_CASE("a percentile lies between two values in proportion") {
    const std::vector<double> sorted = {10, 20, 30};

    CHECK(perf::percentile(sorted, 0) == doctest::Approx(10));
    CHECK(perf::percentile(sorted, 0.25) == doctest::Approx(15));
    CHECK(perf::percentile(sorted, 0.5) == doctest::Approx(20));
    CHECK(perf::percentile(sorted, 1) == doctest::Approx(30));
  }
}
