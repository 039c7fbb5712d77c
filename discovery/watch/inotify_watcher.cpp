#include "discovery/watch/inotify_watcher.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <sys/inotify.h>
#include <unistd.h>

#include "base/source_path.h"

namespace discovery {
namespace {

/// Not IN_MODIFY: a file that is still being written is of no use, and most reads that it leads to
/// see half a file. Files that were unlinked while open are nobody's sources.
constexpr std::uint32_t k_mask = IN_CLOSE_WRITE | IN_MOVED_FROM | IN_MOVED_TO | IN_CREATE |
                                 IN_DELETE | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF |
                                 IN_ONLYDIR | IN_EXCL_UNLINK;

/// Some two thousand events.
constexpr std::size_t k_buffer_bytes = 65536;

FileEvent::Kind kind_of(const inotify_event& event) {
  if ((event.mask & IN_ISDIR) != 0) {
    return FileEvent::Kind::folder;
  }
  if ((event.mask & (IN_DELETE | IN_MOVED_FROM)) != 0) {
    return FileEvent::Kind::gone;
  }
  if ((event.mask & (IN_CLOSE_WRITE | IN_ATTRIB)) != 0) {
    return FileEvent::Kind::content;
  }
  return (event.mask & IN_CREATE) != 0 ? FileEvent::Kind::created : FileEvent::Kind::entry;
}

}  // namespace

base::Result<std::unique_ptr<InotifyWatcher>> InotifyWatcher::open(base::FileSystem& files,
                                                                   Fallback fallback,
                                                                   Options options) {
  const int descriptor = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  if (descriptor < 0) {
    return base::fail(base::ErrorCode::io,
                      "cannot watch folders: " + std::string(std::strerror(errno)));
  }
  return std::unique_ptr<InotifyWatcher>(
      new InotifyWatcher(files, std::move(fallback), options, descriptor));
}

InotifyWatcher::InotifyWatcher(base::FileSystem& files,
                               Fallback fallback,
                               Options options,
                               int descriptor)
    : files_(files), fallback_(std::move(fallback)), options_(options), descriptor_(descriptor) {}

InotifyWatcher::~InotifyWatcher() {
  ::close(descriptor_);
}

base::Status InotifyWatcher::add(const std::string& folder) {
  const bool is_full = names_.size() >= options_.max_watches && !watches_.contains(folder);
  // Asked even of a folder that is watched: another one may be at its place by now.
  const int watch = is_full ? -1 : ::inotify_add_watch(descriptor_, folder.c_str(), k_mask);
  if (watch < 0) {
    const int error_number = is_full ? ENOSPC : errno;
    unbind(folder);
    if (error_number == ENOENT || error_number == ENOTDIR || error_number == ELOOP ||
        error_number == ENAMETOOLONG) {
      return base::fail(base::ErrorCode::not_found, "no folder to watch: " + folder);
    }
    fallback_(folder, error_number);
    return {};
  }
  bind(folder, watch);
  return {};
}

void InotifyWatcher::remove(const std::string& folder) {
  unbind(folder);
}

std::vector<std::string> InotifyWatcher::folders() const {
  std::vector<std::string> all;
  all.reserve(watches_.size());
  for (const auto& [folder, watch] : watches_) {
    all.push_back(folder);
  }
  return all;
}

WatchNews InotifyWatcher::take(Look /*look*/) {
  WatchNews news;
  std::size_t count = 0;
  alignas(inotify_event) std::array<char, k_buffer_bytes> buffer;
  while (true) {
    const ssize_t size = ::read(descriptor_, buffer.data(), buffer.size());
    if (size < 0 && errno == EINTR) {
      continue;
    }
    if (size <= 0) {
      return news;
    }
    for (std::size_t at = 0; at < static_cast<std::size_t>(size);) {
      // NOLINTNEXTLINE(*-reinterpret-cast): the kernel's own layout, aligned by the kernel.
      const auto* event = reinterpret_cast<const inotify_event*>(buffer.data() + at);
      if (++count > options_.max_events) {
        news.has_lost_events = true;
      } else {
        take_event(*event, news);
      }
      at += sizeof(inotify_event) + event->len;
    }
  }
}

void InotifyWatcher::take_event(const inotify_event& event, WatchNews& news) {
  if ((event.mask & (IN_Q_OVERFLOW | IN_UNMOUNT)) != 0) {
    news.has_lost_events = true;
    return;
  }
  if ((event.mask & IN_IGNORED) != 0) {
    take_end_of(event.wd, news);
    return;
  }
  const auto names = names_.find(event.wd);
  if (names == names_.end()) {
    news.has_lost_events = news.has_lost_events || !leaving_.contains(event.wd);
    return;
  }
  if ((event.mask & IN_MOVE_SELF) != 0) {
    check_place_of(event.wd, news);
    return;
  }
  // A copy: what is told may change the names.
  for (const std::string& folder : std::vector<std::string>(names->second)) {
    take_event_in(folder, event, news);
  }
}

void InotifyWatcher::take_event_in(const std::string& folder,
                                   const inotify_event& event,
                                   WatchNews& news) {
  if (event.len == 0) {
    news.events.push_back({folder, FileEvent::Kind::folder});
    return;
  }
  const std::string path = base::join_path(folder, event.name);
  const bool is_folder = (event.mask & IN_ISDIR) != 0;
  news.events.push_back({path, kind_of(event)});
  if (is_folder && (event.mask & (IN_MOVED_FROM | IN_DELETE)) != 0) {
    // It goes on under another name, elsewhere.
    unbind_all_below(path);
  } else if (is_folder && (event.mask & (IN_CREATE | IN_MOVED_TO)) != 0) {
    walk_new_folder(path, trees_, files_, *this, news);
  }
}

// The kernel gave the watch up: the folder is gone.
void InotifyWatcher::take_end_of(int watch, WatchNews& news) {
  leaving_.erase(watch);
  const auto names = names_.find(watch);
  if (names == names_.end()) {
    return;
  }
  for (const std::string& folder : names->second) {
    watches_.erase(folder);
    news.events.push_back({folder, FileEvent::Kind::folder});
  }
  names_.erase(names);
}

// The folder was moved: names that do not lead to it any more are no names of it.
void InotifyWatcher::check_place_of(int watch, WatchNews& news) {
  for (const std::string& folder : std::vector<std::string>(names_.at(watch))) {
    const int now = ::inotify_add_watch(descriptor_, folder.c_str(), k_mask);
    if (now == watch) {
      continue;
    }
    unbind_all_below(folder);
    if (now >= 0) {
      bind(folder, now);
    }
    news.events.push_back({folder, FileEvent::Kind::folder});
  }
}

void InotifyWatcher::bind(const std::string& folder, int watch) {
  const auto [known, is_new] = watches_.try_emplace(folder, watch);
  if (!is_new) {
    if (known->second == watch) {
      return;
    }
    unbind(folder);
    watches_[folder] = watch;
  }
  leaving_.erase(watch);
  names_[watch].push_back(folder);
}

void InotifyWatcher::unbind(const std::string& folder) {
  const auto known = watches_.find(folder);
  if (known == watches_.end()) {
    return;
  }
  const int watch = known->second;
  watches_.erase(known);
  std::vector<std::string>& names = names_.at(watch);
  names.erase(std::remove(names.begin(), names.end(), folder), names.end());
  if (names.empty()) {
    names_.erase(watch);
    // Fails where the folder is gone, and the kernel gave the watch up by itself.
    const int ignored = ::inotify_rm_watch(descriptor_, watch);
    static_cast<void>(ignored);
    leaving_.insert(watch);
  }
}

void InotifyWatcher::unbind_all_below(const std::string& folder) {
  std::vector<std::string> gone;
  const std::string below = folder + "/";
  if (watches_.contains(folder)) {
    gone.push_back(folder);
  }
  for (auto it = watches_.lower_bound(below); it != watches_.end() && it->first.starts_with(below);
       ++it) {
    gone.push_back(it->first);
  }
  for (const std::string& path : gone) {
    unbind(path);
  }
}

}  // namespace discovery
