#include "base/check.h"

#include <csignal>

#include <sys/wait.h>
#include <unistd.h>

#include <doctest/doctest.h>

namespace {

// How a child process that checks a false claim ends.
int signal_of_false_claim() {
  const pid_t child = ::fork();
  if (child == 0) {
    // Its message belongs to no test, and the test program's own handler would report a crash.
    ::close(STDERR_FILENO);
    std::signal(SIGABRT, SIG_DFL);
    base::check(false, "the sky is green");
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

}  // namespace

TEST_SUITE("base/check") {
  TEST_CASE("a true claim goes on, a false one aborts") {
    base::check(true, "the sky is blue");

    CHECK(signal_of_false_claim() == SIGABRT);
  }
}
