#include "cli/build_command.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/child_process.h"
#include "base/source_path.h"
#include "cli/terminal_progress.h"
#include "cli/watch/watch_command.h"
#include "session/builder_service.h"
#include "session/cache_folder.h"
#include "session/compare_readers.h"

namespace cli {
namespace {

constexpr std::int64_t k_git_limit_ms = 5000;

/// Why git ignores the folder, as `<file>:<line>:<pattern>`; nothing if it does not, or if there is
/// no git or no repository.
std::optional<std::string> git_ignore_rule(const session::ProjectConfig& project) {
  base::ChildRequest request;
  request.command = {"git", "check-ignore", "--verbose", project.out_dir};
  request.working_dir = project.root;
  request.time_limit_ms = k_git_limit_ms;
  const base::Result<base::ChildOutcome> outcome = base::run_child(request);
  if (!outcome.has_value() || outcome->exit_code != 0) {
    return std::nullopt;
  }
  return outcome->output.substr(0, outcome->output.find('\t'));
}

/// A check of outputs that are not committed would pass here and fail everywhere else.
base::Status check_outputs_are_committed(const session::ProjectConfig& project) {
  const std::string folder = base::SourcePath::relative_to(project.root, project.out_dir).text();
  if (!project.commit_outputs) {
    return base::fail(
        base::ErrorCode::invalid_config,
        "--check compares with committed outputs, but without \"commitOutputs\": true "
        "in the config those in " +
            folder +
            " are hidden from git: set it, build, and commit them; or, to find errors "
            "only, run `builder validate`");
  }
  if (const std::optional<std::string> rule = git_ignore_rule(project)) {
    return base::fail(base::ErrorCode::invalid_config,
                      "--check compares with committed outputs, but git ignores " + folder +
                          " because of " + *rule +
                          ": take that rule out, or, to find errors only, run `builder validate`");
  }
  return {};
}

session::BuildRequest build_request(const ProjectsRequest& request,
                                    const session::ProjectConfig& project,
                                    const std::string& working_dir) {
  session::BuildRequest build;
  build.mode = request.mode;
  build.threads = thread_count(request.threads);
  build.filter = request.filter;
  if (!request.debug_dir.empty()) {
    build.debug_dir = base::join_path(working_dir, request.debug_dir);
    if (!project.name.empty()) {
      build.debug_dir = base::join_path(build.debug_dir, project.name);
    }
  }
  return build;
}

/// Never destroyed: the process ends soon, and to take apart what a session knows would take a
/// quarter of the time of an update.
void keep_to_the_end(std::unique_ptr<session::BuilderService> service) {
  static auto& kept = *new std::vector<std::unique_ptr<session::BuilderService>>;
  kept.push_back(std::move(service));
}

class ProjectsCommand {
 public:
  ProjectsCommand(const ProjectsRequest& request,
                  const CommandContext& context,
                  std::string working_dir)
      : request_(request),
        context_(context),
        working_dir_(std::move(working_dir)),
        reporter_(make_reporter(request.output, working_dir_, context)) {}

  int run() {
    const session::ConfigResult loaded = load_config_for(request_, working_dir_, context_);
    reporter_.config_problems(loaded.problems);
    if (!loaded.config) {
      return k_exit_usage;
    }
    std::vector<ProjectRun> runs;
    for (const session::ProjectConfig& project : loaded.config->projects) {
      const base::Status is_checkable = request_.mode == session::BuildMode::check
                                            ? check_outputs_are_committed(project)
                                            : base::Status();
      if (!is_checkable.has_value()) {
        reporter_.failure(is_checkable.error());
        return k_exit_usage;
      }
      if (const int code = request_.is_paranoid ? compare_readers(project) : k_exit_fine;
          code != k_exit_fine) {
        return code;
      }
      runs.push_back(build(project));
      reporter_.project(runs.back(), request_.has_stats);
    }
    return finish(runs);
  }

 private:
  /// The exit code; not 0 where the readers disagree, which is told.
  int compare_readers(const session::ProjectConfig& project) {
    const auto found =
        session::compare_readers(context_.files, project, thread_count(request_.threads));
    if (!found.has_value()) {
      reporter_.failure(found.error());
      return exit_code(found.error());
    }
    for (const std::string& disagreement : *found) {
      reporter_.failure({base::ErrorCode::corrupt,
                         "internal error, the readers of source files disagree: " + disagreement});
    }
    return found->empty() ? k_exit_fine : k_exit_bug;
  }

  ProjectRun build(const session::ProjectConfig& project) {
    std::unique_ptr<TerminalProgress> progress;
    if (request_.output.format == Format::human && !request_.output.quiet &&
        context_.err.is_terminal()) {
      progress = std::make_unique<TerminalProgress>(context_.err, context_.clock);
    }
    ProjectRun run;
    run.explains = request_.explains;
    run.root = project.root;
    run.out_dir = project.out_dir;
    run.mode = request_.mode;
    const session::BuildSeams seams{context_.files, context_.clock, progress.get()};
    const bool is_anew = request_.mode != session::BuildMode::write ||
                         request_.reuse == Reuse::nothing || !request_.debug_dir.empty() ||
                         !request_.filter.empty();
    if (is_anew) {
      run.result =
          session::build_once(project, build_request(request_, project, working_dir_), seams);
      run.compiled_all = true;
    } else {
      build_in_session(project, seams, run);
    }
    if (request_.shows_cache) {
      run.cache = session::cache_info(context_.files, project);
    }
    return run;
  }

