#include <cerrno>
#include <cstring>
#include <memory>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/posix_file.h"
#include "base/real_file_system.h"

// How RealFileSystem reads files.
namespace base {
namespace {

tl::unexpected<Error> too_large(const std::string& path, std::uint64_t limit_bytes) {
  return fail(ErrorCode::too_large,
              path + " is larger than " + std::to_string(limit_bytes) + " bytes");
}

// Reads to the end, growing where the file grew after its size was taken.
Status read_all(int descriptor,
                const std::string& path,
                std::string& content,
                std::uint64_t limit) {
  std::size_t used = 0;
  while (true) {
    if (used == content.size()) {
      content.resize(content.size() + 4096);
    }
    const ssize_t count = ::read(descriptor, content.data() + used, content.size() - used);
    if (count < 0 && errno == EINTR) {
      continue;
    }
    if (count < 0) {
      return failure("read", path, errno);
    }
    if (count == 0) {
      break;
    }
    used += static_cast<std::size_t>(count);
    if (used > limit) {
      return too_large(path, limit);
    }
  }
  content.resize(used + FileSystem::k_read_padding);
  std::memset(content.data() + used, 0, FileSystem::k_read_padding);
  content.resize(used);
  return {};
}

class OpenRealFile final : public OpenFile {
 public:
  OpenRealFile(int number, std::string path, std::uint64_t size_bytes)
      : file_(number), path_(std::move(path)), size_bytes_(size_bytes) {}

  std::uint64_t size_bytes() const override { return size_bytes_; }

  // pread(2), not a mapping: see decision 0091.
  Status read_at(std::uint64_t offset, std::span<char> into) override {
    while (!into.empty()) {
      const ssize_t count =
          ::pread(file_.number(), into.data(), into.size(), static_cast<off_t>(offset));
      if (count < 0 && errno == EINTR) {
        continue;
      }
      if (count < 0) {
        return failure("read", path_, errno);
      }
      if (count == 0) {
        return fail(ErrorCode::corrupt, path_ + " ends too early");
      }
      offset += static_cast<std::uint64_t>(count);
      into = into.subspan(static_cast<std::size_t>(count));
    }
    return {};
  }

 private:
  Descriptor file_;
  std::string path_;
  std::uint64_t size_bytes_;
};

}  // namespace

Result<FileStatus> RealFileSystem::read(const std::string& path,
                                        std::string& content,
                                        std::uint64_t limit_bytes) {
  // O_NONBLOCK: opening a FIFO without a writer would wait for ever.
  Descriptor file(::open(system_path(path), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!file.is_open() && errno == ENXIO) {
    // What open() says of a socket.
    return not_regular(path);
  }
  if (!file.is_open()) {
    return failure("read", path, errno);
  }
  struct stat info {};
  if (::fstat(file.number(), &info) != 0) {
    return failure("read", path, errno);
  }
  const FileStatus status = status_of(info);
  if (status.kind != FileKind::regular) {
    return not_regular(path);
  }
  if (status.stamp.size_bytes > limit_bytes) {
    return too_large(path, limit_bytes);
  }
  // One byte more than the size, so that the usual file ends with one read that returns 0.
  content.resize(static_cast<std::size_t>(status.stamp.size_bytes) + 1 + k_read_padding);
  TRY(read_all(file.number(), path, content, limit_bytes));
  return status;
}

Result<std::unique_ptr<OpenFile>> RealFileSystem::open_file(const std::string& path) {
  const int number =
      ::open(system_path(path), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW);
  if (number < 0) {
    // What open() says of a symlink, and of a socket.
    return errno == ELOOP || errno == ENXIO ? not_regular(path) : failure("read", path, errno);
  }
  struct stat info {};
  const bool is_known = ::fstat(number, &info) == 0;
  const int error_number = errno;
  auto file = std::make_unique<OpenRealFile>(
      number, path, is_known ? static_cast<std::uint64_t>(info.st_size) : 0);
  if (!is_known) {
    return failure("read", path, error_number);
  }
  if (!S_ISREG(info.st_mode)) {
    return not_regular(path);
  }
  return std::unique_ptr<OpenFile>(std::move(file));
}

}  // namespace base
