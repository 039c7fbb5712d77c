#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"
#include "tests/proof/scenario.h"

namespace proof {

/// The disk as the session sees it: notes which files it opens, counts its changes, and fails when
/// told to. Thread-safe.
class WatchedFileSystem final : public base::FileSystem {
 public:
  /// `files` must outlive it.
  explicit WatchedFileSystem(base::FileSystem& files) : files_(files) {}

  /// The fault of a step; nothing ends it. A process that was killed stays so.
  void set_fault(const std::optional<Fault>& fault);
  bool is_killed() const;

  /// `action` happens right before the question of the given number, from 1, is answered; 0:
  /// never. Says whether the action before this one happened.
  bool interrupt(std::uint32_t at_question, std::function<void()> action);

  /// The paths that were opened for reading since the last call, sorted, each as often as it was.
  std::vector<std::string> take_reads();

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
  enum class Need : std::uint8_t { room, nothing };
  /// What becomes of a change to the disk.
  enum class Verdict : std::uint8_t { works, fails, half };

  Verdict judge(Need need);
  void note_read(const std::string& path);
  void note_question();

  base::FileSystem& files_;
  mutable std::mutex mutex_;
  std::optional<Fault> fault_;
  std::uint32_t changes_ = 0;
  /// How many questions there are until the action; 0: it happened, or there is none.
  std::uint32_t questions_left_ = 0;
  std::function<void()> action_;
  bool is_killed_ = false;
  std::vector<std::string> reads_;
};

}  // namespace proof
