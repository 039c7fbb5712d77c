#include "base/child_process.h"

#include <atomic>
#include <string>

#include <doctest/doctest.h>

namespace {

std::string run(const base::ChildRequest& request) {
  const base::Result<base::ChildOutcome> outcome = base::run_child(request);
  if (!outcome.has_value()) {
    return "error: " + outcome.error().message;
  }
  return std::to_string(outcome->exit_code) + " [" + outcome->output + "] [" +
         outcome->error_output + "]";
}

std::string run_shell(const std::string& script) {
  base::ChildRequest request;
  request.command = {"sh", "-c", script};
  request.working_dir = "/";
  return run(request);
}

}  // namespace

TEST_SUITE("base/child_process") {
  TEST_CASE("both outputs and the exit code come back") {
    CHECK(run_shell("pwd; echo wrong >&2; exit 3") == "3 [/\n] [wrong\n]");
  }

  TEST_CASE("there is nothing to read for the program") {
    CHECK(run_shell("cat; echo end") == "0 [end\n] []");
  }

  TEST_CASE("a signal becomes an exit code as in shells") {
    CHECK(run_shell("kill -9 $$") == "137 [] []");
  }

  TEST_CASE("a program that is not there is an error") {
    base::ChildRequest request;
    request.command = {"no-such-program-anywhere"};

    const base::Result<base::ChildOutcome> outcome = base::run_child(request);

    CHECK(outcome.error().code == base::ErrorCode::not_found);
    CHECK(outcome.error().message ==
          "cannot run no-such-program-anywhere: No such file or directory");
  }

  TEST_CASE("a program that hangs is killed") {
    base::ChildRequest request;
    request.command = {"sleep", "60"};
    request.time_limit_ms = 30;

    CHECK(run(request) == "error: sleep did not end within 0 s");
  }

  TEST_CASE("a program that is not wanted any more is killed") {
    std::atomic<bool> stop{true};
    base::ChildRequest request;
    request.command = {"sleep", "60"};
    request.stop = &stop;

    CHECK(run(request) == "error: sleep was stopped");
  }

  TEST_CASE("a program that writes without end is killed") {
    base::ChildRequest request;
    request.command = {"yes"};
    request.output_limit_bytes = 100'000;

    CHECK(run(request) == "error: yes writes too much");
  }
}
