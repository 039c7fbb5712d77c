#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/file_system.h"

namespace discovery {

/// What stands at a path once symlinks are followed.
enum class PathKind : std::uint8_t { nothing, file, folder };

/// Answers "is it there?" for thousands of candidate paths with one list call per folder, which is
/// what makes probing as TypeScript does affordable.
///
/// A folder that cannot be listed but is there (no permission) is asked path by path. Paths are
/// absolute and normalised. Knows the disk as it was at the first question; forget() takes back
/// what changed. Not thread-safe.
class FolderCache {
 public:
  explicit FolderCache(base::FileSystem& files) : files_(files) {}

  PathKind kind_of(const std::string& path);
  bool is_file(const std::string& path) { return kind_of(path) == PathKind::file; }
  bool is_folder(const std::string& path) { return kind_of(path) == PathKind::folder; }

  /// The path without symlinks; `path` itself where it leads to nothing.
  std::string real_path(const std::string& path);

  /// Whether an answer depends on where a symlink leads, so that a change elsewhere than in its own
  /// folder may change it.
  bool has_followed_links() const { return has_followed_links_; }

  /// Takes back what is known of `path`, of the folders it is in and of all below it.
  void forget(std::string_view path);

 private:
  struct Entry {
    base::FileKind kind = base::FileKind::other;
    /// Of a symlink, once asked: what it leads to.
    bool is_followed = false;
    PathKind target = PathKind::nothing;
  };
  struct Folder {
    enum class State : std::uint8_t { missing, listed, opaque };
    State state = State::missing;
    std::unordered_map<std::string, Entry> entries;
    /// Once asked.
    std::string real_path;
  };

  Folder& folder_at(const std::string& path);
  PathKind ask(const std::string& path);

  base::FileSystem& files_;
  std::unordered_map<std::string, std::unique_ptr<Folder>> folders_;
  bool has_followed_links_ = false;
};

}  // namespace discovery
