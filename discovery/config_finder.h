#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "discovery/folder_cache.h"
#include "discovery/tsconfig.h"

namespace discovery {

/// Finds the config that a file belongs to, as editors do: the nearest tsconfig.json, or
/// jsconfig.json beside none, in the folders above. If that one does not cover the file but
/// references configs that do (`tsconfig.app.json`), the first of those.
///
/// Not thread-safe.
class ConfigFinder {
 public:
  ConfigFinder(FolderCache& folders, TsConfigLoader& configs)
      : folders_(folders), configs_(configs) {}

  /// Null if there is none above. The config lives as long as the loader.
  const TsConfig* config_of(const std::string& absolute_file);

  /// The nearest one above, whatever it covers.
  const TsConfig* nearest(const std::string& folder);

  /// The paths at which a new config would change an answer.
  const std::vector<std::string>& missing() const { return missing_; }

 private:
  FolderCache& folders_;
  TsConfigLoader& configs_;
  std::unordered_map<std::string, const TsConfig*> nearest_;
  std::vector<std::string> missing_;
};

}  // namespace discovery
