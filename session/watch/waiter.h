#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace session {

/// Waiting, as a seam: tests let time pass without waiting.
class Waiter {
 public:
  virtual ~Waiter() = default;

  /// Returns when one of `descriptors` is readable, or when `timeout_ns` have passed; without a
  /// timeout it waits as long as it takes. May return early. Negative descriptors are ignored.
  virtual void wait(const std::vector<int>& descriptors,
                    std::optional<std::int64_t> timeout_ns) = 0;
};

/// Waits with ppoll(2).
class PollWaiter final : public Waiter {
 public:
  void wait(const std::vector<int>& descriptors, std::optional<std::int64_t> timeout_ns) override;
};

}  // namespace session
