#include "base/utf8.h"

#include <cstring>

namespace base {
namespace {

constexpr std::uint32_t k_replacement = 0xFFFD;

struct Decoded {
  std::uint32_t value;
  // 0: ill-formed.
  std::uint32_t length;
};

unsigned char byte_at(std::string_view text, std::size_t offset) {
  return offset < text.size() ? static_cast<unsigned char>(text[offset]) : 0;
}

bool is_continuation(unsigned char byte) {
  return (byte & 0xC0) == 0x80;
}

Decoded decode(std::string_view text, std::size_t offset) {
  const unsigned char first = byte_at(text, offset);
  if (first < 0x80) {
    return {first, 1};
  }
  const std::uint32_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4) {
    return {0, 0};
  }
  std::uint32_t value = first & (0x7Fu >> length);
  for (std::uint32_t i = 1; i < length; ++i) {
    const unsigned char next = byte_at(text, offset + i);
    if (!is_continuation(next)) {
      return {0, 0};
    }
    value = (value << 6) | (next & 0x3Fu);
  }
  const bool is_overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  const bool is_surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (is_overlong || is_surrogate || value > 0x10FFFF) {
    return {0, 0};
  }
  return {value, length};
}

/// The offset behind the eight-byte words of ASCII that begin at `offset`: most of what we read and
/// write is that.
std::size_t skip_ascii_words(std::string_view text, std::size_t offset) {
  constexpr std::uint64_t k_high_bits = 0x8080808080808080;
  std::uint64_t word = 0;
  while (text.size() - offset >= sizeof(word)) {
    std::memcpy(&word, text.data() + offset, sizeof(word));
    if ((word & k_high_bits) != 0) {
      break;
    }
    offset += sizeof(word);
  }
  return offset;
}

}  // namespace

std::size_t find_invalid_utf8(std::string_view text) {
  std::size_t offset = skip_ascii_words(text, 0);
  while (offset < text.size()) {
    const Decoded decoded = decode(text, offset);
    if (decoded.length == 0) {
      return offset;
    }
    offset = skip_ascii_words(text, offset + decoded.length);
  }
  return text.size();
}

CodePoint code_point_at(std::string_view text, std::size_t offset) {
  const Decoded decoded = decode(text, offset);
  if (decoded.length == 0) {
    return {k_replacement, 1};
  }
  return {decoded.value, decoded.length};
}

void append_utf8(std::string& out, std::uint32_t code_point) {
  const auto put = [&out](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0 | (code_point >> 6));
    put(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    put(0xE0 | (code_point >> 12));
    put(0x80 | ((code_point >> 6) & 0x3F));
    put(0x80 | (code_point & 0x3F));
  } else {
    put(0xF0 | (code_point >> 18));
    put(0x80 | ((code_point >> 12) & 0x3F));
    put(0x80 | ((code_point >> 6) & 0x3F));
    put(0x80 | (code_point & 0x3F));
  }
}

std::size_t utf16_length(std::string_view text) {
  std::size_t offset = skip_ascii_words(text, 0);
  std::size_t units = offset;
  while (offset < text.size()) {
    const CodePoint point = code_point_at(text, offset);
    units += point.value >= 0x10000 ? 2 : 1;
    offset += point.length;
    const std::size_t next = skip_ascii_words(text, offset);
    units += next - offset;
    offset = next;
  }
  return units;
}

}  // namespace base
