#include "session/config_loader.h"

#include <algorithm>
#include <utility>

#include "base/source_path.h"
#include "base/suggestion.h"
#include "session/config/find_config.h"
#include "session/config/problems.h"
#include "session/config/read_config.h"
#include "session/config/resolve.h"
#include "session/config/schema_search.h"

namespace session {
namespace {

using config::ConfigKind;
using config::FoundConfig;
using config::in_quotes;
using config::Problems;

constexpr const char* k_config_code = "Config";

/// Loads one config for one request.
class ConfigLoader {
 public:
  ConfigLoader(base::FileSystem& files, const ConfigRequest& request)
      : files_(files), request_(request) {}

  ConfigResult load() {
    const FoundConfig found = find();
    if (!result_.problems.empty()) {
      return std::move(result_);
    }
    if (found.kind == ConfigKind::none) {
      load_defaults();
    } else if (found.kind == ConfigKind::script || found.kind == ConfigKind::codegen ||
               found.kind == ConfigKind::toml) {
      report_unreadable_kind(found);
    } else {
      load_file(found);
    }
    if (result_.config) {
      apply_request(*result_.config);
    }
    return std::move(result_);
  }

 private:
  FoundConfig find() {
    if (request_.file.empty()) {
      return config::find_config(files_, request_.working_dir);
    }
    const std::string path = base::join_path(request_.working_dir, request_.file);
    const auto status = files_.status(path);
    if (!status.has_value()) {
      fail(path, "The config file does not exist.");
      return {};
    }
    return {config::kind_of_named_config(files_, path), path};
  }

  void report_unreadable_kind(const FoundConfig& found) {
    if (found.kind == ConfigKind::toml) {
      fail(found.path,
           "TOML is not read. Write the config as YAML or JSON, or run `builder init`.");
      return;
    }
    const std::string name = shown(found.path).text();
    fail(found.path,
         (found.kind == ConfigKind::script
              ? "This config must be run to be read, which a build never does. Run "
              : "This is the config of a code generator. Run ") +
             ("`builder init --from " + name + "` once: it writes builder.config.json."));
  }

  void load_file(const FoundConfig& found) {
    std::string text;
    const auto status = files_.read(found.path, text, config::k_max_config_bytes);
    if (!status.has_value()) {
      fail(found.path, "The config cannot be read: " + status.error().message + ".");
      return;
    }
    Problems problems(shown(found.path), text);
    const auto raw = config::read_config(text, found, problems);
    const bool is_read = !problems.has_errors();
    const auto folder = files_.real_path(std::string(base::parent_path(found.path)));
    if (raw && folder.has_value()) {
      Problems further(shown(found.path), text);
      result_.config = config::resolve(files_, *raw, *folder, further);
      // What seems to be missing may be what could not be read.
      if (!is_read) {
        further.drop_at(raw->shared.span);
        std::for_each(raw->projects.begin(), raw->projects.end(), [&](const auto& project) {
          further.drop_at(project.span);
        });
        result_.config.reset();
      }
      problems.add(std::move(further));
    }
    if (result_.config) {
      result_.config->file = found.path;
    }
    result_.problems = problems.take();
  }

  /// The nearest folder above that looks like the top of a package, else the working directory.
  std::string default_root() {
    for (std::string_view at = request_.working_dir; !at.empty(); at = base::parent_path(at)) {
      for (const char* name : {"package.json", "tsconfig.json", ".git"}) {
        if (files_.status(base::join_path(at, name)).has_value()) {
          return std::string(at);
        }
      }
      if (at == "/") {
        break;
      }
    }
    return request_.working_dir;
  }

  void load_defaults() {
    const auto root = files_.real_path(default_root());
    if (!root.has_value()) {
      fail("", root.error().message);
      return;
    }
    const auto schemas = config::find_schemas(files_, *root);
    if (schemas.size() != 1) {
      report_schemas(schemas, *root);
      return;
    }
    // What bundlers and test runners leave behind is not written by anybody.
    config::RawConfig raw;
    raw.shared.schema.emplace();
    for (const std::string& file : schemas.front().files) {
      raw.shared.schema->push_back({file, {}});
    }
    raw.shared.exclude = config::TextList{{"build/**", {}}, {"coverage/**", {}}, {"out/**", {}}};
    Problems problems(base::SourcePath(), {});
    result_.config = config::resolve(files_, raw, *root, problems);
    result_.problems = problems.take();
  }

