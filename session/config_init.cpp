#include "session/config_init.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/source_path.h"
#include "session/config/evaluate_script.h"
#include "session/config/find_config.h"
#include "session/config/parse.h"
#include "session/config/problems.h"
#include "session/config/read_config.h"
#include "session/config/resolve.h"
#include "session/config/schema_search.h"
#include "session/config/translate.h"
#include "session/config/write_config.h"

namespace session {
namespace {

using config::ConfigKind;
using config::FoundConfig;
using config::Problems;
using config::RawConfig;
using config::RawProject;
using config::RawSchema;

constexpr const char* k_config_name = "builder.config.json";
constexpr const char* k_code = "Init";

/// Where sources are kept by the frameworks' conventions.
constexpr const char* k_source_folders[] = {"app",
                                            "apps",
                                            "client",
                                            "components",
                                            "features",
                                            "frontend",
                                            "hooks",
                                            "lib",
                                            "modules",
                                            "packages",
                                            "pages",
                                            "routes",
                                            "src",
                                            "web"};

class ConfigInit {
 public:
  ConfigInit(base::FileSystem& files, const InitRequest& request)
      : files_(files), request_(request) {}

  InitResult run() {
    const std::string path = base::join_path(request_.working_dir, k_config_name);
    if (!request_.overwrites && files_.status(path).has_value()) {
      fail(path, "builder.config.json is there already; `--force` overwrites it.");
      return std::move(result_);
    }
    std::optional<RawConfig> raw = request_.from.empty() ? from_surroundings() : from_file();
    if (!raw) {
      return std::move(result_);
    }
    add_missing_schema(*raw);
    remark_on_urls(raw->shared);
    for (const RawProject& project : raw->projects) {
      remark_on_urls(project);
    }
    const auto written = files_.write_atomically(path, config::write_config(*raw, remarks_));
    if (written.has_value()) {
      result_.path = path;
    } else {
      fail(path, written.error().message + ".");
    }
    return std::move(result_);
  }

 private:
  std::optional<RawConfig> from_file() {
    const std::string path = base::join_path(request_.working_dir, request_.from);
    if (!files_.status(path).has_value()) {
      fail(path, "The file does not exist.");
      return std::nullopt;
    }
    const std::string name = path.substr(path.rfind('/') + 1);
    std::optional<RawConfig> raw;
    if (name.starts_with("tsconfig") || name.starts_with("jsconfig")) {
      raw = from_tsconfig(path);
      if (!raw && result_.problems.empty()) {
        fail(path, "There is no gql.tada or GraphQLSP plugin with a schema in this file.");
      }
    } else {
      raw = from_config({config::kind_of_named_config(files_, path), path});
    }
    if (raw) {
      set_root(*raw, std::string(base::parent_path(path)));
    }
    return raw;
  }

  std::optional<RawConfig> from_surroundings() {
    const FoundConfig found = config::find_foreign_config_in(files_, request_.working_dir);
    if (found.kind == ConfigKind::script) {
      const std::string name = shown(found.path);
      fail(found.path,
           "This config is code. `builder init --from " + name +
               "` runs it with Node and translates it.");
      return std::nullopt;
    }
    if (found.kind != ConfigKind::none && found.kind != ConfigKind::toml) {
      return from_config(found);
    }
    const std::string tsconfig = base::join_path(request_.working_dir, "tsconfig.json");
    if (files_.status(tsconfig).has_value()) {
      if (std::optional<RawConfig> raw = from_tsconfig(tsconfig)) {
        return raw;
      }
      // Whatever is wrong with it is no business of ours.
      result_.problems.clear();
    }
    return from_folders();
  }

  std::optional<RawConfig> from_config(FoundConfig found) {
    std::string text;
    const bool is_script = found.kind == ConfigKind::script;
    if (found.kind == ConfigKind::toml) {
      fail(found.path, "TOML is not read. Write the config as YAML or JSON first.");
      return std::nullopt;
    }
    if (is_script) {
      base::Result<std::string> json = config::evaluate_script(found.path);
      if (!json.has_value()) {
        fail(found.path, "This config cannot be translated: " + json.error().message + ".");
        return std::nullopt;
      }
      text = *std::move(json);
      found.kind = kind_of_script(found.path);
    } else if (!read(found.path, text)) {
      return std::nullopt;
    }
    Problems problems{base::SourcePath(shown(found.path)), text};
    // What a script gave is JSON, whatever the script's name is.
    const FoundConfig as_read{found.kind, is_script ? found.path + ".json" : found.path};
    std::optional<RawConfig> raw = config::read_config(text, as_read, problems);
    const bool has_errors = problems.has_errors();
    append(is_script ? problems.take_without_places() : problems.take());
    if (has_errors) {
      return std::nullopt;
    }
    if (raw && says_nothing(*raw)) {
      fail(found.path, "Nothing in this config tells of a schema or of documents.");
      return std::nullopt;
    }
    result_.notes.push_back("Translated " + shown(found.path) + ".");
    return raw;
  }

  static bool says_nothing(const RawConfig& raw) {
    const RawProject& shared = raw.shared;
    return !shared.schema && !shared.schemas && !shared.include && raw.projects.empty();
  }

  static ConfigKind kind_of_script(const std::string& path) {
    const std::string name = path.substr(path.rfind('/') + 1);
    if (name.find("relay") != std::string::npos) {
      return ConfigKind::relay;
    }
    if (name.find("apollo") != std::string::npos) {
      return ConfigKind::apollo;
    }
    return name.find("graphql") != std::string::npos ? ConfigKind::graphql_config
                                                     : ConfigKind::codegen;
  }

