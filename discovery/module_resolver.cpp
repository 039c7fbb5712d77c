#include "discovery/module_resolver.h"

#include <algorithm>
#include <set>

#include "discovery/config_finder.h"
#include "discovery/folder_cache.h"
#include "discovery/module_search.h"
#include "discovery/package_json.h"
#include "discovery/tsconfig.h"
#include "discovery/workspace.h"

namespace discovery {
namespace {

bool is_config_name(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  return name == "package.json" || name == "pnpm-workspace.yaml" || name == "tsconfig.json" ||
         name == "jsconfig.json";
}

using Paths = std::set<std::string, std::less<>>;

// Whether `path` or a folder that it is in is among `paths`.
bool concerns(const Paths& paths, std::string_view path) {
  std::string_view at = path;
  while (at.size() > 1) {
    if (paths.contains(at)) {
      return true;
    }
    at = base::parent_path(at);
  }
  return false;
}

}  // namespace

/// All that is known of the disk, so that it can be forgotten at once.
struct ModuleResolver::State {
  State(base::FileSystem& files, const std::string& root)
      : folders(files),
        packages(files, folders),
        loader(files, folders, packages, root),
        configs(folders, loader),
        workspaces(files, folders, packages) {}

  FolderCache folders;
  PackageJsonLoader packages;
  TsConfigLoader loader;
  ConfigFinder configs;
  WorkspaceFinder workspaces;
  /// By folder, config and specifier, one behind the other with a zero byte between.
  std::unordered_map<std::string, ModuleResolution> answers;
  std::set<std::string> used_configs;
};

ModuleResolver::ModuleResolver(base::FileSystem& files, Options options)
    : files_(files),
      options_(std::move(options)),
      state_(std::make_unique<State>(files, options_.root)) {}

ModuleResolver::~ModuleResolver() = default;

const ModuleResolution& ModuleResolver::resolve(const base::SourcePath& importer,
                                                std::string_view specifier) {
  const std::string file = base::join_path(options_.root, importer.text());
  const std::string folder(base::parent_path(file));
  const TsConfig* const config = state_->configs.config_of(file);
  std::string key = folder;
  key.append(1, '\0').append(config != nullptr ? config->path : "");
  key.append(1, '\0').append(specifier);
  const auto known = state_->answers.find(key);
  if (known != state_->answers.end()) {
    return known->second;
  }
  const ModuleSources sources = {
      state_->folders, state_->packages, state_->configs, state_->workspaces};
  ModuleResolution answer = ModuleSearch(sources, folder, config).run(specifier);
  state_->used_configs.insert(answer.config_files.begin(), answer.config_files.end());
  if (!answer.absolute_path.empty()) {
    const auto named = options_.outside_names.find(answer.absolute_path);
    answer.path = named != options_.outside_names.end()
                      ? named->second
                      : base::SourcePath::relative_to(options_.root, answer.absolute_path);
  }
  return state_->answers.emplace(std::move(key), std::move(answer)).first->second;
}

std::vector<base::Diagnostic> ModuleResolver::problems() const {
  std::vector<base::Diagnostic> problems = state_->loader.problems();
  base::sort_diagnostics(problems);
  return problems;
}

std::vector<std::string> ModuleResolver::missing_configs() const {
  std::vector<std::string> paths = state_->configs.missing();
  const std::vector<std::string>& extended = state_->loader.missing();
  paths.insert(paths.end(), extended.begin(), extended.end());
  std::sort(paths.begin(), paths.end());
  paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
  return paths;
}

bool ModuleResolver::has_followed_links() const {
  return state_->folders.has_followed_links();
}

void ModuleResolver::forget(const std::vector<std::string>& paths) {
  const std::vector<std::string> missing = missing_configs();
  const bool touches_config = std::any_of(paths.begin(), paths.end(), [&](const std::string& path) {
    return is_config_name(path) || state_->used_configs.count(path) > 0 ||
           std::binary_search(missing.begin(), missing.end(), path);
  });
  if (touches_config) {
    state_ = std::make_unique<State>(files_, options_.root);
    return;
  }
  for (const std::string& path : paths) {
    state_->folders.forget(path);
  }
  // A folder that comes or goes takes everything in it along.
  const Paths changed(paths.begin(), paths.end());
  for (auto it = state_->answers.begin(); it != state_->answers.end();) {
    const ModuleResolution& answer = it->second;
    const bool is_touched =
        concerns(changed, answer.absolute_path) ||
        std::any_of(answer.missing.begin(), answer.missing.end(), [&](const std::string& path) {
          const auto below = changed.lower_bound(path + "/");
          return concerns(changed, path) ||
                 (below != changed.end() && below->starts_with(path + "/"));
        });
    it = is_touched ? state_->answers.erase(it) : std::next(it);
  }
}

}  // namespace discovery
