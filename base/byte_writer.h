#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "base/fingerprint.h"

namespace base {

/// Puts values one behind the other into bytes that ByteReader takes apart again.
///
/// There is no padding and no tag: reader and writer agree on the order. Numbers of fixed size are
/// little endian on every machine, so equal values always give equal bytes.
class ByteWriter {
 public:
  void write_u8(std::uint8_t value) { bytes_ += static_cast<char>(value); }
  void write_u32(std::uint32_t value) { write_fixed(value, 4); }
  void write_u64(std::uint64_t value) { write_fixed(value, 8); }
  void write_bool(bool value) { write_u8(value ? 1 : 0); }

  /// Seven bits per byte, lowest first, the eighth says that more follow: 1 byte below 128, at most
  /// 10. For lengths, counts, indices and positions.
  void write_varint(std::uint64_t value) {
    if (value < 0x80) {
      bytes_ += static_cast<char>(value);
    } else {
      write_long_varint(value);
    }
  }

  /// As write_varint(), with the sign in the lowest bit, so that small negative numbers are short.
  void write_signed_varint(std::int64_t value);

  /// The length as a varint, then the bytes, which need not be UTF-8.
  void write_text(std::string_view text);

  /// The bytes alone, where the reader knows how many they are.
  void write_raw(std::string_view bytes) { bytes_ += bytes; }

  void write_fingerprint(const Fingerprint& value);

  std::size_t size() const { return bytes_.size(); }
  const std::string& bytes() const { return bytes_; }
  std::string take() { return std::exchange(bytes_, {}); }
  void reserve(std::size_t size_bytes) { bytes_.reserve(size_bytes); }

 private:
  void write_fixed(std::uint64_t value, unsigned size_bytes);
  void write_long_varint(std::uint64_t value);

  std::string bytes_;
};

}  // namespace base
