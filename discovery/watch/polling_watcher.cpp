#include "discovery/watch/polling_watcher.h"

#include <algorithm>

#include "base/scan_start.h"
#include "base/source_path.h"

namespace discovery {
namespace {

using base::FileKind;

/// One part of looking, nineteen of waiting.
constexpr std::int64_t k_waits_per_look = 19;

bool is_same(const std::optional<base::FileStatus>& left,
             const std::optional<base::FileStatus>& right) {
  if (!left || !right) {
    return left.has_value() == right.has_value();
  }
  return left->kind == right->kind && left->stamp == right->stamp && left->mode == right->mode;
}

FileEvent::Kind event_kind(FileKind kind) {
  return kind == FileKind::directory ? FileEvent::Kind::folder : FileEvent::Kind::entry;
}

}  // namespace

base::Status PollingWatcher::add(const std::string& folder) {
  if (folders_.contains(folder)) {
    return {};
  }
  const auto status = files_.status(folder);
  if (!status || status->kind != FileKind::directory) {
    miss(folder);
    return base::fail(base::ErrorCode::not_found, "no folder to watch: " + folder);
  }
  folders_.emplace(folder, look_at(folder, files_.disk_time({}).wall_ns));
  return {};
}

void PollingWatcher::miss(const std::string& path) {
  const auto above = folders_.find(std::string(base::parent_path(path)));
  if (above != folders_.end()) {
    above->second.entries.erase(path.substr(path.rfind('/') + 1));
  }
}

std::vector<std::string> PollingWatcher::folders() const {
  std::vector<std::string> all;
  all.reserve(folders_.size());
  for (const auto& [path, folder] : folders_) {
    all.push_back(path);
  }
  return all;
}

std::optional<std::int64_t> PollingWatcher::due_in_ns() const {
  if (folders_.empty()) {
    return std::nullopt;
  }
  return std::max<std::int64_t>(next_sweep_ns_ - clock_.now_ns(), 0);
}

WatchNews PollingWatcher::take(Look look) {
  WatchNews news;
  const std::int64_t begin_ns = clock_.now_ns();
  if (folders_.empty() || (look == Look::cheap && begin_ns < next_sweep_ns_)) {
    return news;
  }
  sweep(news);
  const std::int64_t end_ns = clock_.now_ns();
  interval_ns_ = std::clamp(
      (end_ns - begin_ns) * k_waits_per_look, k_shortest_interval_ns, k_longest_interval_ns);
  next_sweep_ns_ = end_ns + interval_ns_;
  return news;
}

PollingWatcher::Folder PollingWatcher::look_at(const std::string& path, std::int64_t now_ns) const {
  Folder folder;
  const auto entries = files_.list(path);
  if (!entries) {
    return folder;
  }
  folder.is_listed = true;
  for (const base::DirectoryEntry& entry : *entries) {
    Entry& known = folder.entries[entry.name];
    known.kind = entry.kind;
    if (entry.kind == FileKind::directory) {
      continue;
    }
    if (const auto status = files_.status(base::join_path(path, entry.name))) {
      known.status = *status;
      known.is_young = base::is_racy(status->stamp, now_ns - base::ScanStart::k_slack_ns);
    }
  }
  return folder;
}

void PollingWatcher::sweep(WatchNews& news) {
  const std::int64_t now_ns = files_.disk_time({}).wall_ns;
  // Folders that come to be are added while this runs; they were looked at then.
  for (const std::string& path : folders()) {
    const auto known = folders_.find(path);
    if (known == folders_.end()) {
      continue;
    }
    const auto status = files_.status(path);
    if (!status || status->kind != FileKind::directory) {
      folders_.erase(known);
      miss(path);
      news.events.push_back({path, FileEvent::Kind::folder, true});
      continue;
    }
    Folder now = look_at(path, now_ns);
    const Folder before = std::exchange(known->second, now);
    compare(path, before, now, news);
  }
}

void PollingWatcher::compare(const std::string& path,
                             const Folder& before,
                             const Folder& now,
                             WatchNews& news) {
  if (before.is_listed != now.is_listed) {
    news.events.push_back({path, FileEvent::Kind::folder, true});
  }
  for (const auto& [name, entry] : before.entries) {
    if (!now.entries.contains(name)) {
      news.events.push_back({base::join_path(path, name), event_kind(entry.kind), true});
    }
  }
  for (const auto& [name, entry] : now.entries) {
    const std::string child = base::join_path(path, name);
    const auto old = before.entries.find(name);
    if (old != before.entries.end() && old->second.kind == entry.kind) {
      const bool has_same_stamp = is_same(old->second.status, entry.status);
      if (old->second.is_young || !has_same_stamp) {
        // Another content under the same stamp is of the same moment as the last look.
        news.events.push_back({child, FileEvent::Kind::content, !has_same_stamp});
      }
      continue;
    }
    news.events.push_back({child, event_kind(entry.kind), true});
    if (entry.kind == FileKind::directory) {
      walk_new_folder(child, trees_, files_, *this, news);
    }
  }
}

}  // namespace discovery
