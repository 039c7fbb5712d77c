#include "graphql/lexer.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>

#include "base/utf8.h"
#include "graphql/block_string.h"

namespace graphql {
namespace {

enum class CharClass : std::uint8_t {
  other,
  ignored,
  name_start,
  digit,
  punctuator,
  quote,
  hash,
  dot,
  minus,
  mark_start,
};

struct CharTable {
  std::array<CharClass, 256> classes{};
  std::array<bool, 256> continues_name{};
  std::array<TokenKind, 256> punctuators{};

  constexpr void set(char c, CharClass value) { classes[static_cast<unsigned char>(c)] = value; }
  constexpr void set_punctuator(char c, TokenKind kind) {
    set(c, CharClass::punctuator);
    punctuators[static_cast<unsigned char>(c)] = kind;
  }
  constexpr CharTable() {
    for (unsigned i = 0; i < 26; ++i) {
      classes['a' + i] = classes['A' + i] = CharClass::name_start;
      continues_name['a' + i] = continues_name['A' + i] = true;
    }
    for (unsigned i = 0; i < 10; ++i) {
      classes['0' + i] = CharClass::digit;
      continues_name['0' + i] = true;
    }
    set('_', CharClass::name_start);
    continues_name['_'] = true;
    for (const char c : {' ', '\t', ',', '\n', '\r'}) {
      set(c, CharClass::ignored);
    }
    set('"', CharClass::quote);
    set('#', CharClass::hash);
    set('.', CharClass::dot);
    set('-', CharClass::minus);
    // First byte of a byte order mark, U+FEFF.
    set('\xEF', CharClass::mark_start);
    set_punctuator('!', TokenKind::bang);
    set_punctuator('$', TokenKind::dollar);
    set_punctuator('&', TokenKind::ampersand);
    set_punctuator('(', TokenKind::paren_left);
    set_punctuator(')', TokenKind::paren_right);
    set_punctuator(':', TokenKind::colon);
    set_punctuator('=', TokenKind::equals);
    set_punctuator('@', TokenKind::at);
    set_punctuator('[', TokenKind::bracket_left);
    set_punctuator(']', TokenKind::bracket_right);
    set_punctuator('{', TokenKind::brace_left);
    set_punctuator('|', TokenKind::pipe);
    set_punctuator('}', TokenKind::brace_right);
  }
};

constexpr CharTable k_table;

bool is_digit(unsigned char c) {
  return c >= '0' && c <= '9';
}

bool is_name_start(unsigned char c) {
  return k_table.classes[c] == CharClass::name_start;
}

// The value of a hex digit, or -1.
int hex_value(unsigned char c) {
  if (is_digit(c)) {
    return c - '0';
  }
  if (c >= 'a' && c <= 'f') {
    return c - 'a' + 10;
  }
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// Four hex digits at `offset`, or -1.
std::int32_t hex4(std::string_view text, std::size_t offset) {
  std::int32_t value = 0;
  for (std::size_t i = offset; i < offset + 4; ++i) {
    const int digit = i < text.size() ? hex_value(static_cast<unsigned char>(text[i])) : -1;
    if (digit < 0) {
      return -1;
    }
    value = value << 4 | digit;
  }
  return value;
}

bool is_leading_surrogate(std::int32_t code) {
  return code >= 0xD800 && code <= 0xDBFF;
}

bool is_trailing_surrogate(std::int32_t code) {
  return code >= 0xDC00 && code <= 0xDFFF;
}

// Most texts are ASCII: look at eight bytes at a time before going through them one by one.
std::size_t find_ill_formed(std::string_view text) {
  std::size_t offset = 0;
  for (; offset + 8 <= text.size(); offset += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + offset, sizeof(word));
    if ((word & 0x8080808080808080ull) != 0) {
      break;
    }
  }
  return offset + base::find_invalid_utf8(text.substr(offset));
}

// Of the next `\n` or `\r`. Two searches for one byte each beat find_first_of, which asks for each
// byte whether it is one of some.
std::size_t find_line_end(std::string_view text, std::size_t begin) {
  const std::size_t feed = text.find('\n', begin);
  const std::size_t carriage_return = text.substr(0, feed).find('\r', begin);
  return std::min(feed, carriage_return);
}

std::string hex_text(std::uint32_t value, int width) {
  char text[16];
  std::snprintf(text, sizeof(text), "%0*X", width, value);
  return text;
}

// The character at `offset` as messages show it: `"x"`, `U+00E9`, `<EOF>`.
std::string describe_character(std::string_view source, std::size_t offset, std::size_t invalid) {
  if (offset >= source.size()) {
    return std::string(to_text(TokenKind::end_of_file));
  }
  const auto byte = static_cast<unsigned char>(source[offset]);
  if (offset == invalid) {
    // Half of a surrogate pair that somebody encoded by itself is told as the reference does. For
    // other ill-formed bytes it has no words: JavaScript's strings cannot hold them.
    const bool is_surrogate = byte == 0xED && offset + 2 < source.size() &&
                              (static_cast<unsigned char>(source[offset + 1]) & 0xE0) == 0xA0;
    if (is_surrogate) {
      const auto second = static_cast<unsigned char>(source[offset + 1]);
      const auto third = static_cast<unsigned char>(source[offset + 2]);
      return "U+" + hex_text(0xD000u | (second & 0x3Fu) << 6 | (third & 0x3Fu), 4);
    }
    return "byte 0x" + hex_text(byte, 2) + " (not UTF-8)";
  }
  const std::uint32_t code = base::code_point_at(source, offset).value;
  if (code >= 0x20 && code <= 0x7E) {
    return code == '"' ? "'\"'" : std::string("\"") + source[offset] + "\"";
  }
  return "U+" + hex_text(code, 4);
}

// The first `units` UTF-16 units of `text`; half of a surrogate pair becomes U+FFFD.
std::string first_units(std::string_view text, std::size_t units) {
  std::string cut;
  for (std::size_t offset = 0; offset < text.size() && units > 0;) {
    const base::CodePoint point = base::code_point_at(text, offset);
    const std::size_t size = point.value >= 0x10000 ? 2 : 1;
    if (size > units) {
      base::append_utf8(cut, 0xFFFD);
      break;
    }
    base::append_utf8(cut, point.value);
    units -= size;
    offset += point.length;
  }
  return cut;
}

}  // namespace

std::string_view to_text(TokenKind kind) {
  constexpr std::array<std::string_view, 22> k_texts = {
      "!", "$", "&", "(",    ")",   "...",   ":",      "=",           "@",       "[",     "]",
      "{", "|", "}", "Name", "Int", "Float", "String", "BlockString", "Comment", "<EOF>", "",
  };
  return k_texts[static_cast<std::size_t>(kind)];
}

Lexer::Lexer(std::string_view source) : source_(source), invalid_(find_ill_formed(source)) {}

Token Lexer::token(TokenKind kind, std::size_t begin, bool has_escape) const {
  return Token{
      kind, has_escape, {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(position_)}};
}

Token Lexer::fail(std::string message, std::size_t offset) {
  std::size_t end = offset;
  if (offset < source_.size()) {
    end += offset == invalid_ ? 1 : base::code_point_at(source_, offset).length;
  }
  error_ = {std::move(message),
            {static_cast<std::uint32_t>(offset), static_cast<std::uint32_t>(end)}};
  has_failed_ = true;
  return Token{TokenKind::error, false, error_.span};
}

Token Lexer::next() {
  for (;;) {
    const Token next_token = next_or_comment();
    if (next_token.kind != TokenKind::comment) {
      return next_token;
    }
  }
}

Token Lexer::next_or_comment() {
  if (has_failed_) {
    return Token{TokenKind::error, false, error_.span};
  }
  const std::size_t size = source_.size();
  for (;;) {
    while (position_ < size && k_table.classes[byte_at(position_)] == CharClass::ignored) {
      ++position_;
    }
    if (position_ >= size) {
      return token(TokenKind::end_of_file, size);
    }
    const std::size_t begin = position_;
    const unsigned char c = byte_at(begin);
    switch (k_table.classes[c]) {
      case CharClass::name_start:
        do {
          ++position_;
        } while (position_ < size && k_table.continues_name[byte_at(position_)]);
        return token(TokenKind::name, begin);
      case CharClass::punctuator:
        ++position_;
        return token(k_table.punctuators[c], begin);
      case CharClass::digit:
      case CharClass::minus:
        return read_number();
      case CharClass::quote:
        return source_.substr(begin, 3) == "\"\"\"" ? read_block_string() : read_string();
      case CharClass::hash:
        return read_comment();
      case CharClass::dot:
        if (source_.substr(begin, 3) != "...") {
          return unexpected_character();
        }
        position_ += 3;
        return token(TokenKind::spread, begin);
      case CharClass::mark_start:
        if (source_.substr(begin, 3) != base::k_byte_order_mark) {
          return unexpected_character();
        }
        position_ += 3;
        continue;
      default:
        return unexpected_character();
    }
  }
}

Token Lexer::unexpected_character() {
  if (source_[position_] == '\'') {
    return fail("Unexpected single quote character ('), did you mean to use a double quote (\")?",
                position_);
  }
  const char* kind = position_ == invalid_ ? "Invalid" : "Unexpected";
  return fail(kind + (" character: " + describe_character(source_, position_, invalid_)) + ".",
              position_);
}

Token Lexer::read_comment() {
  const std::size_t begin = position_;
  const std::size_t line_end = source_.find_first_of("\r\n", begin);
  position_ = std::min({line_end, source_.size(), std::max(invalid_, begin + 1)});
  return token(TokenKind::comment, begin);
}

bool Lexer::read_digits() {
  if (!is_digit(byte_at(position_))) {
    fail("Invalid number, expected digit but got: " +
             describe_character(source_, position_, invalid_) + ".",
         position_);
    return false;
  }
  while (is_digit(byte_at(position_))) {
    ++position_;
  }
  return true;
}

Token Lexer::read_number() {
  const std::size_t begin = position_;
  TokenKind kind = TokenKind::int_value;
  if (byte_at(position_) == '-') {
    ++position_;
  }
  if (byte_at(position_) == '0') {
    ++position_;
    if (is_digit(byte_at(position_))) {
      return fail("Invalid number, unexpected digit after 0: " +
                      describe_character(source_, position_, invalid_) + ".",
                  position_);
    }
  } else if (!read_digits()) {
    return next_or_comment();
  }
  if (byte_at(position_) == '.') {
    kind = TokenKind::float_value;
    ++position_;
    if (!read_digits()) {
      return next_or_comment();
    }
  }
  if (byte_at(position_) == 'e' || byte_at(position_) == 'E') {
    kind = TokenKind::float_value;
    ++position_;
    if (byte_at(position_) == '+' || byte_at(position_) == '-') {
      ++position_;
    }
    if (!read_digits()) {
      return next_or_comment();
    }
  }
  if (byte_at(position_) == '.' || is_name_start(byte_at(position_))) {
    return fail("Invalid number, expected digit but got: " +
                    describe_character(source_, position_, invalid_) + ".",
                position_);
  }
  return token(kind, begin);
}

Token Lexer::read_string() {
  const std::size_t begin = position_;
  bool has_escape = false;
  ++position_;
  for (;;) {
    const std::size_t stop = source_.find_first_of("\"\\\r\n", position_);
    position_ = std::min(stop, source_.size());
    if (position_ > invalid_) {
      return fail("Invalid character within String: " +
                      describe_character(source_, invalid_, invalid_) + ".",
                  invalid_);
    }
    switch (byte_at(position_)) {
      case '"':
        ++position_;
        return token(TokenKind::string, begin, has_escape);
      case '\\':
        has_escape = true;
        if (!skip_escape()) {
          return next_or_comment();
        }
        continue;
      default:
        return fail("Unterminated string.", position_);
    }
  }
}

bool Lexer::skip_escape() {
  const unsigned char next = byte_at(position_ + 1);
  if (next == 'u') {
    return byte_at(position_ + 2) == '{' ? skip_braced_escape() : skip_fixed_escape();
  }
  if (next != 0 && std::strchr("\"\\/bfnrt", next) != nullptr) {
    position_ += 2;
    return true;
  }
  fail("Invalid character escape sequence: \"" + first_units(source_.substr(position_), 2) + "\".",
       position_);
  return false;
}

bool Lexer::skip_braced_escape() {
  // At most 12 characters: `\u{00000000}`. The reference counts what it read, the closing brace or
  // wrong character included, and shows as much in the message.
  constexpr std::size_t k_max_size = 12;
  std::uint32_t value = 0;
  std::size_t size = 3;
  while (size < k_max_size) {
    const unsigned char c = byte_at(position_ + size++);
    if (c == '}') {
      const bool is_scalar = value <= 0xD7FF || (value >= 0xE000 && value <= 0x10FFFF);
      if (size < 5 || !is_scalar) {
        break;
      }
      position_ += size;
      return true;
    }
    const int digit = hex_value(c);
    // The reference shifts into a signed 32-bit number and stops once it is negative.
    if (digit < 0 || (value & 0x08000000u) != 0) {
      break;
    }
    value = value << 4 | static_cast<std::uint32_t>(digit);
  }
  fail("Invalid Unicode escape sequence: \"" + first_units(source_.substr(position_), size) + "\".",
       position_);
  return false;
}

bool Lexer::skip_fixed_escape() {
  const std::int32_t code = hex4(source_, position_ + 2);
  if (code >= 0 && !is_leading_surrogate(code) && !is_trailing_surrogate(code)) {
    position_ += 6;
    return true;
  }
  const bool is_pair = is_leading_surrogate(code) && byte_at(position_ + 6) == '\\' &&
                       byte_at(position_ + 7) == 'u' &&
                       is_trailing_surrogate(hex4(source_, position_ + 8));
  if (is_pair) {
    position_ += 12;
    return true;
  }
  fail("Invalid Unicode escape sequence: \"" + first_units(source_.substr(position_), 6) + "\".",
       position_);
  return false;
}

Token Lexer::read_block_string() {
  const std::size_t begin = position_;
  bool has_escape = false;
  position_ += 3;
  for (;;) {
    const std::size_t quote = source_.find("\"\"\"", position_);
    const std::size_t end = std::min(quote, source_.size());
    if (end > invalid_) {
      return fail("Invalid character within String: " +
                      describe_character(source_, invalid_, invalid_) + ".",
                  invalid_);
    }
    if (quote == std::string_view::npos) {
      return fail("Unterminated string.", source_.size());
    }
    position_ = quote + 3;
    // A backslash before three quotes escapes them; two backslashes do not escape each other.
    if (source_[quote - 1] == '\\' && quote - 1 >= begin + 3) {
      has_escape = true;
      continue;
    }
    return token(TokenKind::block_string, begin, has_escape);
  }
}

std::string_view StringReader::read(std::string_view source, const Token& token) {
  const std::string_view text = source.substr(token.span.begin, token.span.size());
  if (token.kind == TokenKind::block_string) {
    return read_block(text.substr(3, text.size() - 6));
  }
  const std::string_view raw = text.substr(1, text.size() - 2);
  if (!token.has_escape) {
    return raw;
  }
  text_.clear();
  for (std::size_t i = 0; i < raw.size();) {
    if (raw[i] != '\\') {
      text_ += raw[i++];
      continue;
    }
    i += append_escape(raw, i);
  }
  return text_;
}

std::size_t StringReader::append_escape(std::string_view raw, std::size_t offset) {
  constexpr std::string_view k_letters = "bfnrt";
  constexpr std::string_view k_meanings = "\b\f\n\r\t";
  const char letter = raw[offset + 1];
  if (letter != 'u') {
    const std::size_t index = k_letters.find(letter);
    text_ += index == std::string_view::npos ? letter : k_meanings[index];
    return 2;
  }
  if (raw[offset + 2] == '{') {
    std::uint32_t value = 0;
    std::size_t i = offset + 3;
    for (; raw[i] != '}'; ++i) {
      const int digit = hex_value(static_cast<unsigned char>(raw[i]));
      value = value << 4 | static_cast<std::uint32_t>(digit);
    }
    base::append_utf8(text_, value);
    return i + 1 - offset;
  }
  const std::int32_t code = hex4(raw, offset + 2);
  if (is_leading_surrogate(code)) {
    const std::int32_t trailing = hex4(raw, offset + 8);
    const std::int32_t point = 0x10000 + ((code - 0xD800) << 10) + (trailing - 0xDC00);
    base::append_utf8(text_, static_cast<std::uint32_t>(point));
    return 12;
  }
  base::append_utf8(text_, static_cast<std::uint32_t>(code));
  return 6;
}

std::string_view StringReader::read_block(std::string_view raw) {
  lines_.clear();
  std::size_t begin = 0;
  for (;;) {
    const std::size_t end = find_line_end(raw, begin);
    if (end == std::string_view::npos) {
      lines_.push_back(raw.substr(begin));
      break;
    }
    lines_.push_back(raw.substr(begin, end - begin));
    begin = end + (raw.substr(end, 2) == "\r\n" ? 2 : 1);
  }
  dedent_block_string_lines(lines_);
  const bool has_escape = raw.find("\\\"\"\"") != std::string_view::npos;
  if (lines_.empty()) {
    return {};
  }
  if (lines_.size() == 1 && !has_escape) {
    return lines_.front();
  }
  text_.clear();
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    if (i > 0) {
      text_ += '\n';
    }
    std::string_view line = lines_[i];
    for (std::size_t at = has_escape ? line.find("\\\"\"\"") : std::string_view::npos;
         at != std::string_view::npos;
         at = line.find("\\\"\"\"")) {
      text_.append(line.substr(0, at)).append("\"\"\"");
      line.remove_prefix(at + 4);
    }
    text_ += line;
  }
  return text_;
}

std::string describe(std::string_view source, const Token& token) {
  std::string text;
  if (is_punctuator(token.kind)) {
    return text.append("\"").append(to_text(token.kind)).append("\"");
  }
  text = to_text(token.kind);
  std::string_view value = source.substr(token.span.begin, token.span.size());
  StringReader reader;
  switch (token.kind) {
    case TokenKind::end_of_file:
    case TokenKind::error:
      return text;
    case TokenKind::comment:
      value.remove_prefix(1);
      break;
    case TokenKind::string:
    case TokenKind::block_string:
      value = reader.read(source, token);
      break;
    default:
      break;
  }
  return text.append(" \"").append(value).append("\"");
}

std::vector<Token> list_tokens(std::string_view source) {
  Lexer lexer(source);
  std::vector<Token> tokens;
  do {
    tokens.push_back(lexer.next_or_comment());
  } while (tokens.back().kind != TokenKind::end_of_file && tokens.back().kind != TokenKind::error);
  return tokens;
}

}  // namespace graphql
