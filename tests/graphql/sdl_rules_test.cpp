#include "graphql/sdl_rules.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "graphql/parser.h"
#include "tests/graphql/schema_text.h"

namespace {

struct RuleCase {
  const char* name;
  std::vector<std::string> sources;
  const char* errors;
};

const RuleCase k_cases[] = {
    {"two schema definitions",
     {"schema { query: Q } type Q { a: Int }", "schema { mutation: Q }"},
     "Must provide only one schema definition. @1:0\"schema { mutation: Q }\""},
    {"an operation with two types",
     {"schema { query: Q query: Q } type Q { a: Int }"},
     "There can be only one query type in schema. @0:9\"query: Q\" @0:18\"query: Q\""},
    {"a type defined twice, in two files",
     {"type Query { a: Int }", "scalar Query"},
     "There can be only one type named \"Query\". @0:5\"Query\" @1:7\"Query\""},
    {"an enum value defined twice",
     {"type Query { a: E } enum E { A B A }"},
     "Enum value \"E.A\" can only be defined once. @0:29\"A\" @0:33\"A\""},
    {"a field defined in a type and in its extension",
     {"extend type Query { a: Int }", "type Query { a: Int }"},
     "Field \"Query.a\" can only be defined once. @0:20\"a\" @1:13\"a\""},
    {"an input field defined twice",
     {"type Query { a(i: I): Int } input I { x: Int y: Int x: Int }"},
     "Field \"I.x\" can only be defined once. @0:38\"x\" @0:52\"x\""},
    {"arguments of one name",
     {"type Query { a(x: Int, y: Int, x: Int, x: Int): Int }"},
     "Argument \"Query.a(x:)\" can only be defined once. @0:15\"x\" @0:31\"x\" @0:39\"x\""},
    {"a directive's arguments of one name",
     {"type Query { a: Int } directive @d(x: Int, x: Int) on FIELD"},
     "Argument \"@d(x:)\" can only be defined once. @0:35\"x\" @0:43\"x\""},
    {"a directive defined twice",
     {"type Query { a: Int } directive @d on FIELD directive @d on FIELD"},
     "There can be only one directive named \"@d\". @0:33\"d\" @0:55\"d\""},
    {"an unknown type, with what may have been meant",
     {"type Query { a: Usr b: Strin } type User { a: Int }"},
     "Unknown type \"Usr\". Did you mean \"User\"? @0:16\"Usr\"\n"
     "Unknown type \"Strin\". Did you mean \"String\"? @0:23\"Strin\""},
    {"unknown types of all other places",
     {"schema { query: X1 } type A implements X2 { a: Int } union U = X3 extend union U = X4"},
     "Unknown type \"X1\". @0:16\"X1\"\n"
     "Unknown type \"X2\". @0:39\"X2\"\n"
     "Unknown type \"X3\". @0:63\"X3\"\n"
     "Unknown type \"X4\". @0:83\"X4\""},
    {"an unknown directive and a misplaced one",
     {"type Query { a: Int @nope @skip(if: true) }"},
     "Unknown directive \"@nope\". @0:20\"@nope\"\n"
     "Directive \"@skip\" may not be used on FIELD_DEFINITION. @0:26\"@skip(if: true)\""},
    {"an input field of an extension counts as an argument",
     {"type Query { a(i: I): Int } input I { x: Int } "
      "directive @d on INPUT_FIELD_DEFINITION extend input I { y: Int @d }"},
     "Directive \"@d\" may not be used on ARGUMENT_DEFINITION. @0:110\"@d\""},
    {"a directive repeated across an extension",
     {"directive @d on OBJECT type Query @d { a: Int }", "extend type Query @d"},
     "The directive \"@d\" can only be used once at this location. @0:34\"@d\" @1:18\"@d\""},
    {"a repeatable directive may be repeated",
     {"directive @d repeatable on OBJECT type Query @d @d { a: Int }"},
     ""},
    {"extensions of what is not there and of another kind",
     {"extend type Quary { a: Int } extend input Query { a: Int } type Query { a: Int }"},
     "Cannot extend type \"Quary\" because it is not defined. Did you mean \"Query\"? "
     "@0:12\"Quary\"\n"
     "Cannot extend non-input object type \"Query\". @0:59\"type Query { a: Int }\" "
     "@0:29\"extend input Query { a: Int }\"\n"
     "Field \"Query.a\" can only be defined once. @0:50\"a\" @0:72\"a\""},
    {"an unknown argument of a directive",
     {"type Query { a: Int @deprecated(reson: \"b\") }"},
     "Unknown argument \"reson\" on directive \"@deprecated\". Did you mean \"reason\"? "
     "@0:32\"reson: \"b\"\""},
    {"an argument given twice",
     {"type Query { a: Int @deprecated(reason: \"b\", reason: \"c\") }"},
     "There can be only one argument named \"reason\". @0:32\"reason\" @0:45\"reason\""},
    {"an input field given twice in a default value",
     {"type Query { a(x: I = {a: 1, a: 2}): Int } input I { a: Int }"},
     "There can be only one input field named \"a\". @0:23\"a\" @0:29\"a\""},
    {"a required argument left out",
     {"directive @d(x: [Int!]!, y: Int! = 1) on OBJECT type Query @d { a: Int } "
      "scalar S @specifiedBy"},
     "Directive \"@d\" argument \"x\" of type \"[Int!]!\" is required, but it was not provided. "
     "@0:59\"@d\"\n"
     "Directive \"@specifiedBy\" argument \"url\" of type \"String!\" is required, but it was not "
     "provided. @0:82\"@specifiedBy\""},
    {"executable definitions are looked at for the same rules and left out",
     {"type Query { a: Int } query Q($v: Nope) { a @nope } fragment F on Qury { a }"},
     "Unknown type \"Nope\". @0:34\"Nope\"\n"
     "Unknown directive \"@nope\". @0:44\"@nope\"\n"
     "Unknown type \"Qury\". Did you mean \"Query\"? @0:66\"Qury\""},
};

const RuleCase k_extension_cases[] = {
    {"no schema definition in an extension",
     {"type Query { a: Int }", "schema { query: Query }"},
     "Cannot define a new schema within a schema extension. @1:0\"schema { query: Query }\"\n"
     "Type for query already defined in the schema. It cannot be redefined. @1:9\"query: Query\""},
    {"no definition of what is there",
     {"type Query { a: E } enum E { A } directive @d on FIELD",
      "enum E { B } extend enum E { A } extend type Query { a: Int } directive @d on FIELD"},
     "Type \"E\" already exists in the schema. It cannot also be defined in this type definition. "
     "@1:5\"E\"\n"
     "Enum value \"E.A\" already exists in the schema. It cannot also be defined in this type "
     "extension. @1:29\"A\"\n"
     "Field \"Query.a\" already exists in the schema. It cannot also be defined in this type "
     "extension. @1:53\"a\"\n"
     "Directive \"@d\" already exists in the schema. It cannot be redefined. @1:73\"d\""},
    {"types and directives of the schema are known",
     {"type Query { a: Int } directive @d(x: Int!) on OBJECT",
      "extend type Query @d { b: Query c: Qery }"},
     "Directive \"@d\" argument \"x\" of type \"Int!\" is required, but it was not provided. "
     "@1:18\"@d\"\n"
     "Unknown type \"Qery\". Did you mean \"Query\"? @1:35\"Qery\""},
    {"only another kind's extension is refused",
     {"type Query { a: U } union U = Query", "extend interface U { a: Int }"},
     "Cannot extend non-interface type \"U\". @1:0\"extend interface U { a: Int }\""},
};

std::string rule_errors(const std::string& source, graphql::SdlRules rules) {
  const graphql::ParsedDocument parsed = graphql::parse_document(source);
  const graphql::Document* const document = &parsed.document;
  return errors_text({source}, graphql::check_sdl({&document, 1}, nullptr, rules));
}

}  // namespace

