#include "cli/watch/stop_signals.h"

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <ctime>

#include <sys/eventfd.h>
#include <unistd.h>

namespace cli {
namespace {

constexpr int k_signal_count = 3;

// What the handler knows. Lock-free atomics are all that a handler may share with other threads.
std::atomic<int> waker{-1};
std::atomic<std::int64_t> asked_at_ns{0};
std::array<struct sigaction, k_signal_count> earlier;
std::array<int, k_signal_count> replaced{};

/// Never 0.
std::int64_t now_ns() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<std::int64_t>(now.tv_sec) * 1'000'000'000 + now.tv_nsec + 1;
}

/// Only functions that are safe in a signal handler are called.
void ask(int signal) {
  const int error_before = errno;
  std::int64_t never = 0;
  if (asked_at_ns.compare_exchange_strong(never, now_ns())) {
    const std::uint64_t one = 1;
    const ssize_t ignored = ::write(waker.load(), &one, sizeof one);
    static_cast<void>(ignored);
  } else if (now_ns() - never >= StopSignals::k_same_request_ns) {
    for (std::size_t i = 0; i < replaced.size(); ++i) {
      if (replaced[i] == signal) {
        ::sigaction(signal, &earlier[i], nullptr);
        // It is blocked until this handler returns.
        ::raise(signal);
      }
    }
  }
  errno = error_before;
}

}  // namespace

StopSignals::StopSignals() : descriptor_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  waker = descriptor_;
  asked_at_ns = 0;
  replaced = {};
  for (std::size_t i = 0; i < k_signals.size(); ++i) {
    struct sigaction action {};
    ::sigaction(k_signals[i], nullptr, &earlier[i]);
    if (earlier[i].sa_handler == SIG_IGN) {
      continue;
    }
    action.sa_handler = ask;
    action.sa_flags = SA_ONSTACK | SA_RESTART;
    sigemptyset(&action.sa_mask);
    replaced[i] = k_signals[i];
    ::sigaction(k_signals[i], &action, nullptr);
  }
}

StopSignals::~StopSignals() {
  for (std::size_t i = 0; i < replaced.size(); ++i) {
    if (replaced[i] != 0) {
      ::sigaction(replaced[i], &earlier[i], nullptr);
    }
  }
  waker = -1;
  ::close(descriptor_);
}

bool StopSignals::is_asked() const {
  return asked_at_ns != 0;
}

}  // namespace cli
