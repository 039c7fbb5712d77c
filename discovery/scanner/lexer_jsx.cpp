#include "discovery/ascii.h"
#include "discovery/byte_search.h"
#include "discovery/scanner/lexer.h"

namespace discovery::scanner {

namespace {

bool is_jsx_name_byte(char c) {
  return is_ascii_name_byte(c) || c == '-' || c == '.' || c == ':';
}

}  // namespace

std::size_t Lexer::jsx_name_length(std::size_t ahead) const {
  std::size_t length = 0;
  while (is_jsx_name_byte(at(ahead + length))) {
    ++length;
  }
  return length;
}

/// Whether the `<` here begins type parameters, by TypeScript's own rule: `<T,` and `<T extends`
/// are no element.
bool Lexer::begins_type_parameters() const {
  std::size_t ahead = 1;
  const auto skip_spaces = [&] {
    while (is_ascii_space(at(ahead))) {
      ++ahead;
    }
  };
  skip_spaces();
  ahead += jsx_name_length(ahead);
  skip_spaces();
  if (at(ahead) == ',') {
    return true;
  }
  const std::string_view word = "extends";
  if (text_.substr(at_ + ahead, word.size()) != word) {
    return false;
  }
  ahead += word.size();
  if (!is_ascii_space(at(ahead))) {
    return false;
  }
  skip_spaces();
  return at(ahead) != '=' && at(ahead) != '>' && at(ahead) != '/';
}

void Lexer::lex_element_start() {
  const std::size_t length = jsx_name_length(1);
  const std::string_view name = text_.substr(at_ + 1, length);
  if ((length == 0 && at(1) != '>') || name == "const") {
    return doubt("element");
  }
  open(TokenKind::jsx_begin, 1, Mode::jsx_tag);
  frames_.back().name = {static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(at_ + length)};
  at_ += length;
  if (at(0) == '<') {
    skip_jsx_type_arguments();
  }
}

/// `<Select<Row[]> ...`: what words, brackets and a few signs can say; anything else is a doubt.
void Lexer::skip_jsx_type_arguments() {
  std::vector<char> open;
  for (; at_ < text_.size(); ++at_) {
    const char c = text_[at_];
    switch (c) {
      case '<':
      case '(':
      case '[':
      case '{':
        open.push_back(c);
        break;
      case '>':
      case ')':
      case ']':
      case '}': {
        const char opener = c == '>' ? '<' : c == ')' ? '(' : c == ']' ? '[' : '{';
        if (open.back() != opener) {
          return doubt("type arguments");
        }
        open.pop_back();
        if (open.empty()) {
          ++at_;
          return;
        }
        break;
      }
      case '=':
        if (at(1) != '>' || open.size() < 2) {
          return doubt("type arguments");
        }
        ++at_;
        break;
      case '"':
      case '\'': {
        const std::size_t end = text_.find(c, at_ + 1);
        const std::string_view inside =
            text_.substr(at_, end == std::string_view::npos ? end : end - at_);
        if (end == std::string_view::npos ||
            inside.find_first_of("\\\r\n") != std::string_view::npos) {
          return doubt("type arguments");
        }
        at_ = end;
        break;
      }
      default:
        if (!is_ascii_name_byte(c) && !is_ascii_space(c) &&
            std::string_view(".,|&;:?").find(c) == std::string_view::npos) {
          return doubt("type arguments");
        }
        break;
    }
  }
}

/// False after a doubt.
bool Lexer::skip_jsx_trivia() {
  while (at_ < text_.size()) {
    if (is_ascii_space(text_[at_])) {
      ++at_;
    } else if (at(0) == '/' && at(1) == '/') {
      lex_line_comment();
    } else if (at(0) == '/' && at(1) == '*') {
      lex_block_comment();
    } else {
      return true;
    }
  }
  return doubt_.reason == nullptr;
}

void Lexer::lex_jsx_tag() {
  if (!skip_jsx_trivia() || at_ >= text_.size()) {
    return;
  }
  const char c = text_[at_];
  if (c == '>') {
    ++at_;
    frames_.back().mode = Mode::jsx_children;
    mode_ = Mode::jsx_children;
  } else if (c == '/' && at(1) == '>') {
    ++at_;
    close(TokenKind::jsx_end, TokenKind::jsx_begin);
  } else if (c == '{') {
    open(TokenKind::open_brace, 1, Mode::code);
  } else if (is_ascii_name_byte(c) && !(c >= '0' && c <= '9')) {
    lex_jsx_attribute();
  } else {
    doubt("attribute");
  }
}

void Lexer::lex_jsx_attribute() {
  emit(TokenKind::jsx_name, jsx_name_length(0));
  if (!skip_jsx_trivia() || at(0) != '=') {
    return;
  }
  emit(TokenKind::assign, 1);
  if (!skip_jsx_trivia()) {
    return;
  }
  const char c = at(0);
  if (c == '"' || c == '\'') {
    const std::size_t end = text_.find(c, at_ + 1);
    return end == std::string_view::npos ? doubt("attribute")
                                         : emit(TokenKind::string, end + 1 - at_);
  }
  if (c == '{') {
    return open(TokenKind::open_brace, 1, Mode::code);
  }
  return c == '<' ? lex_element_start() : doubt("attribute");
}

void Lexer::lex_jsx_children() {
  const std::size_t next = find_any_byte<'<', '>', '{', '}'>(text_, at_);
  if (next == text_.size()) {
    return doubt("element");
  }
  at_ = next;
  switch (text_[at_]) {
    case '{':
      return open(TokenKind::open_brace, 1, Mode::code);
    case '<':
      return at(1) == '/' ? lex_closing_tag() : lex_element_start();
    default:
      // An error in TypeScript, too; so what is no element does not pass for one.
      return doubt("element text");
  }
}

void Lexer::lex_closing_tag() {
  const base::Span name = frames_.back().name;
  const std::string_view expected = text_.substr(name.begin, name.size());
  const std::size_t length = jsx_name_length(2);
  if (text_.substr(at_ + 2, length) != expected) {
    return doubt("closing tag");
  }
  at_ += 2 + length;
  while (is_ascii_space(at(0))) {
    ++at_;
  }
  if (at(0) != '>') {
    return doubt("closing tag");
  }
  close(TokenKind::jsx_end, TokenKind::jsx_begin);
}

}  // namespace discovery::scanner
