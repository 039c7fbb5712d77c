#include "tests/proof/watched_file_system.h"

#include <algorithm>

namespace proof {
namespace {

tl::unexpected<base::Error> refuse(const std::string& path) {
  return base::fail(base::ErrorCode::io, "cannot write " + path + ": no space left on device");
}

tl::unexpected<base::Error> dead(const std::string& path) {
  return base::fail(base::ErrorCode::io, "cannot use " + path + ": the process was killed");
}

}  // namespace

void WatchedFileSystem::set_fault(const std::optional<Fault>& fault) {
  const std::lock_guard lock(mutex_);
  fault_ = fault;
  changes_ = 0;
}

bool WatchedFileSystem::is_killed() const {
  const std::lock_guard lock(mutex_);
  return is_killed_;
}

bool WatchedFileSystem::interrupt(std::uint32_t at_question, std::function<void()> action) {
  const std::lock_guard lock(mutex_);
  action_ = std::move(action);
  return std::exchange(questions_left_, at_question) == 0;
}

void WatchedFileSystem::note_question() {
  const std::lock_guard lock(mutex_);
  if (questions_left_ > 0 && --questions_left_ == 0) {
    action_();
  }
}

std::vector<std::string> WatchedFileSystem::take_reads() {
  const std::lock_guard lock(mutex_);
  std::sort(reads_.begin(), reads_.end());
  return std::exchange(reads_, {});
}

void WatchedFileSystem::note_read(const std::string& path) {
  const std::lock_guard lock(mutex_);
  reads_.push_back(path);
}

WatchedFileSystem::Verdict WatchedFileSystem::judge(Need need) {
  const std::lock_guard lock(mutex_);
  if (is_killed_) {
    return Verdict::fails;
  }
  ++changes_;
  if (!fault_ || changes_ < fault_->at_change) {
    return Verdict::works;
  }
  if (fault_->kind == Fault::Kind::kill) {
    is_killed_ = true;
    return Verdict::half;
  }
  return need == Need::room ? Verdict::fails : Verdict::works;
}

base::Result<base::FileStatus> WatchedFileSystem::read(const std::string& path,
                                                       std::string& content,
                                                       std::uint64_t limit_bytes) {
  note_question();
  if (is_killed()) {
    return dead(path);
  }
  base::Result<base::FileStatus> result = files_.read(path, content, limit_bytes);
  if (result || result.error().code != base::ErrorCode::not_found) {
    note_read(path);
  }
  return result;
}

base::Result<std::unique_ptr<base::OpenFile>> WatchedFileSystem::open_file(
    const std::string& path) {
  note_question();
  if (is_killed()) {
    return dead(path);
  }
  return files_.open_file(path);
}

base::Result<base::FileStatus> WatchedFileSystem::status(const std::string& path) {
  note_question();
  if (is_killed()) {
    return dead(path);
  }
  return files_.status(path);
}

base::Result<std::vector<base::DirectoryEntry>> WatchedFileSystem::list(const std::string& path) {
  note_question();
  if (is_killed()) {
    return dead(path);
  }
  return files_.list(path);
}

base::Result<std::string> WatchedFileSystem::real_path(const std::string& path) {
  note_question();
  if (is_killed()) {
    return dead(path);
  }
  return files_.real_path(path);
}

std::optional<std::string> WatchedFileSystem::link_target(const std::string& path) {
  note_question();
  return is_killed() ? std::nullopt : files_.link_target(path);
}

base::Result<base::FileStatus> WatchedFileSystem::write_atomically(const std::string& path,
                                                                   std::string_view content) {
  if (judge(Need::room) != Verdict::works) {
    return refuse(path);
  }
  return files_.write_atomically(path, content);
}

base::Result<base::FileStatus> WatchedFileSystem::write_file(const std::string& path,
                                                             std::string_view content) {
  const Verdict verdict = judge(Need::room);
  if (verdict == Verdict::half) {
    static_cast<void>(files_.write_file(path, content.substr(0, content.size() / 2)));
  }
  if (verdict != Verdict::works) {
    return refuse(path);
  }
  return files_.write_file(path, content);
}

base::Status WatchedFileSystem::rename(const std::string& from, const std::string& to) {
  if (judge(Need::nothing) != Verdict::works) {
    return refuse(to);
  }
  return files_.rename(from, to);
}

base::Status WatchedFileSystem::append(const std::string& path, std::string_view content) {
  const Verdict verdict = judge(Need::room);
  if (verdict == Verdict::half) {
    static_cast<void>(files_.append(path, content.substr(0, content.size() / 2)));
  }
  if (verdict != Verdict::works) {
    return refuse(path);
  }
  return files_.append(path, content);
}

base::Status WatchedFileSystem::sync(const std::string& path) {
  if (is_killed()) {
    return dead(path);
  }
  return files_.sync(path);
}

base::Status WatchedFileSystem::create_directories(const std::string& path) {
  if (judge(Need::room) != Verdict::works) {
    return refuse(path);
  }
  return files_.create_directories(path);
}

base::Status WatchedFileSystem::create_private_directory(const std::string& path) {
  if (judge(Need::room) != Verdict::works) {
    return refuse(path);
  }
  return files_.create_private_directory(path);
}

base::Status WatchedFileSystem::remove_file(const std::string& path) {
  if (judge(Need::nothing) != Verdict::works) {
    return refuse(path);
  }
  return files_.remove_file(path);
}

base::Result<bool> WatchedFileSystem::remove_directory_if_empty(const std::string& path) {
  if (judge(Need::nothing) != Verdict::works) {
    return refuse(path);
  }
  return files_.remove_directory_if_empty(path);
}

base::Result<std::unique_ptr<base::DirectoryLock>> WatchedFileSystem::lock_directory(
    const std::string& path) {
  if (is_killed()) {
    return dead(path);
  }
  return files_.lock_directory(path);
}

base::DiskTime WatchedFileSystem::disk_time(const std::string& marker_path) {
  return files_.disk_time(is_killed() ? "" : marker_path);
}

}  // namespace proof
