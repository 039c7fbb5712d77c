#pragma once

#include <sched.h>

namespace perf {

/// While it lives all threads of this process, and the processes that it starts, share one
/// processor: always the same one, the last that they may use.
///
/// Two threads at a time on processors of one core make each other slower by a third to a half, and
/// how often they run at a time is a matter of chance and of neighbours. What they cost one after
/// the other is the program's own. Where the kernel does not allow it, nothing happens.
class OnOneProcessor {
 public:
  OnOneProcessor();
  ~OnOneProcessor();
  OnOneProcessor(const OnOneProcessor&) = delete;
  OnOneProcessor& operator=(const OnOneProcessor&) = delete;

 private:
  cpu_set_t before_{};
  bool is_bound_ = false;
};

}  // namespace perf
