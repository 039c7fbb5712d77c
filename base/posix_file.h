#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <sys/stat.h>
#include <unistd.h>

#include "base/file_system.h"

// What the parts of RealFileSystem share; nobody else includes it.
namespace base {

/// Closes a file descriptor when it goes out of scope.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) {
      ::close(number_);
    }
  }

  int number() const { return number_; }
  bool is_open() const { return number_ >= 0; }

  /// Closes now and says whether the system could: a full disk may show only here.
  bool close() {
    const int number = number_;
    number_ = -1;
    return ::close(number) == 0;
  }

 private:
  int number_;
};

/// The path as system calls take it. One with a NUL byte, at which they would end it, becomes one
/// that leads nowhere.
inline const char* system_path(const std::string& path) {
  return path.find('\0') == std::string::npos ? path.c_str() : "";
}

/// "cannot <verb> <path>: <what errno says>".
tl::unexpected<Error> failure(std::string_view verb, const std::string& path, int error_number);

tl::unexpected<Error> not_regular(const std::string& path);

std::int64_t nanoseconds(const timespec& time);

FileKind kind_of(mode_t mode);

FileStatus status_of(const struct stat& info);

}  // namespace base
