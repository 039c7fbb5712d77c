#include "session/config/resolve.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "base/source_path.h"
#include "base/suggestion.h"
#include "discovery/glob.h"
#include "session/config/keys.h"
#include "session/config/resolve_rules.h"
#include "session/config/schema_search.h"

namespace session::config {
namespace {

using discovery::GlobPurpose;

constexpr const char* k_schema_code = "ConfigSchema";
constexpr const char* k_default_out_dir = ".builder";
constexpr const char* k_default_cache_dir = ".cache/builder";

bool has_glob_characters(std::string_view pattern) {
  return pattern.find_first_of("*?[{(") != std::string_view::npos;
}

/// Whether `inner` is `outer` or lies in it. Both are absolute and normal.
bool is_same_or_below(std::string_view inner, std::string_view outer) {
  return inner == outer || outer == "/" ||
         (inner.starts_with(outer) && inner.size() > outer.size() && inner[outer.size()] == '/');
}

/// `path` without symbolic links, as far as it is there.
std::string real_folder(base::FileSystem& files, const std::string& path) {
  for (std::string_view at = path; at.size() > 1; at = base::parent_path(at)) {
    if (const auto real = files.real_path(std::string(at)); real.has_value()) {
      return *real + path.substr(at.size());
    }
  }
  return path;
}

/// The value of `project`, else what all projects share.
template <typename T>
const std::optional<T>& pick(const RawProject& project,
                             const RawProject& shared,
                             std::optional<T> RawProject::*field) {
  return (project.*field).has_value() ? project.*field : shared.*field;
}

/// Makes one ProjectConfig.
class ProjectResolver {
 public:
  ProjectResolver(base::FileSystem& files,
                  const RawProject& raw,
                  const RawProject& shared,
                  Problems& problems)
      : files_(files), raw_(raw), shared_(shared), problems_(problems) {}

  ProjectConfig resolve(const std::string& folder) {
    project_.name = raw_.name.value;
    check_name();
    if (!resolve_root(folder)) {
      return project_;
    }
    resolve_globs();
    resolve_schemas();
    resolve_folders();
    resolve_tags();
    resolve_outputs();
    resolve_rules();
    return project_;
  }

 private:
  template <typename T>
  const std::optional<T>& get(std::optional<T> RawProject::*field) const {
    return pick(raw_, shared_, field);
  }

  void check_name() {
    const std::string& name = project_.name;
    const bool is_named = &raw_ != &shared_;
    if (is_named &&
        (name.empty() || name == "." || name == ".." || name.find('/') != std::string::npos)) {
      problems_.add_error(raw_.name.span,
                          k_value_code,
                          "A project's name must not be empty, \".\", \"..\" or contain \"/\".");
    }
  }

  bool resolve_root(const std::string& folder) {
    const auto& root = get(&RawProject::root);
    const std::string path = root ? base::join_path(folder, root->value) : folder;
    const base::Span span = root ? root->span : raw_.span;
    const auto status = files_.status(path);
    if (!status.has_value() || status->kind != base::FileKind::directory) {
      problems_.add_error(span,
                          k_value_code,
                          "The root " + in_quotes(root ? root->value : folder) +
                              (status.has_value() ? " is not a folder." : " does not exist."));
      return false;
    }
    const auto real = files_.real_path(path);
    project_.root = real.has_value() ? *real : path;
    return true;
  }

  std::vector<std::string> checked_globs(const TextList& list, discovery::GlobPurpose purpose) {
    std::vector<std::string> globs;
    for (const Text& text : list) {
      const auto glob = discovery::GlobList::compile(project_.root, {text.value}, purpose);
      if (glob.has_value()) {
        globs.push_back(text.value);
      } else {
        problems_.add_error(
            text.span, k_value_code, "This cannot be used: " + glob.error().message + ".");
      }
    }
    return globs;
  }

  void resolve_globs() {
    const auto& include = get(&RawProject::include);
    project_.include = include ? checked_globs(*include, GlobPurpose::select) : default_include();
    if (include && include->empty()) {
      problems_.add_error(raw_.span, k_value_code, "\"include\" has no globs: nothing is read.");
    }
    if (const auto& exclude = get(&RawProject::exclude)) {
      project_.exclude = checked_globs(*exclude, GlobPurpose::refuse);
    }
    project_.default_excludes = get(&RawProject::default_excludes).value_or(true);
    if (const auto& size = get(&RawProject::max_file_size)) {
      project_.max_file_bytes = size->value;
    }
  }

