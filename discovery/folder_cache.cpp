#include "discovery/folder_cache.h"

#include "base/source_path.h"

namespace discovery {

using base::FileKind;

namespace {

std::string name_in(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

}  // namespace

FolderCache::Folder& FolderCache::folder_at(const std::string& path) {
  const auto found = folders_.find(path);
  if (found != folders_.end()) {
    return *found->second;
  }
  auto folder = std::make_unique<Folder>();
  // Where the folder above is known, it says without a call whether this one exists.
  const std::string parent(base::parent_path(path));
  const bool is_known_missing =
      path != "/" && folders_.count(parent) > 0 && kind_of(path) != PathKind::folder;
  if (is_known_missing) {
    // Known without a call; asked all the same, for who notes what the disk was asked (DiskLooks).
    const auto ignored = files_.status(path);
    static_cast<void>(ignored);
  } else {
    base::Result<std::vector<base::DirectoryEntry>> entries = files_.list(path);
    if (entries) {
      folder->state = Folder::State::listed;
      for (base::DirectoryEntry& entry : *entries) {
        folder->entries[std::move(entry.name)].kind = entry.kind;
      }
    } else if (entries.error().code != base::ErrorCode::not_found) {
      folder->state = Folder::State::opaque;
    }
  }
  return *folders_.emplace(path, std::move(folder)).first->second;
}

PathKind FolderCache::ask(const std::string& path) {
  const base::Result<base::FileStatus> status = files_.status(path);
  if (!status) {
    return PathKind::nothing;
  }
  switch (status->kind) {
    case FileKind::regular:
      return PathKind::file;
    case FileKind::directory:
      return PathKind::folder;
    default:
      return PathKind::nothing;
  }
}

PathKind FolderCache::kind_of(const std::string& path) {
  if (path == "/") {
    return PathKind::folder;
  }
  Folder& folder = folder_at(std::string(base::parent_path(path)));
  if (folder.state == Folder::State::missing) {
    return PathKind::nothing;
  }
  if (folder.state == Folder::State::opaque) {
    return ask(path);
  }
  const auto found = folder.entries.find(name_in(path));
  if (found == folder.entries.end()) {
    return PathKind::nothing;
  }
  Entry& entry = found->second;
  switch (entry.kind) {
    case FileKind::regular:
      return PathKind::file;
    case FileKind::directory:
      return PathKind::folder;
    case FileKind::symlink:
      has_followed_links_ = true;
      if (!entry.is_followed) {
        entry.target = ask(path);
        entry.is_followed = true;
      }
      return entry.target;
    case FileKind::other:
      return PathKind::nothing;
  }
  return PathKind::nothing;
}

std::string FolderCache::real_path(const std::string& path) {
  if (path == "/") {
    return path;
  }
  const std::string parent(base::parent_path(path));
  Folder& folder = folder_at(parent);
  const auto entry = folder.entries.find(name_in(path));
  const bool is_plain = entry != folder.entries.end() && entry->second.kind != FileKind::symlink;
  if (!is_plain) {
    return files_.real_path(path).value_or(path);
  }
  if (folder.real_path.empty()) {
    // Where the folder above is known, it says whether this one is a symlink. One level of
    // recursion for each name of the path.
    const bool is_above_known = folders_.count(std::string(base::parent_path(parent))) > 0;
    folder.real_path =
        is_above_known ? real_path(parent) : files_.real_path(parent).value_or(parent);
  }
  return (folder.real_path == "/" ? "" : folder.real_path) + "/" + entry->first;
}

void FolderCache::forget(std::string_view path) {
  // With a file, folders above it may have come or gone.
  for (std::string_view above = base::parent_path(path); !above.empty();
       above = base::parent_path(above)) {
    folders_.erase(std::string(above));
    if (above == "/") {
      break;
    }
  }
  const std::string below = std::string(path) + "/";
  for (auto it = folders_.begin(); it != folders_.end();) {
    const bool is_gone = it->first == path || it->first.starts_with(below);
    it = is_gone ? folders_.erase(it) : std::next(it);
  }
}

}  // namespace discovery
