#pragma once

#include <string>

#include "base/clock.h"

namespace perf {

/// A phase that is to be slower than it is, to prove that this is noticed.
struct SlowPhase {
  /// Empty: none.
  std::string name;
  double percent = 0;

  friend bool operator==(const SlowPhase&, const SlowPhase&) = default;
};

/// The clock of a base::TraceRecording that makes the spans of one name longer: at the end of each
/// it spins for a share of the time that the span took, without the spans inside of it. So a phase
/// becomes slower, and the rest of the program knows nothing of it.
///
/// A recording asks its clock at the begin and at the end of each span and nowhere else. Which of
/// the two it is follows from the name of the span that the thread is in afterwards. A span would
/// be taken for the end of another one if it had the name of its grandparent; there are none such.
class SlowedClock final : public base::Clock {
 public:
  /// `clock` must outlive this.
  SlowedClock(base::Clock& clock, SlowPhase phase) : clock_(clock), phase_(std::move(phase)) {}

  std::int64_t now_ns() override;

 private:
  base::Clock& clock_;
  SlowPhase phase_;
};

}  // namespace perf
