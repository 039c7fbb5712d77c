#include "perf/builder/options.h"

#include <string>
#include <variant>
#include <vector>

#include <doctest/doctest.h>

namespace {

std::vector<std::string> names_of(const std::vector<perf::Scenario>& scenarios) {
  std::vector<std::string> names;
  for (const perf::Scenario& scenario : scenarios) {
    names.emplace_back(scenario.name);
  }
  return names;
}

std::string error_of(const std::vector<std::string>& arguments) {
  const auto parsed = perf::parse_options(arguments);
  return parsed.has_value() ? "" : parsed.error().message;
}

}  // namespace

TEST_SUITE("perf/options") {
  TEST_CASE("without options all scenarios are measured five times after one to warm up") {
    const auto parsed = perf::parse_options({"--fixture", "large-app"});

    REQUIRE(parsed.has_value());
    const auto& options = std::get<perf::Options>(*parsed);
    CHECK(options.fixture->name == "large-app");
    CHECK(options.iterations == 5);
    CHECK(options.warmup == 1);
    CHECK(options.min_time_ms == 100);
    CHECK(options.threads == 0);
    CHECK(options.floors == perf::FloorUse::if_possible);
    CHECK(names_of(options.scenarios) == std::vector<std::string>{"cold",
                                                                  "noop",
                                                                  "restart",
                                                                  "session-noop",
                                                                  "comment-edit",
                                                                  "leaf-edit",
                                                                  "fanout-edit",
                                                                  "schema-edit",
                                                                  "add-remove",
                                                                  "touch"});
  }

  TEST_CASE("scenarios run in their own order, each once") {
    const auto parsed = perf::parse_options(
        {"--fixture", "small-app", "--scenario", "touch,cold,touch", "--slow-phase", "parse=20"});

    REQUIRE(parsed.has_value());
    const auto& options = std::get<perf::Options>(*parsed);
    CHECK(names_of(options.scenarios) == std::vector<std::string>{"cold", "touch"});
    CHECK(options.slow_phase == perf::SlowPhase{"parse", 20});
  }

  TEST_CASE("a page can be made of what was measured before") {
    const auto parsed = perf::parse_options({"--html", "page.html", "--with", "a.json"});

    REQUIRE(parsed.has_value());
    CHECK_FALSE(std::get<perf::Options>(*parsed).fixture.has_value());
  }

  TEST_CASE("what makes no sense is refused") {
    CHECK(error_of({}) == "what is to be measured? perf-builder --fixture large-app");
    CHECK(error_of({"--fixture", "small-app", "--iterations", "0"}) != "");
    CHECK(error_of({"--fixture", "small-app", "--with", "a.json"}) ==
          "--with is for the page of --html");
    CHECK(error_of({"--fixture", "small-app", "--slow-phase", "parse"}) ==
          "--slow-phase takes a phase and percents, parse=20, and not \"parse\"");
    CHECK(error_of({"--fixture", "small-app", "--scenario", "cold,leafedit"}) ==
          "there is no scenario \"leafedit\". Did you mean \"leaf-edit\"?");
  }
}
