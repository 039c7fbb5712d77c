#include "session/config/find_config.h"

#include <algorithm>
#include <optional>
#include <set>
#include <vector>

#include "base/source_path.h"
#include "session/config/parse.h"

namespace session::config {
namespace {

struct KnownName {
  std::string_view name;
  ConfigKind kind;
};

/// In order of precedence.
constexpr KnownName k_readable_names[] = {
    {"builder.config.json", ConfigKind::builder},
    {".graphqlrc", ConfigKind::graphql_config},
    {".graphqlrc.json", ConfigKind::graphql_config},
    {".graphqlrc.yaml", ConfigKind::graphql_config},
    {".graphqlrc.yml", ConfigKind::graphql_config},
    {"graphql.config.json", ConfigKind::graphql_config},
    {"graphql.config.yaml", ConfigKind::graphql_config},
    {"graphql.config.yml", ConfigKind::graphql_config},
    {"relay.config.json", ConfigKind::relay},
};

/// Without their extension.
constexpr std::string_view k_script_stems[] = {
    "graphql.config", ".graphqlrc", "relay.config", "codegen"};

bool has_script_extension(std::string_view name) {
  for (const std::string_view extension : {".ts", ".mts", ".cts", ".js", ".mjs", ".cjs"}) {
    if (name.ends_with(extension)) {
      return true;
    }
  }
  return false;
}

bool is_codegen_name(std::string_view name) {
  return name == "codegen.yml" || name == "codegen.yaml" || name == "codegen.json";
}

/// A config that cannot be read as it is.
ConfigKind kind_of_foreign_name(std::string_view name) {
  if (name == ".graphqlrc.toml" || name == "graphql.config.toml") {
    return ConfigKind::toml;
  }
  if (is_codegen_name(name)) {
    return ConfigKind::codegen;
  }
  if (has_script_extension(name)) {
    const std::string_view stem = name.substr(0, name.rfind('.'));
    if (std::find(std::begin(k_script_stems), std::end(k_script_stems), stem) !=
        std::end(k_script_stems)) {
      return ConfigKind::script;
    }
  }
  return ConfigKind::none;
}

/// Which of the two configs a package.json holds. An object that says nothing of schema or sources
/// is somebody else's.
ConfigKind kind_of_package(base::FileSystem& files, const std::string& path) {
  std::string text;
  if (!files.read(path, text, k_max_config_bytes).has_value()) {
    return ConfigKind::none;
  }
  Problems ignored(base::SourcePath(), text);
  const std::optional<Node> root = parse(text, Syntax::json, ignored);
  if (!root) {
    return ConfigKind::none;
  }
  const auto has_config = [&](std::string_view key) {
    const Node* config = root->find(key);
    return config != nullptr &&
           (config->find("schema") != nullptr || config->find("projects") != nullptr);
  };
  if (has_config("graphql")) {
    return ConfigKind::package_graphql;
  }
  return has_config("relay") ? ConfigKind::package_relay : ConfigKind::none;
}

FoundConfig find_config_in(base::FileSystem& files, const std::string& folder, bool is_foreign) {
  const auto entries = files.list(folder);
  if (!entries.has_value()) {
    return {};
  }
  std::set<std::string_view> names;
  for (const base::DirectoryEntry& entry : *entries) {
    if (entry.kind != base::FileKind::directory) {
      names.insert(entry.name);
    }
  }
  for (const KnownName& known : k_readable_names) {
    const bool is_meant = !is_foreign || known.kind != ConfigKind::builder;
    if (is_meant && names.contains(known.name)) {
      return {known.kind, base::join_path(folder, known.name)};
    }
  }
  if (names.contains("package.json")) {
    const std::string path = base::join_path(folder, "package.json");
    const ConfigKind kind = kind_of_package(files, path);
    if (kind != ConfigKind::none) {
      return {kind, path};
    }
  }
  for (const std::string_view name : names) {
    const ConfigKind kind = kind_of_foreign_name(name);
    if (kind != ConfigKind::none) {
      return {kind, base::join_path(folder, name)};
    }
  }
  return {};
}

}  // namespace

FoundConfig find_config(base::FileSystem& files, const std::string& folder) {
  for (std::string_view at = folder; !at.empty(); at = base::parent_path(at)) {
    FoundConfig found = find_config_in(files, std::string(at), false);
    if (found.kind != ConfigKind::none || at == "/") {
      return found;
    }
  }
  return {};
}

FoundConfig find_foreign_config_in(base::FileSystem& files, const std::string& folder) {
  return find_config_in(files, folder, true);
}

ConfigKind kind_of_named_config(base::FileSystem& files, const std::string& path) {
  const std::string name = path.substr(path.rfind('/') + 1);
  if (name == "package.json") {
    const ConfigKind kind = kind_of_package(files, path);
    return kind == ConfigKind::none ? ConfigKind::package_graphql : kind;
  }
  if (name.ends_with(".toml")) {
    return ConfigKind::toml;
  }
  if (has_script_extension(name)) {
    return ConfigKind::script;
  }
  if (name.find("codegen") != std::string::npos) {
    return ConfigKind::codegen;
  }
  if (name.find("apollo") != std::string::npos) {
    return ConfigKind::apollo;
  }
  if (name.find("relay") != std::string::npos) {
    return ConfigKind::relay;
  }
  const bool is_yaml = name.ends_with(".yml") || name.ends_with(".yaml");
  return is_yaml || name.find("graphql") != std::string::npos ? ConfigKind::graphql_config
                                                              : ConfigKind::builder;
}

}  // namespace session::config
