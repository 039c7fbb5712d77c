#include "base/real_file_system.h"

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <memory>
#include <sstream>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <dirent.h>
#ifdef SYS_openat2
#include <linux/openat2.h>
#endif

#include "base/fingerprint.h"
#include "base/posix_file.h"
#include "base/source_path.h"

namespace base {
namespace {

FileKind kind_of_entry(int directory, const dirent& entry) {
  switch (entry.d_type) {
    case DT_REG:
      return FileKind::regular;
    case DT_DIR:
      return FileKind::directory;
    case DT_LNK:
      return FileKind::symlink;
    case DT_UNKNOWN: {
      struct stat info {};
      const int done = ::fstatat(directory, entry.d_name, &info, AT_SYMLINK_NOFOLLOW);
      return done == 0 ? kind_of(info.st_mode) : FileKind::other;
    }
    default:
      return FileKind::other;
  }
}

// A name in the same folder, because a rename cannot leave its file system. The process id keeps
// two programs from sharing it; the leading dot keeps watchers and globs from taking it for an
// output.
std::string temporary_beside(const std::string& path) {
  const std::string_view name = std::string_view(path).substr(path.rfind('/') + 1);
  std::string temporary(parent_path(path));
  temporary += "/.";
  // A name may be as long as the file system allows already; then its fingerprint stands for it.
  constexpr std::size_t k_longest_name = 200;
  if (name.size() <= k_longest_name) {
    temporary += name;
  } else {
    temporary += to_hex(fingerprint_of(name));
  }
  return temporary + "." + std::to_string(::getpid()) + ".tmp";
}

bool write_all(int descriptor, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(descriptor, content.data(), content.size());
    if (written < 0) {
      if (errno == EINTR) {
        continue;
      }
      return false;
    }
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// A flock(2) lasts as long as its open file.
class OpenDirectoryLock final : public DirectoryLock {
 public:
  explicit OpenDirectoryLock(int number) : directory_(number) {}

 private:
  Descriptor directory_;
};

// Whether `path` is there and the one name of what it names, found out in one call where the kernel
// can tell: realpath() asks for each name in it. False where nobody knows.
bool has_no_symlinks([[maybe_unused]] const std::string& path) {
#ifdef SYS_openat2
  if (!path.starts_with('/') || normalize_path(path) != path) {
    return false;
  }
  open_how how{};
  how.flags = O_PATH | O_CLOEXEC;
  how.resolve = RESOLVE_NO_SYMLINKS;
  // Linux 5.6; sandboxes may forbid it.
  const Descriptor found(
      static_cast<int>(::syscall(SYS_openat2, AT_FDCWD, system_path(path), &how, sizeof(how))));
  return found.is_open();
#else
  return false;
#endif
}

// The process that holds a flock on `inode`, as Linux lists them:
// "1: FLOCK  ADVISORY  WRITE 4711 fe:00:10952995 0 EOF". The device is not compared: what stat says
// differs from it on btrfs and overlayfs, and a wrong number would only mislead a message.
std::string holder_of_lock(ino_t inode) {
  std::ifstream locks("/proc/locks");
  const std::string suffix = ":" + std::to_string(inode);
  std::string line;
  while (std::getline(locks, line)) {
    std::istringstream words(line);
    std::string number, kind, mode, access, process, file;
    words >> number >> kind >> mode >> access >> process >> file;
    if (kind == "FLOCK" && file.ends_with(suffix)) {
      return "process " + process;
    }
  }
  return "another process";
}

}  // namespace

Result<FileStatus> RealFileSystem::status(const std::string& path) {
  struct stat info {};
  if (::stat(system_path(path), &info) != 0) {
    return failure("look at", path, errno);
  }
  return status_of(info);
}

Result<std::vector<DirectoryEntry>> RealFileSystem::list(const std::string& path) {
  const auto close_directory = [](DIR* directory) { ::closedir(directory); };
  const std::unique_ptr<DIR, decltype(close_directory)> directory(::opendir(system_path(path)),
                                                                  close_directory);
  if (!directory) {
    return failure("list", path, errno);
  }
  std::vector<DirectoryEntry> entries;
  while (true) {
    errno = 0;
    const dirent* entry = ::readdir(directory.get());
    if (entry == nullptr) {
      break;
    }
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") {
      entries.push_back({std::string(name), kind_of_entry(::dirfd(directory.get()), *entry)});
    }
  }
  if (errno != 0) {
    return failure("list", path, errno);
  }
  return entries;
}

Result<std::string> RealFileSystem::real_path(const std::string& path) {
  if (has_no_symlinks(path)) {
    return path;
  }
  const std::unique_ptr<char, decltype(&std::free)> resolved(::realpath(system_path(path), nullptr),
                                                             &std::free);
  if (!resolved) {
    return failure("resolve", path, errno);
  }
  return std::string(resolved.get());
}

std::optional<std::string> RealFileSystem::link_target(const std::string& path) {
  std::string target(PATH_MAX, '\0');
  const ssize_t size = ::readlink(system_path(path), target.data(), target.size());
  if (size < 0) {
    return std::nullopt;
  }
  target.resize(static_cast<std::size_t>(size));
  return target;
}

Result<FileStatus> RealFileSystem::write_atomically(const std::string& path,
                                                    std::string_view content) {
  const std::string temporary = temporary_beside(path);
  Descriptor file(
      ::open(system_path(temporary), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666));
  if (!file.is_open()) {
    return failure("write", path, errno);
  }
  struct stat info {};
  const bool is_written = write_all(file.number(), content) && ::fstat(file.number(), &info) == 0 &&
                          file.close() && ::rename(system_path(temporary), system_path(path)) == 0;
  if (!is_written) {
    const int error_number = errno;
    ::unlink(system_path(temporary));
    return failure("write", path, error_number);
  }
  // A rename changes ctime, so the stamp that counts is the one after it.
  return this->status(path);
}

Result<FileStatus> RealFileSystem::write_file(const std::string& path, std::string_view content) {
  Descriptor file(
      ::open(system_path(path), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666));
  struct stat info {};
  if (!file.is_open() || !write_all(file.number(), content) || ::fstat(file.number(), &info) != 0 ||
      !file.close()) {
    return failure("write", path, errno);
  }
  return status_of(info);
}

Status RealFileSystem::rename(const std::string& from, const std::string& to) {
  if (::rename(system_path(from), system_path(to)) != 0) {
    return failure("write", to, errno);
  }
  return {};
}

Status RealFileSystem::append(const std::string& path, std::string_view content) {
  Descriptor file(
      ::open(system_path(path), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0666));
  if (!file.is_open() || !write_all(file.number(), content) || !file.close()) {
    return failure("write", path, errno);
  }
  return {};
}

Status RealFileSystem::sync(const std::string& path) {
  const Descriptor file(::open(system_path(path), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!file.is_open()) {
    return failure("sync", path, errno);
  }
  struct stat info {};
  const bool is_directory = ::fstat(file.number(), &info) == 0 && S_ISDIR(info.st_mode);
  // The names in a directory may count as its metadata, which fdatasync leaves out.
  const int outcome = is_directory ? ::fsync(file.number()) : ::fdatasync(file.number());
  // EINVAL: a file system that cannot sync this has nothing to wait for.
  if (outcome != 0 && errno != EINVAL) {
    return failure("sync", path, errno);
  }
  return {};
}

Status RealFileSystem::create_directories(const std::string& path) {
  if (::mkdir(system_path(path), 0777) == 0) {
    return {};
  }
  int error_number = errno;
  const std::string parent(parent_path(path));
  if (error_number == ENOENT && !parent.empty() && parent != path) {
    TRY(create_directories(parent));
    if (::mkdir(system_path(path), 0777) == 0) {
      return {};
    }
    error_number = errno;
  }
  struct stat info {};
  if (error_number == EEXIST && ::stat(system_path(path), &info) == 0 && S_ISDIR(info.st_mode)) {
    return {};
  }
  return failure("create", path, error_number);
}

Status RealFileSystem::create_private_directory(const std::string& path) {
  TRY(create_directories(std::string(parent_path(path))));
  // Private from the first moment: mkdir() takes the mode, and umask can only narrow it.
  if (::mkdir(system_path(path), 0700) != 0 && errno != EEXIST) {
    return failure("create", path, errno);
  }
  return create_directories(path);
}

Status RealFileSystem::remove_file(const std::string& path) {
  if (::unlink(system_path(path)) != 0 && errno != ENOENT && errno != ENOTDIR) {
    return failure("remove", path, errno);
  }
  return {};
}

Result<bool> RealFileSystem::remove_directory_if_empty(const std::string& path) {
  if (::rmdir(system_path(path)) == 0 || errno == ENOENT) {
    return true;
  }
  if (errno == ENOTEMPTY || errno == EEXIST) {
    return false;
  }
  return failure("remove", path, errno);
}

Result<std::unique_ptr<DirectoryLock>> RealFileSystem::lock_directory(const std::string& path) {
  const int number = ::open(system_path(path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (number < 0) {
    return failure("lock", path, errno);
  }
  auto lock = std::make_unique<OpenDirectoryLock>(number);
  int outcome = ::flock(number, LOCK_EX | LOCK_NB);
  while (outcome != 0 && errno == EINTR) {
    outcome = ::flock(number, LOCK_EX | LOCK_NB);
  }
  if (outcome != 0 && errno == EWOULDBLOCK) {
    struct stat info {};
    const bool is_known = ::fstat(number, &info) == 0;
    return fail(
        ErrorCode::locked,
        path + " is in use by " + (is_known ? holder_of_lock(info.st_ino) : "another process"));
  }
  // Any other failure means that there are no locks here; building must still be possible.
  return std::unique_ptr<DirectoryLock>(std::move(lock));
}

DiskTime RealFileSystem::disk_time(const std::string& marker_path) {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  DiskTime time;
  time.wall_ns = nanoseconds(now);
  if (marker_path.empty()) {
    return time;
  }
  // Without O_TRUNC: on ext4, truncating a marker costs 4 ms, touching it 1 µs.
  constexpr int k_flags = O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
  const Descriptor marker(::open(system_path(marker_path), k_flags, 0666));
  struct stat info {};
  if (marker.is_open() && ::futimens(marker.number(), nullptr) == 0 &&
      ::fstat(marker.number(), &info) == 0) {
    time.device = DeviceTime{info.st_dev, nanoseconds(info.st_mtim)};
  }
  return time;
}

}  // namespace base