  void report_schemas(const std::vector<config::SchemaCandidate>& schemas,
                      const std::string& root) {
    if (schemas.empty()) {
      fail("",
           "No config was found, and no schema: no .graphql, .graphqls or .gql file with a "
           "\"type Query\", and no schema.json with an introspection result. Save the server's "
           "schema to a file, for example schema.graphql, or run `builder init`.");
      return;
    }
    std::string message =
        "No config was found, and there are several schemas. Choose one in builder.config.json, or "
        "run `builder init`:";
    for (const config::SchemaCandidate& schema : schemas) {
      message += "\n  " + shown(base::join_path(root, schema.files.front())).text();
    }
    fail("", std::move(message));
  }

  void apply_request(Config& config) {
    if (!request_.project.empty() && !choose_project(config)) {
      result_.config.reset();
      return;
    }
    for (ProjectConfig& project : config.projects) {
      if (!request_.cache_dir.empty()) {
        project.cache_dir = base::join_path(
            base::join_path(request_.working_dir, request_.cache_dir), project.name);
      }
    }
    if (request_.entries.empty() && request_.out_dir.empty()) {
      return;
    }
    if (config.projects.size() > 1) {
      fail(config.file, "`--entry` and `--out` need one project: choose it with `-p`.");
      result_.config.reset();
      return;
    }
    ProjectConfig& project = config.projects.front();
    if (!request_.entries.empty()) {
      project.include = entries_for(project.root);
    }
    if (!request_.out_dir.empty()) {
      const std::string old =
          std::exchange(project.out_dir, base::join_path(request_.working_dir, request_.out_dir));
      check_out_dir(project);
      if (request_.needs_own_out && old == project.out_dir) {
        fail(
            "",
            "A part of the project needs an `--out` of its own: the folder of the config holds the "
            "outputs of all of it.");
        result_.config.reset();
      }
    }
  }

  bool choose_project(Config& config) {
    std::vector<std::string_view> names;
    for (ProjectConfig& project : config.projects) {
      if (project.name == request_.project) {
        ProjectConfig chosen = std::move(project);
        config.projects.clear();
        config.projects.push_back(std::move(chosen));
        return true;
      }
      names.push_back(project.name);
    }
    if (names.size() == 1 && names.front().empty()) {
      fail(config.file,
           "There is no project " + in_quotes(request_.project) +
               ": the config is of one project without a name.");
      return false;
    }
    std::string message = "There is no project " + in_quotes(request_.project) + "." +
                          base::did_you_mean(base::suggestions_for(request_.project, names)) +
                          " The projects are:";
    for (const std::string_view name : names) {
      message += " " + std::string(name);
    }
    fail(config.file, std::move(message));
    return false;
  }

  /// Globs relative to the working directory become globs relative to `root`.
  std::vector<std::string> entries_for(const std::string& root) {
    const auto real = files_.real_path(request_.working_dir);
    const std::string prefix =
        base::SourcePath::relative_to(root, real.has_value() ? *real : request_.working_dir).text();
    std::vector<std::string> globs;
    for (std::string_view entry : request_.entries) {
      const bool is_negative = entry.starts_with('!');
      entry.remove_prefix(is_negative ? 1 : 0);
      const std::string glob = prefix.empty() || entry.starts_with('/')
                                   ? std::string(entry)
                                   : prefix + "/" + std::string(entry);
      const std::string relative = glob.starts_with('/')
                                       ? base::SourcePath::relative_to(root, glob).text()
                                       : base::normalize_path(glob);
      globs.push_back((is_negative ? "!" : "") +
                      (relative.empty() && !entry.empty() ? "." : relative));
    }
    return globs;
  }

  void check_out_dir(const ProjectConfig& project) {
    const std::string& out = project.out_dir;
    if (project.root == out || out == "/" || project.root.starts_with(out + "/")) {
      fail("",
           "`--out` must be a folder of its own: it cannot be the project's root or a folder above "
           "it.");
      result_.config.reset();
    }
  }

  base::SourcePath shown(const std::string& path) const {
    return path.empty() ? base::SourcePath()
                        : base::SourcePath::relative_to(request_.working_dir, path);
  }

  void fail(const std::string& path, std::string message) {
    Problems problem(shown(path), {});
    problem.add_general_error(k_config_code, std::move(message));
    for (LocatedDiagnostic& found : problem.take()) {
      result_.problems.push_back(std::move(found));
    }
  }

  base::FileSystem& files_;
  const ConfigRequest& request_;
  ConfigResult result_;
};

}  // namespace

ConfigResult load_config(base::FileSystem& files, const ConfigRequest& request) {
  return ConfigLoader(files, request).load();
}

}  // namespace session
