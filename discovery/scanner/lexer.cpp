#include "discovery/scanner/lexer.h"

#include <array>
#include <cstring>

#include "discovery/byte_search.h"

namespace discovery::scanner {

namespace {

enum class ByteClass : std::uint8_t {
  other,
  space,
  line_feed,
  carriage_return,
  letter,
  digit,
  punctuation,
  op,
  quote,
};

constexpr std::array<ByteClass, 256> make_byte_classes() {
  std::array<ByteClass, 256> classes{};
  const auto set = [&](std::string_view bytes, ByteClass value) {
    for (const char c : bytes) {
      classes[static_cast<unsigned char>(c)] = value;
    }
  };
  set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_$", ByteClass::letter);
  set("0123456789", ByteClass::digit);
  set(" \t", ByteClass::space);
  set("\n", ByteClass::line_feed);
  set("\r", ByteClass::carriage_return);
  set("(){}[];,:@~.", ByteClass::punctuation);
  set("+-*/%^&|!=<>?", ByteClass::op);
  set("'\"", ByteClass::quote);
  return classes;
}

constexpr std::array<ByteClass, 256> k_byte_classes = make_byte_classes();

ByteClass class_of(char c) {
  return k_byte_classes[static_cast<unsigned char>(c)];
}

bool is_name_byte(char c) {
  const ByteClass kind = class_of(c);
  return kind == ByteClass::letter || kind == ByteClass::digit;
}

std::size_t end_of_spaces(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  while (end < text.size() && text[end] == ' ') {
    ++end;
  }
  return end;
}

/// U+2028 and U+2029 end lines, and so does a lone CR.
bool has_odd_line_end(std::string_view text) {
  if (text.find("\xE2\x80\xA8") != std::string_view::npos ||
      text.find("\xE2\x80\xA9") != std::string_view::npos) {
    return true;
  }
  for (std::size_t at = text.find('\r'); at != std::string_view::npos;
       at = text.find('\r', at + 1)) {
    if (at + 1 >= text.size() || text[at + 1] != '\n') {
      return true;
    }
  }
  return false;
}

}  // namespace

Lexer::Lexer(std::string_view text, Language language, TokenList& out)
    : text_(text), language_(language), out_(out) {
  out_.clear();
}

Doubt Lexer::run() {
  skip_start();
  while (at_ < text_.size()) {
    switch (mode_) {
      case Mode::code:
        lex_code();
        break;
      case Mode::template_text:
        lex_template_text();
        break;
      case Mode::jsx_tag:
        lex_jsx_tag();
        break;
      case Mode::jsx_children:
        lex_jsx_children();
        break;
    }
  }
  if (doubt_.reason == nullptr && !frames_.empty()) {
    doubt("unclosed");
  }
  emit(TokenKind::end, 0);
  return doubt_;
}

void Lexer::doubt(const char* reason) {
  if (doubt_.reason == nullptr) {
    doubt_ = {reason, static_cast<std::uint32_t>(at_)};
  }
  at_ = text_.size();
}

void Lexer::open(TokenKind kind, std::size_t length, Mode mode) {
  frames_.push_back({count(), mode, {}});
  mode_ = mode;
  emit(kind, length);
}

void Lexer::close(TokenKind kind, TokenKind opener) {
  if (frames_.empty() || out_.tokens[frames_.back().token].kind != opener) {
    doubt("brackets");
    return;
  }
  const std::uint32_t partner = frames_.back().token;
  frames_.pop_back();
  mode_ = frames_.empty() ? Mode::code : frames_.back().mode;
  out_.tokens[partner].partner = count();
  emit(kind, 1);
  out_.tokens.back().partner = partner;
}

/// A byte order mark and `#!`.
void Lexer::skip_start() {
  if (text_.substr(0, 3) == "\xEF\xBB\xBF") {
    at_ = 3;
  }
  if (text_.substr(at_, 2) == "#!") {
    const std::size_t end = text_.find('\n', at_);
    const std::size_t stop = end == std::string_view::npos ? text_.size() : end;
    if (has_odd_line_end(text_.substr(at_, stop + 1 - at_))) {
      doubt("line end");
      return;
    }
    at_ = stop;
  }
}

void Lexer::lex_code() {
  while (mode_ == Mode::code && at_ < text_.size()) {
    const char c = text_[at_];
    switch (class_of(c)) {
      case ByteClass::space:
        // Mostly the first of those that a line begins with.
        at_ = end_of_spaces(text_, at_ + 1);
        break;
      case ByteClass::line_feed:
        line_break_ = true;
        ++at_;
        break;
      case ByteClass::carriage_return:
        if (at(1) != '\n') {
          doubt("line end");
          break;
        }
        ++at_;
        break;
      case ByteClass::letter:
        lex_word();
        break;
      case ByteClass::digit:
        lex_number();
        break;
      case ByteClass::quote:
        lex_string();
        break;
      case ByteClass::punctuation:
        lex_punctuation(c);
        break;
      case ByteClass::op:
        lex_operator(c);
        break;
      case ByteClass::other:
        if (c == '`') {
          lex_template_start();
        } else if (c == '#') {
          lex_private_name();
        } else {
          doubt("byte");
        }
        break;
    }
  }
}

void Lexer::lex_word() {
  const std::size_t length = end_of_ascii_name(text_, at_ + 1) - at_;
  if (length == 3 && std::memcmp(text_.data() + at_, "var", 3) == 0) {
    out_.vars.push_back(count());
  }
  emit(TokenKind::word, length);
}

void Lexer::lex_number() {
  std::size_t end = at_;
  const bool is_decimal = !(text_[at_] == '0' && (at(1) | 0x20) >= 'a');
  while (end < text_.size()) {
    const char c = text_[end];
    const bool is_exponent = is_decimal && (c == 'e' || c == 'E');
    if (!is_name_byte(c) && c != '.') {
      break;
    }
    ++end;
    if (is_exponent && end < text_.size() && (text_[end] == '+' || text_[end] == '-')) {
      ++end;
    }
  }
  // `1..toString()` and `1...x` are nothing that people write.
  if (text_.substr(at_, end - at_).find("..") != std::string_view::npos) {
    doubt("number");
    return;
  }
  emit(TokenKind::number, end - at_);
}

void Lexer::lex_string() {
  const char quote = text_[at_];
  const auto next_stop = [&](std::size_t from) {
    return quote == '"' ? find_any_byte<'"', '\\', '\n', '\r'>(text_, from)
                        : find_any_byte<'\'', '\\', '\n', '\r'>(text_, from);
  };
  std::size_t end = next_stop(at_ + 1);
  while (end < text_.size() && text_[end] == '\\') {
    // CRLF is one line break.
    end = next_stop(end + (text_.substr(end, 3) == "\\\r\n" ? 3U : 2U));
  }
  if (end >= text_.size() || text_[end] != quote) {
    doubt("string");
    return;
  }
  emit(TokenKind::string, end + 1 - at_);
}

void Lexer::lex_private_name() {
  const std::size_t end = end_of_ascii_name(text_, at_ + 1);
  if (class_of(at(1)) != ByteClass::letter) {
    doubt("byte");
    return;
  }
  emit(TokenKind::private_name, end - at_);
}

void Lexer::lex_punctuation(char c) {
  switch (c) {
    case '(':
      return open(TokenKind::open_paren, 1, Mode::code);
    case ')':
      return close(TokenKind::close_paren, TokenKind::open_paren);
    case '[':
      return open(TokenKind::open_bracket, 1, Mode::code);
    case ']':
      return close(TokenKind::close_bracket, TokenKind::open_bracket);
    case '{':
      return open(TokenKind::open_brace, 1, Mode::code);
    case '}': {
      const bool ends_substitution = !frames_.empty() && out_.tokens[frames_.back().token].kind ==
                                                             TokenKind::substitution_begin;
      return close(TokenKind::close_brace,
                   ends_substitution ? TokenKind::substitution_begin : TokenKind::open_brace);
    }
    case ';':
      return emit(TokenKind::semicolon, 1);
    case ',':
      return emit(TokenKind::comma, 1);
    case ':':
      return emit(TokenKind::colon, 1);
    case '@':
      return emit(TokenKind::at, 1);
    case '~':
      return emit(TokenKind::tilde, 1);
    default:
      break;
  }
  if (class_of(at(1)) == ByteClass::digit) {
    return lex_number();
  }
  const bool is_ellipsis = at(1) == '.' && at(2) == '.';
  emit(is_ellipsis ? TokenKind::ellipsis : TokenKind::dot, is_ellipsis ? 3 : 1);
}

void Lexer::lex_operator(char c) {
  switch (c) {
    case '=':
      return lex_equals();
    case '!': {
      const bool compares = at(1) == '=';
      return compares ? emit(TokenKind::binary_operator, at(2) == '=' ? 3 : 2, Binding::equality)
                      : emit(TokenKind::bang, 1);
    }
    case '+':
    case '-':
      if (at(1) == c) {
        return c == '-' && at(2) == '>' ? doubt("html comment") : emit(TokenKind::increment, 2);
      }
      return at(1) == '=' ? emit(TokenKind::compound_assign, 2)
                          : emit(TokenKind::sign, 1, Binding::plus);
    case '*':
      return lex_repeatable(c, Binding::times, Binding::power);
    case '&':
    case '|':
      return lex_repeatable(c, Binding::bitwise_or, Binding::logical);
    case '%':
    case '^':
      return at(1) == '=' ? emit(TokenKind::compound_assign, 2)
                          : emit(TokenKind::binary_operator,
                                 1,
                                 c == '%' ? Binding::times : Binding::bitwise_xor);
    case '?':
      return lex_question();
    case '/':
      return lex_slash();
    case '<':
      return lex_less();
    default:
      return emit(TokenKind::greater, 1, Binding::relation);
  }
}

/// `*`, `**`, `*=`, `**=` and their like.
void Lexer::lex_repeatable(char c, Binding once, Binding twice) {
  const std::size_t length = at(1) == c ? 2 : 1;
  if (at(length) == '=') {
    emit(TokenKind::compound_assign, length + 1);
  } else if (length == 1 && c == '*') {
    emit(TokenKind::star, 1, once);
  } else {
    emit(TokenKind::binary_operator, length, length == 1 ? once : twice);
  }
}

void Lexer::lex_equals() {
  if (at(1) == '>') {
    emit(TokenKind::arrow, 2);
  } else if (at(1) == '=') {
    emit(TokenKind::binary_operator, at(2) == '=' ? 3 : 2, Binding::equality);
  } else {
    emit(TokenKind::assign, 1);
  }
}

void Lexer::lex_question() {
  if (at(1) == '?') {
    at(2) == '=' ? emit(TokenKind::compound_assign, 3)
                 : emit(TokenKind::binary_operator, 2, Binding::coalesce);
  } else if (at(1) == '.' && class_of(at(2)) != ByteClass::digit) {
    emit(TokenKind::optional_dot, 2);
  } else {
    emit(TokenKind::question, 1);
  }
}

void Lexer::lex_slash() {
  if (at(1) == '/') {
    return lex_line_comment();
  }
  if (at(1) == '*') {
    return lex_block_comment();
  }
  switch (before()) {
    case Before::expression:
    case Before::unary_word:
      return lex_regex();
    case Before::operand:
      return at(1) == '=' ? emit(TokenKind::compound_assign, 2)
                          : emit(TokenKind::binary_operator, 1, Binding::times);
    default:
      return doubt("slash");
  }
}

void Lexer::lex_regex() {
  std::size_t end = at_ + 1;
  for (bool is_in_class = false; end < text_.size() && (is_in_class || text_[end] != '/'); ++end) {
    const char c = text_[end];
    if (c == '\n' || c == '\r') {
      break;
    }
    end += c == '\\' ? 1U : 0U;
    is_in_class = c == '[' || (is_in_class && c != ']');
  }
  if (end >= text_.size() || text_[end] != '/' || has_odd_line_end(text_.substr(at_, end - at_)) ||
      text_.substr(at_, end - at_).find('\n') != std::string_view::npos) {
    return doubt("regular expression");
  }
  emit(TokenKind::regex, end_of_ascii_name(text_, end + 1) - at_);
}

void Lexer::lex_less() {
  if (text_.substr(at_, 4) == "<!--") {
    return doubt("html comment");
  }
  if (language_ != Language::typescript) {
    switch (before()) {
      case Before::expression:
        if (!begins_type_parameters()) {
          return lex_element_start();
        }
        return emit(TokenKind::less, 1, Binding::relation);
      case Before::operand:
      case Before::function_word:
      case Before::increment:
        break;
      default:
        if (!begins_type_parameters()) {
          return doubt("angle");
        }
        break;
    }
  }
  if (at(1) == '<') {
    at(2) == '=' ? emit(TokenKind::compound_assign, 3)
                 : emit(TokenKind::binary_operator, 2, Binding::shift);
  } else if (at(1) == '=') {
    emit(TokenKind::binary_operator, 2, Binding::relation);
  } else {
    emit(TokenKind::less, 1, Binding::relation);
  }
}

void Lexer::lex_line_comment() {
  const std::size_t found = text_.find('\n', at_);
  std::size_t end = found == std::string_view::npos ? text_.size() : found;
  if (has_odd_line_end(text_.substr(at_, end + 1 - at_))) {
    return doubt("line end");
  }
  end -= text_[end - 1] == '\r' ? 1U : 0U;
  out_.comments.push_back({static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(end)});
  at_ = end;
}

void Lexer::lex_block_comment() {
  const std::size_t found = text_.find("*/", at_ + 2);
  if (found == std::string_view::npos) {
    return doubt("comment");
  }
  const std::size_t end = found + 2;
  const std::string_view comment = text_.substr(at_, end - at_);
  if (has_odd_line_end(comment)) {
    return doubt("line end");
  }
  line_break_ = line_break_ || comment.find('\n') != std::string_view::npos;
  out_.comments.push_back({static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(end)});
  at_ = end;
}

void Lexer::lex_template_start() {
  if (may_be_site()) {
    out_.candidates.push_back(count());
  }
  open(TokenKind::template_begin, 1, Mode::template_text);
}

void Lexer::lex_template_text() {
  while (at_ < text_.size()) {
    at_ = find_any_byte<'`', '$', '\\'>(text_, at_);
    if (at_ == text_.size()) {
      return;
    }
    const char c = text_[at_];
    if (c == '`') {
      return close(TokenKind::template_end, TokenKind::template_begin);
    }
    if (c == '$' && at(1) == '{') {
      return open(TokenKind::substitution_begin, 2, Mode::code);
    }
    at_ += c == '\\' ? 2U : 1U;
  }
}

}  // namespace discovery::scanner
