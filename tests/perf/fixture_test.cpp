#include "perf/builder/fixture.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

using perf::FixtureSpec;
using Kind = FixtureSpec::Kind;

struct FixtureRow {
  std::string text;
  FixtureSpec expected;
};

const std::vector<FixtureRow> k_fixtures = {
    {"large-app", {Kind::fixture, "large-app", "", 10'000, 0.15, 1, 0, 1'000'000}},
    {"../shop/", {Kind::folder, "shop", "../shop/", 10'000, 0.15, 1, 0, 1'000'000}},
    {"..", {Kind::folder, "project", "..", 10'000, 0.15, 1, 0, 1'000'000}},
    {"a b/.hidden app",
     {Kind::folder, "hidden-app", "a b/.hidden app", 10'000, 0.15, 1, 0, 1'000'000}},
    {"generated:",
     {Kind::generated, "generated-10000-0.15-1", "", 10'000, 0.15, 1, 50'000'000, 1'000'000}},
    {"generated:files=1000,graphql=0.5,seed=7",
     {Kind::generated, "generated-1000-0.5-7", "", 1'000, 0.5, 7, 5'000'000, 1'000'000}},
    {"generated:files=10,bytes=70000,schema=2000",
     {Kind::generated, "generated-10-0.15-1-70000-2000", "", 10, 0.15, 1, 70'000, 2'000}},
};

}  // namespace

TEST_SUITE("perf/fixture") {
  TEST_CASE("what a fixture is called") {
    for (const FixtureRow& row : k_fixtures) {
      SUBCASE(row.text.c_str()) {
        const auto spec = perf::parse_fixture(row.text);

        REQUIRE(spec.has_value());
        CHECK(*spec == row.expected);
      }
    }
  }

  TEST_CASE("options of a generated project that are none are refused by name") {
    for (const char* option : {"filez=10",
                               "files",
                               "files=",
                               "files=0",
                               "files=10x",
                               "graphql=2",
                               "graphql=0",
                               "seed=-1",
                               "files=10,,seed=1"}) {
      SUBCASE(option) {
        const auto spec = perf::parse_fixture(std::string("generated:") + option);

        REQUIRE_FALSE(spec.has_value());
        CHECK(spec.error().code == base::ErrorCode::invalid_config);
        CHECK(spec.error().message.find("is no option of a generated project") !=
              std::string::npos);
      }
    }
  }
}
