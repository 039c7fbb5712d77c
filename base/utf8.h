#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace base {

/// What some editors begin a file with.
inline constexpr std::string_view k_byte_order_mark = "\xEF\xBB\xBF";

/// The offset of the first byte that is not part of a well-formed UTF-8 sequence (overlong forms,
/// surrogates and values above U+10FFFF are ill-formed), or `text.size()`.
std::size_t find_invalid_utf8(std::string_view text);

/// The code point at `offset` of well-formed `text`, and how many bytes it takes.
struct CodePoint {
  std::uint32_t value = 0;
  std::uint32_t length = 1;
};
/// Decodes at `offset`; an ill-formed sequence yields U+FFFD with length 1, so a walk always ends.
CodePoint code_point_at(std::string_view text, std::size_t offset);

void append_utf8(std::string& out, std::uint32_t code_point);

/// How many UTF-16 code units `text` takes: what JavaScript, TypeScript and editors count columns
/// in.
std::size_t utf16_length(std::string_view text);

}  // namespace base
