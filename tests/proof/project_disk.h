#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/file_system.h"

namespace proof {

/// What lies at a path, without following symlinks.
struct TreeEntry {
  base::FileKind kind = base::FileKind::regular;
  /// Of a file; the target of a symlink.
  std::string content;
  std::uint32_t mode = 0;
  base::FileStamp stamp;

  friend bool operator==(const TreeEntry&, const TreeEntry&) = default;
};

/// By absolute path. Folders are listed too.
using Tree = std::map<std::string, TreeEntry>;

/// A disk with a project on it, and the hand of the people and programs that work there. Everything
/// below `box()` belongs to the test: the project itself and a place outside of it.
///
/// Paths are absolute. What makes no sense (to erase what is not there, to write where a folder is)
/// does nothing: random edits need not look first.
class ProjectDisk {
 public:
  virtual ~ProjectDisk() = default;

  virtual base::FileSystem& files() = 0;
  const std::string& box() const { return box_; }
  const std::string& root() const { return root_; }

  /// Overwrites in place: the inode stays.
  virtual void put(const std::string& path, std::string_view content) = 0;
  /// As an editor that saves through a temporary file: a new inode.
  virtual void put_by_rename(const std::string& path, std::string_view content) = 0;
  virtual void put_directory(const std::string& path) = 0;
  virtual void put_symlink(const std::string& path, const std::string& target) = 0;
  virtual void put_fifo(const std::string& path) = 0;
  virtual void erase(const std::string& path) = 0;
  virtual void move(const std::string& from, const std::string& to) = 0;
  virtual void set_mode(const std::string& path, std::uint32_t mode) = 0;
  virtual void set_modified_ns(const std::string& path, std::int64_t modified_ns) = 0;
  /// The next edit carries a later time than any stamp that is there now.
  virtual void let_time_pass() = 0;
  /// Whether permission bits keep the program out: they do not stop root.
  virtual bool obeys_modes() const = 0;
  /// All of box(), with what modes forbid to read.
  virtual Tree tree() const = 0;

 protected:
  explicit ProjectDisk(std::string box) : box_(std::move(box)), root_(box_ + "/project") {}

 private:
  std::string box_;
  std::string root_;
};

std::unique_ptr<ProjectDisk> make_memory_disk();
/// In the system's folder for temporary files; removed at the end.
std::unique_ptr<ProjectDisk> make_real_disk();
/// In a folder that is there, and stays: others may work in it at the same time.
std::unique_ptr<ProjectDisk> make_real_disk_in(const std::string& box);

}  // namespace proof
