#pragma once

#include <map>
#include <memory>
#include <string>

#include "tests/support/memory_file_system.h"

namespace support {

/// What stands behind a name.
struct MemoryFileSystem::Node {
  base::FileKind kind = base::FileKind::regular;
  base::FileStamp stamp;
  std::uint32_t mode = 0644;
  bool has_trusted_owner = true;
  /// Of a file; the target of a symlink.
  std::string content;
  std::map<std::string, std::unique_ptr<Node>, std::less<>> children;

  bool allows(std::uint32_t bits) const { return (mode & bits) == bits; }
};

/// Where a path leads: the node or, if that alone is missing, its parent.
struct MemoryFileSystem::Walk {
  Node* parent = nullptr;
  Node* node = nullptr;
  std::string name;
  /// Without symlinks.
  std::string real_path;
  int error_number = 0;
};

/// A call that the test wants to fail, and how often.
struct MemoryFileSystem::Failure {
  Operation operation;
  std::string path;
  base::Error error;
  unsigned times;
};

}  // namespace support
