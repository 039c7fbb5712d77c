#pragma once

#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/source_path.h"
#include "discovery/name_resolver.h"
#include "discovery/source_store.h"

namespace session {

/// The files behind barrels that names were asked of, by their texts alone (ExportFilter), and the
/// files whose names that were. Not thread-safe.
class BarrelUsers {
 public:
  /// `store` must outlive this.
  explicit BarrelUsers(discovery::SourceStore& store) : store_(store) {}

  void look_at(const std::vector<base::SourcePath>& paths);
  bool may_export(const base::SourcePath& path, const std::string& name) const;

  void add(const base::SourcePath& user, const discovery::NameTrace& trace);
  void remove(const base::SourcePath& user, const discovery::NameTrace& trace);

  /// Looks at a file that changed, and adds those of its users to `stale` for whom it may export
  /// other names now.
  template <typename TraceOf>
  void add_stale(const base::SourcePath& path,
                 TraceOf trace_of,
                 std::set<base::SourcePath>& stale) {
    const auto users = users_.find(path);
    if (users == users_.end()) {
      return;
    }
    const Change change = look_again(path);
    for (const base::SourcePath& user : users->second) {
      if (change.touches(trace_of(user).offered_names)) {
        stale.insert(user);
      }
    }
  }

 private:
  /// What a file may export, before and now.
  struct Change {
    /// Not known before, or not now.
    bool is_anything = true;
    discovery::ExportFilter before;
    discovery::ExportFilter now;

    bool touches(const std::set<std::string>& names) const;
  };

  /// Whether its text says what a file exports, and not the globs and the disk.
  static bool can_tell(const discovery::SourceFile* file);
  Change look_again(const base::SourcePath& path);

  discovery::SourceStore& store_;
  std::unordered_map<base::SourcePath, std::set<base::SourcePath>> users_;
};

}  // namespace session
