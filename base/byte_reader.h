#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/fingerprint.h"

namespace base {

/// Takes apart what ByteWriter put together, and survives anything else.
///
/// Never reads outside its bytes. The first value that is not there, or is not as ByteWriter writes
/// it, makes the reader fail; from then on every read gives 0, false or an empty text, and nothing
/// is left. So a caller may read a whole record and ask has_failed() once, at its end. A loop over
/// untrusted data must be bounded by read_count(), or ask before each round.
class ByteReader {
 public:
  /// The bytes must outlive the reader and the texts that it gives.
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  std::uint8_t read_u8() {
    if (rest_.empty()) {
      fail();
      return 0;
    }
    const auto byte = static_cast<std::uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return byte;
  }
  std::uint32_t read_u32() { return static_cast<std::uint32_t>(read_fixed(4)); }
  std::uint64_t read_u64() { return read_fixed(8); }

  /// Any byte but 0 and 1 is a failure.
  bool read_bool();

  /// A longer form than the shortest, or more than 64 bits, is a failure.
  std::uint64_t read_varint() {
    // Nearly all of them have one byte.
    const bool is_short = !rest_.empty() && static_cast<std::uint8_t>(rest_.front()) < 0x80;
    return is_short ? read_u8() : read_long_varint();
  }
  std::int64_t read_signed_varint();

  /// A varint that must fit 32 bits: ids, spans, columns.
  std::uint32_t read_varint_u32();

  /// The number of items that follow, each of which takes at least `smallest_item_bytes`, at least
  /// one. Fails if so many cannot follow: whoever then reserves room for the items needs no more
  /// memory than a constant times the size of the input.
  std::size_t read_count(std::size_t smallest_item_bytes = 1);

  /// A view into the bytes.
  std::string_view read_text();
  std::string_view read_raw(std::size_t size_bytes);

  Fingerprint read_fingerprint();

  /// For callers that find a value impossible, such as the number of an unknown enum: everything
  /// after it is worthless as well.
  void fail();

  bool has_failed() const { return has_failed_; }
  /// Whether all was read, and nothing failed.
  bool is_done() const { return rest_.empty() && !has_failed_; }
  std::size_t size_left() const { return rest_.size(); }

 private:
  std::uint64_t read_long_varint();
  std::uint64_t read_fixed(unsigned size_bytes);

  std::string_view rest_;
  bool has_failed_ = false;
};

}  // namespace base
