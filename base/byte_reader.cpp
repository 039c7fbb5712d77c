#include "base/byte_reader.h"

#include <algorithm>
#include <array>
#include <limits>

#include "base/byte_order.h"
#include "base/check.h"

namespace base {

void ByteReader::fail() {
  has_failed_ = true;
  rest_ = {};
}

std::string_view ByteReader::read_raw(std::size_t size_bytes) {
  if (size_bytes > rest_.size()) {
    fail();
    return {};
  }
  const std::string_view bytes = rest_.substr(0, size_bytes);
  rest_.remove_prefix(size_bytes);
  return bytes;
}

std::uint64_t ByteReader::read_fixed(unsigned size_bytes) {
  const std::string_view bytes = read_raw(size_bytes);
  std::array<char, sizeof(std::uint64_t)> padded{};
  std::copy(bytes.begin(), bytes.end(), padded.begin());
  return load_little_endian(padded.data());
}

bool ByteReader::read_bool() {
  const std::uint8_t value = read_u8();
  if (value > 1) {
    fail();
  }
  return value == 1;
}

std::uint64_t ByteReader::read_long_varint() {
  constexpr unsigned k_last_shift = 63;
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift <= k_last_shift; shift += 7) {
    const std::uint8_t byte = read_u8();
    const bool is_last = byte < 0x80;
    const bool is_too_large = shift == k_last_shift && byte > 1;
    const bool is_too_long = is_last && byte == 0 && shift > 0;
    if (is_too_large || is_too_long) {
      break;
    }
    value |= std::uint64_t{byte & 0x7FU} << shift;
    if (is_last) {
      return value;
    }
  }
  fail();
  return 0;
}

std::int64_t ByteReader::read_signed_varint() {
  const std::uint64_t bits = read_varint();
  return static_cast<std::int64_t>(bits >> 1 ^ ((bits & 1) != 0 ? ~std::uint64_t{0} : 0));
}

std::uint32_t ByteReader::read_varint_u32() {
  const std::uint64_t value = read_varint();
  if (value > std::numeric_limits<std::uint32_t>::max()) {
    fail();
    return 0;
  }
  return static_cast<std::uint32_t>(value);
}

std::size_t ByteReader::read_count(std::size_t smallest_item_bytes) {
  check(smallest_item_bytes > 0, "an item takes at least one byte");
  const std::uint64_t count = read_varint();
  if (count > rest_.size() / std::max<std::size_t>(smallest_item_bytes, 1)) {
    fail();
    return 0;
  }
  return static_cast<std::size_t>(count);
}

std::string_view ByteReader::read_text() {
  const std::uint64_t size_bytes = read_varint();
  if (size_bytes > rest_.size()) {
    fail();
    return {};
  }
  return read_raw(static_cast<std::size_t>(size_bytes));
}

Fingerprint ByteReader::read_fingerprint() {
  Fingerprint value;
  value.high = read_u64();
  value.low = read_u64();
  // Half of one is none.
  return has_failed_ ? Fingerprint{} : value;
}

}  // namespace base
