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

/// How often one iteration does the same again, so that it costs at least `min_ms` of processor
/// time: one run of a few milliseconds says nothing, and the mean of many does. `once_ms` is what
/// it costs once. Of 1, 2, 5, 10, 20 and 50, so that two measurements mostly agree; and 5
/// at least where these cost less than ten times `min_ms`, since small phases need many samples.
unsigned repetitions_for(double once_ms, unsigned min_ms);

/// All of them, in the order in which they run.
std::span<const Scenario> all_scenarios();

/// From `cold,noop`; in the order of all_scenarios(), each once. Fails on a name that is none.
base::Result<std::vector<Scenario>> parse_scenarios(std::string_view names);

/// Null if there is none of that name.
const Scenario* find_scenario(std::string_view name);

}  // namespace perf
