#include "discovery/watch/folder_walk.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "base/source_path.h"

namespace discovery {
namespace {

/// Deeper than any tree of sources; symlinks are not followed, so only real folders count.
constexpr std::size_t k_max_depth = 256;
/// To look everywhere costs less than to handle so many paths.
constexpr std::size_t k_max_events = 100'000;

}  // namespace

bool FolderTrees::contains(const std::string& folder) const {
  const std::string_view name = std::string_view(folder).substr(folder.rfind('/') + 1);
  return name != "node_modules" && name != ".git" &&
         std::find(except_.begin(), except_.end(), folder) == except_.end() &&
         std::any_of(roots_.begin(), roots_.end(), [&](const std::string& root) {
           return folder == root || folder.starts_with(root + "/");
         });
}

void walk_new_folder(const std::string& folder,
                     const FolderTrees& trees,
                     base::FileSystem& files,
                     Watcher& watcher,
                     WatchNews& news) {
  std::vector<std::pair<std::string, std::size_t>> open = {{folder, 0}};
  while (!open.empty()) {
    const auto [path, depth] = std::move(open.back());
    open.pop_back();
    if (!trees.contains(path)) {
      continue;
    }
    if (depth > k_max_depth || news.events.size() > k_max_events) {
      news.events.clear();
      news.has_lost_events = true;
      return;
    }
    // One that is gone again has an event that says so.
    if (!watcher.add(path)) {
      continue;
    }
    news.new_folders.push_back(path);
    const auto entries = files.list(path);
    if (!entries) {
      continue;
    }
    for (const base::DirectoryEntry& entry : *entries) {
      std::string child = base::join_path(path, entry.name);
      const bool is_folder = entry.kind == base::FileKind::directory;
      news.events.push_back({child, is_folder ? FileEvent::Kind::folder : FileEvent::Kind::entry});
      if (is_folder) {
        open.emplace_back(std::move(child), depth + 1);
      }
    }
  }
}

}  // namespace discovery
