#include "perf/builder/interruption.h"

#include <csignal>

namespace perf {
namespace {

std::atomic<bool> g_is_interrupted{false};
std::atomic<int> g_signal{0};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free,
              "a signal handler may touch nothing else");

void note_signal(int number) {
  g_signal.store(number);
  g_is_interrupted.store(true);
}

}  // namespace

const std::atomic<bool>& interruption() {
  return g_is_interrupted;
}

void catch_interruptions() {
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) {
    struct sigaction action {};
    // What was ignored from the begin, as nohup(1) does, stays so.
    if (::sigaction(number, nullptr, &action) != 0 || action.sa_handler == SIG_IGN) {
      continue;
    }
    action = {};
    action.sa_handler = note_signal;
    // Who wrote to a closed pipe once may do so again while it ends; nobody is impatient then.
    action.sa_flags = number == SIGPIPE ? 0 : static_cast<int>(SA_RESETHAND);
    ::sigaction(number, &action, nullptr);
  }
}

int interruption_exit_code() {
  constexpr int k_signal_base = 128;
  const int number = g_signal.load();
  return number == 0 ? 0 : k_signal_base + number;
}

}  // namespace perf
