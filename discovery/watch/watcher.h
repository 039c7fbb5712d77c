#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace discovery {

/// Something may have happened at a path: a hint to look there.
struct FileEvent {
  enum class Kind : std::uint8_t {
    /// A file's content or rights may differ.
    content,
    /// Something came to this name, or may have.
    entry,
    /// A file was made, whose content may still be written: an event says when that is done.
    created,
    /// Something left this name. Editors that save leave it for a moment.
    gone,
    /// The same, and it is or was a folder.
    folder,
  };

  /// Absolute, below a folder that is watched, under the name by which that was asked for.
  std::string path;
  Kind kind = Kind::content;
  /// It was found by looking, and happened some time since the last look: it may be older than the
  /// take() before this one.
  bool is_found = false;

  friend auto operator<=>(const FileEvent&, const FileEvent&) = default;
};

/// Folders with all that is in them, but for `node_modules`, `.git`, and those that are excepted.
class FolderTrees {
 public:
  FolderTrees() = default;
  FolderTrees(std::vector<std::string> roots, std::vector<std::string> except)
      : roots_(std::move(roots)), except_(std::move(except)) {}

  /// Whether a folder in one of them, which is not below an excepted one, is to be entered.
  bool contains(const std::string& folder) const;

 private:
  std::vector<std::string> roots_;
  std::vector<std::string> except_;
};

struct WatchNews {
  /// In the order in which it happened.
  std::vector<FileEvent> events;
  /// Anything may have happened anywhere.
  bool has_lost_events = false;
  /// Folders that came to be in watched ones and are watched from now on.
  std::vector<std::string> new_folders;
  /// What people should know of how their folders are watched; each is said once.
  std::vector<std::string> remarks;
};

/// Tells when something changes in folders: a seam, with one backend per way to find out.
///
/// Folders are watched, never files, so that whatever editors do to a file is seen. A folder that
/// comes to be in a watched one, inside the trees of enter(), is watched as well, from before its
/// content is looked at, and all that is in it is told. Paths are absolute and normalised. Not
/// thread-safe.
class Watcher {
 public:
  virtual ~Watcher() = default;

  /// Watches the entries of a folder, following symlinks; again is fine. Fails with
  /// ErrorCode::not_found where there is no folder, which is all that fails: where the system
  /// refuses, there are other ways, and a remark.
  virtual base::Status add(const std::string& folder) = 0;

  /// No events of that folder come any more; those of folders in it still do.
  virtual void remove(const std::string& folder) = 0;

  /// Which new folders are entered, from now on.
  virtual void enter(FolderTrees trees) = 0;

  /// The folders that are watched, in no particular order.
  virtual std::vector<std::string> folders() const = 0;

  enum class Look : std::uint8_t {
    /// What is known without effort, or due.
    cheap,
    /// All that happened before the call.
    thorough,
  };
  virtual WatchNews take(Look look) = 0;

  /// Readable when take() has news; -1: there is no such thing.
  virtual int descriptor() const = 0;

  /// In how many nanoseconds take() is to be called at the latest, whatever descriptor() says;
  /// nothing: never.
  virtual std::optional<std::int64_t> due_in_ns() const = 0;
};

}  // namespace discovery
