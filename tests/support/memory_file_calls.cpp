#include <algorithm>
#include <cerrno>
#include <cstring>
#include <random>
#include <span>
#include <utility>

#include "base/source_path.h"
#include "tests/support/memory_file_system.h"
#include "tests/support/memory_file_tree.h"

// What the program under test calls: the functions of base::FileSystem.
namespace support {

using base::ErrorCode;
using base::FileKind;
using base::FileStatus;

namespace {

tl::unexpected<base::Error> failure(std::string_view verb,
                                    const std::string& path,
                                    int error_number) {
  const bool is_missing = error_number == ENOENT || error_number == ENOTDIR;
  std::string message = "cannot ";
  message.append(verb).append(" ").append(path).append(": ").append(std::strerror(error_number));
  return base::fail(is_missing ? ErrorCode::not_found : ErrorCode::io, std::move(message));
}

}  // namespace

// Logs the call; fails if the test wants it to.
base::Status MemoryFileSystem::begin(Operation operation, const std::string& path) {
  log_.push_back({operation, path});
  for (Failure& entry : failures_) {
    if (entry.operation == operation && entry.path == path && entry.times > 0) {
      entry.times -= entry.times == k_always ? 0 : 1;
      return tl::make_unexpected(entry.error);
    }
  }
  return {};
}

base::Result<MemoryFileSystem::Walk> MemoryFileSystem::walk_for(std::string_view verb,
                                                                const std::string& path,
                                                                bool follows) const {
  Walk found = walk(path, follows);
  if (found.node == nullptr) {
    return failure(verb, path, found.error_number);
  }
  return found;
}

// The walk to a path whose last name may be missing but may be put there.
base::Result<MemoryFileSystem::Walk> MemoryFileSystem::writable_parent(
    std::string_view verb, const std::string& path) const {
  Walk found = walk(path, false);
  if (found.parent == nullptr) {
    return failure(verb, path, found.error_number != 0 ? found.error_number : EBUSY);
  }
  if (!found.parent->allows(0300)) {
    return failure(verb, path, EACCES);
  }
  return found;
}

bool MemoryFileSystem::has_room_for(std::uint64_t bytes) const {
  return !capacity_bytes_ || used_bytes_ + bytes <= *capacity_bytes_;
}

base::Result<FileStatus> MemoryFileSystem::read(const std::string& path,
                                                std::string& content,
                                                std::uint64_t limit_bytes) {
  const std::lock_guard lock(mutex_);
  TRY(begin(Operation::read, path));
  TRY_ASSIGN(const Walk found, walk_for("read", path, true));
  if (!found.node->allows(0400)) {
    return failure("read", path, EACCES);
  }
  if (found.node->kind != FileKind::regular) {
    return base::fail(ErrorCode::not_regular, path + " is not a regular file");
  }
  if (found.node->content.size() > limit_bytes) {
    return base::fail(ErrorCode::too_large,
                      path + " is larger than " + std::to_string(limit_bytes) + " bytes");
  }
  content = found.node->content;
  content.resize(content.size() + k_read_padding);
  content.resize(content.size() - k_read_padding);
  return status_of(*found.node);
}

// Keeps the content that the file had when it was opened.
class MemoryFileSystem::OpenNode final : public base::OpenFile {
 public:
  OpenNode(MemoryFileSystem& files, std::string path, std::string content)
      : files_(files), path_(std::move(path)), content_(std::move(content)) {}

  std::uint64_t size_bytes() const override { return content_.size(); }

  base::Status read_at(std::uint64_t offset, std::span<char> into) override {
    const std::lock_guard lock(files_.mutex_);
    TRY(files_.begin(Operation::read_at, path_));
    if (offset > content_.size() || into.size() > content_.size() - offset) {
      return base::fail(ErrorCode::corrupt, path_ + " ends too early");
    }
    const auto source = content_.begin() + static_cast<std::ptrdiff_t>(offset);
    std::copy_n(source, into.size(), into.begin());
    return {};
  }

