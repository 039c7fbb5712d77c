#include "discovery/literal_text.h"

#include <cstddef>

#include "base/utf8.h"

namespace discovery {

namespace {

constexpr std::uint32_t k_greatest_code_point = 0x10FFFF;

/// What a `\` and the bytes behind it stand for.
struct Escape {
  enum class Kind : std::uint8_t {
    code_point,
    /// A line continuation.
    nothing,
    invalid,
  };
  Kind kind = Kind::invalid;
  /// Bytes, the backslash included. At least 1, so that a walk always ends.
  std::size_t length = 1;
  std::uint32_t code_point = 0;
};

bool is_high_surrogate(std::uint32_t value) {
  return value >= 0xD800 && value < 0xDC00;
}

bool is_low_surrogate(std::uint32_t value) {
  return value >= 0xDC00 && value < 0xE000;
}

std::optional<std::uint32_t> hex_digit(char c) {
  if (c >= '0' && c <= '9') {
    return static_cast<std::uint32_t>(c - '0');
  }
  const char lower = static_cast<char>(c | 0x20);
  if (lower >= 'a' && lower <= 'f') {
    return static_cast<std::uint32_t>(lower - 'a') + 10;
  }
  return std::nullopt;
}

/// `count` hexadecimal digits at `at`, no more and no less.
std::optional<std::uint32_t> hex_number(std::string_view text, std::size_t at, std::size_t count) {
  if (count == 0 || at + count > text.size()) {
    return std::nullopt;
  }
  std::uint32_t value = 0;
  for (const char c : text.substr(at, count)) {
    const auto digit = hex_digit(c);
    if (!digit || value > k_greatest_code_point) {
      return std::nullopt;
    }
    value = value * 16 + *digit;
  }
  return value;
}

Escape hex_escape(std::string_view text, std::size_t digits_at, std::size_t count) {
  const auto value = hex_number(text, digits_at, count);
  return value ? Escape{Escape::Kind::code_point, digits_at + count, *value} : Escape{};
}

/// `\u1234` or `\u{12345}` at the start of `text`.
Escape unicode_escape(std::string_view text) {
  if (text.substr(2, 1) != "{") {
    return hex_escape(text, 2, 4);
  }
  // Any number of leading zeros is legal. Looking at digits only keeps the search linear.
  std::size_t close = 3;
  while (close < text.size() && hex_digit(text[close])) {
    ++close;
  }
  if (close == text.size() || text[close] != '}') {
    return {};
  }
  Escape escape = hex_escape(text, 3, close - 3);
  if (escape.kind == Escape::Kind::invalid || escape.code_point > k_greatest_code_point) {
    return {};
  }
  escape.length = close + 1;
  return escape;
}

/// `\0` to `\9`: only `\0` has a value, and only where no digit follows.
Escape digit_escape(std::string_view text) {
  const bool digit_follows = text.size() > 2 && text[2] >= '0' && text[2] <= '9';
  return text[1] == '0' && !digit_follows ? Escape{Escape::Kind::code_point, 2, 0} : Escape{};
}

/// Any other character stands for itself, line terminators for nothing.
Escape plain_escape(std::string_view text) {
  const base::CodePoint character = base::code_point_at(text, 1);
  const bool is_line_end = character.value == '\n' || character.value == '\r' ||
                           character.value == 0x2028 || character.value == 0x2029;
  if (!is_line_end) {
    return {Escape::Kind::code_point, 1 + character.length, character.value};
  }
  const bool is_crlf = text.substr(1, 2) == "\r\n";
  return {Escape::Kind::nothing, is_crlf ? std::size_t{3} : std::size_t{1} + character.length, 0};
}

/// The escape at the start of `text`, which begins with a backslash.
Escape read_escape(std::string_view text) {
  const auto control = [](std::uint32_t value) {
    return Escape{Escape::Kind::code_point, 2, value};
  };
  if (text.size() < 2) {
    return {};
  }
  switch (text[1]) {
    case 'n':
      return control('\n');
    case 'r':
      return control('\r');
    case 't':
      return control('\t');
    case 'b':
      return control('\b');
    case 'f':
      return control('\f');
    case 'v':
      return control('\v');
    case 'x':
      return hex_escape(text, 2, 2);
    case 'u':
      return unicode_escape(text);
    default:
      return text[1] >= '0' && text[1] <= '9' ? digit_escape(text) : plain_escape(text);
  }
}

/// Like read_escape(), but two escapes that are the halves of one surrogate pair are one character.
Escape read_character_escape(std::string_view text) {
  const Escape first = read_escape(text);
  if (first.kind != Escape::Kind::code_point || first.code_point < 0xD800 ||
      first.code_point >= 0xE000) {
    return first;
  }
  if (is_high_surrogate(first.code_point) && text.substr(first.length, 1) == "\\") {
    const Escape second = read_escape(text.substr(first.length));
    if (second.kind == Escape::Kind::code_point && is_low_surrogate(second.code_point)) {
      const std::uint32_t value =
          0x10000 + ((first.code_point - 0xD800) << 10) + (second.code_point - 0xDC00);
      return {Escape::Kind::code_point, first.length + second.length, value};
    }
  }
  return {Escape::Kind::invalid, first.length, 0};
}

}  // namespace

bool append_cooked(base::MappedText& out, std::string_view file, base::Span raw) {
  const std::string_view text = file.substr(raw.begin, raw.size());
  bool is_valid = true;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t run = at;
    while (run < text.size() && text[run] != '\\' && text[run] != '\r') {
      ++run;
    }
    out.append_verbatim(text.substr(at, run - at), raw.begin + static_cast<std::uint32_t>(at));
    at = run;
    if (at == text.size()) {
      break;
    }
    const std::uint32_t begin = raw.begin + static_cast<std::uint32_t>(at);
    if (text[at] == '\r') {
      const std::uint32_t length = text.substr(at, 2) == "\r\n" ? 2 : 1;
      out.append_replaced("\n", {begin, begin + length});
      at += length;
      continue;
    }
    const Escape escape = read_character_escape(text.substr(at));
    if (escape.kind == Escape::Kind::invalid) {
      is_valid = false;
      out.append_verbatim(text.substr(at, escape.length), begin);
    } else if (escape.kind == Escape::Kind::code_point) {
      std::string value;
      base::append_utf8(value, escape.code_point);
      out.append_replaced(value, {begin, begin + static_cast<std::uint32_t>(escape.length)});
    }
    at += escape.length;
  }
  return is_valid;
}

std::optional<std::string> string_value(std::string_view literal) {
  const bool is_whole = literal.size() >= 2 && (literal[0] == '"' || literal[0] == '\'') &&
                        literal.back() == literal[0];
  if (!is_whole) {
    return std::nullopt;
  }
  base::MappedText value;
  const base::Span inside{1, static_cast<std::uint32_t>(literal.size()) - 1};
  if (!append_cooked(value, literal, inside)) {
    return std::nullopt;
  }
  return value.text();
}

}  // namespace discovery
