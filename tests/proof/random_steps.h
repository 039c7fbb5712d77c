#pragma once

#include "tests/proof/random_source.h"
#include "tests/proof/scenario.h"

namespace proof {

/// The first step of a random sequence: a project.
Step random_project(Random& random, Dialects dialects);

/// A step of people and programs that know what lies there: `tree` is the disk as it is, `root` the
/// project's. `disk` says what can be done to it.
struct Surroundings {
  const Tree& tree;
  std::string root;
  Dialects dialects = Dialects::tag;
  bool obeys_modes = true;
};
Step random_step(Random& random, const Surroundings& surroundings);

}  // namespace proof