  void build_in_session(const session::ProjectConfig& project,
                        const session::BuildSeams& seams,
                        ProjectRun& run) {
    session::SessionOptions options;
    options.threads = thread_count(request_.threads);
    options.uses_cache = request_.reuse == Reuse::saved_state;
    options.is_one_shot = true;
    options.writes_delta = request_.writes_delta;
    auto service = std::make_unique<session::BuilderService>(project, options, seams);
    session::SessionBuild build = service->build();
    run.result = {build.outcome, std::move(build.report), std::move(build.error)};
    run.compiled = session::describe(build.compiled);
    run.warnings = service->take_warnings();
    keep_to_the_end(std::move(service));
  }

  int finish(const std::vector<ProjectRun>& runs) {
    std::uint64_t warnings = 0;
    for (const ProjectRun& run : runs) {
      warnings += run.result.report.warning_count;
    }
    const int code = exit_code(runs);
    if (request_.output.max_warnings && warnings > *request_.output.max_warnings) {
      reporter_.too_many_warnings(warnings);
      return std::max(code, k_exit_findings);
    }
    return code;
  }

  const ProjectsRequest& request_;
  const CommandContext& context_;
  std::string working_dir_;
  Reporter reporter_;
};

}  // namespace

unsigned thread_count(unsigned wanted) {
  return wanted > 0 ? wanted : std::max(1U, std::thread::hardware_concurrency());
}

base::Result<std::string> enter_folder(const std::string& folder, const CommandContext& context) {
  if (folder.empty()) {
    return context.working_dir;
  }
  const std::string path = base::join_path(context.working_dir, folder);
  const base::Result<base::FileStatus> status = context.files.status(path);
  if (!status.has_value() || status->kind != base::FileKind::directory) {
    return base::fail(base::ErrorCode::invalid_config, "-C: there is no folder " + folder);
  }
  return context.files.real_path(path);
}

Dress dress_for(const OutputOptions& options,
                const std::string& working_dir,
                const CommandContext& context) {
  Dress dress;
  dress.style.has_color = options.format == Format::human &&
                          wants_color(context.environment, context.out.is_terminal());
  dress.style.width = context.out.terminal_width().value_or(dress.style.width);
  dress.paths.from = working_dir;
  if (options.format == Format::github) {
    // Annotations name files as the repository does.
    dress.paths.from = context.environment("GITHUB_WORKSPACE").value_or(working_dir);
  }
  return dress;
}

Reporter make_reporter(const OutputOptions& options,
                       const std::string& working_dir,
                       const CommandContext& context) {
  Dress dress = dress_for(options, working_dir, context);
  return {options, dress.style, std::move(dress.paths), context.out, context.err};
}

session::ConfigRequest config_request(const ProjectsRequest& request,
                                      const std::string& working_dir) {
  session::ConfigRequest config;
  config.working_dir = working_dir;
  config.file = request.project.config;
  config.project = request.project.project;
  config.entries = request.project.entries;
  config.out_dir = request.out_dir;
  config.cache_dir = request.cache_dir;
  config.needs_own_out = !request.filter.empty();
  return config;
}

session::ConfigResult load_config_for(const ProjectsRequest& request,
                                      const std::string& working_dir,
                                      const CommandContext& context) {
  return session::load_config(context.files, config_request(request, working_dir));
}

int run_projects(const ProjectsRequest& request, const CommandContext& context) {
  base::Result<std::string> working_dir = enter_folder(request.project.folder, context);
  if (!working_dir.has_value()) {
    make_reporter(request.output, context.working_dir, context).failure(working_dir.error());
    return k_exit_usage;
  }
  return ProjectsCommand(request, context, *std::move(working_dir)).run();
}

ProjectsRequest projects_request(const BuildCommand& command) {
  ProjectsRequest request;
  request.project = command.project;
  request.output = command.output;
  request.out_dir = command.out_dir;
  request.mode = command.check ? session::BuildMode::check : session::BuildMode::write;
  request.threads = command.threads;
  request.debug_dir = command.debug_dir;
  request.has_stats = command.stats;
  request.is_paranoid = command.is_paranoid;
  request.reuse = command.reuse;
  request.cache_dir = command.cache_dir;
  request.shows_cache = command.shows_cache;
  request.writes_delta = command.writes_delta;
  request.explains = command.explains;
  request.filter = command.filter;
  return request;
}

int run_build(const BuildCommand& command, const CommandContext& context) {
  return command.watches ? run_watch(command, context)
                         : run_projects(projects_request(command), context);
}

}  // namespace cli
