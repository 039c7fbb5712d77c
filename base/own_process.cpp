#include "base/own_process.h"

#include <array>
#include <cstddef>

#include <unistd.h>

namespace base {
namespace {

/// Longer than any path that Linux takes.
constexpr std::size_t k_path_bytes = 65536;

}  // namespace

std::string current_folder() {
  std::array<char, k_path_bytes> buffer{};
  return ::getcwd(buffer.data(), buffer.size()) == nullptr ? std::string() : buffer.data();
}

std::string program_path() {
  std::array<char, k_path_bytes> buffer{};
  const ssize_t size = ::readlink("/proc/self/exe", buffer.data(), buffer.size());
  return size > 0 ? std::string(buffer.data(), static_cast<std::size_t>(size)) : std::string();
}

}  // namespace base
