#pragma once

#include <cstdint>
#include <memory>
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

  /// Follows symlinks.
  virtual Result<FileStatus> status(const std::string& path) = 0;

  /// The entries without `.` and `..`, in no particular order.
  virtual Result<std::vector<DirectoryEntry>> list(const std::string& path) = 0;

  /// The path without symlinks, `.` and `..`. Fails on a loop of symlinks.
  virtual Result<std::string> real_path(const std::string& path) = 0;

  /// Makes `path` hold `content`, whole or not at all: through a temporary file beside it and a
  /// rename. A reader never sees a part. Returns the new file's status.
  virtual Result<FileStatus> write_atomically(const std::string& path,
                                              std::string_view content) = 0;

  /// Makes `path` hold `content`; a failure leaves any part of it there. For temporary files that
  /// rename() then moves into place.
  virtual Status write_file(const std::string& path, std::string_view content) = 0;

  /// Moves a file, in one step, over whatever file or symlink is at `to`.
  virtual Status rename(const std::string& from, const std::string& to) = 0;

  /// Appends to `path`, which is created if need be, and returns when the bytes are handed over.
  virtual Status append(const std::string& path, std::string_view content) = 0;

  /// Creates the directory and those above it that are missing.
  virtual Status create_directories(const std::string& path) = 0;

  /// Fine if there is none.
  virtual Status remove_file(const std::string& path) = 0;

  /// Removes an empty directory; says whether it was empty and is gone.
  virtual Result<bool> remove_directory_if_empty(const std::string& path) = 0;

  /// Takes an existing directory for its caller alone, without waiting. Fails with
  /// ErrorCode::locked and, where it can be found out, the other process's id in the message. On a
  /// file system that has no locks the lock protects nothing.
  virtual Result<std::unique_ptr<DirectoryLock>> lock_directory(const std::string& path) = 0;

  static constexpr std::size_t k_read_padding = 64;
};

}  // namespace base
