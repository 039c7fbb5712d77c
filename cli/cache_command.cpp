#include <algorithm>
#include <string>
#include <utility>

#include "cli/build_command.h"
#include "cli/commands.h"
#include "session/cache_folder.h"

namespace cli {
namespace {

base::Result<CacheReport> act(CacheCommand::Action action,
                              base::FileSystem& files,
                              const session::ProjectConfig& project) {
  CacheReport report;
  report.project = project.name;
  report.info.folder = project.cache_dir;
  switch (action) {
    case CacheCommand::Action::info:
      report.info = session::cache_info(files, project);
      break;
    case CacheCommand::Action::clear: {
      TRY_ASSIGN(report.cleared, session::clear_cache(files, project));
      break;
    }
    case CacheCommand::Action::gc: {
      TRY_ASSIGN(report.cleared, session::collect_cache(files, project));
      break;
    }
  }
  return report;
}

}  // namespace

int run_cache(const CacheCommand& command, const CommandContext& context) {
  const base::Result<std::string> folder = enter_folder(command.project.folder, context);
  Reporter reporter =
      make_reporter(command.output, folder.has_value() ? *folder : context.working_dir, context);
  if (!folder.has_value()) {
    reporter.failure(folder.error());
    return k_exit_usage;
  }
  ProjectsRequest request;
  request.project = command.project;
  request.cache_dir = command.cache_dir;
  const session::ConfigResult loaded = load_config_for(request, *folder, context);
  reporter.config_problems(loaded.problems);
  if (!loaded.config) {
    return k_exit_usage;
  }
  int code = k_exit_fine;
  for (const session::ProjectConfig& project : loaded.config->projects) {
    const base::Result<CacheReport> report = act(command.action, context.files, project);
    if (report.has_value()) {
      reporter.cache(*report);
    } else {
      reporter.failure(report.error());
      code = std::max(code, exit_code(report.error()));
    }
  }
  return code;
}

}  // namespace cli
