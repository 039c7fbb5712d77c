#include "session/disk_looks.h"

#include <algorithm>
#include <atomic>

#include "base/source_path.h"

namespace session {
namespace {

using base::DirectoryEntry;

base::Fingerprint fingerprint_of_entries(const std::vector<DirectoryEntry>& entries,
                                         const std::string& folder,
                                         const std::set<std::string>& own_folders) {
  std::vector<std::string_view> own_names;
  for (const std::string& own : own_folders) {
    if (base::parent_path(own) == folder) {
      own_names.push_back(std::string_view(own).substr(own.rfind('/') + 1));
    }
  }
  std::vector<const DirectoryEntry*> others;
  others.reserve(entries.size());
  for (const DirectoryEntry& entry : entries) {
    if (std::find(own_names.begin(), own_names.end(), entry.name) == own_names.end()) {
      others.push_back(&entry);
    }
  }
  std::sort(others.begin(), others.end(), [](const auto* left, const auto* right) {
    return left->name < right->name;
  });
  std::string text;
  for (const DirectoryEntry* entry : others) {
    text += entry->name;
    text += '\0';
    text += static_cast<char>('0' + static_cast<int>(entry->kind));
  }
  return base::fingerprint_of(text);
}

/// Compares one answer after the other with what the disk says now.
class LookCheck {
 public:
  LookCheck(const Looks& looks, const std::set<std::string>& own_folders, base::FileSystem& files)
      : looks_(looks), own_folders_(own_folders), files_(files) {}

  bool is_same(const Look& look, const LookAnswer& answer) const {
    switch (look.kind) {
      case LookKind::entries:
        return has_same_entries(look.path, answer);
      case LookKind::content: {
        const auto status = files_.status(look.path);
        return answer.is_missing ? is_missing(status)
                                 : answer.is_stamp_proof && status && status->stamp == answer.stamp;
      }
      case LookKind::kind: {
        const auto status = files_.status(look.path);
        return answer.is_missing ? is_missing(status) : status && status->kind == answer.kind;
      }
      case LookKind::real_path:
        return has_same_real_path(look.path, answer);
    }
    return false;
  }

 private:
  template <typename T>
  static bool is_missing(const base::Result<T>& result) {
    return !result && result.error().code == base::ErrorCode::not_found;
  }

  // The entries of the folder above say whether something is a symlink, and those are compared.
  bool is_entry_of_known_folder(const std::string& path) const {
    const auto above = looks_.find({LookKind::entries, std::string(base::parent_path(path))});
    return above != looks_.end() && !above->second.is_missing;
  }

  bool has_same_entries(const std::string& path, const LookAnswer& answer) const {
    const auto status = files_.status(path);
    if (answer.is_missing) {
      return is_missing(status);
    }
    if (!status || (!is_entry_of_known_folder(path) &&
                    files_.real_path(path).value_or(std::string()) != path)) {
      return false;
    }
    if (answer.is_stamp_proof && status->stamp == answer.stamp) {
      return true;
    }
    const auto entries = files_.list(path);
    return entries && fingerprint_of_entries(*entries, path, own_folders_) == answer.entries;
  }

  bool has_same_real_path(const std::string& path, const LookAnswer& answer) const {
    if (!answer.is_missing && answer.real_path == path && is_entry_of_known_folder(path)) {
      return true;
    }
    const auto real_path = files_.real_path(path);
    return answer.is_missing ? is_missing(real_path) : real_path && *real_path == answer.real_path;
  }

  const Looks& looks_;
  const std::set<std::string>& own_folders_;
  base::FileSystem& files_;
};

}  // namespace

DiskLooks::DiskLooks(base::FileSystem& files, std::set<std::string> own_folders)
    : files_(files), own_folders_(std::move(own_folders)) {}

void DiskLooks::start_over() {
  looks_.clear();
  has_failed_ = false;
  ++version_;
  is_anew_ = true;
  untaken_.clear();
}

DiskLooks::News DiskLooks::take_news() {
  News news;
  news.is_anew = std::exchange(is_anew_, false);
  for (const Looks::value_type* look : untaken_) {
    news.looks.emplace_back(*look);
  }
  untaken_.clear();
  return news;
}

std::optional<Looks> DiskLooks::looks() const {
  return has_failed_ ? std::nullopt : std::optional(looks_);
}

bool DiskLooks::is_proof(const base::FileStamp& stamp) const {
  return scan_start_ && !scan_start_->is_racy(stamp);
}

bool DiskLooks::is_noted(LookKind kind, const std::string& path) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return looks_.contains({kind, path});
}

