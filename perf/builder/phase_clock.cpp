#include "perf/builder/phase_clock.h"

#include <ctime>
#include <utility>
#include <vector>

#include "base/trace.h"

namespace perf {
namespace {

struct OpenSpan {
  std::string_view name;
  std::int64_t begin_ns = 0;
  /// Of spans inside of this one.
  std::int64_t inner_ns = 0;
};

thread_local std::vector<OpenSpan> t_open;

std::string_view current_span() {
  const char* name = base::Traced::current();
  return name == nullptr ? std::string_view() : name;
}

bool is_end(std::string_view current) {
  if (t_open.empty()) {
    return false;
  }
  return current == (t_open.size() < 2 ? std::string_view() : t_open[t_open.size() - 2].name);
}

}  // namespace

std::int64_t ThreadClock::now_ns() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

std::int64_t PhaseClock::now_ns() {
  const std::string_view current = current_span();
  if (is_end(current)) {
    end_span();
    return wall_.now_ns();
  }
  const std::int64_t wall_ns = wall_.now_ns();
  // Last, so that what it takes to note a span is the outer one's.
  t_open.push_back({current, 0, 0});
  t_open.back().begin_ns = thread_.now_ns();
  return wall_ns;
}

void PhaseClock::end_span() {
  std::int64_t now_ns = thread_.now_ns();
  const OpenSpan span = t_open.back();
  t_open.pop_back();
  std::int64_t own_ns = now_ns - span.begin_ns - span.inner_ns;
  if (span.name == phase_.name) {
    const auto more = static_cast<double>(own_ns) * phase_.percent / 100;
    const std::int64_t end_ns = now_ns + static_cast<std::int64_t>(more);
    while (now_ns < end_ns) {
      now_ns = thread_.now_ns();
    }
    own_ns = now_ns - span.begin_ns - span.inner_ns;
  }
  if (!t_open.empty()) {
    t_open.back().inner_ns += now_ns - span.begin_ns;
  }
  const std::lock_guard lock(mutex_);
  auto cost = cost_ns_.find(span.name);
  if (cost == cost_ns_.end()) {
    cost = cost_ns_.emplace(span.name, 0).first;
  }
  cost->second += own_ns;
}

std::map<std::string, std::int64_t> PhaseClock::take_cost_ns() {
  const std::lock_guard lock(mutex_);
  const auto costs = std::exchange(cost_ns_, {});
  return {costs.begin(), costs.end()};
}

}  // namespace perf
