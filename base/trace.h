#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "base/clock.h"

namespace base {

/// Time that one thread spent in one piece of work.
struct TraceSpan {
  /// Of static storage.
  const char* name = "";
  /// Threads are numbered from 0 in the order in which they first ended a span.
  std::uint32_t thread = 0;
  /// By the recording's clock.
  std::int64_t begin_ns = 0;
  std::int64_t end_ns = 0;
};

/// What all spans of one name come to.
struct TraceTotal {
  std::string name;
  std::uint64_t count = 0;
  /// All threads together, without the spans inside of these: the totals of a trace add up to the
  /// time that its threads were at work.
  std::int64_t self_ns = 0;
};

/// Keeps the spans of the whole process from its construction to its destruction. One at a time;
/// it must be destroyed when no other thread is inside of a span.
class TraceRecording {
 public:
  /// The clock must outlive the recording, and may be asked from any thread.
  explicit TraceRecording(Clock& clock);
  ~TraceRecording();
  TraceRecording(const TraceRecording&) = delete;
  TraceRecording& operator=(const TraceRecording&) = delete;

  /// Those that have ended, by thread and begin; of two that begin together the outer one first.
  /// Forgets them.
  std::vector<TraceSpan> take();

 private:
  friend class Traced;

  Clock& clock_;
  std::mutex mutex_;
  std::vector<TraceSpan> spans_;
};

/// A span from its construction to its destruction. Where nothing is recorded it costs one load.
class Traced {
 public:
  /// `name` must be a literal.
  explicit Traced(const char* name);
  ~Traced();
  Traced(const Traced&) = delete;
  Traced& operator=(const Traced&) = delete;

  /// The name of the innermost span that this thread is in; nullptr outside of all.
  static const char* current();

 private:
  TraceRecording* recording_;
  const char* name_;
  const char* outer_ = nullptr;
  std::int64_t begin_ns_ = 0;
};

/// `spans` as TraceRecording::take() gives them. Sorted by name.
std::vector<TraceTotal> totals_of(const std::vector<TraceSpan>& spans);

/// In the Trace Event Format, which chrome://tracing and Perfetto read: one complete event a span,
/// in microseconds since the first.
std::string trace_json(const std::vector<TraceSpan>& spans);

}  // namespace base
