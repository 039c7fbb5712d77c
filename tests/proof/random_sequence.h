#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "tests/proof/proof.h"
#include "tests/proof/scenario.h"

namespace proof {

/// A random life of a project: what its seed says, as long as it goes well.
struct RandomSequence {
  std::uint64_t seed = 0;
  unsigned steps = 0;
  /// Percent of the steps that are a new process, beyond those that are one anyway.
  unsigned more_restarts = 0;
  /// Where it happens; one disk a run.
  std::function<std::unique_ptr<ProjectDisk>()> make_disk = make_memory_disk;
};

struct SequenceOutcome {
  unsigned steps_done = 0;
  /// Of the steps done: those after which a clean build commits, and those with definitions built.
  unsigned steps_committed = 0;
  unsigned steps_killed = 0;
  /// Empty if all went well; else the failure, with the shortest scenario that was found for it.
  std::string report;
};

SequenceOutcome run_sequence(const RandomSequence& sequence, const StartSubject& start);

}  // namespace proof
