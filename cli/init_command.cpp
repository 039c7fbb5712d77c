#include "base/source_path.h"
#include "cli/build_command.h"
#include "cli/commands.h"
#include "session/config_init.h"

namespace cli {

int run_init(const InitCommand& command, const CommandContext& context) {
  Reporter reporter = make_reporter({}, context.working_dir, context);
  if (command.print_schema) {
    context.out.write(session::config_json_schema());
    return k_exit_fine;
  }
  const base::Result<std::string> folder = enter_folder(command.folder, context);
  if (!folder.has_value()) {
    reporter.failure(folder.error());
    return k_exit_usage;
  }
  const session::InitResult result =
      session::init_config(context.files, {*folder, command.from, command.force});
  reporter.config_problems(result.problems);
  if (result.path.empty()) {
    return k_exit_usage;
  }
  for (const std::string& note : result.notes) {
    context.out.write(note + "\n");
  }
  const std::string path = base::SourcePath::relative_to(context.working_dir, result.path).text();
  context.out.write("Wrote " + path + ". Run `builder` to build.\n");
  return k_exit_fine;
}

}  // namespace cli
