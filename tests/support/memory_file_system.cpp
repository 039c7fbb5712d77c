#include "tests/support/memory_file_system.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include "base/check.h"
#include "base/source_path.h"
#include "tests/support/memory_file_tree.h"

namespace support {

using base::FileKind;
using base::FileStatus;

namespace {

// As Linux: the number of links that one path may lead through.
constexpr unsigned k_symlink_limit = 40;

std::string last_name(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

// The names of `path`, last one first, put on top of those that are still to be walked.
void push_names(std::vector<std::string>& names, std::string_view path) {
  std::vector<std::string> added;
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    if (slash > 0) {
      added.emplace_back(path.substr(0, slash));
    }
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  names.insert(names.end(), added.rbegin(), added.rend());
}

}  // namespace

std::string_view to_text(Operation operation) {
  switch (operation) {
    case Operation::read:
      return "read";
    case Operation::open_file:
      return "open_file";
    case Operation::read_at:
      return "read_at";
    case Operation::status:
      return "status";
    case Operation::list:
      return "list";
    case Operation::real_path:
      return "real_path";
    case Operation::write:
      return "write";
    case Operation::write_file:
      return "write_file";
    case Operation::rename:
      return "rename";
    case Operation::append:
      return "append";
    case Operation::sync:
      return "sync";
    case Operation::create_directories:
      return "create_directories";
    case Operation::create_private_directory:
      return "create_private_directory";
    case Operation::remove_file:
      return "remove_file";
    case Operation::remove_directory:
      return "remove_directory";
    case Operation::lock_directory:
      return "lock_directory";
    case Operation::disk_time:
      return "disk_time";
  }
  return "?";
}

MemoryFileSystem::MemoryFileSystem() {
  root_ = new_node(FileKind::directory);
}

MemoryFileSystem::~MemoryFileSystem() = default;

std::unique_ptr<MemoryFileSystem::Node> MemoryFileSystem::new_node(FileKind kind) {
  auto node = std::make_unique<Node>();
  node->kind = kind;
  node->mode = kind == FileKind::directory ? 0755 : kind == FileKind::symlink ? 0777 : 0644;
  node->stamp.inode = next_inode_++;
  node->stamp.device = 1;
  touch(*node);
  return node;
}

void MemoryFileSystem::touch(Node& node) const {
  node.stamp.modified_ns = now_ns_;
  node.stamp.changed_ns = now_ns_;
}

FileStatus MemoryFileSystem::status_of(const Node& node) const {
  FileStatus status;
  status.kind = node.kind;
  status.stamp = node.stamp;
  status.stamp.size_bytes = node.content.size();
  status.mode = node.mode;
  status.has_trusted_owner = node.has_trusted_owner;
  return status;
}

MemoryFileSystem::Walk MemoryFileSystem::walk(std::string_view path, bool follows_last) const {
  base::check(path.starts_with('/'), "paths are absolute");
  std::vector<std::string> rest;
  push_names(rest, path);
  std::vector<std::pair<Node*, std::string>> trail = {{root_.get(), ""}};
  unsigned links = 0;
  while (!rest.empty()) {
    const std::string name = std::move(rest.back());
    rest.pop_back();
    Node* const folder = trail.back().first;
    if (folder->kind != FileKind::directory) {
      return {nullptr, nullptr, name, "", ENOTDIR};
    }
    if (!folder->allows(0100)) {
      return {nullptr, nullptr, name, "", EACCES};
    }
    if (name == ".") {
      continue;
    }
    if (name == "..") {
      trail.resize(std::max<std::size_t>(trail.size() - 1, 1));
      continue;
    }
    const auto found = folder->children.find(name);
    if (found == folder->children.end()) {
      return {rest.empty() ? folder : nullptr, nullptr, name, "", ENOENT};
    }
    Node* const node = found->second.get();
    if (node->kind == FileKind::symlink && (follows_last || !rest.empty())) {
      if (++links > k_symlink_limit) {
        return {nullptr, nullptr, name, "", ELOOP};
      }
      if (node->content.starts_with('/')) {
        trail.resize(1);
      }
      push_names(rest, node->content);
      continue;
    }
    trail.emplace_back(node, name);
  }
  Walk result;
  result.node = trail.back().first;
  result.parent = trail.size() > 1 ? trail[trail.size() - 2].first : nullptr;
  result.name = trail.back().second;
  for (std::size_t i = 1; i < trail.size(); ++i) {
    result.real_path.append("/").append(trail[i].second);
  }
  if (result.real_path.empty()) {
    result.real_path = "/";
  }
  return result;
}

const MemoryFileSystem::Node* MemoryFileSystem::find(const std::string& path,
                                                     bool follows_last) const {
  return walk(path, follows_last).node;
}

// From here on: the test's hand.

MemoryFileSystem::Node& MemoryFileSystem::make_directories(const std::string& path) {
  const Walk found = walk(path, true);
  if (found.node != nullptr) {
    base::check(found.node->kind == FileKind::directory, "a directory is made where a file is");
    return *found.node;
  }
  Node& parent = make_directories(std::string(base::parent_path(path)));
  std::unique_ptr<Node>& child = parent.children[last_name(path)];
  child = new_node(FileKind::directory);
  touch(parent);
  return *child;
}

MemoryFileSystem::Node& MemoryFileSystem::put_node(const std::string& path, FileKind kind) {
  Node& parent = make_directories(std::string(base::parent_path(path)));
  std::unique_ptr<Node>& child = parent.children[last_name(path)];
  if (child) {
    used_bytes_ -= child->content.size();
  }
  child = new_node(kind);
  touch(parent);
  return *child;
}

void MemoryFileSystem::put(const std::string& path, std::string_view content) {
  const std::lock_guard lock(mutex_);
  Node* node = walk(path, true).node;
  if (node == nullptr) {
    node = &put_node(path, FileKind::regular);
  }
  base::check(node->kind == FileKind::regular, "only a regular file has content");
  used_bytes_ += content.size() - node->content.size();
  node->content = content;
  touch(*node);
}

void MemoryFileSystem::put_by_rename(const std::string& path, std::string_view content) {
  const std::lock_guard lock(mutex_);
  put_node(path, FileKind::regular).content = content;
  used_bytes_ += content.size();
}

void MemoryFileSystem::put_directory(const std::string& path) {
  const std::lock_guard lock(mutex_);
  make_directories(path);
}

void MemoryFileSystem::put_symlink(const std::string& path, const std::string& target) {
  const std::lock_guard lock(mutex_);
  put_node(path, FileKind::symlink).content = target;
  used_bytes_ += target.size();
}

void MemoryFileSystem::put_other(const std::string& path) {
  const std::lock_guard lock(mutex_);
  put_node(path, FileKind::other);
}

void MemoryFileSystem::erase(const std::string& path) {
  const std::lock_guard lock(mutex_);
  const Walk found = walk(path, false);
  if (found.node == nullptr) {
    return;
  }
  base::check(found.parent != nullptr, "the root stays");
  used_bytes_ -= found.node->content.size();
  found.parent->children.erase(found.name);
  touch(*found.parent);
}

void MemoryFileSystem::move(const std::string& from, const std::string& to) {
  const std::lock_guard lock(mutex_);
  const Walk source = walk(from, false);
  base::check(source.node != nullptr && source.parent != nullptr, "there is something to move");
  Node& target = make_directories(std::string(base::parent_path(to)));
  std::unique_ptr<Node> node = std::move(source.parent->children[source.name]);
  source.parent->children.erase(source.name);
  node->stamp.changed_ns = now_ns_;
  touch(*source.parent);
  touch(target);
  target.children[last_name(to)] = std::move(node);
}

void MemoryFileSystem::set_mode(const std::string& path, std::uint32_t mode) {
  const std::lock_guard lock(mutex_);
  Node* const node = walk(path, true).node;
  base::check(node != nullptr, "there is something to set the mode of");
  node->mode = mode;
  node->stamp.changed_ns = now_ns_;
}

void MemoryFileSystem::set_modified_ns(const std::string& path, std::int64_t modified_ns) {
  const std::lock_guard lock(mutex_);
  Node* const node = walk(path, true).node;
  base::check(node != nullptr, "there is something to set the time of");
  node->stamp.modified_ns = modified_ns;
  node->stamp.changed_ns = now_ns_;
}

void MemoryFileSystem::set_trusted_owner(const std::string& path, bool has_trusted_owner) {
  const std::lock_guard lock(mutex_);
  Node* const node = walk(path, true).node;
  base::check(node != nullptr, "there is something to give away");
  node->has_trusted_owner = has_trusted_owner;
}

void MemoryFileSystem::set_wall_lead_ns(std::int64_t lead_ns) {
  const std::lock_guard lock(mutex_);
  wall_lead_ns_ = lead_ns;
}

void MemoryFileSystem::tick(std::int64_t by_ns) {
  const std::lock_guard lock(mutex_);
  now_ns_ += by_ns;
}

std::int64_t MemoryFileSystem::now_ns() const {
  const std::lock_guard lock(mutex_);
  return now_ns_;
}

std::optional<std::string> MemoryFileSystem::content(const std::string& path) const {
  const std::lock_guard lock(mutex_);
  const Node* const node = find(path, true);
  if (node == nullptr || node->kind != FileKind::regular) {
    return std::nullopt;
  }
  return node->content;
}

std::map<std::string, std::string> MemoryFileSystem::files_below(const std::string& folder) const {
  const std::lock_guard lock(mutex_);
  std::map<std::string, std::string> files;
  const Node* const root = find(folder, true);
  std::vector<std::pair<std::string, const Node*>> pending;
  if (root != nullptr) {
    pending.emplace_back(folder == "/" ? "" : folder, root);
  }
  while (!pending.empty()) {
    const auto [path, node] = pending.back();
    pending.pop_back();
    if (node->kind == FileKind::regular) {
      files.emplace(path, node->content);
    }
    for (const auto& [name, child] : node->children) {
      std::string child_path = path;
      child_path.append("/").append(name);
      pending.emplace_back(std::move(child_path), child.get());
    }
  }
  return files;
}

std::optional<FileStatus> MemoryFileSystem::entry(const std::string& path) const {
  const std::lock_guard lock(mutex_);
  const Node* const node = find(path, false);
  return node == nullptr ? std::nullopt : std::optional(status_of(*node));
}

std::optional<FileStatus> MemoryFileSystem::follow(const std::string& path) const {
  const std::lock_guard lock(mutex_);
  const Node* const node = find(path, true);
  return node == nullptr ? std::nullopt : std::optional(status_of(*node));
}

std::vector<TreeNode> MemoryFileSystem::nodes_below(const std::string& folder) const {
  const std::lock_guard lock(mutex_);
  std::vector<TreeNode> nodes;
  std::vector<std::pair<std::string, const Node*>> pending = {{folder, find(folder, true)}};
  while (!pending.empty()) {
    const auto [path, node] = pending.back();
    pending.pop_back();
    if (node == nullptr) {
      continue;
    }
    for (const auto& [name, child] : node->children) {
      const std::string child_path = std::string(path).append("/").append(name);
      nodes.push_back({child_path, status_of(*child), child->content});
      pending.emplace_back(child_path, child.get());
    }
  }
  return nodes;
}

void MemoryFileSystem::fail(Operation operation,
                            std::string path,
                            base::Error error,
                            unsigned times) {
  const std::lock_guard lock(mutex_);
  failures_.push_back({operation, std::move(path), std::move(error), times});
}

void MemoryFileSystem::set_capacity_bytes(std::uint64_t bytes) {
  const std::lock_guard lock(mutex_);
  capacity_bytes_ = bytes;
}

void MemoryFileSystem::shuffle(std::uint64_t seed) {
  const std::lock_guard lock(mutex_);
  seed_ = seed;
}

std::vector<Access> MemoryFileSystem::log() const {
  const std::lock_guard lock(mutex_);
  return log_;
}

std::size_t MemoryFileSystem::count(Operation operation) const {
  const std::lock_guard lock(mutex_);
  return static_cast<std::size_t>(
      std::count_if(log_.begin(), log_.end(), [operation](const Access& access) {
        return access.operation == operation;
      }));
}

void MemoryFileSystem::clear_log() {
  const std::lock_guard lock(mutex_);
  log_.clear();
}

}  // namespace support
