#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/file_system.h"
#include "discovery/folder_cache.h"
#include "discovery/package_json.h"

namespace discovery {

/// Finds the packages of a monorepo by name, for code whose packages are not linked into
/// node_modules (not installed yet, or never). The members are what `workspaces` in the nearest
/// package.json above that has it, or pnpm-workspace.yaml beside it, lists.
///
/// Lists a workspace's folders once, when first asked. Not thread-safe.
class WorkspaceFinder {
 public:
  WorkspaceFinder(base::FileSystem& files, FolderCache& folders, PackageJsonLoader& packages)
      : files_(files), folders_(folders), packages_(packages) {}

  /// The real folder of the member called `name`, for code in `folder`.
  std::optional<std::string> member(const std::string& folder, const std::string& name);

  /// Whether some package.json above `folder` says that it depends on `name`.
  bool is_dependency(const std::string& folder, const std::string& name);

 private:
  /// Name -> folder; of two members with one name the first folder counts.
  using Members = std::map<std::string, std::string>;

  const Members* members_above(const std::string& folder);
  std::vector<std::string> patterns_in(const std::string& folder);
  Members find_members(const std::string& root, const std::vector<std::string>& patterns);

  base::FileSystem& files_;
  FolderCache& folders_;
  PackageJsonLoader& packages_;
  /// By folder; nothing where there is no workspace.
  std::unordered_map<std::string, std::optional<Members>> workspaces_;
};

}  // namespace discovery
