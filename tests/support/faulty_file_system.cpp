#include "tests/support/faulty_file_system.h"

#include <span>
#include <utility>

namespace support {
namespace {

tl::unexpected<base::Error> fault(const std::string& path) {
  return base::fail(base::ErrorCode::io, "cannot go on with " + path + ": fault");
}

}  // namespace

bool FaultyFileSystem::works(bool& is_first) {
  const std::lock_guard lock(mutex_);
  is_first = left_ == 0 && !has_failed_;
  if (is_first) {
    has_failed_ = true;
    return false;
  }
  if (has_failed_) {
    return fault_ == Fault::once;
  }
  --left_;
  return true;
}

bool FaultyFileSystem::works() {
  bool is_first = false;
  return works(is_first);
}

base::Result<base::FileStatus> FaultyFileSystem::read(const std::string& path,
                                                      std::string& content,
                                                      std::uint64_t limit_bytes) {
  if (!works()) {
    return fault(path);
  }
  return files_.read(path, content, limit_bytes);
}

// Counts and fails the reads of an open file as well.
class FaultyFileSystem::FaultyOpenFile final : public base::OpenFile {
 public:
  FaultyOpenFile(FaultyFileSystem& files, std::string path, std::unique_ptr<base::OpenFile> file)
      : files_(files), path_(std::move(path)), file_(std::move(file)) {}

  std::uint64_t size_bytes() const override { return file_->size_bytes(); }

  base::Status read_at(std::uint64_t offset, std::span<char> into) override {
    if (!files_.works()) {
      return fault(path_);
    }
    return file_->read_at(offset, into);
  }

 private:
  FaultyFileSystem& files_;
  std::string path_;
  std::unique_ptr<base::OpenFile> file_;
};

base::Result<std::unique_ptr<base::OpenFile>> FaultyFileSystem::open_file(const std::string& path) {
  if (!works()) {
    return fault(path);
  }
  TRY_ASSIGN(std::unique_ptr<base::OpenFile> file, files_.open_file(path));
  return std::unique_ptr<base::OpenFile>(
      std::make_unique<FaultyOpenFile>(*this, path, std::move(file)));
}

base::Result<base::FileStatus> FaultyFileSystem::status(const std::string& path) {
  if (!works()) {
    return fault(path);
  }
  return files_.status(path);
}

base::Result<std::vector<base::DirectoryEntry>> FaultyFileSystem::list(const std::string& path) {
  if (!works()) {
    return fault(path);
  }
  return files_.list(path);
}

base::Result<std::string> FaultyFileSystem::real_path(const std::string& path) {
  if (!works()) {
    return fault(path);
  }
  return files_.real_path(path);
}

std::optional<std::string> FaultyFileSystem::link_target(const std::string& path) {
  return works() ? files_.link_target(path) : std::nullopt;
}

base::Result<base::FileStatus> FaultyFileSystem::write_atomically(const std::string& path,
                                                                  std::string_view content) {
  if (!works()) {
    return fault(path);
  }
  return files_.write_atomically(path, content);
}

base::Result<base::FileStatus> FaultyFileSystem::write_file(const std::string& path,
                                                            std::string_view content) {
  bool is_first = false;
  if (!works(is_first)) {
    if (is_first && fault_ == Fault::forever) {
      static_cast<void>(files_.write_file(path, content.substr(0, content.size() / 2)));
    }
    return fault(path);
  }
  return files_.write_file(path, content);
}

base::Status FaultyFileSystem::rename(const std::string& from, const std::string& to) {
  if (!works()) {
    return fault(to);
  }
  return files_.rename(from, to);
}

base::Status FaultyFileSystem::append(const std::string& path, std::string_view content) {
  bool is_first = false;
  if (!works(is_first)) {
    if (is_first && fault_ == Fault::forever) {
      static_cast<void>(files_.append(path, content.substr(0, content.size() / 2)));
    }
    return fault(path);
  }
  return files_.append(path, content);
}

base::Status FaultyFileSystem::sync(const std::string& path) {
  if (!works()) {
    return fault(path);
  }
  return files_.sync(path);
}

base::Status FaultyFileSystem::create_directories(const std::string& path) {
  bool is_first = false;
  if (!works(is_first)) {
    if (is_first && fault_ == Fault::forever) {
      static_cast<void>(files_.create_directories(path.substr(0, path.rfind('/'))));
    }
    return fault(path);
  }
  return files_.create_directories(path);
}

base::Status FaultyFileSystem::create_private_directory(const std::string& path) {
  if (!works()) {
    return fault(path);
  }
  return files_.create_private_directory(path);
}

base::Status FaultyFileSystem::remove_file(const std::string& path) {
  if (!works()) {
    return fault(path);
  }
  return files_.remove_file(path);
}

base::Result<bool> FaultyFileSystem::remove_directory_if_empty(const std::string& path) {
  if (!works()) {
    return fault(path);
  }
  return files_.remove_directory_if_empty(path);
}

base::Result<std::unique_ptr<base::DirectoryLock>> FaultyFileSystem::lock_directory(
    const std::string& path) {
  if (!works()) {
    return fault(path);
  }
  return files_.lock_directory(path);
}

base::DiskTime FaultyFileSystem::disk_time(const std::string& marker_path) {
  return files_.disk_time(works() ? marker_path : "");
}

}  // namespace support
