#include "perf/builder/one_processor.h"

#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace perf {
namespace {

/// Threads that begin later have the processors of the thread that begins them.
void bind_threads(const cpu_set_t& processors) {
  std::error_code error;
  for (std::filesystem::directory_iterator at("/proc/self/task", error), end; !error && at != end;
       at.increment(error)) {
    const auto thread = static_cast<pid_t>(std::strtol(at->path().filename().c_str(), nullptr, 10));
    // One that ended meanwhile needs no processor.
    static_cast<void>(::sched_setaffinity(thread, sizeof(processors), &processors));
  }
}

}  // namespace

OnOneProcessor::OnOneProcessor() {
  if (::sched_getaffinity(0, sizeof(before_), &before_) != 0) {
    return;
  }
  for (std::size_t i = CPU_SETSIZE; i > 0 && !is_bound_; --i) {
    if (CPU_ISSET(i - 1, &before_)) {
      cpu_set_t one;
      CPU_ZERO(&one);
      CPU_SET(i - 1, &one);
      bind_threads(one);
      is_bound_ = true;
    }
  }
}

OnOneProcessor::~OnOneProcessor() {
  if (is_bound_) {
    bind_threads(before_);
  }
}

}  // namespace perf
