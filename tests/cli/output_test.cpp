#include "cli/output.h"

#include <array>
#include <csignal>
#include <map>
#include <string>
#include <thread>

#include <fcntl.h>
#include <unistd.h>

#include <doctest/doctest.h>

#include "cli/terminal_progress.h"

namespace {

/// A pipe into which an Output writes.
class Pipe {
 public:
  Pipe() { REQUIRE(::pipe2(ends_.data(), O_CLOEXEC | O_NONBLOCK) == 0); }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    close_reader();
    ::close(ends_[1]);
  }

  int writer() const { return ends_[1]; }
  void close_reader() {
    if (ends_[0] >= 0) {
      ::close(ends_[0]);
      ends_[0] = -1;
    }
  }

  std::string read() {
    std::array<char, 4096> buffer{};
    const ssize_t count = ::read(ends_[0], buffer.data(), buffer.size());
    return count > 0 ? std::string(buffer.data(), static_cast<std::size_t>(count)) : std::string();
  }

 private:
  std::array<int, 2> ends_{};
};

class FakeClock final : public base::Clock {
 public:
  std::int64_t now_ns() override { return now; }
  std::int64_t now = 0;
};

cli::Environment environment(std::map<std::string, std::string> variables) {
  return [variables = std::move(variables)](const char* name) {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional<std::string>(found->second);
  };
}

}  // namespace

TEST_SUITE("cli/output") {
  TEST_CASE("a reader that went away is no failure") {
    ::signal(SIGPIPE, SIG_IGN);
    Pipe pipe;
    cli::Output output(pipe.writer());
    output.write("kept");
    CHECK(pipe.read() == "kept");
    pipe.close_reader();

    output.write("dropped");

    CHECK_FALSE(output.has_failed());
  }

  TEST_CASE("all is written to a pipe that does not wait, however slowly it is read") {
    const std::string text(300'000, 'x');
    for (const bool can_give_up : {false, true}) {
      Pipe pipe;
      std::string got;
      std::thread reader([&] {
        while (got.size() < text.size()) {
          got += pipe.read();
        }
      });
      cli::Output output(pipe.writer());
      if (can_give_up) {
        output.give_up_when([] { return false; });
      }

      output.write(text);

      reader.join();
      CHECK((got == text));
      CHECK_FALSE(output.is_closed());
    }
  }

  TEST_CASE("a reader who stops reading is given up when all is to end") {
    Pipe pipe;
    cli::Output output(pipe.writer());
    output.give_up_when([] { return true; });

    output.write(std::string(300'000, 'x'));

    CHECK(output.is_closed());
    CHECK_FALSE(output.has_failed());
    CHECK(pipe.read().size() == 4096);
  }

  TEST_CASE("a closed output is a failure") {
    cli::Output output(-1);

    output.write("x");

    CHECK(output.has_failed());
  }

  TEST_CASE("colour needs a terminal, and obeys the environment") {
    CHECK(cli::wants_color(environment({}), true));
    CHECK_FALSE(cli::wants_color(environment({}), false));
    CHECK_FALSE(cli::wants_color(environment({{"NO_COLOR", "1"}}), true));
    CHECK(cli::wants_color(environment({{"NO_COLOR", ""}}), true));
    CHECK_FALSE(cli::wants_color(environment({{"TERM", "dumb"}}), true));
    CHECK(cli::wants_color(environment({{"FORCE_COLOR", "1"}, {"NO_COLOR", "1"}}), false));
    CHECK_FALSE(cli::wants_color(environment({{"FORCE_COLOR", "0"}}), true));
  }
}

TEST_SUITE("cli/terminal_progress") {
  TEST_CASE("nothing is shown of a short build, and a long one leaves no trace") {
    Pipe pipe;
    cli::Output output(pipe.writer());
    FakeClock clock;
    {
      cli::TerminalProgress progress(output, clock);
      progress.begin_phase("Reading", 10);
      progress.advance(1);
      CHECK(pipe.read().empty());

      clock.now = cli::TerminalProgress::k_quiet_ns;
      progress.advance(1);
      CHECK(pipe.read() == "\r\x1b[KReading 2/10");
      progress.advance(1);
      CHECK(pipe.read().empty());

      clock.now += cli::TerminalProgress::k_redraw_ns;
      progress.begin_phase("Linking", 0);
      CHECK(pipe.read() == "\r\x1b[KLinking");
    }
    CHECK(pipe.read() == "\r\x1b[K");
  }
}
