#include "graphql/printer.h"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "graphql/block_string.h"
#include "graphql/parser.h"
#include "graphql/strip_ignored.h"

namespace {

std::string printed(std::string_view source) {
  const graphql::ParsedDocument parsed = graphql::parse_document(source);
  return parsed.error ? parsed.error->message : graphql::print(parsed.document);
}

struct PrintCase {
  const char* name;
  std::string_view source;
  std::string_view printed;
};

const PrintCase k_print_cases[] = {
    {"an anonymous query is shortened", "query { a, b }", "{\n  a\n  b\n}"},
    {"variables keep an anonymous query long",
     "query ($a: Int = 1 @d) { a }",
     "query ($a: Int = 1 @d) {\n  a\n}"},
    {"described variables stand on their own lines, not indented",
     "query Q(\"x\" $a: Int, $b: Int) { a }",
     "query Q(\n\"x\"\n$a: Int\n$b: Int\n) {\n  a\n}"},
    {"80 characters of arguments stay on a line",
     "{ a(bbbbbbbbbb: \"cccccccccccccccccccccccccccccc\", dddddddddd: "
     "\"eeeeeeeeeeeeeeeee\") }",
     "{\n  a(bbbbbbbbbb: \"cccccccccccccccccccccccccccccc\", dddddddddd: "
     "\"eeeeeeeeeeeeeeeee\")\n}"},
    {"81 characters do not",
     "{ a(bbbbbbbbbb: \"cccccccccccccccccccccccccccccc\", dddddddddd: "
     "\"eeeeeeeeeeeeeeeeee\") }",
     "{\n  a(\n    bbbbbbbbbb: \"cccccccccccccccccccccccccccccc\"\n    dddddddddd: "
     "\"eeeeeeeeeeeeeeeeee\"\n  )\n}"},
    {"block strings take the indentation",
     "{ a { b(c: \"\"\"d\n  e\"\"\") } }",
     "{\n  a {\n    b(c: \"\"\"\n    d\n    e\n    \"\"\")\n  }\n}"},
    {"spreads",
     "{ ...F @a ... on T @b { c } ... { d } }",
     "{\n  ...F @a\n  ... on T @b {\n    c\n  }\n  ... {\n    d\n  }\n}"},
    {"types",
     "\"d\" type A implements & B & C @d { \"e\" f(g: Int = 1, h: [Int!]!): I @j } union U = | A | "
     "B "
     "extend enum E { F @g } input I @oneOf { a: Int = {b: [1]} } scalar S interface X "
     "schema @a { query: Q } extend schema @b",
     "\"d\"\ntype A implements B & C @d {\n  \"e\"\n  f(g: Int = 1, h: [Int!]!): I @j\n}\n\n"
     "union U = A | B\n\nextend enum E {\n  F @g\n}\n\ninput I @oneOf {\n  a: Int = {b: [1]}\n}\n\n"
     "scalar S\n\ninterface X\n\nschema @a {\n  query: Q\n}\n\nextend schema @b"},
    {"described arguments stand on their own lines",
     "directive @a(\"b\" c: Int d: Int) repeatable on FIELD | QUERY",
     "directive @a(\n  \"b\"\n  c: Int\n  d: Int\n) repeatable on FIELD | QUERY"},
    {"control characters are escaped",
     "{ a(b: \"\\u0001\\u009f\\t\\\"\\\\\") }",
     "{\n  a(b: \"\\u0001\\u009F\\t\\\"\\\\\")\n}"},
};

}  // namespace

TEST_SUITE("graphql/printer") {
  TEST_CASE("a document is printed in canonical form") {
    for (const PrintCase& row : k_print_cases) {
      SUBCASE(row.name) {
        CHECK(printed(row.source) == row.printed);
        CHECK(printed(row.printed) == row.printed);
      }
    }
  }

  TEST_CASE("block strings are printed so that they read back") {
    CHECK(graphql::print_block_string("a") == "\"\"\"a\"\"\"");
    CHECK(graphql::print_block_string(" a") == "\"\"\" a\"\"\"");
    CHECK(graphql::print_block_string("a\"") == "\"\"\"\na\"\n\"\"\"");
    CHECK(graphql::print_block_string("a\nb") == "\"\"\"\na\nb\n\"\"\"");
    CHECK(graphql::print_block_string("a\nb", graphql::BlockStringForm::minimized) ==
          "\"\"\"a\nb\"\"\"");
    CHECK(graphql::is_printable_as_block_string("a\n b"));
    CHECK(!graphql::is_printable_as_block_string(" a\n b"));
    CHECK(!graphql::is_printable_as_block_string("a\r"));
  }

  TEST_CASE("ignored characters are stripped") {
    CHECK(graphql::strip_ignored_characters("query A ( $b : Int ) { c ... D # e\n }").text ==
          "query A($b:Int){c ...D}");
    CHECK(graphql::strip_ignored_characters("\"\"\"\n  a\n  b\n\"\"\" 1").text ==
          "\"\"\"a\nb\"\"\" 1");
    CHECK(graphql::strip_ignored_characters("{ ? }").error->message ==
          "Syntax Error: Unexpected character: \"?\".");
  }
}
