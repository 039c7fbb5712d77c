#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/trace.h"
#include "session/build_report.h"
#include "session/progress.h"

namespace session {

/// Times the phases of a build and tells of them, one after the other.
class PhaseTimes {
 public:
  /// `progress` may be null; both outlive this.
  PhaseTimes(base::Clock& clock, ProgressSink* progress)
      : clock_(clock), progress_(progress), begin_ns_(clock.now_ns()) {}

  /// Runs `body` as the phase `name`, a literal, and returns what it returns. `title` is what
  /// people see.
  template <typename Body>
  auto run(const char* name, std::string_view title, Body body) {
    if (progress_ != nullptr) {
      progress_->begin_phase(title, 0);
    }
    const base::Traced span(name);
    const Timer timer{*this, name, clock_.now_ns()};
    return body();
  }

  /// Those that have ended.
  const std::vector<PhaseTime>& phases() const { return phases_; }
  std::int64_t total_ns() const { return clock_.now_ns() - begin_ns_; }

 private:
  struct Timer {
    PhaseTimes& times;
    const char* name;
    std::int64_t begin_ns;

    ~Timer() { times.phases_.push_back({name, times.clock_.now_ns() - begin_ns}); }
  };

  base::Clock& clock_;
  ProgressSink* progress_;
  std::int64_t begin_ns_;
  std::vector<PhaseTime> phases_;
};

}  // namespace session
