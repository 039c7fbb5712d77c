#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace graphql {

/// Punctuators first: is_punctuator() relies on it.
enum class TokenKind : std::uint8_t {
  bang,
  dollar,
  ampersand,
  paren_left,
  paren_right,
  spread,
  colon,
  equals,
  at,
  bracket_left,
  bracket_right,
  brace_left,
  pipe,
  brace_right,
  name,
  int_value,
  float_value,
  string,
  block_string,
  comment,
  end_of_file,
  /// The text cannot be read on from here; Lexer::error() says why.
  error,
};

inline bool is_punctuator(TokenKind kind) {
  return kind <= TokenKind::brace_right;
}

/// `{`, `(` or `[`.
inline bool is_opening(TokenKind kind) {
  return kind == TokenKind::brace_left || kind == TokenKind::paren_left ||
         kind == TokenKind::bracket_left;
}

/// `}`, `)` or `]`.
inline bool is_closing(TokenKind kind) {
  return kind == TokenKind::brace_right || kind == TokenKind::paren_right ||
         kind == TokenKind::bracket_right;
}

/// As the reference names it in messages: `{`, `Name`, `<EOF>`.
std::string_view to_text(TokenKind kind);

struct Token {
  TokenKind kind = TokenKind::end_of_file;
  /// A string with at least one backslash: its meaning is not its text.
  bool has_escape = false;
  base::Span span;

  friend bool operator==(const Token&, const Token&) = default;
};

/// Cuts a text into tokens, one at a time. Keeps a view of `source`: the caller keeps it alive.
///
/// Byte order marks, commas and white space are skipped wherever they stand. Bytes that are not
/// well-formed UTF-8 are an error where they stand, also in strings; a comment ends before them.
/// The text must be shorter than 4 GiB.
class Lexer {
 public:
  explicit Lexer(std::string_view source);

  /// The next token that is not a comment. After the end: the end again. After an error: the error
  /// again.
  Token next();

  /// The next token, comments included.
  Token next_or_comment();

  struct LexicalError {
    /// Without the reference's `Syntax Error: ` before it.
    std::string message;
    base::Span span;
  };
  /// Of the `error` token that was returned.
  const LexicalError& error() const { return error_; }

 private:
  Token read_comment();
  Token read_number();
  Token read_string();
  Token read_block_string();
  Token unexpected_character();
  bool read_digits();
  /// Moves behind the escape sequence at `position_`, or makes an error of it.
  bool skip_escape();
  bool skip_braced_escape();
  bool skip_fixed_escape();
  Token token(TokenKind kind, std::size_t begin, bool has_escape = false) const;
  Token fail(std::string message, std::size_t offset);
  unsigned char byte_at(std::size_t offset) const {
    return offset < source_.size() ? static_cast<unsigned char>(source_[offset]) : 0;
  }

  std::string_view source_;
  std::size_t position_ = 0;
  /// First ill-formed byte, or the size of the text.
  std::size_t invalid_;
  bool has_failed_ = false;
  LexicalError error_;
};

/// Reads the meaning of string tokens. Has scratch memory, so keep one for many strings.
class StringReader {
 public:
  /// The meaning of a string or block string token of `source`: a view of `source` where no byte
  /// had to change, otherwise of this reader, valid until the next call.
  std::string_view read(std::string_view source, const Token& token);

  /// Whether `text`, which read() returned last, is this reader's and will be overwritten.
  bool is_own(std::string_view text) const { return text.data() == text_.data(); }

 private:
  std::string_view read_block(std::string_view raw);
  /// Appends the meaning of the escape sequence at `offset`; returns its size. The lexer has made
  /// sure that it is well-formed.
  std::size_t append_escape(std::string_view raw, std::size_t offset);

  std::string text_;
  std::vector<std::string_view> lines_;
};

/// What is printed to tell a token: `"{"`, `Name "foo"`, `<EOF>`.
std::string describe(std::string_view source, const Token& token);

/// All tokens up to and with the end of the text, comments included; on an error, those before it
/// and the error token.
std::vector<Token> list_tokens(std::string_view source);

}  // namespace graphql
