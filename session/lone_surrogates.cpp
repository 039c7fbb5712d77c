#include "session/lone_surrogates.h"

#include <charconv>
#include <cstdint>
#include <optional>

namespace session {
namespace {

constexpr std::string_view k_mark = "\xEF\xB7\x90";

// Of `\uXXXX` at `offset`.
std::optional<std::uint32_t> escaped_unit(std::string_view json, std::size_t offset) {
  if (json.size() < offset + 6 || json[offset] != '\\' || json[offset + 1] != 'u') {
    return std::nullopt;
  }
  std::uint32_t unit = 0;
  const char* const begin = json.data() + offset + 2;
  const auto [end, error] = std::from_chars(begin, begin + 4, unit, 16);
  return error == std::errc() && end == begin + 4 ? std::optional(unit) : std::nullopt;
}

bool is_leading(std::uint32_t unit) {
  return unit >= 0xD800 && unit <= 0xDBFF;
}

bool is_trailing(std::uint32_t unit) {
  return unit >= 0xDC00 && unit <= 0xDFFF;
}

}  // namespace

std::string encode_lone_surrogates(std::string_view json) {
  std::string result;
  result.reserve(json.size());
  for (std::size_t i = 0; i < json.size();) {
    if (json.substr(i, k_mark.size()) == k_mark) {
      result.append(k_mark).append("FDD0");
      i += k_mark.size();
      continue;
    }
    if (json[i] != '\\') {
      result += json[i++];
      continue;
    }
    const std::optional<std::uint32_t> unit = escaped_unit(json, i);
    if (!unit) {
      // Two backslashes are one escape, behind which an escape may begin.
      result.append(json.substr(i, 2));
      i += 2;
      continue;
    }
    if (is_leading(*unit) && is_trailing(escaped_unit(json, i + 6).value_or(0))) {
      result.append(json.substr(i, 12));
      i += 12;
      continue;
    }
    const bool is_encoded = is_leading(*unit) || is_trailing(*unit) || *unit == 0xFDD0;
    result.append(is_encoded ? k_mark : json.substr(i, 2)).append(json.substr(i + 2, 4));
    i += 6;
  }
  return result;
}

std::string decode_lone_surrogates(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  std::size_t begin = 0;
  for (std::size_t at = text.find(k_mark); at != std::string_view::npos;
       at = text.find(k_mark, begin)) {
    result.append(text.substr(begin, at - begin));
    const char* const digits = text.data() + at + k_mark.size();
    std::uint32_t unit = 0;
    std::from_chars(digits, digits + 4, unit, 16);
    result += static_cast<char>(0xE0 | unit >> 12);
    result += static_cast<char>(0x80 | (unit >> 6 & 0x3F));
    result += static_cast<char>(0x80 | (unit & 0x3F));
    begin = at + k_mark.size() + 4;
  }
  return result.append(text.substr(begin));
}

}  // namespace session
