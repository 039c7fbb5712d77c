#include "base/trace.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

#include "base/check.h"

namespace base {
namespace {

std::atomic<TraceRecording*> g_recording{nullptr};
std::atomic<std::uint32_t> g_next_thread{0};

thread_local const char* t_current = nullptr;

std::uint32_t thread_number() {
  thread_local const std::uint32_t number = g_next_thread.fetch_add(1, std::memory_order_relaxed);
  return number;
}

/// Microseconds with three decimals: the unit of the format, without loss.
std::string microseconds(std::int64_t time_ns) {
  constexpr std::int64_t k_per_microsecond = 1000;
  std::string decimals = std::to_string(time_ns % k_per_microsecond);
  decimals.insert(0, 3 - decimals.size(), '0');
  return std::to_string(time_ns / k_per_microsecond) + "." + decimals;
}

}  // namespace

TraceRecording::TraceRecording(Clock& clock) : clock_(clock) {
  TraceRecording* none = nullptr;
  check(g_recording.compare_exchange_strong(none, this), "one recording at a time");
}

TraceRecording::~TraceRecording() {
  g_recording.store(nullptr);
}

std::vector<TraceSpan> TraceRecording::take() {
  std::vector<TraceSpan> spans;
  {
    const std::lock_guard lock(mutex_);
    spans.swap(spans_);
  }
  std::stable_sort(spans.begin(), spans.end(), [](const TraceSpan& left, const TraceSpan& right) {
    return std::tie(left.thread, left.begin_ns, right.end_ns) <
           std::tie(right.thread, right.begin_ns, left.end_ns);
  });
  return spans;
}

Traced::Traced(const char* name)
    : recording_(g_recording.load(std::memory_order_acquire)), name_(name) {
  if (recording_ != nullptr) {
    outer_ = std::exchange(t_current, name_);
    begin_ns_ = recording_->clock_.now_ns();
  }
}

const char* Traced::current() {
  return t_current;
}

Traced::~Traced() {
  if (recording_ == nullptr) {
    return;
  }
  t_current = outer_;
  const std::int64_t end_ns = recording_->clock_.now_ns();
  const std::lock_guard lock(recording_->mutex_);
  recording_->spans_.push_back({name_, thread_number(), begin_ns_, end_ns});
}

std::vector<TraceTotal> totals_of(const std::vector<TraceSpan>& spans) {
  std::map<std::string_view, TraceTotal> totals;
  std::vector<const TraceSpan*> open;
  for (const TraceSpan& span : spans) {
    while (!open.empty() &&
           (open.back()->thread != span.thread || open.back()->end_ns <= span.begin_ns)) {
      open.pop_back();
    }
    const std::int64_t duration_ns = span.end_ns - span.begin_ns;
    if (!open.empty()) {
      totals[open.back()->name].self_ns -= duration_ns;
    }
    TraceTotal& total = totals[span.name];
    total.name = span.name;
    ++total.count;
    total.self_ns += duration_ns;
    open.push_back(&span);
  }
  std::vector<TraceTotal> sorted;
  sorted.reserve(totals.size());
  for (auto& [name, total] : totals) {
    sorted.push_back(std::move(total));
  }
  return sorted;
}

std::string trace_json(const std::vector<TraceSpan>& spans) {
  std::int64_t begin_ns = spans.empty() ? 0 : spans.front().begin_ns;
  for (const TraceSpan& span : spans) {
    begin_ns = std::min(begin_ns, span.begin_ns);
  }
  std::string text = "{\"displayTimeUnit\":\"ms\",\"traceEvents\":[";
  std::string_view divider = "\n";
  for (const TraceSpan& span : spans) {
    text += divider;
    text += "{\"ph\":\"X\",\"pid\":1,\"tid\":" + std::to_string(span.thread) + ",\"name\":\"" +
            span.name + "\",\"ts\":" + microseconds(span.begin_ns - begin_ns) +
            ",\"dur\":" + microseconds(span.end_ns - span.begin_ns) + "}";
    divider = ",\n";
  }
  return text + "\n]}\n";
}

}  // namespace base