template <typename T>
void DiskLooks::note(LookKind kind,
                     const std::string& path,
                     const base::Result<T>& result,
                     LookAnswer answer) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!result) {
    // Why something cannot be read may change without a trace.
    has_failed_ = has_failed_ || result.error().code != base::ErrorCode::not_found;
    answer = {};
    answer.is_missing = true;
  }
  const auto [known, is_new] = looks_.try_emplace({kind, path}, answer);
  if (is_new) {
    ++version_;
    untaken_.push_back(&*known);
    return;
  }
  // A stamp may prove later what it did not prove at first.
  answer.is_stamp_proof = known->second.is_stamp_proof;
  if (!has_failed_ && known->second != answer) {
    // Some of what was found out is of before, and some of after.
    ++version_;
    has_failed_ = true;
  }
}

base::Result<base::FileStatus> DiskLooks::read(const std::string& path,
                                               std::string& content,
                                               std::uint64_t limit_bytes) {
  auto result = files_.read(path, content, limit_bytes);
  LookAnswer answer;
  if (result) {
    answer.stamp = result->stamp;
    answer.is_stamp_proof = is_proof(result->stamp);
  }
  note(LookKind::content, path, result, std::move(answer));
  return result;
}

base::Result<base::FileStatus> DiskLooks::status(const std::string& path) {
  auto result = files_.status(path);
  LookAnswer answer;
  if (result) {
    answer.kind = result->kind;
  }
  note(LookKind::kind, path, result, std::move(answer));
  return result;
}

std::optional<std::vector<DirectoryEntry>> DiskLooks::take_listing(const std::string& path) {
  const std::lock_guard<std::mutex> lock(mutex_);
  auto listing = listings_.extract(path);
  return listing.empty() ? std::nullopt : std::optional(std::move(listing.mapped()));
}

base::Result<std::vector<DirectoryEntry>> DiskLooks::list(const std::string& path) {
  if (is_noted(LookKind::entries, path)) {
    std::optional<std::vector<DirectoryEntry>> known = take_listing(path);
    return known ? *std::move(known) : files_.list(path);
  }
  // Before it is listed: what comes between shows in the stamp.
  const auto status = files_.status(path);
  auto result = files_.list(path);
  LookAnswer answer;
  if (status && result) {
    answer.stamp = status->stamp;
    answer.is_stamp_proof = is_proof(status->stamp);
    answer.entries = fingerprint_of_entries(*result, path, own_folders_);
  }
  note(LookKind::entries, path, result, std::move(answer));
  if (shares_listings_ && result) {
    const std::lock_guard<std::mutex> lock(mutex_);
    listings_.emplace(path, *result);
  }
  return result;
}

base::Result<std::string> DiskLooks::real_path(const std::string& path) {
  auto result = files_.real_path(path);
  LookAnswer answer;
  answer.real_path = result.value_or(std::string());
  note(LookKind::real_path, path, result, std::move(answer));
  return result;
}

// real_path() says all that a build needs to know.
std::optional<std::string> DiskLooks::link_target(const std::string& path) {
  return files_.link_target(path);
}

base::Result<std::unique_ptr<base::OpenFile>> DiskLooks::open_file(const std::string& path) {
  return files_.open_file(path);
}

base::Result<base::FileStatus> DiskLooks::write_atomically(const std::string& path,
                                                           std::string_view content) {
  return files_.write_atomically(path, content);
}

base::Result<base::FileStatus> DiskLooks::write_file(const std::string& path,
                                                     std::string_view content) {
  return files_.write_file(path, content);
}

base::Status DiskLooks::rename(const std::string& from, const std::string& to) {
  return files_.rename(from, to);
}

base::Status DiskLooks::append(const std::string& path, std::string_view content) {
  return files_.append(path, content);
}

base::Status DiskLooks::sync(const std::string& path) {
  return files_.sync(path);
}

base::Status DiskLooks::create_directories(const std::string& path) {
  return files_.create_directories(path);
}

base::Status DiskLooks::create_private_directory(const std::string& path) {
  return files_.create_private_directory(path);
}

base::Status DiskLooks::remove_file(const std::string& path) {
  return files_.remove_file(path);
}

base::Result<bool> DiskLooks::remove_directory_if_empty(const std::string& path) {
  return files_.remove_directory_if_empty(path);
}

base::Result<std::unique_ptr<base::DirectoryLock>> DiskLooks::lock_directory(
    const std::string& path) {
  return files_.lock_directory(path);
}

base::DiskTime DiskLooks::disk_time(const std::string& marker_path) {
  return files_.disk_time(marker_path);
}

std::set<std::string> own_folders(const ProjectConfig& project) {
  return {project.out_dir, project.cache_dir};
}

bool are_same(const Looks& looks,
              const std::set<std::string>& own_folders,
              base::FileSystem& files,
              base::ThreadPool& pool) {
  std::vector<const Looks::value_type*> all;
  all.reserve(looks.size());
  for (const auto& entry : looks) {
    all.push_back(&entry);
  }
  const LookCheck check(looks, own_folders, files);
  std::atomic<bool> is_same = true;
  pool.parallel_for(all.size(), [&](std::size_t index, unsigned) {
    if (is_same && !check.is_same(all[index]->first, all[index]->second)) {
      is_same = false;
    }
  });
  return is_same;
}

}  // namespace session
