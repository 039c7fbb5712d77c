#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "discovery/scanner/token.h"
#include "discovery/source_facts.h"

namespace discovery::scanner {

/// Cuts TypeScript or JavaScript into tokens in one pass over the bytes, or says that it is in
/// doubt. It never guesses: where the language needs a parser to tell a regular expression from a
/// division, or JSX from a comparison, and the token before does not decide it, that is a doubt.
/// So are brackets that do not fit, bytes outside of ASCII in code, and whatever is no token.
class Lexer {
 public:
  /// `text` has no NUL bytes. `out` is filled from empty.
  Lexer(std::string_view text, Language language, TokenList& out);

  /// Without a reason: `out` holds the whole file.
  Doubt run();

 private:
  /// Which rules the next byte is read by.
  enum class Mode : std::uint8_t { code, template_text, jsx_tag, jsx_children };

  /// What is open: a bracket, a template, an element.
  struct Frame {
    std::uint32_t token;
    Mode mode;
    /// Of an element.
    base::Span name;
  };

  /// What stands before a `/` or `<`, as far as that decides what it is.
  enum class Before : std::uint8_t {
    expression,
    operand,
    /// An operand with a line break behind it, which may have ended the statement.
    line_end,
    unary_word,
    function_word,
    increment,
    doubt,
  };

  void doubt(const char* reason);
  char at(std::size_t ahead) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  std::string_view text_of(const Token& token) const {
    return text_.substr(token.begin, token.end - token.begin);
  }
  std::uint32_t count() const { return static_cast<std::uint32_t>(out_.tokens.size()); }

  // Here to be inlined: each token comes this way.
  void emit(TokenKind kind, std::size_t length, Binding binding = Binding::none) {
    const auto begin = static_cast<std::uint32_t>(at_);
    const auto end = static_cast<std::uint32_t>(at_ + length);
    out_.tokens.push_back({begin, end, 0, kind, binding, line_break_});
    line_break_ = false;
    at_ = end;
  }
  void open(TokenKind kind, std::size_t length, Mode mode);
  void close(TokenKind kind, TokenKind opener);

  void skip_start();
  void lex_code();
  void lex_word();
  void lex_number();
  void lex_string();
  void lex_private_name();
  void lex_punctuation(char c);
  void lex_operator(char c);
  void lex_repeatable(char c, Binding once, Binding twice);
  void lex_equals();
  void lex_question();
  void lex_slash();
  void lex_regex();
  void lex_less();
  void lex_line_comment();
  void lex_block_comment();
  void lex_template_start();
  void lex_template_text();

  Before before() const;
  Before before_bang(std::size_t bang, Before operand) const;
  Before before_word(const Token& word) const;
  bool is_property(std::size_t token) const;
  bool may_be_site() const;
  bool is_value_end(std::size_t token) const;
  bool may_be_callee(std::size_t token) const;
  bool is_certain_call(std::size_t open) const;

  // lexer_jsx.cpp
  bool begins_type_parameters() const;
  void lex_element_start();
  void lex_jsx_tag();
  void lex_jsx_attribute();
  void lex_jsx_children();
  void lex_closing_tag();
  bool skip_jsx_trivia();
  void skip_jsx_type_arguments();
  std::size_t jsx_name_length(std::size_t ahead) const;

  std::string_view text_;
  Language language_;
  TokenList& out_;
  std::size_t at_ = 0;
  Mode mode_ = Mode::code;
  bool line_break_ = false;
  std::vector<Frame> frames_;
  Doubt doubt_;
};

}  // namespace discovery::scanner
