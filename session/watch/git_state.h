#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/file_system.h"
#include "session/watch/settle_rule.h"

namespace session {

/// Asks what git does in the repository that a folder is in. Files tell: git writes
/// `.git/index.lock` before it touches the work tree and renames it when it is done.
class GitWatch {
 public:
  /// `files` must outlive this.
  explicit GitWatch(base::FileSystem& files) : files_(files) {}

  GitState state_of(const std::string& folder);

  /// A lock that outlasted all patience was left by a process that died: it does not count any
  /// more, until it is another one.
  void ignore_lock_of(const std::string& folder);

 private:
  const std::string& git_folder_of(const std::string& folder);

  base::FileSystem& files_;
  /// Empty where there is none.
  std::map<std::string, std::string> git_folders_;
  std::map<std::string, base::FileStamp> dead_locks_;
};

}  // namespace session
