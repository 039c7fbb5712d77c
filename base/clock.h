#pragma once

#include <chrono>
#include <cstdint>

namespace base {

/// The passing of time, as a seam. No output depends on it: only reports and waiting do.
class Clock {
 public:
  virtual ~Clock() = default;
  /// Nanoseconds since some fixed moment; never goes backwards.
  virtual std::int64_t now_ns() = 0;
};

class SteadyClock final : public Clock {
 public:
  std::int64_t now_ns() override {
    return std::chrono::steady_clock::now().time_since_epoch() / std::chrono::nanoseconds(1);
  }
};

}  // namespace base
