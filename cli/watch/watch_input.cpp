#include "cli/watch/watch_input.h"

#include <array>
#include <cerrno>
#include <optional>
#include <string_view>
#include <utility>

#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "cli/watch/sync_request.h"

namespace cli {

WatchInput::WatchInput(Descriptors descriptors)
    : input_(descriptors.input), poller_(::epoll_create1(EPOLL_CLOEXEC)) {
  listen(signals_.descriptor(), Source::signals);
  // No event is asked for: errors are always told, and that nobody reads any more is one.
  listen(descriptors.output, Source::output);
  if (input_ >= 0 && !listen(input_, Source::input) && errno == EPERM) {
    // A file or /dev/null: there is always something to read, if only its end.
    always_ready_ = ::eventfd(1, EFD_CLOEXEC | EFD_NONBLOCK);
    listen(always_ready_, Source::input);
  }
}

WatchInput::~WatchInput() {
  if (always_ready_ >= 0) {
    ::close(always_ready_);
  }
  if (poller_ >= 0) {
    ::close(poller_);
  }
}

base::Status WatchInput::status() const {
  if (poller_ < 0 || signals_.descriptor() < 0) {
    return base::fail(base::ErrorCode::io,
                      "cannot wait for signals: too many files are open on this machine");
  }
  return {};
}

bool WatchInput::listen(int descriptor, Source source) {
  epoll_event event{};
  event.events = source == Source::output ? 0U : static_cast<std::uint32_t>(EPOLLIN);
  event.data.u32 = static_cast<std::uint32_t>(source);
  return ::epoll_ctl(poller_, EPOLL_CTL_ADD, descriptor, &event) == 0;
}

bool WatchInput::is_ending() const {
  if (signals_.is_asked()) {
    return true;
  }
  pollfd input{input_, POLLRDHUP, 0};
  return ::poll(&input, 1, 0) == 1;
}

WatchInput::Asked WatchInput::take() {
  Asked asked;
  std::array<epoll_event, 3> events{};
  const int count = ::epoll_wait(poller_, events.data(), static_cast<int>(events.size()), 0);
  for (int i = 0; i < count; ++i) {
    switch (static_cast<Source>(events[static_cast<std::size_t>(i)].data.u32)) {
      case Source::signals:
      case Source::output:
        asked.ends = true;
        break;
      case Source::input:
        read_input(asked);
        break;
    }
  }
  return asked;
}

void WatchInput::read_input(Asked& asked) {
  std::array<char, 65536> block;
  const ssize_t count = ::read(input_, block.data(), block.size());
  if (count < 0 && (errno == EINTR || errno == EAGAIN)) {
    return;
  }
  if (count > 0) {
    lines_.add(std::string_view(block.data(), static_cast<std::size_t>(count)));
    while (const std::optional<LineBuffer::Line> line = lines_.next()) {
      take_line(*line, asked);
    }
    return;
  }
  // A last line need not be ended. Whoever cannot be read any more has ended, too.
  if (const std::optional<LineBuffer::Line> line = lines_.rest()) {
    take_line(*line, asked);
  }
  asked.ends = true;
}

void WatchInput::take_line(const LineBuffer::Line& line, Asked& asked) {
  if (line.is_too_long) {
    asked.requests.push_back({std::nullopt,
                              "a line of standard input is longer than " +
                                  std::to_string(k_line_limit_bytes) + " bytes"});
    return;
  }
  if (line.text.find_first_not_of(" \t\r") == std::string::npos) {
    return;
  }
  const base::Result<std::uint64_t> sync = read_sync_request(line.text);
  if (sync.has_value()) {
    asked.requests.push_back({*sync, {}});
  } else {
    asked.requests.push_back({std::nullopt, sync.error().message});
  }
}

}  // namespace cli
