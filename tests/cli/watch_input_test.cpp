#include "cli/watch/watch_input.h"

#include <array>
#include <csignal>
#include <string>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <doctest/doctest.h>

namespace {

using cli::WatchInput;

/// Two ends of a pipe.
class Pipe {
 public:
  Pipe() { REQUIRE(::pipe2(ends_.data(), O_CLOEXEC) == 0); }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    close_reader();
    close_writer();
  }

  int reader() const { return ends_[0]; }
  int writer() const { return ends_[1]; }
  void close_reader() { close_end(0); }
  void close_writer() { close_end(1); }
  void write(const std::string& text) const {
    REQUIRE(::write(writer(), text.data(), text.size()) == static_cast<ssize_t>(text.size()));
  }

 private:
  void close_end(std::size_t end) {
    if (ends_[end] >= 0) {
      ::close(ends_[end]);
      ends_[end] = -1;
    }
  }

  std::array<int, 2> ends_{};
};

/// What is asked now, as `1,2 rejected=1 ends`.
class Listener {
 public:
  explicit Listener(WatchInput::Descriptors descriptors)
      : input_(descriptors, [this](const std::string&) { ++rejected_; }) {
    REQUIRE(input_.status().has_value());
  }

  bool is_readable() const {
    pollfd one{input_.descriptor(), POLLIN, 0};
    return ::poll(&one, 1, 0) == 1;
  }

  std::string take() {
    rejected_ = 0;
    std::string text;
    // What is written at once may be read in pieces.
    while (is_readable()) {
      const session::WatchCommands::Asked asked = input_.take();
      for (const std::uint64_t sync : asked.syncs) {
        text += (text.empty() ? "" : ",") + std::to_string(sync);
      }
      if (asked.ends) {
        return text + rejected() + " ends";
      }
    }
    return text + rejected();
  }

 private:
  std::string rejected() const {
    return rejected_ == 0 ? "" : " rejected=" + std::to_string(rejected_);
  }

  int rejected_ = 0;
  WatchInput input_;
};

}  // namespace

TEST_SUITE("cli/watch_input") {
  TEST_CASE("requests are taken in order, and the end of input ends") {
    Pipe in;
    Listener listener({in.reader(), -1});
    CHECK(listener.take().empty());

    in.write("{\"sync\":2}\n\n{\"sync\":1}\n{\"sy");
    CHECK(listener.take() == "2,1");
    in.write("nc\":3}\n");
    CHECK(listener.take() == "3");
    in.write("{\"sync\":4}");
    in.close_writer();
    CHECK(listener.take() == "4 ends");
  }

  TEST_CASE("what is no request is rejected, line by line, and harms nothing") {
    Pipe in;
    Listener listener({in.reader(), -1});

    in.write("hello\n{\"sync\":1}\n" + std::string("\0\xFF\x01\n", 4) + "[]\n");
    CHECK(listener.take() == "1 rejected=3");
    in.write(std::string(3 * WatchInput::k_line_limit_bytes, 'x'));
    CHECK(listener.take().empty());
    in.write("\n{\"sync\":5}\n");
    CHECK(listener.take() == "5 rejected=1");
  }

  TEST_CASE("files and /dev/null can be inputs") {
    const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    REQUIRE(nothing >= 0);
    CHECK(Listener({nothing, -1}).take() == " ends");
    ::close(nothing);

    std::string path = BUILDER_BINARY_DIR "/watch_input_XXXXXX";
    const int file = ::mkstemp(path.data());
    REQUIRE(file >= 0);
    ::unlink(path.c_str());
    REQUIRE(::write(file, "{\"sync\":1}\n", 11) == 11);
    REQUIRE(::lseek(file, 0, SEEK_SET) == 0);
    CHECK(Listener({file, -1}).take() == "1 ends");
    ::close(file);
  }

  TEST_CASE("a reader that goes away ends") {
    Pipe out;
    Listener listener({-1, out.writer()});
    CHECK(listener.take().empty());

    out.close_reader();

    CHECK(listener.take() == " ends");
  }

  TEST_CASE("each of the signals ends, once however often it is delivered") {
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
      Listener listener({-1, -1});
      CHECK(listener.take().empty());

      ::raise(signal);
      ::raise(signal);

      CHECK(listener.take() == " ends");
    }
  }

  TEST_CASE("a signal that was ignored stays so") {
    ::signal(SIGHUP, SIG_IGN);
    ::signal(SIGINT, SIG_IGN);
    {
      Listener listener({-1, -1});
      ::raise(SIGHUP);
      ::raise(SIGINT);
      CHECK(listener.take().empty());
    }
    const bool is_hangup_ignored = ::signal(SIGHUP, SIG_DFL) == SIG_IGN;
    const bool is_interrupt_ignored = ::signal(SIGINT, SIG_DFL) == SIG_IGN;
    CHECK(is_hangup_ignored);
    CHECK(is_interrupt_ignored);
  }
}
