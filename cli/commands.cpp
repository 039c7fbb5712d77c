#include "cli/commands.h"

#include <algorithm>
#include <variant>

#include "cli/project_run.h"
#include "cli/trace_file.h"

namespace cli {
namespace {

struct Dispatch {
  const CommandContext& context;

  int operator()(const BuildCommand& command) const { return run_traced(command, context); }
  int operator()(const ValidateCommand& command) const { return run_validate(command, context); }
  int operator()(const InitCommand& command) const { return run_init(command, context); }
  int operator()(const CacheCommand& command) const { return run_cache(command, context); }
  int operator()(const GraphCommand& command) const { return run_graph(command, context); }
  int operator()(const ExplainCommand& command) const { return run_explain(command, context); }
  int operator()(const ShowText& command) const {
    context.out.write(command.text);
    return k_exit_fine;
  }
};

}  // namespace

int run(const base::Result<Command>& command, const CommandContext& context) {
  if (!command.has_value()) {
    context.err.write("error: " + command.error().message +
                      "\nRun `builder --help` for what there is.\n");
    return k_exit_usage;
  }
  const int code = std::visit(Dispatch{context}, *command);
  return context.out.has_failed() && code != k_run_again ? std::max(code, k_exit_io) : code;
}

}  // namespace cli
