#include "base/utf8.h"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

namespace {

struct ValidityCase {
  const char* name;
  std::string_view text;
  std::size_t first_invalid;
};

const ValidityCase k_validity_cases[] = {
    {"an empty text is well-formed", "", 0},
    {"ASCII is well-formed", "query { me }", 12},
    {"a zero byte is a character", std::string_view("a\0b", 3), 3},
    {"sequences of two, three and four bytes are well-formed", "\u00e9\u20ac\U0001F600", 9},
    {"the first and last of each length are well-formed",
     "\u0080\u07ff\u0800\uffff\U00010000\U0010FFFF",
     18},
    {"a lone continuation byte is not", "ab\x80", 2},
    {"an overlong two-byte form is not", "a\xC1\x81", 1},
    {"an overlong three-byte form is not", "\xE0\x80\xAF", 0},
    {"an overlong four-byte form is not", "\xF0\x80\x80\xAF", 0},
    {"the last overlong three-byte form is not", "\xE0\x9F\xBF", 0},
    {"the last overlong four-byte form is not", "\xF0\x8F\xBF\xBF", 0},
    {"a surrogate is not", "x\xED\xA0\x80", 1},
    {"a value above U+10FFFF is not", "\xF4\x90\x80\x80", 0},
    {"a byte that starts nothing is not", "\xFF", 0},
    {"a sequence cut by the end is not", "ok\xE2\x82", 2},
    {"a sequence cut by ASCII is not", "\xF0\x9F\x98!", 0},
};

}  // namespace

TEST_SUITE("base/utf8") {
  TEST_CASE("find_invalid_utf8 names the first byte that is not well-formed") {
    for (const ValidityCase& row : k_validity_cases) {
      SUBCASE(row.name) {
        CHECK(base::find_invalid_utf8(row.text) == row.first_invalid);
      }
    }
  }

  TEST_CASE("every code point survives the way to bytes and back") {
    std::uint32_t wrong = 0;
    for (std::uint32_t value = 0; value <= 0x10FFFF; ++value) {
      if (value >= 0xD800 && value <= 0xDFFF) {
        continue;
      }
      std::string bytes;
      base::append_utf8(bytes, value);
      const base::CodePoint back = base::code_point_at(bytes, 0);
      wrong += back.value == value && back.length == bytes.size() ? 0U : 1U;
    }

    CHECK(wrong == 0);
  }

  TEST_CASE("a walk over broken bytes goes on one byte at a time") {
    const std::string_view text = "a\xF0\x9F\x98z";
    std::string walked;

    for (std::size_t offset = 0; offset < text.size();) {
      const base::CodePoint point = base::code_point_at(text, offset);
      base::append_utf8(walked, point.value);
      offset += point.length;
    }

    CHECK(walked == "a\uFFFD\uFFFD\uFFFDz");
  }

  TEST_CASE("utf16_length counts as JavaScript does") {
    CHECK(base::utf16_length("") == 0);
    CHECK(base::utf16_length("n\u00e9\u20ac") == 3);
    CHECK(base::utf16_length("\U0001F600") == 2);
    CHECK(base::utf16_length("\xFF\xFF") == 2);
  }

  TEST_CASE("words of eight ASCII bytes are stepped over, whatever is in front and behind") {
    for (std::size_t before = 0; before < 20; ++before) {
      for (std::size_t behind = 0; behind < 20; ++behind) {
        const std::string ascii(before, 'a');
        const std::string more(behind, 'b');
        CHECK(base::utf16_length(ascii + "\U0001F600" + more) == before + 2 + behind);
        CHECK(base::utf16_length(ascii + "\u20ac" + more + "\u00e9") == before + behind + 2);
        CHECK(base::find_invalid_utf8(ascii + "\u00e9" + more) == before + 2 + behind);
        CHECK(base::find_invalid_utf8(ascii + "\u00e9" + more + "\x80") == before + 2 + behind);
      }
    }
  }
}
