#include <cstdio>
#include <string>
#include <vector>

#include <unistd.h>

#include "base/clock.h"
#include "base/own_process.h"
#include "base/real_file_system.h"
#include "perf/builder/child.h"
#include "perf/builder/command.h"
#include "perf/builder/counting_new.h"
#include "perf/builder/interruption.h"

namespace {

int run_child(const std::string& request) {
  const auto read = perf::read_child_request(request);
  const auto answer = read ? perf::run_child_task(*read, perf::counted_allocations)
                           : base::Result<perf::ChildAnswer>(tl::unexpected(read.error()));
  if (!answer) {
    std::fprintf(stderr, "%s\n", answer.error().message.c_str());
    return answer.error().code == base::ErrorCode::not_found ? perf::k_exit_nothing_to_do : 1;
  }
  std::fputs(perf::to_json(*answer).c_str(), stdout);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
  if (arguments.size() == 2 && arguments[0] == "--child") {
    return run_child(arguments[1]);
  }
  base::RealFileSystem files;
  base::SteadyClock clock;
  perf::catch_interruptions();
  const int code = perf::run_command(arguments,
                                     {files,
                                      clock,
                                      base::program_path(),
                                      PERF_REPOSITORY,
                                      base::current_folder(),
                                      perf::interruption()},
                                     {::isatty(STDOUT_FILENO) == 1});
  return perf::interruption() ? perf::interruption_exit_code() : code;
}
