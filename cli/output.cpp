#include "cli/output.h"

#include <cerrno>

#include <sys/ioctl.h>
#include <unistd.h>

namespace cli {

void Output::write(std::string_view text) {
  while (!text.empty() && !is_closed_) {
    const ssize_t count = ::write(descriptor_, text.data(), text.size());
    if (count >= 0) {
      text.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno != EINTR) {
      is_closed_ = true;
      has_failed_ = errno != EPIPE;
    }
  }
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
