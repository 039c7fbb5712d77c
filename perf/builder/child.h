#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "perf/builder/allocations.h"
#include "perf/builder/edits.h"
#include "perf/builder/phase_clock.h"
#include "perf/builder/sample.h"
#include "perf/builder/scenario.h"

namespace perf {

/// What a process of the program itself is asked to do. Each scenario runs in one of its own, so
/// that memory and page faults are those of the scenario and of nothing else.
struct ChildRequest {
  enum class Task : std::uint8_t {
    /// One build of a new process, as `builder` does it.
    build,
    /// A whole scenario in a session.
    session,
    /// The outputs that are there against those of a build from nothing.
    check,
    /// A first build, and what there is to edit.
    survey,
  };

  Task task = Task::build;
  /// The project's folder, absolute.
  std::string root;
  unsigned threads = 1;
  /// Whether spans are recorded; of a build.
  bool is_traced = false;
  SlowPhase slow_phase;
  /// Of a session.
  std::string scenario;
  unsigned warmup = 0;
  unsigned iterations = 1;
  /// Of each iteration; 0: by `min_time_ms`, see repetitions_for().
  unsigned repetitions = 0;
  unsigned min_time_ms = 0;

  friend bool operator==(const ChildRequest&, const ChildRequest&) = default;
};

/// The size of a project.
struct ProjectSize {
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
  std::uint64_t definitions = 0;

  friend bool operator==(const ProjectSize&, const ProjectSize&) = default;
};

/// What comes back. Which parts are filled is a matter of the task.
struct ChildAnswer {
  std::vector<Sample> samples;
  unsigned repetitions = 1;
  std::optional<OutputCheck> check;
  ProjectSize size;
  std::vector<EditTarget> leaves;
  /// Absolute.
  std::string source_folder;
  std::string schema_file;
  std::string out_dir;
  std::string cache_dir;
  /// Users of the definition that a fan-out edit edits.
  std::uint64_t users = 0;
};

std::string to_json(const ChildRequest& request);
std::string to_json(const ChildAnswer& answer);
base::Result<ChildRequest> read_child_request(const std::string& text);
base::Result<ChildAnswer> read_child_answer(const std::string& text);

/// How a child ends whose scenario has nothing in the project to work on; other failures end
/// with 1.
inline constexpr int k_exit_nothing_to_do = 4;

/// Does what is asked, in this process. Fails where the project cannot be built, or where an edit
/// did not do what it should have: then there is nothing to measure.
base::Result<ChildAnswer> run_child_task(const ChildRequest& request, AllocationCounter counter);

}  // namespace perf
