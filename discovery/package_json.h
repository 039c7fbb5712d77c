#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/file_system.h"
#include "discovery/folder_cache.h"

namespace discovery {

/// A bare specifier taken apart: `@acme/ui/button` is `@acme/ui` and `./button`; without a rest the
/// subpath is `.`.
struct PackageRequest {
  std::string name;
  std::string subpath;

  friend bool operator==(const PackageRequest&, const PackageRequest&) = default;
};
PackageRequest split_package_request(std::string_view specifier);

/// What a key of `exports` or `imports` leads to: a path, nothing, alternatives, or one target per
/// condition in the order of the file.
struct ExportTarget {
  enum class Kind : std::uint8_t { path, nothing, list, conditions };
  Kind kind = Kind::nothing;
  std::string path;
  /// Of a list or of conditions.
  std::vector<ExportTarget> children;
  /// The condition of each child; empty in a list.
  std::vector<std::string> conditions;
};
using ExportMap = std::vector<std::pair<std::string, ExportTarget>>;

/// The targets to try for `key`, best first, as Node chooses them: the exact key, else the pattern
/// (`./features/*`) or folder key with the longest prefix; in it every target whose conditions
/// hold. `*` is filled in. Empty if the map does not offer the key.
std::vector<std::string> export_targets(const ExportMap& map,
                                        std::string_view key,
                                        const std::vector<std::string>& conditions);

/// What a package.json says about finding modules.
struct PackageJson {
  std::string path;
  std::string name;
  /// The first that is given of `typings`, `types`, `main` and `module`; TypeScript looks no
  /// further either.
  std::string entry_point;
  std::string tsconfig;
  /// Given, and so the only way into the package. A plain target stands under ".".
  std::optional<ExportMap> exports;
  ExportMap imports;
  /// The globs of `workspaces`, in both of its forms.
  std::vector<std::string> workspaces;
  /// Names of all kinds of dependencies, sorted.
  std::vector<std::string> dependencies;
};

/// Reads each package.json once. A broken one says nothing: its own package manager reports it.
/// Not thread-safe.
class PackageJsonLoader {
 public:
  PackageJsonLoader(base::FileSystem& files, FolderCache& folders)
      : files_(files), folders_(folders) {}

  /// Of the package in `folder`; null if it has none.
  const PackageJson* load(const std::string& folder);

 private:
  base::FileSystem& files_;
  FolderCache& folders_;
  std::unordered_map<std::string, std::unique_ptr<PackageJson>> packages_;
};

}  // namespace discovery
