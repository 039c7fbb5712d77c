#pragma once

#include <atomic>

namespace perf {

/// True once somebody wants the program to end: SIGINT, SIGTERM, SIGHUP, or a reader of its output
/// that went. The second signal ends it at once.
const std::atomic<bool>& interruption();

/// From here on those signals are noted, so that what was made for measuring can be removed.
void catch_interruptions();

/// How the program ends then, as shells have it: 128 + the number of the signal; 0 without one.
int interruption_exit_code();

}  // namespace perf
