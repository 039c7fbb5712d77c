#include "base/json_text.h"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

namespace {

struct JsonCase {
  const char* name;
  std::string_view text;
  std::string_view json;
};

const JsonCase k_json_cases[] = {
    {"an empty text", "", R"("")"},
    {"plain text", "query Me", R"("query Me")"},
    {"quotes and backslashes", R"(a"b\c)", R"("a\"b\\c")"},
    {"control characters that have a name", "\b\f\n\r\t", R"("\b\f\n\r\t")"},
    {"control characters that have none", std::string_view("\0\x1f", 2), R"("\u0000\u001f")"},
    {"DEL is no control character in JSON", "\x7f", "\"\x7f\""},
    {"a slash stays", "a/b", R"("a/b")"},
    {"text beyond ASCII stays", "\u00e9\u2028\U0001F600", "\"\u00e9\u2028\U0001F600\""},
    {"each byte of a broken sequence is replaced", "a\xE2\x82z", "\"a\uFFFD\uFFFDz\""},
    {"a broken sequence at the end is replaced", "a\xC3", "\"a\uFFFD\""},
    {"escapes behind a broken sequence are still made", "\xFF\n", "\"\uFFFD\\n\""},
};

}  // namespace

TEST_SUITE("base/json_text") {
  TEST_CASE("a text becomes a JSON string in its shortest form") {
    for (const JsonCase& row : k_json_cases) {
      SUBCASE(row.name) {
        CHECK(base::json_string(row.text) == row.json);
      }
    }
  }

  TEST_CASE("append_json_string keeps what is there") {
    std::string out = "{\"id\":";

    base::append_json_string(out, "a");

    CHECK(out == "{\"id\":\"a\"");
  }
}
