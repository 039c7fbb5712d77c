#include "tests/proof/shrink.h"

#include <doctest/doctest.h>

#include "tests/proof/proof.h"
#include "tests/proof/random_sequence.h"
#include "tests/proof/random_steps.h"

using proof::Scenario;

namespace {

// A session that has not heard of one file: what it builds is what was there at first.
class DeafSubject final : public proof::Subject {
 public:
  DeafSubject(proof::WatchedFileSystem& files, const std::string& root)
      : session_(proof::start_session(files, root)) {}

  proof::SubjectBuild build(const proof::Touched& touched) override {
    proof::Touched heard = touched;
    for (auto* list : {&heard.added, &heard.updated, &heard.removed}) {
      std::erase_if(*list, [](const std::string& path) { return path.ends_with("/src/a.ts"); });
    }
    return session_->build(heard);
  }

 private:
  std::unique_ptr<proof::Subject> session_;
};

std::unique_ptr<proof::Subject> start_deaf(proof::WatchedFileSystem& files,
                                           const std::string& root) {
  return std::make_unique<DeafSubject>(files, root);
}

}  // namespace

TEST_SUITE("proof/shrink") {
  TEST_CASE("a scenario is read as it was written") {
    for (std::uint64_t seed = 1; seed < 40; ++seed) {
      CAPTURE(seed);
      proof::Random random(seed);
      Scenario scenario;
      scenario.description = "Any words.\n";
      scenario.steps.push_back(proof::random_project(random, proof::Dialects::both));
      const proof::Tree tree = {
          {"/r/src/a.ts", {base::FileKind::regular, "gql`A\0`\r\n", 0644, {}}},
          {"/r/.builder/x", {base::FileKind::regular, "x", 0644, {}}}};
      for (int i = 0; i < 10; ++i) {
        scenario.steps.push_back(
            proof::random_step(random, {tree, "/r", proof::Dialects::both, true}));
        scenario.steps.back().name = "step " + std::to_string(i);
      }
      scenario.steps.back().expectations = {{"outcome", "built\n"}, {"delta", ""}};

      const base::Result<Scenario> read = proof::parse_scenario(scenario_text(scenario));

      REQUIRE(read.has_value());
      CHECK(scenario_text(*read) == scenario_text(scenario));
      CHECK(*read == scenario);
    }
  }

  TEST_CASE("a session that misses a change is found out, and the sequence shrunk to it") {
    proof::RandomSequence sequence;
    sequence.seed = 1;
    sequence.steps = 200;

    const proof::SequenceOutcome outcome = run_sequence(sequence, start_deaf);

    CAPTURE(outcome.report);
    const std::size_t begin = outcome.report.find("shrunk to\n");
    REQUIRE(begin != std::string::npos);
    CHECK(outcome.report.find("src/a.ts", begin) != std::string::npos);
    CHECK(outcome.report.size() - begin < 4000);
  }
}
