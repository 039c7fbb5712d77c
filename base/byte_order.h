#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

namespace base {

/// `value` with its bytes in little-endian order on every machine, and back.
///
/// Compilers make nothing of it where machines are little endian; of a loop over shifts GCC 12
/// makes a loop.
inline std::uint64_t to_little_endian(std::uint64_t value) {
  if constexpr (std::endian::native == std::endian::big) {
    return __builtin_bswap64(value);
  }
  return value;
}

/// The number that 8 bytes, little endian, stand for. They need not be aligned.
inline std::uint64_t load_little_endian(const char* bytes) {
  std::uint64_t value = 0;
  std::memcpy(&value, bytes, sizeof value);
  return to_little_endian(value);
}

}  // namespace base
