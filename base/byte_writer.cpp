#include "base/byte_writer.h"

#include <array>
#include <cstring>

#include "base/byte_order.h"

namespace base {

void ByteWriter::write_fixed(std::uint64_t value, unsigned size_bytes) {
  const std::uint64_t ordered = to_little_endian(value);
  std::array<char, sizeof ordered> bytes{};
  std::memcpy(bytes.data(), &ordered, sizeof ordered);
  bytes_.append(bytes.data(), size_bytes);
}

void ByteWriter::write_long_varint(std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) {
    bytes_ += static_cast<char>((value & 0x7F) | 0x80);
  }
  bytes_ += static_cast<char>(value);
}

void ByteWriter::write_signed_varint(std::int64_t value) {
  // Zigzag: 0, -1, 1, -2, … become 0, 1, 2, 3, …
  const auto bits = static_cast<std::uint64_t>(value);
  write_varint(bits << 1 ^ (value < 0 ? ~std::uint64_t{0} : 0));
}

void ByteWriter::write_text(std::string_view text) {
  write_varint(text.size());
  bytes_ += text;
}

void ByteWriter::write_fingerprint(const Fingerprint& value) {
  write_u64(value.high);
  write_u64(value.low);
}

}  // namespace base
