// Random lives on the real disk, in which nobody tells the program what changed: it hears of it by
// events, or by looking. After each step its outputs are compared with a clean build, and what its
// deltas lead to with its outputs.
//
// BUILDER_SEED=N replays one life, BUILDER_WATCH_LIVES=N says how many there are.

#include <cstdlib>

#include <doctest/doctest.h>

#include "tests/proof/random_sequence.h"

namespace {

#ifdef NDEBUG
constexpr std::uint64_t k_lives = 2;
constexpr unsigned k_steps = 40;
#else
constexpr std::uint64_t k_lives = 1;
constexpr unsigned k_steps = 25;
#endif

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
  const char* const text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

void check_lives(const discovery::LocalWatcherOptions& options, std::uint64_t first_seed) {
  const bool is_replay = std::getenv("BUILDER_SEED") != nullptr;
  const std::uint64_t first = number_from("BUILDER_SEED", first_seed);
  const std::uint64_t lives = is_replay ? 1 : number_from("BUILDER_WATCH_LIVES", k_lives);
  unsigned committed = 0;
  for (std::uint64_t seed = first; seed < first + lives; ++seed) {
    proof::RandomSequence sequence;
    sequence.seed = seed;
    sequence.steps = k_steps;
    sequence.make_disk = proof::make_real_disk;

    const proof::SequenceOutcome outcome = run_sequence(sequence, proof::start_watch(options));

    REQUIRE_MESSAGE(outcome.report.empty(), outcome.report);
    committed += outcome.steps_committed;
  }
  // Lives in which nothing is ever built would prove nothing.
  CHECK(committed > 0);
}

}  // namespace

TEST_SUITE("proof/watch_lives") {
  TEST_CASE("a loop that hears of changes by events makes what a clean build makes") {
    check_lives({}, 1);
  }

  TEST_CASE("so does one whose watches do not suffice") {
    discovery::LocalWatcherOptions options;
    options.max_watches = 6;
    check_lives(options, 102);
  }

  TEST_CASE("so does one that loses most events") {
    discovery::LocalWatcherOptions options;
    options.max_events = 3;
    check_lives(options, 151);
  }

  TEST_CASE("so does one that looks for changes") {
    discovery::LocalWatcherOptions options;
    options.method = discovery::WatchMethod::polling;
    check_lives(options, 201);
  }
}
