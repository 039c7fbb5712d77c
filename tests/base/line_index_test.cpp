#include "base/line_index.h"

#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "tests/support/printers.h"

using base::LineIndex;
using base::Position;

namespace {

struct PositionCase {
  const char* name;
  std::string_view text;
  std::uint32_t offset;
  Position position;
};

const PositionCase k_position_cases[] = {
    {"an empty text has one place", "", 0, {1, 1}},
    {"the first byte is 1:1", "abc", 0, {1, 1}},
    {"the end of the text is behind its last character", "abc", 3, {1, 4}},
    {"an offset behind the end counts as the end", "abc", 99, {1, 4}},
    {"a line break belongs to the line that it ends", "a\nb", 1, {1, 2}},
    {"a line starts behind the break", "a\nb", 2, {2, 1}},
    {"CRLF is one break", "a\r\nb", 3, {2, 1}},
    {"a CR by itself is a break", "a\rb", 2, {2, 1}},
    {"LF and CR are two breaks", "a\n\rb", 3, {3, 1}},
    {"a text that ends with a break ends on an empty line", "a\n", 2, {2, 1}},
    {"U+2028 is no break", "a\u2028b", 4, {1, 3}},
    {"columns count UTF-16 units", "\u00e9\U0001F600x", 6, {1, 4}},
    {"a byte order mark is not counted", "\uFEFFabc", 4, {1, 2}},
    {"the mark itself is 1:1", "\uFEFFabc", 1, {1, 1}},
    {"only the first line has a mark", "\uFEFFa\nbc", 6, {2, 2}},
};

std::vector<std::string> lines_of(std::string_view text) {
  const LineIndex index(text);
  std::vector<std::string> lines;
  for (std::uint32_t number = 1; number <= index.line_count(); ++number) {
    lines.emplace_back(index.line(number));
  }
  return lines;
}

}  // namespace

TEST_SUITE("base/line_index") {
  TEST_CASE("position counts lines and columns as editors do") {
    for (const PositionCase& row : k_position_cases) {
      SUBCASE(row.name) {
        CHECK(LineIndex(row.text).position(row.offset) == row.position);
      }
    }
  }

  TEST_CASE("line gives the text without break and byte order mark") {
    CHECK(lines_of("") == std::vector<std::string>{""});
    CHECK(lines_of("\uFEFFa\r\n\rb\n") == std::vector<std::string>{"a", "", "b", ""});
  }

  TEST_CASE("a line that is not there is empty") {
    const LineIndex index("a\nb");

    CHECK(index.line(0).empty());
    CHECK(index.line(3).empty());
  }
}
