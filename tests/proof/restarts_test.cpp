// Random lives in which most steps are a process of their own, so that what one process saves and
// the next one makes of it is compared with a clean build again and again.

#include <doctest/doctest.h>

#include "tests/proof/random_sequence.h"

namespace {

// Enough for each kind of step to meet a restart, few enough for the sanitizers, under which they
// took five minutes with 40; tools/torture goes on for as long as it is told.
constexpr std::uint64_t k_lives = 12;

void check_lives(const proof::StartSubject& start, std::uint64_t first_seed) {
  unsigned committed = 0;
  for (std::uint64_t seed = first_seed; seed < first_seed + k_lives; ++seed) {
    proof::RandomSequence sequence;
    sequence.seed = seed;
    sequence.steps = 40;
    sequence.more_restarts = 50;

    const proof::SequenceOutcome outcome = run_sequence(sequence, start);

    committed += outcome.steps_committed;
    REQUIRE_MESSAGE(outcome.report.empty(), outcome.report);
  }
  // Lives in which nothing is ever built would prove nothing.
  CHECK(committed > 150);
}

}  // namespace

TEST_SUITE("proof/restarts") {
  TEST_CASE("a process that begins with what another one saved ends where a clean build ends") {
    check_lives(proof::start_session, 1);
  }

  TEST_CASE("so does one that does not load what it knows as long as nothing changed") {
    check_lives(proof::start_one_shot, 1001);
  }
}
