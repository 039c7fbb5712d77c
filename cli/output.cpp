#include "cli/output.h"

#include <algorithm>
#include <cerrno>
#include <climits>

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace cli {

void Output::write(std::string_view text) {
  while (!text.empty() && !is_closed_) {
    // What a pipe takes at once, if it takes anything, so that the write itself never waits.
    const std::size_t most =
        is_ending_ ? std::min<std::size_t>(text.size(), PIPE_BUF) : text.size();
    if (is_ending_ && !wait_for_reader()) {
      is_closed_ = true;
      return;
    }
    const ssize_t count = ::write(descriptor_, text.data(), most);
    if (count >= 0) {
      text.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno == EAGAIN) {
      // Whoever started us shares the pipe, and made it one that does not wait.
      is_closed_ = !wait_for_reader();
    } else if (errno != EINTR) {
      is_closed_ = true;
      has_failed_ = errno != EPIPE;
    }
  }
}

/// False where it is not worth to wait any longer.
bool Output::wait_for_reader() const {
  constexpr int k_question_ms = 100;
  constexpr int k_last_questions = 10;
  for (int left = k_last_questions; left > 0;) {
    pollfd one{descriptor_, POLLOUT, 0};
    if (::poll(&one, 1, k_question_ms) > 0) {
      return true;
    }
    left -= is_ending_ && is_ending_() ? 1 : 0;
  }
  return false;
}

bool Output::is_terminal() const {
  return ::isatty(descriptor_) == 1;
}

std::optional<std::uint32_t> Output::terminal_width() const {
  winsize size{};
  if (!is_terminal() || ::ioctl(descriptor_, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) {
    return std::nullopt;
  }
  return size.ws_col;
}

bool wants_color(const Environment& environment, bool is_terminal) {
  const auto is_set = [&](const char* name) {
    const std::optional<std::string> value = environment(name);
    return value && !value->empty();
  };
  if (is_set("FORCE_COLOR")) {
    return *environment("FORCE_COLOR") != "0";
  }
  return is_terminal && !is_set("NO_COLOR") && environment("TERM") != "dumb";
}

}  // namespace cli
