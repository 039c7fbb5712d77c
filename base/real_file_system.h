#pragma once

#include "base/file_system.h"

namespace base {

/// The machine's own disk.
class RealFileSystem final : public FileSystem {
 public:
  Result<FileStatus> read(const std::string& path,
                          std::string& content,
                          std::uint64_t limit_bytes) override;
  Result<std::unique_ptr<OpenFile>> open_file(const std::string& path) override;
  Result<FileStatus> status(const std::string& path) override;
  Result<std::vector<DirectoryEntry>> list(const std::string& path) override;
  Result<std::string> real_path(const std::string& path) override;
  std::optional<std::string> link_target(const std::string& path) override;
  Result<FileStatus> write_atomically(const std::string& path, std::string_view content) override;
  Result<FileStatus> write_file(const std::string& path, std::string_view content) override;
  Status rename(const std::string& from, const std::string& to) override;
  Status append(const std::string& path, std::string_view content) override;
  Status sync(const std::string& path) override;
  Status create_directories(const std::string& path) override;
  Status create_private_directory(const std::string& path) override;
  Status remove_file(const std::string& path) override;
  Result<bool> remove_directory_if_empty(const std::string& path) override;
  Result<std::unique_ptr<DirectoryLock>> lock_directory(const std::string& path) override;
  DiskTime disk_time(const std::string& marker_path) override;
};

}  // namespace base
