#include "session/watch/settle_rule.h"

#include <algorithm>

namespace session {

std::int64_t settle_due_ns(const Burst& burst, GitState git, const SettleTimes& times) {
  const bool is_large = burst.paths > times.large_burst_paths;
  if (git == GitState::at_work) {
    return std::min(burst.last_ns + times.git_cap_ns, burst.first_ns + times.git_total_cap_ns);
  }
  std::int64_t quiet_ns = is_large ? times.large_quiet_ns : times.quiet_ns;
  std::int64_t cap_ns = is_large ? times.large_cap_ns : times.cap_ns;
  if (burst.is_unsure) {
    quiet_ns = std::max(quiet_ns, times.unsure_quiet_ns);
    cap_ns = std::max(cap_ns, times.unsure_cap_ns);
  }
  if (git == GitState::in_sequence) {
    quiet_ns = std::max(quiet_ns, times.git_quiet_ns);
    cap_ns = std::max(cap_ns, times.large_cap_ns);
  }
  return std::min(burst.last_ns + quiet_ns, burst.first_ns + cap_ns);
}

}  // namespace session
