#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "discovery/config_finder.h"
#include "discovery/folder_cache.h"
#include "discovery/module_resolver.h"
#include "discovery/package_json.h"
#include "discovery/tsconfig.h"
#include "discovery/workspace.h"

namespace discovery {

/// What a search asks.
struct ModuleSources {
  FolderCache& folders;
  PackageJsonLoader& packages;
  ConfigFinder& configs;
  WorkspaceFinder& workspaces;
};

/// One search for one specifier from one folder.
///
/// At each place source code (`.ts`) wins over scripts (`.js`), and those over declarations
/// (`.d.ts`), which hold no documents. Only a package is searched once per kind, as TypeScript
/// does.
class ModuleSearch {
 public:
  /// `config` may be null. `folder` is the importer's, absolute.
  ModuleSearch(const ModuleSources& sources, std::string folder, const TsConfig* config)
      : sources_(sources), folder_(std::move(folder)), config_(config) {}

  /// All but `path` of the answer; `absolute_path` is without symlinks.
  ModuleResolution run(std::string_view specifier);

 private:
  enum class Pass : std::uint8_t { all, code, script, declaration };
  /// Where a package is.
  struct Package {
    enum class Kind : std::uint8_t { nowhere, foreign, member };
    Kind kind = Kind::nowhere;
    std::string folder;
  };
  using Found = std::optional<std::string>;

  bool claim_below(const std::string& folder);
  bool is_foreign_package(const std::string& name, bool is_bare);
  bool is_package_above(const std::string& name);
  Found find(const std::string& specifier);
  Found find_relative(const std::string& specifier);
  Found find_in_root_dirs(const std::string& candidate, bool is_folder);
  Found find_bare(const std::string& specifier);
  Found find_below_packages(const std::string& specifier);
  Found find_by_alias(const std::string& specifier, bool& is_matched);
  Found find_internal(const std::string& specifier);
  Found find_in_own_package(const PackageRequest& request);
  Found find_in_package(const std::string& package_folder, const std::string& subpath);
  Found find_once_in_package(const std::string& package_folder, const std::string& subpath);
  Found find_target(const std::string& package_folder, const std::string& target);

  Found try_path(const std::string& candidate, bool is_folder);
  Found try_file(const std::string& candidate);
  Found try_written(const std::string& candidate);
  Found try_entry(const std::string& package_folder, const std::string& entry);
  Found try_folder(const std::string& candidate);
  Found try_source_of_output(const std::string& package_folder, const std::string& output);
  bool try_exact(const std::string& path);
  std::vector<const char*> extensions_for(std::string_view extension) const;

  const Package& locate(const std::string& name);
  Package locate_package(const std::string& name);
  const PackageJson* own_package(std::string& package_folder);
  std::vector<std::string> conditions() const;
  void use(const PackageJson* package);

  ModuleSources sources_;
  std::string folder_;
  const TsConfig* config_;
  Pass pass_ = Pass::all;
  /// How many packages lead to one another by `imports`; bounded.
  unsigned hops_ = 0;
  /// A file that is not there would be the project's: by an alias, or by the folder it is in.
  bool is_claimed_ = false;
  /// The package that an internal name (`#client`) leads to.
  std::string foreign_;
  std::map<std::string, Package> located_;
  ModuleResolution result_;
};

}  // namespace discovery