  /// gql.tada and GraphQLSP are configured as plugins of the TypeScript server.
  std::optional<RawConfig> from_tsconfig(const std::string& path) {
    std::string text;
    if (!read(path, text)) {
      return std::nullopt;
    }
    Problems problems{base::SourcePath(shown(path)), text};
    const std::optional<config::Node> root = config::parse(text, config::Syntax::json, problems);
    append(problems.take());
    const config::Node* options = root ? root->find("compilerOptions") : nullptr;
    const config::Node* plugins = options == nullptr ? nullptr : options->find("plugins");
    if (plugins == nullptr) {
      return std::nullopt;
    }
    for (const config::Node& plugin : plugins->items) {
      const config::Node* name = plugin.find("name");
      if (name == nullptr || (name->text != "gql.tada/ts-plugin" && name->text != "gql.tada" &&
                              name->text != "@0no-co/graphqlsp")) {
        continue;
      }
      RawConfig raw = config::translate_tada_plugin(plugin, problems);
      append(problems.take());
      if (raw.shared.schema || raw.shared.schemas) {
        result_.notes.push_back("Translated the plugin " + name->text + " of " + shown(path) + ".");
        add_source_folders(raw.shared);
        return raw;
      }
    }
    return std::nullopt;
  }

  std::optional<RawConfig> from_folders() {
    RawConfig raw;
    add_source_folders(raw.shared);
    return raw;
  }

  void add_source_folders(RawProject& project) {
    config::TextList include;
    for (const char* folder : k_source_folders) {
      const auto status = files_.status(base::join_path(request_.working_dir, folder));
      if (status.has_value() && status->kind == base::FileKind::directory) {
        include.push_back({std::string(folder) + "/**/*." + config::k_input_extensions, {}});
      }
    }
    if (!include.empty()) {
      project.include = std::move(include);
      return;
    }
    project.include = config::TextList{{config::default_include().front(), {}}};
    project.exclude = config::TextList{{"build/**", {}}, {"coverage/**", {}}, {"out/**", {}}};
  }

  /// The paths of a config are relative to its folder.
  void set_root(RawConfig& raw, const std::string& folder) {
    const std::string relative = base::SourcePath::relative_to(request_.working_dir, folder).text();
    if (relative.empty()) {
      return;
    }
    const std::string root = raw.shared.root ? relative + "/" + raw.shared.root->value : relative;
    raw.shared.root = config::Text{base::normalize_path(root), {}};
  }

  void add_missing_schema(RawConfig& raw) {
    const auto lacks_schema = [](const RawProject& project) {
      return !project.schema && !project.schemas;
    };
    const bool is_lacking = lacks_schema(raw.shared) &&
                            (raw.projects.empty() ||
                             std::any_of(raw.projects.begin(), raw.projects.end(), lacks_schema));
    if (!is_lacking) {
      return;
    }
    const std::string root = base::join_path(
        request_.working_dir, raw.shared.root ? raw.shared.root->value : std::string());
    const auto candidates = config::find_schemas(files_, root);
    config::TextList& schema = raw.shared.schema.emplace();
    if (candidates.empty()) {
      schema.push_back({"schema.graphql", {}});
      remark("No schema was found: save the server's schema as schema.graphql, or name its file.");
      return;
    }
    for (const std::string& file : candidates.front().files) {
      schema.push_back({file, {}});
    }
    if (candidates.size() > 1) {
      std::string others = "Other schemas were found:";
      for (std::size_t i = 1; i < candidates.size(); ++i) {
        others += " " + candidates[i].files.front();
      }
      remark(std::move(others));
    }
  }

  void remark_on_urls(const RawProject& project) {
    config::TextList files = project.schema.value_or(config::TextList());
    for (const RawSchema& schema : project.schemas.value_or(std::vector<RawSchema>())) {
      files.insert(files.end(), schema.files.begin(), schema.files.end());
    }
    for (const config::Text& file : files) {
      if (file.value.find("://") != std::string::npos) {
        remark("Schemas are not read from URLs. Save " + file.value +
               " to a file, as SDL or introspection JSON, and name the file instead.");
      }
    }
  }

  void remark(std::string text) {
    result_.notes.push_back(text);
    remarks_.push_back(std::move(text));
  }

  bool read(const std::string& path, std::string& text) {
    const auto status = files_.read(path, text, config::k_max_config_bytes);
    if (!status.has_value()) {
      fail(path, status.error().message + ".");
    }
    return status.has_value();
  }

  std::string shown(const std::string& path) const {
    return base::SourcePath::relative_to(request_.working_dir, path).text();
  }

  void fail(const std::string& path, std::string message) {
    Problems problems{base::SourcePath(shown(path)), {}};
    problems.add_general_error(k_code, std::move(message));
    append(problems.take());
  }

  void append(std::vector<LocatedDiagnostic> problems) {
    for (LocatedDiagnostic& problem : problems) {
      result_.problems.push_back(std::move(problem));
    }
  }

  base::FileSystem& files_;
  const InitRequest& request_;
  InitResult result_;
  std::vector<std::string> remarks_;
};

}  // namespace

InitResult init_config(base::FileSystem& files, const InitRequest& request) {
  return ConfigInit(files, request).run();
}

std::string config_json_schema() {
  return config::config_json_schema();
}

}  // namespace session