  void resolve_schemas() {
    if (const auto& schema = get(&RawProject::schema)) {
      RawSchema unlabelled;
      unlabelled.label.value = k_default_schema_label;
      unlabelled.files = *schema;
      add_schema(unlabelled, raw_.span);
    }
    if (const auto& schemas = get(&RawProject::schemas)) {
      for (const RawSchema& schema : *schemas) {
        add_schema(schema, schema.label.span);
      }
    }
    if (!get(&RawProject::schema) && !get(&RawProject::schemas)) {
      find_schema();
    }
    std::sort(project_.schemas.begin(),
              project_.schemas.end(),
              [](const SchemaConfig& left, const SchemaConfig& right) {
                return left.label < right.label;
              });
  }

  void add_schema(const RawSchema& raw, base::Span span) {
    for (const SchemaConfig& other : project_.schemas) {
      if (other.label == raw.label.value) {
        problems_.add_error(span,
                            k_schema_code,
                            "The label " + in_quotes(other.label) + " already means \"schema\".");
        return;
      }
    }
    SchemaConfig schema;
    schema.label = raw.label.value;
    schema.include = checked_globs(raw.include, GlobPurpose::select);
    for (const Text& file : raw.files) {
      check_schema_file(file);
    }
    schema.files = checked_globs(raw.files, GlobPurpose::select);
    if (raw.files.empty()) {
      problems_.add_error(
          span, k_schema_code, "The schema " + in_quotes(schema.label) + " has no files.");
    }
    project_.schemas.push_back(std::move(schema));
  }

  void check_schema_file(const Text& file) {
    if (file.value.find("://") != std::string::npos) {
      problems_.add_error(
          file.span,
          k_schema_code,
          "A schema cannot be read from a URL, so that builds need no network. Save "
          "it to a file, as SDL or introspection JSON, and name the file.");
    } else if (file.value.find("${") != std::string::npos) {
      problems_.add_error(file.span,
                          k_schema_code,
                          "A schema cannot depend on environment variables, so that equal inputs "
                          "give equal outputs. Name the file.");
    } else if (!file.value.starts_with('!') && !has_glob_characters(file.value) &&
               !files_.status(base::join_path(project_.root, file.value)).has_value()) {
      problems_.add_error(file.span,
                          k_schema_code,
                          "The schema file " + in_quotes(file.value) + " does not exist.");
    }
  }

  void find_schema() {
    std::vector<SchemaCandidate> candidates = find_schemas(files_, project_.root);
    if (candidates.size() == 1) {
      project_.schemas.push_back({k_default_schema_label, std::move(candidates.front().files), {}});
      return;
    }
    problems_.add_error(raw_.span, k_schema_code, describe_candidates(candidates));
  }

  static std::string describe_candidates(const std::vector<SchemaCandidate>& candidates) {
    if (candidates.empty()) {
      return "No schema is given, and no file with a \"type Query\" was found. Add \"schema\" with "
             "the path of an SDL or introspection JSON file.";
    }
    std::string message = "No schema is given, and several were found. Add one of:";
    for (const SchemaCandidate& candidate : candidates) {
      message += "\n  \"schema\": " + in_quotes(candidate.files.front());
    }
    return message;
  }

  void resolve_folders() {
    project_.out_dir = resolve_folder(&RawProject::out_dir, k_default_out_dir);
    project_.cache_dir = resolve_folder(&RawProject::cache_dir, k_default_cache_dir);
    const auto& out_dir = get(&RawProject::out_dir);
    if (is_same_or_below(project_.root, real_folder(files_, project_.out_dir))) {
      problems_.add_error(out_dir ? out_dir->span : raw_.span,
                          k_value_code,
                          "\"outDir\" must be a folder of its own: it cannot be the project's root "
                          "or a folder above it.");
    }
  }

  std::string resolve_folder(Field<Text> field, const char* fallback) {
    const auto& value = get(field);
    return base::join_path(project_.root, value ? value->value : fallback);
  }

  void resolve_tags() {
    if (const auto& tags = get(&RawProject::tags)) {
      for (const auto& [tag, label] : *tags) {
        check_label(label);
        project_.tags[tag.value] = label.value;
      }
    }
    project_.tag_modules = texts(get(&RawProject::tag_modules));
    project_.globals = texts(get(&RawProject::globals));
    if (const auto& composer = get(&RawProject::composer)) {
      project_.composer_modules = texts(composer->modules);
    }
  }

