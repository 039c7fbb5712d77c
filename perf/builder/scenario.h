#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace perf {

/// Something that users do, and wait for.
struct Scenario {
  enum class Kind : std::uint8_t {
    /// Neither outputs nor a saved state.
    cold,
    /// Nothing changed since the last build.
    unchanged,
    /// One definition was edited since the last build.
    restart,
    /// The rest: one process, whose session is asked again and again.
    session_unchanged,
    comment_edit,
    leaf_edit,
    fanout_edit,
    schema_edit,
    add_remove,
    touch,
  };

  Kind kind = Kind::cold;
  /// As the command line and JSON name it.
  std::string_view name;
  /// One line, for people.
  std::string_view title;
  /// How often it is measured in one iteration: what takes a millisecond needs more than a handful
  /// of samples to say anything, and costs nothing.
  unsigned samples_per_iteration = 1;

  /// Whether each sample is a process of its own.
  bool is_process() const { return kind <= Kind::restart; }
};

/// All of them, in the order in which they run.
std::span<const Scenario> all_scenarios();

/// From `cold,noop`; in the order of all_scenarios(), each once. Fails on a name that is none.
base::Result<std::vector<Scenario>> parse_scenarios(std::string_view names);

/// Null if there is none of that name.
const Scenario* find_scenario(std::string_view name);

}  // namespace perf
