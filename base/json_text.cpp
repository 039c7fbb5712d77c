#include "base/json_text.h"

#include <cstdint>
#include <cstring>

#include "base/utf8.h"

namespace base {
namespace {

constexpr std::string_view k_replacement_character = "\xEF\xBF\xBD";

void append_escape(std::string& out, unsigned char byte) {
  constexpr std::string_view k_digits = "0123456789abcdef";
  switch (byte) {
    case '"':
      out += "\\\"";
      break;
    case '\\':
      out += "\\\\";
      break;
    case '\b':
      out += "\\b";
      break;
    case '\f':
      out += "\\f";
      break;
    case '\n':
      out += "\\n";
      break;
    case '\r':
      out += "\\r";
      break;
    case '\t':
      out += "\\t";
      break;
    default:
      out += "\\u00";
      out += k_digits[byte >> 4];
      out += k_digits[byte & 0xF];
  }
}

/// Whether one of eight bytes has to be escaped; may say so of some that need not be.
bool may_need_escape(const char* bytes) {
  constexpr std::uint64_t k_ones = 0x0101010101010101;
  constexpr std::uint64_t k_high_bits = 0x8080808080808080;
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof(word));
  const auto has_zero = [](std::uint64_t value) { return (value - k_ones) & ~value & k_high_bits; };
  const std::uint64_t is_control = (word - k_ones * 0x20) & ~word & k_high_bits;
  return (is_control | has_zero(word ^ (k_ones * '"')) | has_zero(word ^ (k_ones * '\\'))) != 0;
}

void append_well_formed(std::string& out, std::string_view text) {
  std::size_t run = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    while (text.size() - i >= sizeof(std::uint64_t) && !may_need_escape(text.data() + i)) {
      i += sizeof(std::uint64_t);
    }
    if (i == text.size()) {
      break;
    }
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x20 && byte != '"' && byte != '\\') {
      continue;
    }
    out.append(text.substr(run, i - run));
    append_escape(out, byte);
    run = i + 1;
  }
  out.append(text.substr(run));
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) {
    const std::size_t good = find_invalid_utf8(text);
    append_well_formed(out, text.substr(0, good));
    if (good == text.size()) {
      break;
    }
    out += k_replacement_character;
    text.remove_prefix(good + 1);
  }
  out += '"';
}

std::string json_string(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

}  // namespace base
