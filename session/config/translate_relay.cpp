#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "base/source_path.h"
#include "session/config/read_builder.h"
#include "session/config/translate.h"

namespace session::config {
namespace {

constexpr const char* k_source_glob = "**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}";
/// How far a project's `base` is followed; Relay's own use is one step.
constexpr int k_max_bases = 16;

/// `folder` without `./` and `/` at its ends; empty for the root.
std::string plain_folder(std::string_view folder) {
  const std::string normal = base::normalize_path(folder);
  return normal == "." ? std::string() : normal;
}

std::string sources_of(const std::string& folder) {
  return folder.empty() ? k_source_glob : folder + "/" + k_source_glob;
}

void append_list(const Node* node, std::string_view key, TextList& list, Problems& problems) {
  if (node != nullptr) {
    const TextList more = read_text_list(*node, key, problems);
    list.insert(list.end(), more.begin(), more.end());
  }
}

TextList read_excludes(const Node& root, Problems& problems) {
  // `exclude` is the name that Relay used before version 13.
  for (const char* key : {"excludes", "exclude"}) {
    if (const Node* excludes = root.find(key)) {
      return read_text_list(*excludes, key, problems);
    }
  }
  // Relay's own default.
  return {{"**/node_modules/**", {}}, {"**/__mocks__/**", {}}, {"**/__generated__/**", {}}};
}

/// A config of one project.
void translate_single(const Node& root, RawProject& project, Problems& problems) {
  warn_of_slips(root,
                {"src", "schema", "schemaExtensions", "excludes", "exclude", "language"},
                {"include", "schemaConfig"},
                problems);
  TextList schema;
  append_list(root.find("schema"), "schema", schema, problems);
  append_list(root.find("schemaExtensions"), "schemaExtensions", schema, problems);
  if (!schema.empty()) {
    project.schema = std::move(schema);
  }
  const Node* src = root.find("src");
  const bool has_src = src != nullptr && src->is_string();
  project.include = TextList{{sources_of(has_src ? plain_folder(src->text) : std::string()),
                              has_src ? src->span : root.span}};
  project.exclude = read_excludes(root, problems);
}

/// A folder of sources and the projects that it belongs to.
struct SourceFolder {
  std::string path;
  base::Span span;
  std::vector<std::string> projects;

  bool belongs_to(const std::vector<std::string>& names) const {
    return std::any_of(projects.begin(), projects.end(), [&](const std::string& project) {
      return std::find(names.begin(), names.end(), project) != names.end();
    });
  }
};

std::vector<SourceFolder> read_sources(const Node& root, Problems& problems) {
  std::vector<SourceFolder> folders;
  const Node* sources = root.find("sources");
  if (sources == nullptr) {
    return folders;
  }
  for (const Member& member : sources->members) {
    SourceFolder& folder = folders.emplace_back();
    folder.path = plain_folder(member.key);
    folder.span = member.key_span;
    for (const Text& name : read_text_list(member.value, member.key, problems)) {
      folder.projects.push_back(name.value);
    }
  }
  return folders;
}

/// The project and those whose documents it may use.
std::vector<std::string> with_bases(const Node& projects, const std::string& name) {
  std::vector<std::string> names{name};
  const Node* project = projects.find(name);
  for (int step = 0; step < k_max_bases && project != nullptr; ++step) {
    const Node* base = project->find("base");
    if (base == nullptr || !base->is_string()) {
      break;
    }
    names.push_back(base->text);
    project = projects.find(base->text);
  }
  return names;
}

bool lies_in(std::string_view inner, std::string_view outer) {
  return inner != outer && (outer.empty() || (inner.starts_with(outer) &&
                                              inner.substr(outer.size()).starts_with('/')));
}

void translate_project(const Member& member,
                       const Node& projects,
                       const std::vector<SourceFolder>& folders,
                       RawProject& project,
                       Problems& problems) {
  project.name = {member.key, member.key_span};
  project.span = member.key_span;
  TextList schema;
  append_list(member.value.find("schema"), "schema", schema, problems);
  append_list(member.value.find("schemaDir"), "schemaDir", schema, problems);
  const std::vector<std::string> names = with_bases(projects, member.key);
  for (const std::string& name : names) {
    if (const Node* owner = projects.find(name)) {
      append_list(owner->find("schemaExtensions"), "schemaExtensions", schema, problems);
      append_list(owner->find("extensions"), "extensions", schema, problems);
    }
  }
  if (!schema.empty()) {
    project.schema = std::move(schema);
  }
  // Of nested folders the inner one decides: shorter paths first, each pattern over the last.
  TextList& include = project.include.emplace();
  for (const SourceFolder& folder : folders) {
    if (folder.belongs_to(names)) {
      include.push_back({sources_of(folder.path), folder.span});
    } else if (std::any_of(folders.begin(), folders.end(), [&](const SourceFolder& outer) {
                 return outer.belongs_to(names) && lies_in(folder.path, outer.path);
               })) {
      include.push_back({"!" + sources_of(folder.path), folder.span});
    }
  }
}

void translate_several(const Node& root,
                       const Node& projects,
                       RawConfig& config,
                       Problems& problems) {
  warn_of_slips(
      root, {"root", "sources", "projects", "excludes"}, {"include", "schemaConfig"}, problems);
  config.has_projects = true;
  const Node* folder = root.find("root");
  if (folder != nullptr && folder->is_string()) {
    config.shared.root = Text{folder->text, folder->span};
  }
  config.shared.exclude = read_excludes(root, problems);
  std::vector<SourceFolder> folders = read_sources(root, problems);
  std::sort(
      folders.begin(), folders.end(), [](const SourceFolder& left, const SourceFolder& right) {
        return left.path < right.path;
      });
  for (const Member& member : projects.members) {
    if (member.value.is_object()) {
      translate_project(member, projects, folders, config.projects.emplace_back(), problems);
    } else {
      problems.add_error(
          member.value.span, k_value_code, in_quotes(member.key) + " must be an object.");
    }
  }
}

}  // namespace

RawConfig translate_relay_config(const Node& root, Problems& problems) {
  RawConfig config;
  config.shared.span = {root.span.begin, std::min(root.span.begin + 1, root.span.end)};
  if (!root.is_object()) {
    problems.add_error(root.span, k_value_code, "The config must be an object.");
    return config;
  }
  const Node* projects = root.find("projects");
  if (projects != nullptr && projects->is_object() && !projects->members.empty()) {
    translate_several(root, *projects, config, problems);
  } else {
    translate_single(root, config.shared, problems);
  }
  return config;
}

}  // namespace session::config
