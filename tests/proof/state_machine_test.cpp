// Random lives of random projects, each step compared with a clean build. What is found is shrunk
// and printed as a scenario, to be put into fixtures/scenarios with a name of its own.
//
// BUILDER_SEED=N replays one seed, BUILDER_STEPS=N says how long a life is. BUILDER_SECONDS=N lets
// each of the two disks be tried for a time, BUILDER_FIRST_SEED=N from a seed on: tools/torture.

#include <chrono>
#include <cstdlib>
#include <string>

#include <doctest/doctest.h>

#include "tests/proof/random_sequence.h"

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint64_t k_first_seed = 2;
constexpr unsigned k_steps_a_life = 150;
#ifdef NDEBUG
constexpr std::uint64_t k_steps_in_memory = 20'000;
constexpr std::uint64_t k_steps_on_disk = 2'000;
#else
// Slower by an order of magnitude: CI runs the rest in a build for release.
constexpr std::uint64_t k_steps_in_memory = 600;
constexpr std::uint64_t k_steps_on_disk = 150;
#endif

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
  const char* const text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

/// How long to go on: for a number of steps, or, where somebody asks for it, for a time.
class Limit {
 public:
  explicit Limit(std::uint64_t steps)
      : steps_(steps),
        is_timed_(std::getenv("BUILDER_SECONDS") != nullptr),
        end_(Clock::now() + std::chrono::seconds(number_from("BUILDER_SECONDS", 0))) {}

  bool is_reached(std::uint64_t steps) const {
    return is_timed_ ? Clock::now() >= end_ : steps >= steps_;
  }

 private:
  std::uint64_t steps_;
  bool is_timed_;
  Clock::time_point end_;
};

void live(const char* disk, proof::RandomSequence sequence, const Limit& limit) {
  sequence.steps = static_cast<unsigned>(number_from("BUILDER_STEPS", k_steps_a_life));
  sequence.seed = number_from("BUILDER_SEED", number_from("BUILDER_FIRST_SEED", k_first_seed));
  const bool is_replay = std::getenv("BUILDER_SEED") != nullptr;
  std::uint64_t steps = 0;
  std::uint64_t committed = 0;
  std::uint64_t killed = 0;
  for (; !limit.is_reached(steps); ++sequence.seed) {
    const proof::SequenceOutcome outcome = run_sequence(sequence, proof::start_session);
    steps += outcome.steps_done;
    committed += outcome.steps_committed;
    killed += outcome.steps_killed;
    CHECK_MESSAGE(outcome.report.empty(), outcome.report);
    if (is_replay || !outcome.report.empty()) {
      return;
    }
  }
  MESSAGE(std::string(disk) << ": " << steps << " steps up to seed " << sequence.seed - 1
                            << ", after " << committed << " of them outputs were committed, "
                            << killed << " were killed");
  // A test of builds that all fail would prove little.
  CHECK(3 * committed > steps);
}

}  // namespace

TEST_SUITE("proof/state_machine") {
  TEST_CASE("random edits on a disk in memory never lead to anything but a clean build's outputs") {
    live("in memory", {}, Limit(k_steps_in_memory));
  }

  TEST_CASE("random edits on the real disk never lead to anything but a clean build's outputs") {
    proof::RandomSequence sequence;
    sequence.make_disk = proof::make_real_disk;
    live("on the real disk", std::move(sequence), Limit(k_steps_on_disk));
  }
}
