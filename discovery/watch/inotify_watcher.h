#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/file_system.h"
#include "base/result.h"
#include "discovery/watch/folder_walk.h"
#include "discovery/watch/watcher.h"

struct inotify_event;

namespace discovery {

/// Watches folders of this machine with inotify(7).
///
/// Events of one queue are ordered and are in the queue when the system call that made them
/// returns, so take() tells all that happened before it. What the kernel dropped (a full queue),
/// events of unknown folders and unmounted file systems become lost events. A folder that the
/// kernel cannot watch is handed to `fallback`.
class InotifyWatcher final : public Watcher {
 public:
  /// Called with a folder that is there and cannot be watched, and the reason from errno.
  using Fallback = std::function<void(const std::string& folder, int error_number)>;

  struct Options {
    /// As if the kernel allowed no more; for tests.
    std::size_t max_watches = static_cast<std::size_t>(-1);
    /// As if the kernel kept no more events from one take() to the next; for tests.
    std::size_t max_events = static_cast<std::size_t>(-1);
  };

  /// Fails where the kernel gives no queue: there are few per user. `files` must outlive the
  /// watcher; new folders are listed with it.
  static base::Result<std::unique_ptr<InotifyWatcher>> open(base::FileSystem& files,
                                                            Fallback fallback,
                                                            Options options);
  ~InotifyWatcher() override;
  InotifyWatcher(const InotifyWatcher&) = delete;
  InotifyWatcher& operator=(const InotifyWatcher&) = delete;

  base::Status add(const std::string& folder) override;
  void remove(const std::string& folder) override;
  void enter(FolderTrees trees) override { trees_ = std::move(trees); }
  std::vector<std::string> folders() const override;
  WatchNews take(Look look) override;
  int descriptor() const override { return descriptor_; }
  std::optional<std::int64_t> due_in_ns() const override { return std::nullopt; }

 private:
  InotifyWatcher(base::FileSystem& files, Fallback fallback, Options options, int descriptor);

  void take_event(const inotify_event& event, WatchNews& news);
  void take_event_in(const std::string& folder, const inotify_event& event, WatchNews& news);
  void take_end_of(int watch, WatchNews& news);
  void check_place_of(int watch, WatchNews& news);
  void bind(const std::string& folder, int watch);
  void unbind(const std::string& folder);
  void unbind_all_below(const std::string& folder);

  base::FileSystem& files_;
  Fallback fallback_;
  Options options_;
  int descriptor_;
  FolderTrees trees_;
  /// A folder that symlinks lead to has one watch and several names.
  std::unordered_map<int, std::vector<std::string>> names_;
  std::map<std::string, int> watches_;
  /// Watches that were given up, whose last event has not come yet.
  std::unordered_set<int> leaving_;
};

}  // namespace discovery
