#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace base {

enum class FileKind : std::uint8_t { regular, directory, symlink, other };

/// What stat(2) says about a file, as far as it tells whether the content may have changed.
/// docs/architecture.md says why each of the five is needed.
struct FileStamp {
  std::uint64_t size_bytes = 0;
  std::int64_t modified_ns = 0;
  std::int64_t changed_ns = 0;
  std::uint64_t inode = 0;
  std::uint64_t device = 0;

  friend auto operator<=>(const FileStamp&, const FileStamp&) = default;
};

struct FileStatus {
  FileKind kind = FileKind::regular;
  FileStamp stamp;
  /// Permission bits.
  std::uint32_t mode = 0;
  /// Whether it belongs to the user that the program runs as, or to root. Root trusts every owner:
  /// in containers it often works in folders of others.
  bool has_trusted_owner = true;
};

struct DirectoryEntry {
  /// Bytes as the directory has them; need not be UTF-8.
  std::string name;
  /// The entry itself: a symlink is a symlink.
  FileKind kind = FileKind::other;
};

/// Keeps other processes, and others of this process, from taking the same lock until it is
/// destroyed. Nothing is left on disk, and the death of the process ends it.
class DirectoryLock {
 public:
  virtual ~DirectoryLock() = default;
};

/// A regular file, open for reading. It stays readable, with the same content, when its path is
/// removed or another file is renamed over it. Any thread may use it, several at once.
class OpenFile {
 public:
  virtual ~OpenFile() = default;
  /// When it was opened.
  virtual std::uint64_t size_bytes() const = 0;
  /// Fills all of `into` with the bytes from `offset`. Fails with ErrorCode::corrupt where the file
  /// ends before: somebody cut it. After a failure `into` may hold anything.
  virtual Status read_at(std::uint64_t offset, std::span<char> into) = 0;
};

/// The time by the clock that writes the stamps of a device's files.
struct DeviceTime {
  std::uint64_t device = 0;
  std::int64_t now_ns = 0;
};

/// What time it is; see scan_start.h for why there are two answers.
struct DiskTime {
  /// The machine's own clock. File systems on other machines have others.
  std::int64_t wall_ns = 0;
  /// Nothing where no marker could be touched.
  std::optional<DeviceTime> device;
};

/// The disk, as far as the program uses it: a seam, so that tests can count accesses, move time and
/// make the disk fail. All paths are absolute. Every function may be called from any thread.
///
/// Failures carry ErrorCode::not_found where the thing is not there, ErrorCode::io otherwise, and a
/// message that names the path.
class FileSystem {
 public:
  virtual ~FileSystem() = default;

  /// Replaces `content` by the bytes of a regular file, at most `limit_bytes`; never blocks on a
  /// FIFO or a device. `status` is that of the open file. Fails with ErrorCode::not_regular for
  /// anything but a regular file and ErrorCode::too_large above the limit. Room for
  /// `k_read_padding` zero bytes stands behind the content, so that scanners may look ahead.
  virtual Result<FileStatus> read(const std::string& path,
                                  std::string& content,
                                  std::uint64_t limit_bytes) = 0;

  /// Opens a regular file; never blocks. A symlink in the last place is refused with
  /// ErrorCode::not_regular, as is everything else that is no regular file.
  virtual Result<std::unique_ptr<OpenFile>> open_file(const std::string& path) = 0;

  /// Follows symlinks.
  virtual Result<FileStatus> status(const std::string& path) = 0;

  /// The entries without `.` and `..`, in no particular order.
  virtual Result<std::vector<DirectoryEntry>> list(const std::string& path) = 0;

  /// The path without symlinks, `.` and `..`. Fails on a loop of symlinks.
  virtual Result<std::string> real_path(const std::string& path) = 0;

  /// Where the symlink at `path` says that it leads, perhaps relative to its folder; nothing where
  /// there is no symlink.
  virtual std::optional<std::string> link_target(const std::string& path) = 0;

  /// Makes `path` hold `content`, whole or not at all: through a temporary file beside it and a
  /// rename. A reader never sees a part. Returns the new file's status.
  virtual Result<FileStatus> write_atomically(const std::string& path,
                                              std::string_view content) = 0;

  /// Makes `path` hold `content`; a failure leaves any part of it there. For temporary files that
  /// rename() then moves into place. Returns the status of the file that was written, whatever is
  /// at `path` by now.
  virtual Result<FileStatus> write_file(const std::string& path, std::string_view content) = 0;

  /// Moves a file, in one step, over whatever file or symlink is at `to`.
  virtual Status rename(const std::string& from, const std::string& to) = 0;

  /// Appends to `path`, which is created if need be, and returns when the bytes are handed over. A
  /// failure may leave a part of them there. Never through a symlink in the last place.
  virtual Status append(const std::string& path, std::string_view content) = 0;

  /// Waits until the content of a file, or the names in a directory, would survive a loss of power.
  virtual Status sync(const std::string& path) = 0;

  /// Creates the directory and those above it that are missing.
  virtual Status create_directories(const std::string& path) = 0;

  /// Creates the directory for this user alone, and those above it that are missing for all. One
  /// that is there stays as it is.
  virtual Status create_private_directory(const std::string& path) = 0;

  /// Fine if there is none.
  virtual Status remove_file(const std::string& path) = 0;

  /// Removes an empty directory; says whether it was empty and is gone.
  virtual Result<bool> remove_directory_if_empty(const std::string& path) = 0;

  /// Takes an existing directory for its caller alone, without waiting. Fails with
  /// ErrorCode::locked and, where it can be found out, the other process's id in the message. On a
  /// file system that has no locks the lock protects nothing.
  virtual Result<std::unique_ptr<DirectoryLock>> lock_directory(const std::string& path) = 0;

  /// Touches the empty file at `marker_path`, which is created if need be, to learn the time of its
  /// device; with an empty path only looks at the wall clock. Without the right to write, or
  /// without the marker's folder, there is no answer for the device; that is no failure.
  virtual DiskTime disk_time(const std::string& marker_path) = 0;

  static constexpr std::size_t k_read_padding = 64;
};

}  // namespace base
