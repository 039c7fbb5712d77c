#include "discovery/literal_text.h"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "tests/discovery/facts_text.h"

namespace {

/// The value of a template's characters, with a mark where an escape has none.
std::string cooked(std::string_view raw) {
  base::MappedText out;
  const bool is_valid =
      discovery::append_cooked(out, raw, {0, static_cast<std::uint32_t>(raw.size())});
  return discovery::quoted(out.text()) + (is_valid ? "" : " invalid");
}

}  // namespace

TEST_SUITE("discovery/literal_text") {
  TEST_CASE("escapes are cooked as ECMAScript cooks them") {
    struct Case {
      std::string raw;
      std::string expected;
    };
    using namespace std::string_view_literals;
    const Case cases[] = {
        {"a", "\"a\""},
        {"\\`\\$\\{\\\\\\'\\\"", "\"`${\\'\"\""},
        {"\\n\\t\\r", "\"\\n\t\\r\""},
        {"\\b\\f\\v", "\"\b\f\v\""},
        {"\\0", "\"\\0\""},
        {"\\0a", "\"\\0a\""},
        {"\\x41\\x7e", "\"A~\""},
        {"\\u0041\\u00e9", "\"A\xC3\xA9\""},
        {"\\u{41}\\u{1F600}\\u{000041}",
         "\"A\xF0\x9F\x98\x80"
         "A\""},
        {"\\uD83D\\uDE00", "\"\xF0\x9F\x98\x80\""},
        {"\\u{D83D}\\u{DE00}", "\"\xF0\x9F\x98\x80\""},
        {"\\q\\\xC3\xA9", "\"q\xC3\xA9\""},
        {"a\\\nb\\\r\nc\\\rd\\\xE2\x80\xA8"
         "e\\\xE2\x80\xA9"
         "f",
         "\"abcdef\""},
        {"a\r\nb\rc\nd\r", "\"a\\nb\\nc\\nd\\n\""},
        // These have no value, and stay as they are.
        {"\\1", "\"\\1\" invalid"},
        {"\\01", "\"\\01\" invalid"},
        {"\\8", "\"\\8\" invalid"},
        {"\\x4", "\"\\x4\" invalid"},
        {"\\xg1", "\"\\xg1\" invalid"},
        {"\\u004", "\"\\u004\" invalid"},
        {"\\u{", "\"\\u{\" invalid"},
        {"\\u{}", "\"\\u{}\" invalid"},
        {"\\u{110000}", "\"\\u{110000}\" invalid"},
        {"\\u{ffffffffff}", "\"\\u{ffffffffff}\" invalid"},
        {"\\uD83D", "\"\\uD83D\" invalid"},
        {"\\uD83Dx\\uDE00", "\"\\uD83Dx\\uDE00\" invalid"},
        {"\\", "\"\\\" invalid"},
    };
    for (const Case& c : cases) {
      CAPTURE(c.raw);
      CHECK(cooked(c.raw) == c.expected);
    }
  }

  TEST_CASE("every byte of the value knows where it stands in the file") {
    //                             0123456 789 0123456789 0
    const std::string_view file = "a\\u0041b\r\nc\\\nd\\`";
    base::MappedText out;
    REQUIRE(discovery::append_cooked(out, file, {0, static_cast<std::uint32_t>(file.size())}));
    REQUIRE(out.text() == "aAb\ncd`");
    const base::Span expected[] = {{0, 1}, {1, 7}, {7, 8}, {8, 10}, {10, 11}, {13, 14}, {14, 16}};
    for (std::uint32_t i = 0; i < 7; ++i) {
      CAPTURE(i);
      CHECK((out.to_source({i, i + 1}) == expected[i]));
    }
    CHECK((out.to_source({1, 6}) == base::Span{1, 14}));
  }

  TEST_CASE("a quoted string has a value if it is whole") {
    using discovery::string_value;
    CHECK(string_value("'a\\'b'") == "a'b");
    CHECK(string_value("\"\"") == "");
    CHECK_FALSE(string_value("'a").has_value());
    CHECK_FALSE(string_value("'a\"").has_value());
    CHECK_FALSE(string_value("'").has_value());
    CHECK_FALSE(string_value("'\\1'").has_value());
    CHECK_FALSE(string_value("`a`").has_value());
  }
}
