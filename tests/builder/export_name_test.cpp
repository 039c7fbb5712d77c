#include "builder/export_name.h"

#include <doctest/doctest.h>

using builder::export_name_text;
using builder::is_declarable;
using builder::is_identifier_name;

TEST_SUITE("builder/export_name") {
  TEST_CASE("what a module may declare") {
    for (const char* name : {"GetUser",
                             "_",
                             "a1",
                             "Twice$1",
                             "Both$operation",
                             "Map",
                             "async",
                             "of",
                             "Object",
                             "type",
                             "anonymous$0a"}) {
      CAPTURE(name);
      CHECK(is_declarable(name));
      CHECK(export_name_text(name) == name);
    }
  }

  TEST_CASE("reserved words are exported by their name, but not declared") {
    for (const char* name : {"Error",
                             "__dirname",
                             "arguments",
                             "await",
                             "default",
                             "delete",
                             "enum",
                             "eval",
                             "exports",
                             "implements",
                             "import",
                             "let",
                             "null",
                             "package",
                             "static",
                             "this",
                             "undefined",
                             "yield",
                             "$document"}) {
      CAPTURE(name);
      CHECK(!is_declarable(name));
      CHECK(is_identifier_name(name));
      CHECK(export_name_text(name) == name);
    }
  }

  TEST_CASE("other names are quoted") {
    CHECK(export_name_text("a.b") == "\"a.b\"");
    CHECK(export_name_text("1st") == "\"1st\"");
    CHECK(export_name_text("") == "\"\"");
    CHECK(export_name_text("gr\xC3\xB6\xC3\x9F\x65") == "\"gr\xC3\xB6\xC3\x9F\x65\"");
    CHECK(export_name_text("a \"b\" \\ \n") == "\"a \\\"b\\\" \\\\ \\n\"");
    CHECK(!is_declarable("a.b"));
    CHECK(!is_declarable(""));
  }
}