 private:
  MemoryFileSystem& files_;
  std::string path_;
  std::string content_;
};

base::Result<std::unique_ptr<base::OpenFile>> MemoryFileSystem::open_file(const std::string& path) {
  const std::lock_guard lock(mutex_);
  TRY(begin(Operation::open_file, path));
  TRY_ASSIGN(const Walk found, walk_for("read", path, false));
  if (found.node->kind != FileKind::symlink && !found.node->allows(0400)) {
    return failure("read", path, EACCES);
  }
  if (found.node->kind != FileKind::regular) {
    return base::fail(ErrorCode::not_regular, path + " is not a regular file");
  }
  return std::unique_ptr<base::OpenFile>(
      std::make_unique<OpenNode>(*this, path, found.node->content));
}

base::Result<FileStatus> MemoryFileSystem::status(const std::string& path) {
  const std::lock_guard lock(mutex_);
  TRY(begin(Operation::status, path));
  TRY_ASSIGN(const Walk found, walk_for("look at", path, true));
  return status_of(*found.node);
}

base::Result<std::vector<base::DirectoryEntry>> MemoryFileSystem::list(const std::string& path) {
  const std::lock_guard lock(mutex_);
  TRY(begin(Operation::list, path));
  TRY_ASSIGN(const Walk found, walk_for("list", path, true));
  if (found.node->kind != FileKind::directory || !found.node->allows(0400)) {
    return failure("list", path, found.node->kind == FileKind::directory ? EACCES : ENOTDIR);
  }
  std::vector<base::DirectoryEntry> entries;
  for (const auto& [name, child] : found.node->children) {
    entries.push_back({name, child->kind});
  }
  if (seed_) {
    std::mt19937_64 random(*seed_ ^ std::hash<std::string>{}(path));
    std::shuffle(entries.begin(), entries.end(), random);
  }
  return entries;
}

base::Result<std::string> MemoryFileSystem::real_path(const std::string& path) {
  const std::lock_guard lock(mutex_);
  TRY(begin(Operation::real_path, path));
  TRY_ASSIGN(Walk found, walk_for("resolve", path, true));
  return std::move(found.real_path);
}

std::optional<std::string> MemoryFileSystem::link_target(const std::string& path) {
  const std::lock_guard lock(mutex_);
  const Walk found = walk(path, false);
  return found.node != nullptr && found.node->kind == FileKind::symlink
             ? std::optional(found.node->content)
             : std::nullopt;
}

base::Result<FileStatus> MemoryFileSystem::write_atomically(const std::string& path,
                                                            std::string_view content) {
  const std::lock_guard lock(mutex_);
  TRY(begin(Operation::write, path));
  TRY_ASSIGN(const Walk found, writable_parent("write", path));
  if (found.node != nullptr && found.node->kind == FileKind::directory) {
    return failure("write", path, EISDIR);
  }
  // The old file goes only after the new one is written, so there must be room for both.
  if (!has_room_for(content.size())) {
    return failure("write", path, ENOSPC);
  }
  std::unique_ptr<Node>& child = found.parent->children[found.name];
  if (child) {
    used_bytes_ -= child->content.size();
  }
  child = new_node(FileKind::regular);
  child->content = content;
  used_bytes_ += content.size();
  touch(*found.parent);
  return status_of(*child);
}

base::Result<FileStatus> MemoryFileSystem::write_file(const std::string& path,
                                                      std::string_view content) {
  const std::lock_guard lock(mutex_);
  TRY(begin(Operation::write_file, path));
  TRY_ASSIGN(const Walk found, writable_parent("write", path));
  if (found.node != nullptr && found.node->kind != FileKind::regular) {
    return failure("write", path, found.node->kind == FileKind::directory ? EISDIR : ELOOP);
  }
  std::unique_ptr<Node>& child = found.parent->children[found.name];
  if (!child) {
    child = new_node(FileKind::regular);
    touch(*found.parent);
  }
  used_bytes_ -= child->content.size();
  // A full disk takes what still fits.
  const bool fits = has_room_for(content.size());
  child->content = fits ? content : content.substr(0, *capacity_bytes_ - used_bytes_);
  used_bytes_ += child->content.size();
  touch(*child);
  if (!fits) {
    return failure("write", path, ENOSPC);
  }
  return status_of(*child);
}

base::Status MemoryFileSystem::rename(const std::string& from, const std::string& to) {
  const std::lock_guard lock(mutex_);
  TRY(begin(Operation::rename, to));
  const Walk source = walk(from, false);
  if (source.node == nullptr) {
    return failure("write", to, source.error_number);
  }
  TRY_ASSIGN(const Walk target, writable_parent("write", to));
  if (target.node != nullptr && target.node->kind == FileKind::directory) {
    return failure("write", to, EISDIR);
  }
  if (target.node == source.node) {
    return {};
  }
  std::unique_ptr<Node> node = std::move(source.parent->children[source.name]);
  source.parent->children.erase(source.name);
  if (target.node != nullptr) {
    used_bytes_ -= target.node->content.size();
  }
  node->stamp.changed_ns = now_ns_;
  touch(*source.parent);
  touch(*target.parent);
  target.parent->children[target.name] = std::move(node);
  return {};
}

base::Status MemoryFileSystem::append(const std::string& path, std::string_view content) {
  const std::lock_guard lock(mutex_);
  TRY(begin(Operation::append, path));
  Walk found = walk(path, false);
  if (found.node == nullptr) {
    TRY_ASSIGN(found, writable_parent("write", path));
    found.parent->children[found.name] = new_node(FileKind::regular);
    found.node = found.parent->children[found.name].get();
    touch(*found.parent);
  }
  if (found.node->kind != FileKind::regular || !found.node->allows(0200)) {
    return failure("write", path, found.node->kind == FileKind::symlink ? ELOOP : EACCES);
  }
  // A full disk takes what still fits.
  const bool fits = has_room_for(content.size());
  const std::string_view taken = fits ? content : content.substr(0, *capacity_bytes_ - used_bytes_);
  found.node->content += taken;
  used_bytes_ += taken.size();
  touch(*found.node);
  if (!fits) {
    return failure("write", path, ENOSPC);
  }
  return {};
}

base::Status MemoryFileSystem::sync(const std::string& path) {
  const std::lock_guard lock(mutex_);
  TRY(begin(Operation::sync, path));
  TRY(walk_for("sync", path, true));
  return {};
}

base::Status MemoryFileSystem::create_directories(const std::string& path) {
  const std::lock_guard lock(mutex_);
  TRY(begin(Operation::create_directories, path));
  std::vector<std::string> missing;
  std::string above = base::normalize_path(path);
  Walk found = walk(above, true);
  while (found.node == nullptr && found.error_number == ENOENT && above != "/") {
    missing.push_back(above);
    above = base::parent_path(above);
    found = walk(above, true);
  }
  if (found.node == nullptr || found.node->kind != FileKind::directory) {
    return failure("create", path, found.node == nullptr ? found.error_number : EEXIST);
  }
  if (!missing.empty() && !found.node->allows(0300)) {
    return failure("create", path, EACCES);
  }
  make_directories(path);
  return {};
}

base::Status MemoryFileSystem::create_private_directory(const std::string& path) {
  {
    const std::lock_guard lock(mutex_);
    TRY(begin(Operation::create_private_directory, path));
    const Walk found = walk(path, true);
    if (found.node != nullptr) {
      return found.node->kind == FileKind::directory ? base::Status()
                                                     : failure("create", path, EEXIST);
    }
  }
  TRY(create_directories(path));
  set_mode(path, 0700);
  return {};
}

base::Status MemoryFileSystem::remove_file(const std::string& path) {
  const std::lock_guard lock(mutex_);
  TRY(begin(Operation::remove_file, path));
  const Walk found = walk(path, false);
  if (found.node == nullptr && found.error_number == ENOENT) {
    return {};
  }
  TRY(writable_parent("remove", path));
  if (found.node->kind == FileKind::directory) {
    return failure("remove", path, EISDIR);
  }
  used_bytes_ -= found.node->content.size();
  found.parent->children.erase(found.name);
  touch(*found.parent);
  return {};
}

base::Result<bool> MemoryFileSystem::remove_directory_if_empty(const std::string& path) {
  const std::lock_guard lock(mutex_);
  TRY(begin(Operation::remove_directory, path));
  const Walk found = walk(path, false);
  if (found.node == nullptr && found.error_number == ENOENT) {
    return true;
  }
  TRY(writable_parent("remove", path));
  if (found.node->kind != FileKind::directory) {
    return failure("remove", path, ENOTDIR);
  }
  if (!found.node->children.empty()) {
    return false;
  }
  found.parent->children.erase(found.name);
  touch(*found.parent);
  return true;
}

// Gives its directory back when it is destroyed; the file system must still be there.
class MemoryFileSystem::Lock final : public base::DirectoryLock {
 public:
  Lock(MemoryFileSystem& files, std::uint64_t inode) : files_(files), inode_(inode) {}
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;
  ~Lock() override {
    const std::lock_guard lock(files_.mutex_);
    files_.locked_inodes_.erase(inode_);
  }

