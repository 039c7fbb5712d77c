#include "base/posix_file.h"

#include <cerrno>
#include <cstring>
#include <utility>

namespace base {
namespace {

bool is_trusted(uid_t owner) {
  // Does not change while the program runs.
  static const uid_t k_user = ::geteuid();
  return k_user == 0 || owner == k_user || owner == 0;
}

}  // namespace

tl::unexpected<Error> failure(std::string_view verb, const std::string& path, int error_number) {
  const bool is_missing = error_number == ENOENT || error_number == ENOTDIR;
  std::string message = "cannot ";
  message.append(verb).append(" ").append(path).append(": ").append(std::strerror(error_number));
  return fail(is_missing ? ErrorCode::not_found : ErrorCode::io, std::move(message));
}

tl::unexpected<Error> not_regular(const std::string& path) {
  return fail(ErrorCode::not_regular, path + " is not a regular file");
}

std::int64_t nanoseconds(const timespec& time) {
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

FileKind kind_of(mode_t mode) {
  if (S_ISREG(mode)) {
    return FileKind::regular;
  }
  if (S_ISDIR(mode)) {
    return FileKind::directory;
  }
  return S_ISLNK(mode) ? FileKind::symlink : FileKind::other;
}

FileStatus status_of(const struct stat& info) {
  FileStatus status;
  status.kind = kind_of(info.st_mode);
  status.stamp.size_bytes = static_cast<std::uint64_t>(info.st_size);
  status.stamp.modified_ns = nanoseconds(info.st_mtim);
  status.stamp.changed_ns = nanoseconds(info.st_ctim);
  status.stamp.inode = info.st_ino;
  status.stamp.device = info.st_dev;
  status.mode = info.st_mode & 07777U;
  status.has_trusted_owner = is_trusted(info.st_uid);
  return status;
}

}  // namespace base
