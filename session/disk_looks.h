#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/file_system.h"
#include "base/fingerprint.h"
#include "base/scan_start.h"
#include "base/thread_pool.h"
#include "session/config.h"

namespace session {

/// What the disk was asked.
enum class LookKind : std::uint8_t {
  /// For the entries of a folder.
  entries,
  /// For the bytes of a file.
  content,
  /// Whether there is something, and what.
  kind,
  /// For the path without symlinks.
  real_path,
};

struct Look {
  LookKind kind = LookKind::entries;
  std::string path;

  friend auto operator<=>(const Look&, const Look&) = default;
};

/// What it answered.
struct LookAnswer {
  /// Nothing was there; then the rest says nothing.
  bool is_missing = false;
  /// Of folders and files: an equal stamp proves that the answer is the same.
  bool is_stamp_proof = false;
  base::FileStamp stamp;
  /// Of the names and kinds of a folder's entries.
  base::Fingerprint entries;
  base::FileKind kind = base::FileKind::other;
  std::string real_path;

  friend bool operator==(const LookAnswer&, const LookAnswer&) = default;
};

using Looks = std::map<Look, LookAnswer>;

/// A disk that notes what it is asked while somebody looks at all of a project's surroundings: the
/// folders that globs lead to, configs, where modules could be. Who asks the same questions again
/// and gets the same answers comes to the same end, so that nobody has to follow him there.
///
/// Of questions that are asked twice the first answer counts; if the second one was another, no
/// answers prove anything. Functions that change the
/// disk are handed on.
class DiskLooks final : public base::FileSystem {
 public:
  /// `own_folders`: absolute paths that are left out of the entries of the folders around them,
  /// since the build itself puts them there. `files` must outlive this.
  DiskLooks(base::FileSystem& files, std::set<std::string> own_folders);

  /// Forgets everything: from here on everything is asked again.
  void start_over();
  /// Stamps that are not older prove nothing.
  void begin_scan(const base::ScanStart& start) { scan_start_ = start; }

  /// While one of these lives, who lists a folder for the second time gets what the first one got,
  /// without a call: a scan and the resolver after it list the same folders.
  class SharedListings {
   public:
    explicit SharedListings(DiskLooks& looks) : looks_(looks) { looks_.shares_listings_ = true; }
    ~SharedListings() {
      looks_.shares_listings_ = false;
      looks_.listings_.clear();
    }
    SharedListings(const SharedListings&) = delete;
    SharedListings& operator=(const SharedListings&) = delete;

   private:
    DiskLooks& looks_;
  };

  /// Absolute paths. Nothing where a question failed otherwise than by finding nothing.
  std::optional<Looks> looks() const;
  /// What was noted since the last call.
  struct News {
    /// Everything was forgotten in between: these are all that count.
    bool is_anew = false;
    std::vector<std::pair<Look, LookAnswer>> looks;
  };
  News take_news();
  /// Counts the answers that were noted.
  std::uint64_t version() const { return version_; }

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
  template <typename T>
  void note(LookKind kind,
            const std::string& path,
            const base::Result<T>& result,
            LookAnswer answer);
  bool is_noted(LookKind kind, const std::string& path) const;
  std::optional<std::vector<base::DirectoryEntry>> take_listing(const std::string& path);
  bool is_proof(const base::FileStamp& stamp) const;

  base::FileSystem& files_;
  std::set<std::string> own_folders_;
  mutable std::mutex mutex_;
  std::optional<base::ScanStart> scan_start_;
  Looks looks_;
  std::uint64_t version_ = 0;
  bool has_failed_ = false;
  bool is_anew_ = true;
  bool shares_listings_ = false;
  /// Those that nobody asked for a second time.
  std::unordered_map<std::string, std::vector<base::DirectoryEntry>> listings_;
  /// Of `looks_`, those that nobody took yet.
  std::vector<const Looks::value_type*> untaken_;
};

/// The folders of a project that builds write into.
std::set<std::string> own_folders(const ProjectConfig& project);

/// Whether the disk would answer all of `looks` as it did. Opens no file, and lists only folders
/// whose stamps differ. `own_folders` as above.
bool are_same(const Looks& looks,
              const std::set<std::string>& own_folders,
              base::FileSystem& files,
              base::ThreadPool& pool);

}  // namespace session