TEST_SUITE("graphql/sdl_rules") {
  TEST_CASE("each rule reports in the reference's words, at its places, across files") {
    for (const RuleCase& row : k_cases) {
      SUBCASE(row.name) {
        const auto loaded = load(row.sources);

        CHECK(errors_text(row.sources, loaded.errors) == row.errors);
      }
    }
  }

  TEST_CASE("an extension of a schema may not repeat what the schema has") {
    for (const RuleCase& row : k_extension_cases) {
      SUBCASE(row.name) {
        const auto loaded = load(row.sources, graphql::SchemaMode::reference);

        CHECK(errors_text(row.sources, loaded.errors) == row.errors);
        CHECK(loaded.step == 1);
        CHECK(loaded.stage == graphql::SchemaStage::definitions);
      }
    }
  }

  TEST_CASE("rules can be asked one by one") {
    const std::string source = "type A { a: Nope } type A { a: Nope }";
    graphql::SdlRules one = graphql::SdlRules::none();
    one.add(*graphql::sdl_rule_from("UniqueTypeNames"));

    CHECK(rule_errors(source, graphql::SdlRules::none()).empty());
    CHECK(rule_errors(source, one) ==
          "There can be only one type named \"A\". @0:5\"A\" @0:24\"A\"");
    CHECK_FALSE(graphql::sdl_rule_from("FieldsOnCorrectType").has_value());
  }

  TEST_CASE("a type with hundreds of fields is searched for repeated ones as well") {
    std::string source = "type Query {";
    for (int i = 0; i < 300; ++i) {
      source += " field" + std::to_string(i) + ": Int";
    }

    CHECK(rule_errors(source + " }", graphql::SdlRules::all()).empty());
    CHECK(rule_errors(source + " field7: Int }", graphql::SdlRules::all()) ==
          "Field \"Query.field7\" can only be defined once. @0:97\"field7\" @0:" +
              std::to_string(source.size() + 1) + "\"field7\"");
  }

  TEST_CASE("a flood of mistakes is cut and takes no minutes") {
    std::string source;
    for (int i = 0; i < 20'000; ++i) {
      source += "type T" + std::to_string(i) + " { a: X" + std::to_string(i) + " }\n";
    }
    const auto loaded = load({source});

    CHECK(loaded.errors.size() == 10'001);
    CHECK(loaded.errors.back().message ==
          "Too many validation errors, error limit reached. Validation aborted.");
  }
}
