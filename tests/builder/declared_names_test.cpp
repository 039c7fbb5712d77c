#include "builder/declared_names.h"

#include <string>

#include <doctest/doctest.h>

namespace {

struct NamesCase {
  const char* name;
  const char* text;
  /// `F:` before fragments, `O:` before operations.
  const char* names;
};

const NamesCase k_names_cases[] = {
    {"nothing", "", ""},
    {"a fragment", "fragment A on B { c }", "F:A"},
    {"all kinds", "query A { a } mutation B { a } subscription C { a }", "O:A O:B O:C"},
    {"an anonymous operation", "query { a }", "O:"},
    {"a shorthand operation", "{ a }", "O:"},
    {"keywords are names inside of a selection", "{ query fragment { mutation } }", "O:"},
    {"variables may hold objects",
     "query A($b: C = {d: [1]}) { e } fragment F on G { h }",
     "O:A F:F"},
    {"a selection that is never closed", "fragment A on B { c fragment D on E { f }", "F:A"},
    {"unbalanced brackets hide what follows", "query A { a( } fragment B on C { d }", "O:A"},
    {"types are no operations",
     "type A { b: C } scalar D query E { f } enum query { G } extend type A { h: I } fragment J on "
     "A "
     "{ b }",
     "O:E F:J"},
    {"an unterminated string ends the list", "fragment A on B { c(d: \"", "F:A"},
};

std::string words_of(const std::vector<builder::DeclaredName>& names) {
  std::string text;
  for (const builder::DeclaredName& name : names) {
    text += (text.empty() ? "" : " ") + std::string(name.is_fragment ? "F:" : "O:") + name.name;
  }
  return text;
}

}  // namespace

TEST_SUITE("builder/declared_names") {
  TEST_CASE("names are found by tokens alone") {
    for (const NamesCase& row : k_names_cases) {
      SUBCASE(row.name) {
        CHECK(words_of(builder::declared_names(row.text)) == row.names);
      }
    }
  }

  TEST_CASE("a text of types only is told from all others") {
    const auto is_types = [](const char* text) { return builder::declares_types_only(text); };
    CHECK(is_types("type A { b: C }"));
    CHECK(is_types("\"\"\"Text\"\"\" type A { }"));
    CHECK(is_types("scalar Date directive @a on QUERY schema { query: A }"));
    CHECK(is_types("extend type query { fragment: D } union fragment = A"));
    CHECK(is_types("type A { b(c: D! }"));
    CHECK_FALSE(is_types(""));
    CHECK_FALSE(is_types("# type A"));
    CHECK_FALSE(is_types("{ type }"));
    CHECK_FALSE(is_types("qeury A { type }"));
    CHECK_FALSE(is_types("scalar Date query A { b }"));
    CHECK_FALSE(is_types("type A { b: C } fragment D on A { b }"));
  }
}