 private:
  MemoryFileSystem& files_;
  std::uint64_t inode_;
};

base::Result<std::unique_ptr<base::DirectoryLock>> MemoryFileSystem::lock_directory(
    const std::string& path) {
  const std::lock_guard lock(mutex_);
  TRY(begin(Operation::lock_directory, path));
  TRY_ASSIGN(const Walk found, walk_for("lock", path, true));
  if (found.node->kind != FileKind::directory) {
    return failure("lock", path, ENOTDIR);
  }
  if (!locked_inodes_.insert(found.node->stamp.inode).second) {
    return base::fail(ErrorCode::locked, path + " is in use by another process");
  }
  return std::unique_ptr<base::DirectoryLock>(
      std::make_unique<Lock>(*this, found.node->stamp.inode));
}

base::DiskTime MemoryFileSystem::disk_time(const std::string& marker_path) {
  const std::lock_guard lock(mutex_);
  base::DiskTime time;
  time.wall_ns = now_ns_ + wall_lead_ns_;
  if (marker_path.empty() || !begin(Operation::disk_time, marker_path)) {
    return time;
  }
  Walk found = walk(marker_path, false);
  if (found.node == nullptr && found.parent != nullptr && found.parent->allows(0300)) {
    std::unique_ptr<Node>& child = found.parent->children[found.name];
    child = new_node(FileKind::regular);
    touch(*found.parent);
    found.node = child.get();
  }
  if (found.node != nullptr && found.node->kind == FileKind::regular && found.node->allows(0200)) {
    touch(*found.node);
    time.device = base::DeviceTime{found.node->stamp.device, now_ns_};
  }
  return time;
}

}  // namespace support
