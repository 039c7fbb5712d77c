#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"

namespace support {

/// A disk that stops in the middle of things: hands every call to another file system until a given
/// one, which fails.
class FaultyFileSystem : public base::FileSystem {
 public:
  enum class Fault {
    /// That call fails, later ones work: a passing failure.
    once,
    /// That call does half of its work, later ones nothing: what a killed process leaves behind.
    forever,
  };

  /// Lets `good_calls` calls pass. `files` must outlive it.
  FaultyFileSystem(base::FileSystem& files, std::size_t good_calls, Fault fault)
      : files_(files), left_(good_calls), fault_(fault) {}

  /// Whether the faulty call was reached.
  bool has_failed() const { return has_failed_; }

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
  class FaultyOpenFile;

  /// Whether this call works; `is_first` tells the faulty one from those behind it.
  bool works(bool& is_first);
  bool works();

  base::FileSystem& files_;
  std::mutex mutex_;
  std::size_t left_;
  Fault fault_;
  std::atomic<bool> has_failed_ = false;
};

}  // namespace support
