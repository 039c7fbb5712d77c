#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"

namespace support {

/// The functions of base::FileSystem, to name them in the log and in injected failures.
enum class Operation : std::uint8_t {
  read,
  open_file,
  read_at,
  status,
  list,
  real_path,
  write,
  write_file,
  rename,
  append,
  sync,
  create_directories,
  create_private_directory,
  remove_file,
  remove_directory,
  lock_directory,
  disk_time,
};

std::string_view to_text(Operation operation);

/// One call that the program under test made, with the path as it was passed; of a rename, the path
/// that it leads to.
struct Access {
  Operation operation = Operation::read;
  std::string path;

  friend auto operator<=>(const Access&, const Access&) = default;
};

/// What lies at a path.
struct TreeNode {
  std::string path;
  base::FileStatus status;
  /// Of a file; the target of a symlink.
  std::string content;
};

/// A disk for tests: files, directories, symlinks, permission bits, inodes and a clock that moves
/// only when the test says so.
///
/// Two groups of functions: those of base::FileSystem, which the program under test calls and which
/// are logged, obey modes and can be made to fail; and the test's own hand below, which always
/// works, is not logged and aborts on a path that makes no sense. Modes are those of the owner: no
/// test is root here. Thread-safe.
class MemoryFileSystem final : public base::FileSystem {
 public:
  MemoryFileSystem();
  ~MemoryFileSystem() override;

  // The test's hand. Paths are absolute; missing directories above are made.

  /// Creates the file or overwrites its content in place: the inode stays, the times are now.
  void put(const std::string& path, std::string_view content);
  /// As an editor that saves through a temporary file and a rename: a new inode.
  void put_by_rename(const std::string& path, std::string_view content);
  void put_directory(const std::string& path);
  /// `target` is kept as it is: relative to the link's folder, absolute, dangling or circular.
  void put_symlink(const std::string& path, const std::string& target);
  /// A FIFO, socket or device.
  void put_other(const std::string& path);
  /// Removes whatever is there, with all below it; fine if there is nothing.
  void erase(const std::string& path);
  /// Moves a file or directory with all below it; replaces a file in the way.
  void move(const std::string& from, const std::string& to);
  void set_mode(const std::string& path, std::uint32_t mode);
  /// Sets the modification time, as `touch -d` and archives do; the change time becomes now.
  void set_modified_ns(const std::string& path, std::int64_t modified_ns);

  /// Whether the file or folder belongs to somebody whom the user trusts; from the start it does.
  void set_trusted_owner(const std::string& path, bool has_trusted_owner);

  /// Moves the clock that stamps are taken from.
  void tick(std::int64_t by_ns = 1'000'000'000);
  std::int64_t now_ns() const;
  /// By how much the wall clock is ahead of the stamps' clock; 0 at first.
  void set_wall_lead_ns(std::int64_t lead_ns);

  /// The content of a regular file, symlinks followed; nothing if there is none.
  std::optional<std::string> content(const std::string& path) const;
  /// Every regular file below `folder` with its content, by absolute path. Symlinks are left out.
  std::map<std::string, std::string> files_below(const std::string& folder) const;

  /// What lies at the path itself, or at the end of its symlinks; whatever the modes.
  std::optional<base::FileStatus> entry(const std::string& path) const;
  std::optional<base::FileStatus> follow(const std::string& path) const;
  /// Everything below `folder`, folders and symlinks too, in no particular order.
  std::vector<TreeNode> nodes_below(const std::string& folder) const;

  /// The next `times` calls of `operation` on exactly `path` fail with `error`.
  void fail(Operation operation, std::string path, base::Error error, unsigned times = k_always);
  /// From now on writes that would bring the bytes of all files above the limit fail, as on a full
  /// disk.
  void set_capacity_bytes(std::uint64_t bytes);
  /// Directories are listed in an order that depends on the seed; without it, in byte order.
  void shuffle(std::uint64_t seed);

  std::vector<Access> log() const;
  /// How many calls of `operation` the log holds.
  std::size_t count(Operation operation) const;
  void clear_log();

  static constexpr unsigned k_always = ~0U;

  // base::FileSystem.
  base::Result<base::FileStatus> read(const std::string& path,
                                      std::string& content,
                                      std::uint64_t limit_bytes) override;
  base::Result<std::unique_ptr<base::OpenFile>> open_file(const std::string& path) override;
  base::Result<base::FileStatus> status(const std::string& path) override;
  base::Result<std::vector<base::DirectoryEntry>> list(const std::string& path) override;
  base::Result<std::string> real_path(const std::string& path) override;
  std::optional<std::string> link_target(const std::string& path) override;
  base::Result<base::FileStatus> write_atomically(const std::string& path,
                                                  std::string_view content) override;
  base::Result<base::FileStatus> write_file(const std::string& path,
                                            std::string_view content) override;
  base::Status rename(const std::string& from, const std::string& to) override;
  base::Status append(const std::string& path, std::string_view content) override;
  base::Status sync(const std::string& path) override;
  base::Status create_directories(const std::string& path) override;
  base::Status create_private_directory(const std::string& path) override;
  base::Status remove_file(const std::string& path) override;
  base::Result<bool> remove_directory_if_empty(const std::string& path) override;
  base::Result<std::unique_ptr<base::DirectoryLock>> lock_directory(
      const std::string& path) override;
  base::DiskTime disk_time(const std::string& marker_path) override;

 private:
  struct Node;
  struct Walk;
  struct Failure;
  class Lock;
  class OpenNode;

  Node& make_directories(const std::string& path);
  Node& put_node(const std::string& path, base::FileKind kind);
  Walk walk(std::string_view path, bool follows_last) const;
  const Node* find(const std::string& path, bool follows_last) const;
  base::Status begin(Operation operation, const std::string& path);
  base::Result<Walk> walk_for(std::string_view verb, const std::string& path, bool follows) const;
  base::Result<Walk> writable_parent(std::string_view verb, const std::string& path) const;
  bool has_room_for(std::uint64_t bytes) const;
  base::FileStatus status_of(const Node& node) const;
  std::unique_ptr<Node> new_node(base::FileKind kind);
  void touch(Node& node) const;

  mutable std::mutex mutex_;
  std::unique_ptr<Node> root_;
  std::vector<Access> log_;
  std::vector<Failure> failures_;
  std::set<std::uint64_t> locked_inodes_;
  std::optional<std::uint64_t> capacity_bytes_;
  std::optional<std::uint64_t> seed_;
  std::uint64_t used_bytes_ = 0;
  std::uint64_t next_inode_ = 1;
  std::int64_t now_ns_ = 1'700'000'000'000'000'000;
  std::int64_t wall_lead_ns_ = 0;
};

}  // namespace support
