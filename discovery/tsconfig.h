#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/file_system.h"
#include "discovery/folder_cache.h"
#include "discovery/glob.h"
#include "discovery/package_json.h"

namespace discovery {

/// One key of `compilerOptions.paths`: `"@/*": ["src/*", "lib/*"]`.
struct PathAlias {
  /// Before and behind the `*`; without one, `prefix` is the whole key.
  std::string prefix;
  std::string suffix;
  bool has_star = false;
  /// Absolute, with their `*`.
  std::vector<std::string> targets;

  friend bool operator==(const PathAlias&, const PathAlias&) = default;
};

/// What a tsconfig.json or jsconfig.json says about finding modules, `extends` and `${configDir}`
/// worked in. All paths are absolute; empty ones were not given.
struct TsConfig {
  std::string path;
  std::string base_url;
  std::vector<PathAlias> paths;
  std::vector<std::string> root_dirs;
  std::string root_dir;
  std::string out_dir;
  std::string declaration_dir;
  std::vector<std::string> custom_conditions;
  /// The config files that `references` names.
  std::vector<std::string> references;
  /// Every file that was read for it: itself, then those it extends.
  std::vector<std::string> files_read;

  /// `files`, `include` and `exclude`.
  std::vector<std::string> files;
  GlobList include;
  GlobList exclude;

  /// Whether the file belongs to this project.
  bool covers(const std::string& absolute_path) const;
};

/// Reads configs with all that they extend, each once.
///
/// A config that cannot be read is a problem, not a failure: resolution goes on without what it
/// says. Not thread-safe.
class TsConfigLoader {
 public:
  /// `root` is absolute; problems are named relative to it.
  TsConfigLoader(base::FileSystem& files,
                 FolderCache& folders,
                 PackageJsonLoader& packages,
                 std::string root)
      : files_(files), folders_(folders), packages_(packages), root_(std::move(root)) {}

  /// The config in the file at `path`; one that says nothing if the file is broken. Null if there
  /// is no such file.
  const TsConfig* load(const std::string& path);

  /// Broken files, `extends` that lead nowhere or in circles; in the order of reading.
  const std::vector<base::Diagnostic>& problems() const { return problems_; }
  /// Files that `extends` or `references` looked for and that are not there.
  const std::vector<std::string>& missing() const { return missing_; }

 private:
  struct Values;

  Values read_chain(const std::string& path, std::vector<std::string>& chain, TsConfig& config);
  std::string find_extended(const std::string& from, const std::string& specifier);
  std::string find_in_packages(const std::string& from, const std::string& specifier);
  std::vector<std::string> package_candidates(const std::string& package,
                                              const std::string& subpath);
  std::string first_file(const std::vector<std::string>& candidates);
  void report(const std::string& path, base::Span span, const char* code, std::string message);

  base::FileSystem& files_;
  FolderCache& folders_;
  PackageJsonLoader& packages_;
  std::string root_;
  std::map<std::string, std::unique_ptr<TsConfig>> configs_;
  std::vector<base::Diagnostic> problems_;
  std::vector<std::string> missing_;
};

}  // namespace discovery
