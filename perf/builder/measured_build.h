#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/trace.h"
#include "perf/builder/phase_clock.h"
#include "perf/builder/sample.h"
#include "session/build_report.h"

namespace perf {

/// Records spans while it lives, if it was asked to, or if a phase is to be slower: only spans can
/// be made longer.
class PhaseRecorder {
 public:
  PhaseRecorder(base::Clock& clock, bool is_wanted, const SlowPhase& slow_phase);

  /// By name, what was recorded since the last call. Spans inside of others of the same name count
  /// with these.
  std::map<std::string, PhaseSample> take();

 private:
  ThreadClock thread_;
  PhaseClock clock_;
  std::optional<base::TraceRecording> recording_;
};

/// Adds what a build counted.
void add_counters(const session::BuildReport& report, ByCounter<std::uint64_t>& counters);

}  // namespace perf
