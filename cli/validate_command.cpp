#include "cli/build_command.h"
#include "cli/commands.h"

namespace cli {

int run_validate(const ValidateCommand& command, const CommandContext& context) {
  if (command.batch || !command.schemas.empty()) {
    make_reporter(command.output, context.working_dir, context)
        .failure({base::ErrorCode::invalid_config, "single documents cannot be validated yet"});
    return k_exit_usage;
  }
  ProjectsRequest request;
  request.project = command.project;
  request.output = command.output;
  request.mode = session::BuildMode::validate;
  request.threads = command.threads;
  return run_projects(request, context);
}

}  // namespace cli
