#include <array>
#include <csignal>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/own_process.h"
#include "base/real_file_system.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/project_run.h"

namespace {

/// A claim of our own code was false, or the program did what no program may. Only functions that
/// are safe in a signal handler are called.
void end_on_bug(int /*signal*/) {
  constexpr char k_message[] =
      "\nbuilder: internal error. This is a bug in builder, not in your project. The outputs were "
      "not changed, or are written again by the next run.\n";
  const ssize_t ignored = ::write(STDERR_FILENO, k_message, sizeof k_message - 1);
  static_cast<void>(ignored);
  ::_exit(cli::k_exit_bug);
}

/// Leaves the terminal's cursor in an empty line, and ends as the signal wants it. Outputs need no
/// care: each is replaced whole or not at all.
void end_on_request(int signal) {
  constexpr char k_clear_line[] = "\r\x1b[K";
  if (::isatty(STDERR_FILENO) == 1) {
    const ssize_t ignored = ::write(STDERR_FILENO, k_clear_line, sizeof k_clear_line - 1);
    static_cast<void>(ignored);
  }
  ::signal(signal, SIG_DFL);
  ::raise(signal);
}

/// Whoever ignores a signal for his children means it: `nohup`, and `&` in a script.
bool is_ignored(int signal) {
  struct sigaction action {};
  ::sigaction(signal, nullptr, &action);
  return action.sa_handler == SIG_IGN;
}

void set_handler(int signal, void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  // On the other stack, for the first one may be what is full.
  action.sa_flags = SA_ONSTACK;
  sigemptyset(&action.sa_mask);
  ::sigaction(signal, &action, nullptr);
}

void install_handlers() {
  static std::array<char, 65536> other_stack;
  stack_t stack{};
  stack.ss_sp = other_stack.data();
  stack.ss_size = other_stack.size();
  ::sigaltstack(&stack, nullptr);
  set_handler(SIGABRT, end_on_bug);
#ifndef BUILDER_SANITIZED
  // A sanitizer has handlers of its own, which tell more.
  set_handler(SIGSEGV, end_on_bug);
  set_handler(SIGBUS, end_on_bug);
  set_handler(SIGFPE, end_on_bug);
  set_handler(SIGILL, end_on_bug);
#endif
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    if (!is_ignored(signal)) {
      set_handler(signal, end_on_request);
    }
  }
  // A reader that goes away shows as an error of write(2), which Output knows.
  ::signal(SIGPIPE, SIG_IGN);
}

/// So that none of our own files gets the number of a standard one that is closed. Reading ends at
/// once, and writing fails, as with a closed one.
void open_standard_files() {
  for (const int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(number, F_GETFD) < 0) {
      // The lowest free number, which is this one.
      const int ignored = ::open("/dev/null", O_RDONLY | O_NOCTTY);
      static_cast<void>(ignored);
    }
  }
}

std::optional<std::string> environment_value(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

}  // namespace

int main(int argc, char** argv) {
  open_standard_files();
  install_handlers();
  base::RealFileSystem files;
  base::SteadyClock clock;
  cli::Output out(STDOUT_FILENO);
  cli::Output err(STDERR_FILENO);
  const std::string folder = base::current_folder();
  if (folder.empty()) {
    err.write("error: the current folder does not exist any more\n");
    return cli::k_exit_io;
  }
  const std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
  const std::string program = base::program_path();
  for (bool goes_on = false;; goes_on = true) {
    const int code = cli::run(
        cli::parse_command_line(arguments),
        {files, clock, environment_value, folder, out, err, STDIN_FILENO, program, goes_on});
    if (code != cli::k_run_again) {
      return code;
    }
    // The folder may have been made anew since.
    if (::chdir(folder.c_str()) == 0) {
      ::execv(program.c_str(), argv);
    }
  }
}
