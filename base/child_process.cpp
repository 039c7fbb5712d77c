#include "base/child_process.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <spawn.h>

namespace base {
namespace {

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    close();
    number_ = std::exchange(other.number_, -1);
    return *this;
  }
  ~Descriptor() { close(); }

  int number() const { return number_; }
  bool is_open() const { return number_ >= 0; }
  void close() {
    if (number_ >= 0) {
      ::close(number_);
      number_ = -1;
    }
  }

 private:
  int number_ = -1;
};

struct Pipe {
  Descriptor read_end;
  Descriptor write_end;
};

Status open_pipe(Pipe& pipe) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    return fail(ErrorCode::io, std::string("cannot make a pipe: ") + std::strerror(errno));
  }
  pipe.read_end = Descriptor(ends[0]);
  pipe.write_end = Descriptor(ends[1]);
  return {};
}

/// How long a wish to stop may go unnoticed.
constexpr std::int64_t k_stop_step_ms = 100;

std::int64_t now_ms() {
  return std::chrono::steady_clock::now().time_since_epoch() / std::chrono::milliseconds(1);
}

/// A running program; killed and waited for if it is still there at the end.
class Child {
 public:
  explicit Child(const ChildRequest& request) : request_(request) {}
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (pid_ > 0) {
      ::kill(pid_, SIGKILL);
      wait();
    }
  }

  Status start() {
    TRY(open_pipe(output_));
    TRY(open_pipe(error_output_));
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, output_.write_end.number(), STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, error_output_.write_end.number(), STDERR_FILENO);
    if (!request_.working_dir.empty()) {
      posix_spawn_file_actions_addchdir_np(&actions, request_.working_dir.c_str());
    }
    // We may ignore SIGPIPE; the program must not inherit that.
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t defaults;
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    std::vector<std::string> words = request_.command;
    std::vector<char*> arguments;
    arguments.reserve(words.size() + 1);
    for (std::string& word : words) {
      arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    const int error =
        posix_spawnp(&pid_, arguments[0], &actions, &attributes, arguments.data(), environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    output_.write_end.close();
    error_output_.write_end.close();
    if (error != 0) {
      pid_ = -1;
      return fail(error == ENOENT ? ErrorCode::not_found : ErrorCode::io,
                  "cannot run " + request_.command.front() + ": " + std::strerror(error));
    }
    return {};
  }

  Result<ChildOutcome> communicate() {
    ChildOutcome outcome;
    const std::int64_t end_ms = now_ms() + request_.time_limit_ms;
    while (output_.read_end.is_open() || error_output_.read_end.is_open()) {
      TRY(transfer_once(end_ms, outcome));
    }
    outcome.exit_code = wait();
    return outcome;
  }

 private:
  /// Waits until there is something to read, and reads it.
  Status transfer_once(std::int64_t end_ms, ChildOutcome& outcome) {
    // Closed descriptors are negative, which poll(2) passes over.
    std::array<pollfd, 2> polled{
        {{output_.read_end.number(), POLLIN, 0}, {error_output_.read_end.number(), POLLIN, 0}}};
    const std::int64_t left_ms = end_ms - now_ms();
    if (request_.stop != nullptr && request_.stop->load()) {
      return fail(ErrorCode::cancelled, request_.command.front() + " was stopped");
    }
    const std::int64_t wait_ms =
        request_.stop == nullptr ? left_ms : std::min(left_ms, k_stop_step_ms);
    const int ready = left_ms <= 0 ? 0 : ::poll(polled.data(), 2, static_cast<int>(wait_ms));
    if (ready == 0 && wait_ms < left_ms) {
      return {};
    }
    if (ready == 0) {
      return fail(ErrorCode::cancelled,
                  request_.command.front() + " did not end within " +
                      std::to_string(request_.time_limit_ms / 1000) + " s");
    }
    if (ready < 0) {
      return errno == EINTR
                 ? Status()
                 : fail(ErrorCode::io, std::string("cannot wait: ") + std::strerror(errno));
    }
    TRY(transfer(polled[0].revents, output_.read_end, outcome.output));
    return transfer(polled[1].revents, error_output_.read_end, outcome.error_output);
  }

  Status transfer(int events, Descriptor& from, std::string& to) {
    if (events == 0) {
      return {};
    }
    std::array<char, 65536> buffer;
    const ssize_t count = ::read(from.number(), buffer.data(), buffer.size());
    if (count > 0) {
      to.append(buffer.data(), static_cast<std::size_t>(count));
    } else if (count == 0 || errno != EINTR) {
      from.close();
    }
    if (to.size() > request_.output_limit_bytes) {
      return fail(ErrorCode::too_large, request_.command.front() + " writes too much");
    }
    return {};
  }

  int wait() {
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  }

  const ChildRequest& request_;
  Pipe output_;
  Pipe error_output_;
  pid_t pid_ = -1;
};

}  // namespace

Result<ChildOutcome> run_child(const ChildRequest& request) {
  Child child(request);
  TRY(child.start());
  return child.communicate();
}

}  // namespace base
