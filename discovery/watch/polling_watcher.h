#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/file_system.h"
#include "discovery/watch/folder_walk.h"
#include "discovery/watch/watcher.h"

namespace discovery {

/// Looks at folders and the files in them again and again: for file systems whose changes nobody
/// tells, and for folders beyond the kernel's limit.
///
/// A change is seen one interval late. The interval grows with the time that a round takes, so that
/// looking costs no more than a twentieth of one core.
class PollingWatcher final : public Watcher {
 public:
  static constexpr std::int64_t k_shortest_interval_ns = 200'000'000;
  static constexpr std::int64_t k_longest_interval_ns = 5'000'000'000;

  /// Both must outlive the watcher.
  PollingWatcher(base::FileSystem& files, base::Clock& clock) : files_(files), clock_(clock) {}

  base::Status add(const std::string& folder) override;
  void remove(const std::string& folder) override { folders_.erase(folder); }
  void enter(FolderTrees trees) override { trees_ = std::move(trees); }
  std::vector<std::string> folders() const override;
  WatchNews take(Look look) override;
  int descriptor() const override { return -1; }
  std::optional<std::int64_t> due_in_ns() const override;

  bool contains(const std::string& folder) const { return folders_.contains(folder); }

  /// Somebody found that nothing is at `path`, and waits for it. The last look at the folder above
  /// may have been before it left: then only what is forgotten here makes its return a change.
  void miss(const std::string& path);

 private:
  struct Entry {
    base::FileKind kind = base::FileKind::other;
    /// Of what symlinks lead to; nothing where they lead nowhere.
    std::optional<base::FileStatus> status;
    /// Written so lately that it may change again under the same stamp.
    bool is_young = false;
  };
  struct Folder {
    bool is_listed = false;
    std::map<std::string, Entry> entries;
  };

  Folder look_at(const std::string& path, std::int64_t now_ns) const;
  void sweep(WatchNews& news);
  void compare(const std::string& path, const Folder& before, const Folder& now, WatchNews& news);

  base::FileSystem& files_;
  base::Clock& clock_;
  FolderTrees trees_;
  std::map<std::string, Folder> folders_;
  std::int64_t interval_ns_ = k_shortest_interval_ns;
  std::int64_t next_sweep_ns_ = 0;
};

}  // namespace discovery
