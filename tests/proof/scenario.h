#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "tests/proof/edit.h"

namespace proof {

/// What goes wrong while a step is built.
struct Fault {
  enum class Kind : std::uint8_t {
    /// From the given change to the disk on, nothing that needs room succeeds in this step.
    disk_full,
    /// The given change to the disk is done by half and the process is gone: nothing it does later
    /// has an effect. The next step starts a new one.
    kill,
  };

  Kind kind = Kind::disk_full;
  /// The number of the change to the disk, from 1.
  std::uint32_t at_change = 1;

  friend bool operator==(const Fault&, const Fault&) = default;
};

/// What a step must come to: see expectation_text().
struct Expectation {
  std::string what;
  std::string text;

  friend bool operator==(const Expectation&, const Expectation&) = default;
};

/// Edits, then a build.
struct Step {
  std::string name;
  std::vector<Edit> edits;
  /// A new process, with nothing but what the last one left on disk.
  bool is_restart = false;
  /// The session is not told what changed and must find it.
  bool is_overflow = false;
  /// The edits carry the same time as what came before: no clock tick lies between.
  bool is_same_tick = false;
  std::optional<Fault> fault;
  /// If not 0: the last edit happens in the middle of the build, at its question of this number to
  /// the disk, from 1. Then it is built once more, by somebody who looks everywhere.
  std::uint32_t meanwhile = 0;
  std::vector<Expectation> expectations;

  friend bool operator==(const Step&, const Step&) = default;
};

/// A project, what happens to it, and what must come of each step. fixtures/scenarios/README.md
/// describes the text. The first step is the first build of the project.
struct Scenario {
  std::string description;
  std::vector<Step> steps;

  friend bool operator==(const Scenario&, const Scenario&) = default;
};

base::Result<Scenario> parse_scenario(std::string_view text);
/// The inverse.
std::string scenario_text(const Scenario& scenario);

}  // namespace proof