  void check_label(const Text& label) {
    std::vector<std::string_view> labels;
    for (const SchemaConfig& schema : project_.schemas) {
      labels.push_back(schema.label);
    }
    // Without any, that is the mistake to tell of.
    if (!labels.empty() && std::find(labels.begin(), labels.end(), label.value) == labels.end()) {
      problems_.add_error(label.span,
                          k_value_code,
                          "There is no schema with the label " + in_quotes(label.value) + "." +
                              base::did_you_mean(base::suggestions_for(label.value, labels)));
    }
  }

  static std::vector<std::string> texts(const std::optional<TextList>& list) {
    std::vector<std::string> values;
    if (list) {
      for (const Text& text : *list) {
        values.push_back(text.value);
      }
    }
    return values;
  }

  void resolve_outputs() {
    if (const auto& format = get(&RawProject::module_format)) {
      project_.module_format = format->value == "cjs" ? ModuleFormat::cjs : ModuleFormat::esm;
    }
    if (const auto& on_error = get(&RawProject::on_error)) {
      project_.on_error = on_error->value == "omit" ? OnError::omit : OnError::stub;
    }
    project_.commit_outputs = get(&RawProject::commit_outputs).value_or(false);
  }

  void resolve_rules() {
    if (const auto& rules = get(&RawProject::rules)) {
      project_.rules = config::resolve_rules(*rules, problems_);
    }
    if (const auto& overrides = get(&RawProject::overrides)) {
      for (const RawOverride& entry : *overrides) {
        project_.overrides.push_back({checked_globs(entry.files, GlobPurpose::refuse),
                                      config::resolve_rules(entry.rules, problems_)});
      }
    }
  }

  base::FileSystem& files_;
  const RawProject& raw_;
  const RawProject& shared_;
  Problems& problems_;
  ProjectConfig project_;
};

/// Projects of one root that say nothing of folders get folders of their own in the default ones.
void part_default_folders(const RawConfig& raw, std::vector<ProjectConfig>& projects) {
  std::multiset<std::string> roots;
  for (const ProjectConfig& project : projects) {
    roots.insert(project.root);
  }
  for (std::size_t i = 0; i < projects.size(); ++i) {
    if (roots.count(projects[i].root) < 2) {
      continue;
    }
    if (!raw.projects[i].out_dir) {
      projects[i].out_dir += "/" + projects[i].name;
    }
    if (!raw.projects[i].cache_dir) {
      projects[i].cache_dir += "/" + projects[i].name;
    }
  }
}

void check_folders(base::FileSystem& files,
                   const RawConfig& raw,
                   const std::vector<ProjectConfig>& projects,
                   Problems& problems) {
  std::vector<std::string> out_dirs;
  for (std::size_t i = 0; i < projects.size(); ++i) {
    out_dirs.push_back(real_folder(files, projects[i].out_dir));
    for (std::size_t j = 0; j < i; ++j) {
      if (is_same_or_below(out_dirs[i], out_dirs[j]) ||
          is_same_or_below(out_dirs[j], out_dirs[i])) {
        const RawProject& project = raw.projects[i];
        problems.add_error(project.out_dir ? project.out_dir->span : project.span,
                           k_value_code,
                           "The projects " + in_quotes(projects[j].name) + " and " +
                               in_quotes(projects[i].name) +
                               " would write into each other's folders. Give each an \"outDir\" of "
                               "its own.");
      }
      if (projects[i].cache_dir == projects[j].cache_dir) {
        const RawProject& project = raw.projects[i];
        problems.add_error(
            project.cache_dir ? project.cache_dir->span : project.span,
            k_value_code,
            "The projects " + in_quotes(projects[j].name) + " and " + in_quotes(projects[i].name) +
                " would drop each other's cache. Give each a \"cacheDir\" of its own.");
      }
    }
  }
}

}  // namespace

const std::vector<std::string>& default_include() {
  static const std::vector<std::string> globs{std::string("**/*.") + k_input_extensions};
  return globs;
}

std::optional<Config> resolve(base::FileSystem& files,
                              const RawConfig& raw,
                              const std::string& folder,
                              Problems& problems) {
  Config config;
  if (raw.has_projects) {
    for (const RawProject& project : raw.projects) {
      config.projects.push_back(
          ProjectResolver(files, project, raw.shared, problems).resolve(folder));
    }
    part_default_folders(raw, config.projects);
    check_folders(files, raw, config.projects, problems);
  } else {
    config.projects.push_back(
        ProjectResolver(files, raw.shared, raw.shared, problems).resolve(folder));
  }
  if (problems.has_errors()) {
    return std::nullopt;
  }
  std::sort(
      config.projects.begin(),
      config.projects.end(),
      [](const ProjectConfig& left, const ProjectConfig& right) { return left.name < right.name; });
  return config;
}

}  // namespace session::config
