// Runs the files of fixtures/scenarios: each is one project, what happens to it, and what must come
// of every step. A new behaviour is a new text file, no C++. fixtures/scenarios/README.md has the
// format.
//
// Each scenario is lived through in several ways, and every step of each is compared with a clean
// build. What a step costs is expected of the first way only.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/proof/proof.h"
#include "tests/proof/scenario_report.h"

namespace {

using proof::Scenario;
using proof::Step;
using proof::StepOutcome;
using proof::Way;

std::string read_file(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

// All scenarios; or, with BUILDER_SCENARIO=NAME, those whose names contain it.
std::vector<std::filesystem::path> scenario_files() {
  const char* const filter = std::getenv("BUILDER_SCENARIO");
  std::vector<std::filesystem::path> paths;
  for (const auto& entry :
       std::filesystem::directory_iterator(BUILDER_SOURCE_DIR "/fixtures/scenarios")) {
    const std::string name = entry.path().filename();
    if (name.ends_with(".scenario") && name.find(filter == nullptr ? "" : filter) != name.npos) {
      paths.push_back(entry.path());
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) {
    text += line + "\n";
  }
  return text;
}

// Runs the scenario as it is written, with its expectations set to what came of it.
Scenario run_as_written(Scenario scenario) {
  const std::unique_ptr<proof::ProjectDisk> disk = proof::make_memory_disk();
  proof::Proof proof(*disk, proof::start_session);
  for (Step& step : scenario.steps) {
    CAPTURE(step.name);
    const StepOutcome outcome = proof.run(step);
    CHECK_MESSAGE(outcome.failures.empty(), joined(outcome.failures));
    for (proof::Expectation& expectation : step.expectations) {
      expectation.text = expectation_text(expectation.what, outcome);
    }
  }
  return scenario;
}

}  // namespace

TEST_SUITE("proof/scenarios") {
  TEST_CASE("a scenario does what it says, and every step equals a clean build") {
    const std::vector<std::filesystem::path> paths = scenario_files();
    REQUIRE(!paths.empty());
    const bool is_update = std::getenv("BUILDER_UPDATE_EXPECTED") != nullptr;
    for (const std::filesystem::path& path : paths) {
      CAPTURE(path.filename().string());
      const base::Result<Scenario> scenario = proof::parse_scenario(read_file(path));
      CHECK_MESSAGE(scenario.has_value(), (scenario ? "" : scenario.error().message));
      if (!scenario) {
        continue;
      }
      const Scenario actual = run_as_written(*scenario);
      if (is_update) {
        std::ofstream(path, std::ios::binary) << scenario_text(actual);
        continue;
      }
      for (std::size_t i = 0; i < actual.steps.size(); ++i) {
        const Step& expected = scenario->steps[i];
        CAPTURE(expected.name);
        for (std::size_t k = 0; k < expected.expectations.size(); ++k) {
          CAPTURE(expected.expectations[k].what);
          CHECK(actual.steps[i].expectations[k].text == expected.expectations[k].text);
        }
      }
    }
  }

  TEST_CASE("what a scenario comes to does not depend on who tells the session of it") {
    for (const std::filesystem::path& path : scenario_files()) {
      CAPTURE(path.filename().string());
      const base::Result<Scenario> scenario = proof::parse_scenario(read_file(path));
      REQUIRE(scenario.has_value());
      for (const Way way : {Way::overflow, Way::restart}) {
        CAPTURE(static_cast<int>(way));
        const std::vector<std::string> failures = failures_of(*scenario, proof::start_session, way);
        CHECK_MESSAGE(failures.empty(), joined(failures));
      }
    }
  }
}
