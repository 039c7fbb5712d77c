#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace perf {

/// A phase that is to be slower than it is, to prove that this is noticed.
struct SlowPhase {
  /// Empty: none.
  std::string name;
  double percent = 0;

  friend bool operator==(const SlowPhase&, const SlowPhase&) = default;
};

/// The processor time of the calling thread.
class ThreadClock final : public base::Clock {
 public:
  std::int64_t now_ns() override;
};

/// The clock of a base::TraceRecording that looks at two clocks: at time passing, which it tells
/// the recording, and at the processor time of the thread, which it adds up itself. The first says
/// how long something took, the second what it cost; where a machine is busy with other things only
/// the second is the program's own.
///
/// It can make the spans of one name longer: at the end of each it spins for a share of what the
/// span cost, without the spans inside of it. So a phase becomes slower, and the rest of the
/// program knows nothing of it.
///
/// A recording asks its clock at the begin and at the end of each span and nowhere else. Which of
/// the two it is follows from the name of the span that the thread is in afterwards. A span would
/// be taken for the end of another one if it had the name of its grandparent; there are none such.
/// Thread-safe; one at a time.
class PhaseClock final : public base::Clock {
 public:
  /// All must outlive this.
  PhaseClock(base::Clock& wall, base::Clock& thread, SlowPhase phase)
      : wall_(wall), thread_(thread), phase_(std::move(phase)) {}

  std::int64_t now_ns() override;

  /// By name, what the spans that ended since the last call cost, without the spans inside of them.
  std::map<std::string, std::int64_t> take_cost_ns();

 private:
  void end_span();

  base::Clock& wall_;
  base::Clock& thread_;
  SlowPhase phase_;
  std::mutex mutex_;
  std::map<std::string, std::int64_t, std::less<>> cost_ns_;
};

}  // namespace perf
