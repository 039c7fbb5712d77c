#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace discovery {

/// Something may have happened at a path: a hint to look there.
struct FileEvent {
  enum class Kind : std::uint8_t {
    /// The file's content or rights may differ.
    content,
    /// Something came to this name, or left it.
    entry,
  };

  /// Absolute, below a folder that is watched, under the name by which that was asked for.
  std::string path;
  Kind kind = Kind::content;

  friend auto operator<=>(const FileEvent&, const FileEvent&) = default;
};

struct WatchNews {
  /// In the order in which it happened.
  std::vector<FileEvent> events;
  /// Anything may have happened anywhere.
  bool has_lost_events = false;
  /// What people should know of how their folders are watched; each is said once.
  std::vector<std::string> remarks;

  bool empty() const { return events.empty() && !has_lost_events && remarks.empty(); }
};

/// Tells when something changes in folders: a seam, with one backend per way to find out.
///
/// Folders are watched, never files, so that whatever editors do to a file is seen. A folder that
/// comes to be in a watched one is watched as well, from before its content is looked at, and all
/// that is in it is told; `node_modules` and folders that are excluded are not entered. Paths are
/// absolute and normalised. Not thread-safe.
class Watcher {
 public:
  virtual ~Watcher() = default;

  /// Watches the entries of a folder, following symlinks; again is fine. Fails with
  /// ErrorCode::not_found where there is no folder. A folder that cannot be watched in any way is
  /// told by a remark.
  virtual base::Status add(const std::string& folder) = 0;

  /// No events of that folder come any more, those of folders in it still do.
  virtual void remove(const std::string& folder) = 0;

  /// Absolute paths of folders that are not entered when they come to be.
  virtual void exclude(const std::vector<std::string>& folders) = 0;

  /// The folders that are watched, in no particular order.
  virtual std::vector<std::string> folders() const = 0;

  enum class Look : std::uint8_t {
    /// What is known without effort.
    cheap,
    /// All that happened before the call.
    thorough,
  };
  virtual WatchNews take(Look look) = 0;

  /// Readable when take() has news; -1: there is no such thing.
  virtual int descriptor() const = 0;

  /// How long after the last take() the next one is due whatever descriptor() says; nothing: never.
  virtual std::optional<std::int64_t> interval_ns() const = 0;
};

}  // namespace discovery
