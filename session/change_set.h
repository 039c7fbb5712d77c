#pragma once

#include <string>
#include <vector>

namespace session {

/// What may have changed since the last build: a hint about where to look, and nothing more. What
/// is true is asked of the disk, so a path too many costs a look, and in which list a path stands
/// does not matter; a path too few is a change that is not seen until it is named.
struct ChangeSet {
  /// Other inputs than files; empty means: as before.
  struct Metadata {
    /// Another hash than the last one: the schema files are read again.
    std::string schema_hash;
    /// Another one than the program's own: nothing that was kept counts any more.
    std::string analyzer_version;
  };

  /// Paths of files or folders, absolute or relative to the project's root: sources, schemas,
  /// tsconfig.json, package.json, outputs.
  std::vector<std::string> added;
  std::vector<std::string> updated;
  std::vector<std::string> removed;
  Metadata metadata;
  /// Nobody knows what changed: look everywhere.
  bool is_everything = false;

  static ChangeSet everything() {
    ChangeSet changes;
    changes.is_everything = true;
    return changes;
  }

  /// All paths, in no particular order.
  std::vector<std::string> paths() const {
    std::vector<std::string> all = added;
    all.insert(all.end(), updated.begin(), updated.end());
    all.insert(all.end(), removed.begin(), removed.end());
    return all;
  }
};

}  // namespace session
