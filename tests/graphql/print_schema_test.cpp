#include "graphql/print_schema.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "graphql/introspection_writer.h"
#include "tests/graphql/schema_text.h"

namespace {

struct PrintCase {
  const char* name;
  const char* source;
  const char* printed;
};

const PrintCase k_cases[] = {
    {"usual names need no schema definition",
     "schema { query: Query mutation: Mutation } type Query { a: Int } type Mutation { a: Int }",
     "type Query {\n  a: Int\n}\n\ntype Mutation {\n  a: Int\n}"},
    {"a described schema has a definition",
     "\"All.\" schema { query: Query } type Query { a: Int }",
     "\"\"\"All.\"\"\"\nschema {\n  query: Query\n}\n\ntype Query {\n  a: Int\n}"},
    {"what every schema has is left out, also where it is defined",
     "scalar Int directive @skip(if: Boolean!) on FIELD type Query { a: __Type }",
     "type Query {\n  a: __Type\n}"},
    {"descriptions of fields stand a line apart",
     "type Query { \"A\" a: Int \"B\nb\" b: Int }",
     nullptr},
    {"descriptions",
     "type Query { \"A\" a: Int \"\"\"\nB\n  b\n\"\"\" b: Int c: Int \"\" d: Int }",
     "type Query {\n  \"\"\"A\"\"\"\n  a: Int\n\n  \"\"\"\n  B\n    b\n  \"\"\"\n  b: Int\n  c: "
     "Int\n\n"
     "  \"\"\"\"\"\"\n  d: Int\n}"},
    {"described arguments stand on lines of their own",
     "type Query { a(x: Int, \"Y\" y: Int = 1 @deprecated): Int b(x: Int, y: Int): Int }",
     "type Query {\n  a(\n    x: Int\n\n    \"\"\"Y\"\"\"\n    y: Int = 1 @deprecated\n  ): Int\n"
     "  b(x: Int, y: Int): Int\n}"},
    {"directives",
     "type Query { a: Int } directive @d(\"X\" x: [Int!]! = [1]) repeatable on FIELD | QUERY",
     "directive @d(\n  \"\"\"X\"\"\"\n  x: [Int!]! = [1]\n) repeatable on FIELD | QUERY\n\n"
     "type Query {\n  a: Int\n}"},
    {"types of all kinds",
     "type Query implements I & J { a: Int @deprecated(reason: \"x \\\"y\\\"\") } interface I { a: "
     "Int } "
     "interface J implements I { a: Int } union U = | Query enum E { A B @deprecated } "
     "input O @oneOf { a: Int } scalar S @specifiedBy(url: \"u\")",
     "type Query implements I & J {\n  a: Int @deprecated(reason: \"x \\\"y\\\"\")\n}\n\n"
     "interface I {\n  a: Int\n}\n\ninterface J implements I {\n  a: Int\n}\n\nunion U = Query\n\n"
     "enum E {\n  A\n  B @deprecated\n}\n\ninput O @oneOf {\n  a: Int\n}\n\n"
     "scalar S @specifiedBy(url: \"u\")"},
    {"types without members",
     "type Query union U enum E input I",
     "type Query\n\nunion U\n\nenum E\n\ninput I"},
};

std::string hash_of(const std::vector<std::string>& sources) {
  const graphql::LoadedSchema loaded = load(sources);
  REQUIRE(loaded.schema != nullptr);
  return graphql::schema_hash(*loaded.schema);
}

}  // namespace

TEST_SUITE("graphql/print_schema") {
  TEST_CASE("schemas are printed as the reference prints them") {
    for (const PrintCase& row : k_cases) {
      SUBCASE(row.name) {
        const graphql::LoadedSchema loaded = load({row.source}, graphql::SchemaMode::reference);
        if (row.printed == nullptr) {
          CHECK(loaded.stage == graphql::SchemaStage::syntax);
          continue;
        }
        REQUIRE(loaded.schema != nullptr);
        CHECK(graphql::print_schema(*loaded.schema) == row.printed);
      }
    }
  }

  TEST_CASE("a printed schema is the same schema") {
    const std::string source =
        "\"\"\"Many \\\"\"\" quotes\"\"\" type Query { a(x: I = {s: \"a\\tb\"}): [Int!]! } "
        "input I { s: String t: [I!] = [] }";
    const std::string printed = graphql::print_schema(*load({source}).schema);

    CHECK(graphql::print_schema(*load({printed}).schema) == printed);
    CHECK(hash_of({printed}) == hash_of({source}));
  }

  TEST_CASE("the hash does not depend on order, files or form") {
    const std::string a = "type Query implements I & J { a(x: Int, y: Int): U b: E }";
    const std::string b = "union U = A | B type A { a: Int } type B { a: Int } enum E { X Y }";
    const std::string c =
        "interface I { b: E } interface J { b: E } directive @d on FIELD | QUERY directive @e on "
        "FIELD";
    const std::string other =
        "directive @e on FIELD directive @d on QUERY | FIELD interface J { b: E } enum E { Y X } "
        "type Query implements J { b: E } extend type Query implements I { a(y: Int, x: Int): U } "
        "interface I { b: E } type B { a: Int } type A { a: Int } union U = B | A";
    const std::string hash = hash_of({a, b, c});

    CHECK(hash.size() == 64);
    CHECK(hash_of({c, b, a}) == hash);
    CHECK(hash_of({a + b + c}) == hash);
    CHECK(hash_of({other}) == hash);
    CHECK(hash_of({graphql::write_introspection_json(*load({a, b, c}).schema)}) == hash);
    CHECK(hash_of({a, b, c, "extend type A { b: Int }"}) != hash);
    CHECK(hash_of({a, b, "\"I\" " + c}) != hash);
  }
}
