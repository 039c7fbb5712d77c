#pragma once

#include <string>

#include "base/clock.h"
#include "base/file_system.h"
#include "cli/options.h"
#include "cli/output.h"

namespace cli {

/// The world that a command works in.
struct CommandContext {
  base::FileSystem& files;
  base::Clock& clock;
  Environment environment;
  /// Absolute.
  std::string working_dir;
  Output& out;
  Output& err;
  /// The descriptor of the standard input.
  int input = 0;
  /// Absolute path of the running program; empty if it is unknown.
  std::string program = {};
  /// What `program` was replaced by could not be started.
  bool goes_on = false;
};

// Each runs one command to its end, prints what there is to tell, and returns the exit code.

int run_build(const BuildCommand& command, const CommandContext& context);
int run_validate(const ValidateCommand& command, const CommandContext& context);
int run_init(const InitCommand& command, const CommandContext& context);
int run_cache(const CacheCommand& command, const CommandContext& context);
int run_graph(const GraphCommand& command, const CommandContext& context);
int run_explain(const ExplainCommand& command, const CommandContext& context);

/// What run() returns where another program stands in the place of this one and is to take over, in
/// this process and with the same arguments. No exit code.
inline constexpr int k_run_again = -1;

/// Dispatches. Also prints what is wrong with the arguments, and turns a failed standard output
/// into an exit code.
int run(const base::Result<Command>& command, const CommandContext& context);

}  // namespace cli
