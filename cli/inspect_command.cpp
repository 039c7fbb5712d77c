#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/suggestion.h"
#include "cli/build_command.h"
#include "cli/commands.h"
#include "cli/render_graph.h"
#include "session/builder_session.h"
#include "session/project_graph.h"

namespace cli {
namespace {

/// A project as it is now, looked at and compiled as far as that takes, without writing anything.
struct Inspection {
  session::ProjectConfig config;
  std::unique_ptr<session::BuilderSession> session;
};

/// Opens the project that is meant; else reports why not, and fills the exit code.
class Inspector {
 public:
  Inspector(ProjectsRequest request, const CommandContext& context)
      : request_(std::move(request)), context_(context) {}

  std::optional<Inspection> open(int& code) {
    const base::Result<std::string> folder = enter_folder(request_.project.folder, context_);
    if (!folder.has_value()) {
      return fail(folder.error(), code);
    }
    working_dir_ = *folder;
    session::ConfigResult loaded = load_config_for(request_, working_dir_, context_);
    reporter().config_problems(loaded.problems);
    if (!loaded.config) {
      code = k_exit_usage;
      return std::nullopt;
    }
    if (loaded.config->projects.size() > 1) {
      return fail(
          {base::ErrorCode::invalid_config, "there are several projects: choose one with `-p`"},
          code);
    }
    return look(loaded.config->projects.front(), code);
  }

  Reporter reporter() const {
    return make_reporter(
        request_.output, working_dir_.empty() ? context_.working_dir : working_dir_, context_);
  }

  std::nullopt_t fail(const base::Error& error, int& code) const {
    reporter().failure(error);
    code = exit_code(error);
    return std::nullopt;
  }

 private:
  std::optional<Inspection> look(const session::ProjectConfig& project, int& code) {
    session::SessionOptions options;
    options.threads = thread_count(request_.threads);
    options.uses_cache = true;
    options.is_read_only = true;
    Inspection inspection{project, nullptr};
    inspection.session = std::make_unique<session::BuilderSession>(
        project, options, session::BuildSeams{context_.files, context_.clock, nullptr});
    session::SessionBuild build = inspection.session->build_initial();
    if (!inspection.session->project().files().empty()) {
      return inspection;
    }
    ProjectRun run;
    run.root = project.root;
    run.mode = session::BuildMode::validate;
    run.result = {build.outcome, std::move(build.report), std::move(build.error)};
    reporter().project(run, false);
    code = exit_code({run});
    return std::nullopt;
  }

  ProjectsRequest request_;
  const CommandContext& context_;
  std::string working_dir_;
};

base::Error unknown_definition(const builder::CompiledProject& project,
                               const std::string& text,
                               const std::vector<std::string>& found) {
  std::string message;
  if (found.empty()) {
    std::vector<std::string> ids;
    for (const session::GraphNode& node : session::project_graph(project, std::nullopt)) {
      ids.push_back(node.id);
      ids.push_back(node.id.substr(node.path.text().size() + 2));
    }
    const std::vector<std::string_view> names(ids.begin(), ids.end());
    message = "there is no definition \"" + text + "\"." +
              base::did_you_mean(base::suggestions_for(text, names));
  } else {
    message = "\"" + text + "\" may be any of these:";
    for (const std::string& id : found) {
      message += "\n  " + id;
    }
  }
  return {base::ErrorCode::invalid_config, std::move(message)};
}

}  // namespace

int run_graph(const GraphCommand& command, const CommandContext& context) {
  ProjectsRequest request;
  request.project = command.project;
  request.cache_dir = command.cache_dir;
  request.threads = command.threads;
  Inspector inspector(std::move(request), context);
  int code = k_exit_fine;
  const std::optional<Inspection> found = inspector.open(code);
  if (!found) {
    return code;
  }
  std::optional<session::DefinitionFilter> filter;
  if (!command.filter.empty()) {
    auto parsed = session::DefinitionFilter::parse(found->config.root, command.filter);
    if (!parsed.has_value()) {
      inspector.fail(parsed.error(), code);
      return code;
    }
    filter = *std::move(parsed);
  }
  context.out.write(
      graph_text(session::project_graph(found->session->project(), filter), command.form));
  return code;
}

int run_explain(const ExplainCommand& command, const CommandContext& context) {
  ProjectsRequest request;
  request.project = command.project;
  request.output = command.output;
  request.cache_dir = command.cache_dir;
  request.threads = command.threads;
  Inspector inspector(std::move(request), context);
  int code = k_exit_fine;
  const std::optional<Inspection> found = inspector.open(code);
  if (!found) {
    return code;
  }
  const builder::CompiledProject& project = found->session->project();
  const std::vector<std::string> ids = session::find_definitions(project, command.id);
  if (ids.size() != 1) {
    inspector.fail(unknown_definition(project, command.id, ids), code);
    return code;
  }
  const session::Explanation explanation =
      session::explain(project, found->session->schemas(), found->session->reasons(), ids.front());
  context.out.write(command.output.format == Format::json ? explanation_event(explanation)
                                                          : explanation_text(explanation));
  return code;
}

}  // namespace cli
