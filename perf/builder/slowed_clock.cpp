#include "perf/builder/slowed_clock.h"

#include <string_view>
#include <vector>

#include "base/trace.h"

namespace perf {
namespace {

struct OpenSpan {
  std::string_view name;
  std::int64_t begin_ns = 0;
  /// In spans inside of this one.
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

std::int64_t SlowedClock::now_ns() {
  const std::string_view current = current_span();
  std::int64_t now_ns = clock_.now_ns();
  if (!is_end(current)) {
    t_open.push_back({current, now_ns, 0});
    return now_ns;
  }
  const OpenSpan span = t_open.back();
  t_open.pop_back();
  if (span.name == phase_.name) {
    const std::int64_t own_ns = now_ns - span.begin_ns - span.inner_ns;
    const auto more_ns =
        static_cast<std::int64_t>(static_cast<double>(own_ns) * phase_.percent / 100);
    for (const std::int64_t end_ns = now_ns + more_ns; now_ns < end_ns;) {
      now_ns = clock_.now_ns();
    }
  }
  if (!t_open.empty()) {
    t_open.back().inner_ns += now_ns - span.begin_ns;
  }
  return now_ns;
}

}  // namespace perf
