#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/file_system.h"

namespace session {

/// Where a path leads, link by link.
struct LinkWay {
  /// The symlinks that are followed, each under the name that has no symlinks above it.
  std::vector<std::string> links;
  /// Without symlinks. Of a chain that is broken, what is missing.
  std::string end;
};

/// Follows symlinks as the system does, and says which. Each is read once, until forget().
class LinkReader {
 public:
  /// `files` must outlive this.
  explicit LinkReader(base::FileSystem& files) : files_(files) {}

  /// `path` is absolute and normalised.
  LinkWay follow(const std::string& path);
  void forget() { targets_.clear(); }

 private:
  const std::optional<std::string>& target_of(const std::string& path);

  base::FileSystem& files_;
  std::unordered_map<std::string, std::optional<std::string>> targets_;
};

}  // namespace session
