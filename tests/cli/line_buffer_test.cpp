#include "cli/watch/line_buffer.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "cli/watch/sync_request.h"

namespace {

/// What the pieces come to: lines with a `|` behind each, `*` for one that is too long.
std::string lines_of(const std::vector<std::string>& pieces) {
  cli::LineBuffer buffer(4);
  std::string text;
  const auto add = [&text](const std::optional<cli::LineBuffer::Line>& line) {
    text += line ? (line->is_too_long ? "*" : line->text) + "|" : "";
    return line.has_value();
  };
  for (const std::string& piece : pieces) {
    buffer.add(piece);
    while (add(buffer.next())) {
    }
  }
  text += "/";
  add(buffer.rest());
  return text;
}

}  // namespace

TEST_SUITE("cli/line_buffer") {
  TEST_CASE("lines come out as they were written, however they arrive") {
    struct LineCase {
      const char* name;
      std::vector<std::string> pieces;
      std::string expected;
    };
    const std::vector<LineCase> cases{
        {"nothing", {}, "/"},
        {"two lines at once", {"a\nb\n"}, "a|b|/"},
        {"a line in pieces", {"a", "", "b", "c\nd"}, "abc|/d|"},
        {"an empty line", {"\n\na\n"}, "||a|/"},
        {"as long as may be", {"abcd\nabcde\n"}, "abcd|*|/"},
        {"too long in pieces", {"abc", "def", "ghi\nj\n"}, "*|j|/"},
        {"too long and never ended", {"abc", "def"}, "/*|"},
        {"too long, and its end is short", {"abcdef", "g"}, "/*|"},
        {"bytes of any kind", {std::string("\0\xFF\n", 3)}, std::string("\0\xFF|/", 4)},
    };
    for (const LineCase& row : cases) {
      SUBCASE(row.name) {
        CHECK(lines_of(row.pieces) == row.expected);
      }
    }
  }
}

TEST_SUITE("cli/sync_request") {
  TEST_CASE("a request is an object with a number, and nothing else is one") {
    struct RequestCase {
      const char* name;
      std::string line;
      std::string expected;
    };
    const std::string not_json = "a line of standard input is not JSON";
    const std::string nothing =
        "a line of standard input asks for nothing; there is {\"sync\": NUMBER}";
    const std::string no_number = "\"sync\" is not a whole number from 0 to 9007199254740991";
    const std::vector<RequestCase> cases{
        {"a number", R"({"sync": 7})", "7"},
        {"the smallest", R"({"sync":0})", "0"},
        {"the greatest", R"({"sync":9007199254740991})", "9007199254740991"},
        {"white space and keys of later versions", " {\"sync\":1,\"deep\":true} \r", "1"},
        {"too great", R"({"sync":9007199254740992})", no_number},
        {"greater than any number", R"({"sync":99999999999999999999999999})", no_number},
        {"negative", R"({"sync":-1})", no_number},
        {"a fraction", R"({"sync":1.5})", no_number},
        {"a text", R"({"sync":"1"})", no_number},
        {"null", R"({"sync":null})", no_number},
        {"another request", R"({"reload":1})", nothing},
        {"a list", R"([{"sync":1}])", nothing},
        {"a number by itself", "7", nothing},
        {"half a line", R"({"sync":)", not_json},
        {"two values", "1 2", not_json},
        {"bytes", std::string("\0\xFF\x1b", 3), not_json},
        {"deep", std::string(4000, '['), not_json},
    };
    for (const RequestCase& row : cases) {
      SUBCASE(row.name) {
        const base::Result<std::uint64_t> sync = cli::read_sync_request(row.line);
        CHECK((sync.has_value() ? std::to_string(*sync) : sync.error().message) == row.expected);
      }
    }
  }
}
