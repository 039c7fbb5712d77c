#include "graphql/lexer.h"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

using graphql::Lexer;
using graphql::Token;
using graphql::TokenKind;

namespace {

// Kinds and texts of all tokens, one a line; a lexical error as `! message @offset`.
std::string tokens_of(std::string_view source) {
  std::string text;
  Lexer lexer(source);
  for (;;) {
    const Token token = lexer.next_or_comment();
    if (token.kind == TokenKind::error) {
      return text + "! " + lexer.error().message + " @" + std::to_string(token.span.begin);
    }
    text += graphql::describe(source, token) + "\n";
    if (token.kind == TokenKind::end_of_file) {
      return text;
    }
  }
}

struct LexCase {
  const char* name;
  std::string_view source;
  std::string_view tokens;
};

const LexCase k_lex_cases[] = {
    {"an empty text has an end", "", "<EOF>\n"},
    {"byte order marks, commas and white space are skipped",
     "\xEF\xBB\xBF ,\t\r\n a",
     "Name \"a\"\n<EOF>\n"},
    {"punctuators",
     "!$&()...:=@[]{|}",
     "\"!\"\n\"$\"\n\"&\"\n\"(\"\n\")\"\n\"...\"\n\":\"\n\"=\"\n"
     "\"@\"\n\"[\"\n\"]\"\n\"{\"\n\"|\"\n\"}\"\n<EOF>\n"},
    {"numbers", "0 -12 1.5e-3", "Int \"0\"\nInt \"-12\"\nFloat \"1.5e-3\"\n<EOF>\n"},
    {"comments end with their line", "# a, b\r\nc", "Comment \" a, b\"\nName \"c\"\n<EOF>\n"},
    {"escapes are resolved",
     R"("a\n\u00e9\u{1F600}\uD83D\uDE00\"")",
     "String \"a\n\xC3\xA9\xF0\x9F\x98\x80\xF0\x9F\x98\x80\"\"\n<EOF>\n"},
    {"a block string is dedented",
     "\"\"\"\r\n    a\r\n      \\\"\"\" b\r\n\r\n  \"\"\"",
     "BlockString \"a\n  \"\"\" b\"\n<EOF>\n"},
    {"two dots are no spread", "..", "! Unexpected character: \".\". @0"},
    {"a number and a name need a space",
     "1a",
     "! Invalid number, expected digit but got: \"a\". @1"},
    {"a number may not begin with 0",
     "01",
     "! Invalid number, unexpected digit after 0: \"1\". @1"},
    {"a string ends in its line", "\"a\nb\"", "! Unterminated string. @2"},
    {"a block string may not end with the text", "\"\"\"a\"\"", "! Unterminated string. @6"},
    {"an escape of half a pair",
     R"("\uD83D")",
     "! Invalid Unicode escape sequence: \"\\uD83D\". @1"},
    {"an unknown escape", R"("\x")", "! Invalid character escape sequence: \"\\x\". @1"},
    {"a control character", "\x01", "! Unexpected character: U+0001. @0"},
    {"a character of two bytes", "\xC3\xA9", "! Unexpected character: U+00E9. @0"},
    {"an ill-formed byte", "a \xFF", "Name \"a\"\n! Invalid character: byte 0xFF (not UTF-8). @2"},
    {"an ill-formed byte in a string",
     "\"a\xFF\"",
     "! Invalid character within String: byte 0xFF (not UTF-8). @2"},
    {"half of a pair that was encoded by itself",
     "\xED\xA0\xBD",
     "! Invalid character: U+D83D. @0"},
    {"a comment ends before an ill-formed byte",
     "#a\xFF",
     "Comment \"a\"\n! Invalid character: byte 0xFF (not UTF-8). @2"},
};

}  // namespace

TEST_SUITE("graphql/lexer") {
  TEST_CASE("a text is cut into tokens up to the first error") {
    for (const LexCase& row : k_lex_cases) {
      SUBCASE(row.name) {
        CHECK(tokens_of(row.source) == row.tokens);
      }
    }
  }

  TEST_CASE("the end and an error are returned for ever") {
    Lexer ended("");
    ended.next();
    Lexer failed("?");
    failed.next();

    CHECK(ended.next().kind == TokenKind::end_of_file);
    CHECK(failed.next().kind == TokenKind::error);
  }
}
