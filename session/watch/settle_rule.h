#pragma once

#include <cstddef>
#include <cstdint>

namespace session {

/// How long changes must have been quiet before they are built. Nanoseconds.
struct SettleTimes {
  /// After the last event of a few: a save is one to six events within a millisecond or two.
  std::int64_t quiet_ns = 5'000'000;
  /// However often events come, a small burst is built this long after its first.
  std::int64_t small_burst_cap_ns = 50'000'000;
  /// So many paths are no save any more, but a checkout, an installation, a generator.
  std::size_t large_burst_paths = 16;
  /// After the last event of a large burst.
  std::int64_t large_quiet_ns = 50'000'000;
  std::int64_t large_burst_cap_ns = 2'000'000'000;
  /// While git holds a lock nothing is built, up to this long after the first event: locks of
  /// killed processes stay.
  std::int64_t lock_cap_ns = 10'000'000'000;
  /// How often it is asked whether the lock is still there.
  std::int64_t lock_poll_ns = 10'000'000;
  /// Between the last generation and the writing of manifest, artifact and saved state.
  std::int64_t idle_ns = 60'000'000;
};

}  // namespace session
