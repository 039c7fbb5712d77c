#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

namespace session {

/// How long changes must have been quiet before they are built. Nanoseconds.
struct SettleTimes {
  /// After the last event of a few: a save is one to six events within a millisecond or two.
  std::int64_t quiet_ns = 5'000'000;
  /// However often events come, a few paths are built this long after the first of them.
  std::int64_t cap_ns = 50'000'000;
  /// After the last event of a few that leave a file away or still being written: an editor that
  /// saves may wait for the disk in between.
  std::int64_t unsure_quiet_ns = 50'000'000;
  std::int64_t unsure_cap_ns = 200'000'000;
  /// So many paths are no save any more, but a checkout, an installation, a generator.
  std::size_t large_burst_paths = 16;
  /// After the last event of a large burst: whoever writes thousands of files pauses now and then.
  std::int64_t large_quiet_ns = 50'000'000;
  std::int64_t large_cap_ns = 2'000'000'000;
  /// While git is at work nothing is built, up to this long after the last event: a process that is
  /// killed leaves its lock behind.
  std::int64_t git_cap_ns = 2'000'000'000;
  /// The same, after the first event.
  std::int64_t git_total_cap_ns = 60'000'000'000;
  /// How often it is asked whether git is still at work.
  std::int64_t git_poll_ns = 10'000'000;
  /// Between steps of a rebase, a merge or a cherry-pick git holds no lock.
  std::int64_t git_quiet_ns = 100'000'000;
  /// From a build to the writing of manifest, artifact and saved state.
  std::int64_t idle_ns = 60'000'000;
  /// After a build that the disk made fail, the first time; doubled each time up to the second.
  std::int64_t retry_ns = 1'000'000'000;
  std::int64_t last_retry_ns = 30'000'000'000;
};

/// Changes that wait to be built.
struct Burst {
  std::int64_t first_ns = 0;
  std::int64_t last_ns = 0;
  std::size_t paths = 0;
  /// A file that was there is away, or one that came is still being written.
  bool is_unsure = false;
};

enum class GitState : std::uint8_t {
  none,
  /// In the middle of a rebase, a merge or a cherry-pick, which may wait for its user for days.
  in_sequence,
  /// It holds its lock.
  at_work,
};

/// When the burst is to be built if nothing else comes and git goes on as it does, by the clock of
/// its times.
std::int64_t settle_due_ns(const Burst& burst, GitState git, const SettleTimes& times);

}  // namespace session
