#include "discovery/watch/local_watcher.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <set>
#include <string>
#include <utility>

#include <sys/vfs.h>

#include "discovery/watch/inotify_watcher.h"
#include "discovery/watch/polling_watcher.h"

namespace discovery {
namespace {

/// File systems whose files may be changed by another machine, or by a program behind them, without
/// a word to this kernel. Numbers from statfs(2).
constexpr std::uint32_t k_silent_file_systems[] = {
    0x6969,      // NFS
    0x517B,      // SMB
    0xFF534D42,  // CIFS
    0xFE534D42,  // SMB2
    0x65735546,  // FUSE, virtiofs
    0x01021997,  // 9p: Windows drives in WSL, folders of hosts in virtual machines
    0x00C36400,  // Ceph
    0x5346414F,  // AFS
    0x786F4256,  // shared folders of VirtualBox
    0x7C7C6673,  // shared folders of Parallels
};

bool is_silent(const std::string& folder) {
  struct statfs info {};
  if (::statfs(folder.c_str(), &info) != 0) {
    return false;
  }
  const auto type = static_cast<std::uint32_t>(info.f_type);
  return std::find(std::begin(k_silent_file_systems), std::end(k_silent_file_systems), type) !=
         std::end(k_silent_file_systems);
}

/// Both backends, one folder in one of them.
class LocalWatcher final : public Watcher {
 public:
  LocalWatcher(base::FileSystem& files, base::Clock& clock, const LocalWatcherOptions& options)
      : polling_(files, clock) {
    if (options.method == WatchMethod::polling) {
      return;
    }
    auto inotify = InotifyWatcher::open(
        files,
        [this](const std::string& folder, int error_number) { poll(folder, error_number); },
        {options.max_watches, options.max_events});
    if (inotify) {
      inotify_ = *std::move(inotify);
    } else {
      remark("Changes are found by looking again and again, which is slower than events: " +
             inotify.error().message +
             ". Each program that watches needs one of fs.inotify.max_user_instances.");
    }
  }

  base::Status add(const std::string& folder) override {
    if (inotify_ == nullptr) {
      return polling_.add(folder);
    }
    if (is_silent(folder)) {
      TRY(polling_.add(folder));
      remark("Changes in " + folder +
             " and other folders of network file systems are found by looking again and again: "
             "such file systems do not tell of changes that other machines make.");
      return {};
    }
    base::Status added = inotify_->add(folder);
    if (!added) {
      polling_.miss(folder);
    }
    return added;
  }

  void remove(const std::string& folder) override {
    if (inotify_ != nullptr) {
      inotify_->remove(folder);
    }
    polling_.remove(folder);
  }

  void enter(FolderTrees trees) override {
    if (inotify_ != nullptr) {
      inotify_->enter(trees);
    }
    polling_.enter(std::move(trees));
  }

  std::vector<std::string> folders() const override {
    std::vector<std::string> all = polling_.folders();
    if (inotify_ != nullptr) {
      const std::vector<std::string> more = inotify_->folders();
      all.insert(all.end(), more.begin(), more.end());
    }
    return all;
  }

  WatchNews take(Look look) override {
    WatchNews news;
    if (inotify_ != nullptr) {
      news = inotify_->take(look);
    }
    WatchNews more = polling_.take(look);
    std::move(more.events.begin(), more.events.end(), std::back_inserter(news.events));
    std::move(
        more.new_folders.begin(), more.new_folders.end(), std::back_inserter(news.new_folders));
    news.has_lost_events = news.has_lost_events || more.has_lost_events;
    news.remarks = std::exchange(remarks_, {});
    return news;
  }

  int descriptor() const override { return inotify_ == nullptr ? -1 : inotify_->descriptor(); }

  std::optional<std::int64_t> due_in_ns() const override { return polling_.due_in_ns(); }

 private:
  void poll(const std::string& folder, int error_number) {
    // One that is gone by now has an event that says so.
    const base::Status ignored = polling_.add(folder);
    static_cast<void>(ignored);
    if (error_number == ENOSPC) {
      remark(
          "The system allows no more watches (fs.inotify.max_user_watches): the folders beyond "
          "are looked at again and again, so that changes there are seen late. To allow more: "
          "sudo sysctl fs.inotify.max_user_watches=524288");
    } else if (error_number != EACCES) {
      remark("Some folders cannot be watched and are looked at again and again: " + folder + ": " +
             std::strerror(error_number) + ".");
    }
  }

  void remark(std::string text) {
    if (said_.insert(text.substr(0, 40)).second) {
      remarks_.push_back(std::move(text));
    }
  }

  PollingWatcher polling_;
  std::unique_ptr<InotifyWatcher> inotify_;
  /// Beginnings of remarks: one that names a folder is not repeated for the next one.
  std::set<std::string> said_;
  std::vector<std::string> remarks_;
};

}  // namespace

std::unique_ptr<Watcher> make_local_watcher(base::FileSystem& files,
                                            base::Clock& clock,
                                            const LocalWatcherOptions& options) {
  return std::make_unique<LocalWatcher>(files, clock, options);
}

}  // namespace discovery
