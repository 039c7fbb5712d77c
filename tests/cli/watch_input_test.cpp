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

/// What is asked now, as `1,rejected,2 ends`.
class Listener {
 public:
  explicit Listener(WatchInput::Descriptors descriptors) : input_(descriptors) {
    REQUIRE(input_.status().has_value());
  }

  bool is_readable() const {
    pollfd one{input_.descriptor(), POLLIN, 0};
    return ::poll(&one, 1, 0) == 1;
  }

  std::string take() {
    std::string text;
    // What is written at once may be read in pieces.
    while (is_readable()) {
      const session::WatchCommands::Asked asked = input_.take();
      for (const auto& [sync, complaint] : asked.requests) {
        CHECK(complaint.empty() == sync.has_value());
        text += (text.empty() ? "" : ",") + (sync ? std::to_string(*sync) : "rejected");
      }
      if (asked.ends) {
        return text + " ends";
      }
    }
    return text;
  }
  bool is_half_asked() const { return input_.is_half_asked(); }
  bool is_ending() const { return input_.is_ending(); }

 private:
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
    CHECK(listener.is_half_asked());
    in.write("nc\":3}\n");
    CHECK(listener.take() == "3");
    CHECK_FALSE(listener.is_half_asked());
    in.write("{\"sync\":4}");
    in.close_writer();
    CHECK(listener.take() == "4 ends");
  }

  TEST_CASE("what is no request is rejected, line by line, and harms nothing") {
    Pipe in;
    Listener listener({in.reader(), -1});

    in.write("hello\n{\"sync\":1}\n" + std::string("\0\xFF\x01\n", 4) + "[]\n");
    CHECK(listener.take() == "rejected,1,rejected,rejected");
    in.write(std::string(3 * WatchInput::k_line_limit_bytes, 'x'));
    CHECK(listener.take().empty());
    in.write("\n{\"sync\":5}\n");
    CHECK(listener.take() == "rejected,5");
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

  TEST_CASE("whether it is to end is known without taking anything") {
    Pipe in;
    Listener listener({in.reader(), -1});
    CHECK_FALSE(listener.is_ending());
    in.write("{\"sync\":1}\n");
    CHECK_FALSE(listener.is_ending());

    in.close_writer();

    CHECK(listener.is_ending());
    CHECK(listener.take() == "1 ends");
    Listener other({-1, -1});
    CHECK_FALSE(other.is_ending());
    ::raise(SIGTERM);
    CHECK(other.is_ending());
    CHECK(other.take() == " ends");
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
