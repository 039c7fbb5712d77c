#include "session/watch/waiter.h"

#include <algorithm>

#include <poll.h>

namespace session {

void PollWaiter::wait(const std::vector<int>& descriptors, std::optional<std::int64_t> timeout_ns) {
  std::vector<pollfd> asked;
  asked.reserve(descriptors.size());
  for (const int descriptor : descriptors) {
    // ppoll() ignores negative ones, too.
    asked.push_back({descriptor, POLLIN, 0});
  }
  timespec time{};
  if (timeout_ns) {
    constexpr std::int64_t k_second_ns = 1'000'000'000;
    const std::int64_t left_ns = std::max<std::int64_t>(*timeout_ns, 0);
    time.tv_sec = left_ns / k_second_ns;
    time.tv_nsec = left_ns % k_second_ns;
  }
  // Whatever it returns, an interruption too, the caller looks for himself.
  const int ignored = ::ppoll(asked.data(), asked.size(), timeout_ns ? &time : nullptr, nullptr);
  static_cast<void>(ignored);
}

}  // namespace session
