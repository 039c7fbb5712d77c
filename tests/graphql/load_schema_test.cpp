#include "graphql/load_schema.h"

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

#include "graphql/introspection_writer.h"
#include "graphql/print_schema.h"
#include "tests/graphql/schema_text.h"

using graphql::LoadedSchema;
using graphql::SchemaMode;
using graphql::SchemaStage;

namespace {

struct DefaultCase {
  const char* name;
  const char* type;
  const char* literal;
  /// As printed, or null where the literal is no default.
  const char* printed;
};

// What graphql-js 16.15.0 prints for `literal` as the default of an argument of that type.
const DefaultCase k_default_cases[] = {
    {"an integer", "Int", "7", "7"},
    {"minus nothing", "Int", "-0", "0"},
    {"the largest integer", "Int", "2147483647", "2147483647"},
    {"too large an integer", "Int", "2147483648", nullptr},
    {"a float for an integer", "Int", "1.0", nullptr},
    {"a whole float", "Float", "1.0", "1"},
    {"a small float", "Float", "1e-7", "1e-7"},
    {"a float with a long fraction", "Float", "0.1000000000000000055", "0.1"},
    {"a large float", "Float", "1e21", "1e+21"},
    {"a float that fits in digits", "Float", "123456789012345680000.0", "123456789012345680000"},
    {"a string", "String", "\"a\\u00e9\\n\"", "\"aé\\n\""},
    {"a block string", "String", "\"\"\"\n  a\n    b\n\"\"\"", "\"a\\n  b\""},
    {"a number for a string", "String", "1", nullptr},
    {"an id that is a number", "ID", "\"0012\"", "\"0012\""},
    {"an id that looks like an integer", "ID", "\"12\"", "12"},
    {"an integer for an id", "ID", "12", "12"},
    {"a boolean", "Boolean", "true", "true"},
    {"null", "Int", "null", "null"},
    {"null for what is not null", "Int!", "null", nullptr},
    {"an enum value", "E", "A", "A"},
    {"an unknown enum value", "E", "Z", nullptr},
    {"a string for an enum value", "E", "\"A\"", nullptr},
    {"one item for a list", "[Int]", "1", "[1]"},
    {"one item for a list of lists", "[[Int]]", "[1, [2, 3], null]", "[[1], [2, 3], null]"},
    {"a wrong item", "[Int!]", "[1, null]", nullptr},
    {"an object in the order of its type, with defaults",
     "I",
     "{b: 1, a: \"x\"}",
     "{a: \"x\", b: [1], c: 5}"},
    {"an object without a required field", "I", "{b: 1}", nullptr},
    {"an object with an unknown field", "I", "{a: \"x\", z: 1}", "{a: \"x\", c: 5}"},
    {"an object with a field given twice", "O", "{b: 2}", "{b: 2}"},
    {"oneOf with two fields", "O", "{a: 1, b: 2}", nullptr},
    {"oneOf with null", "O", "{a: null}", nullptr},
    {"a scalar of its own takes a name as a string", "Any", "NAME", "\"NAME\""},
    {"a scalar of its own takes an object", "Any", "{a: [1, B]}", "{a: [1, B]}"},
    {"a scalar of its own rounds integers", "Any", "12345678901234567890", "12345678901234567000"},
};

constexpr const char* k_blog = R"(
type Query { post(id: ID!): Post }
"A text."
type Post implements Node { id: ID! title(short: Boolean = false): String @deprecated(reason: "no") }
interface Node { id: ID! }
union Any = Post | Query
enum Order { UP DOWN @deprecated }
input By @oneOf { a: Int b: [Order!] }
scalar Date @specifiedBy(url: "https://example.com")
directive @tag(name: String! = "x") repeatable on OBJECT | FIELD
)";

std::string printed(const std::vector<std::string>& sources,
                    SchemaMode mode = SchemaMode::project) {
  const LoadedSchema loaded = load(sources, mode);
  return loaded.schema == nullptr ? errors_text(sources, loaded.errors)
                                  : graphql::print_schema(*loaded.schema);
}

}  // namespace

TEST_SUITE("graphql/load_schema") {
  TEST_CASE("default values are coerced as the reference does") {
    for (const DefaultCase& row : k_default_cases) {
      SUBCASE(row.name) {
        const std::string source =
            "type Query { f(x: " + std::string(row.type) + " = " + row.literal +
            "): Int } enum E { A B } scalar Any input I { a: String! b: [Int] c: Int = 5 } "
            "input O @oneOf { a: Int b: Int }";
        const LoadedSchema loaded = load({source}, SchemaMode::reference);
        REQUIRE(loaded.schema != nullptr);
        const graphql::SchemaInputValue& argument =
            loaded.schema->root_type(graphql::OperationType::query)->fields[0].arguments[0];

        REQUIRE(argument.has_default() == (row.printed != nullptr));
        if (row.printed != nullptr) {
          CHECK(argument.default_value == row.printed);
        }
      }
    }
  }

  TEST_CASE("a schema may be spread over files, its extensions before what they extend") {
    const std::vector<std::string> sources = {
        "extend type Query { b: Post }", "type Query { a: Int }", "type Post { id: ID! }"};

    CHECK(printed(sources) == "type Query {\n  a: Int\n  b: Post\n}\n\ntype Post {\n  id: ID!\n}");
  }

  TEST_CASE("the reference's mode extends one text by the next") {
    const std::vector<std::string> sources = {
        "type Query { a: Int } scalar S @specifiedBy(url: \"a\") interface I { x: Int }",
        "extend type Query implements I { x: Int f: Float } extend scalar S @specifiedBy(url: "
        "\"b\") "
        "type T { a: Int } union U = T",
        "extend schema { mutation: T } extend union U = Query"};

    CHECK(printed(sources, SchemaMode::reference) ==
          "schema {\n  query: Query\n  mutation: T\n}\n\n"
          "type Query implements I {\n  a: Int\n  x: Int\n  f: Float\n}\n\n"
          "scalar S @specifiedBy(url: \"b\")\n\n"
          "interface I {\n  x: Int\n}\n\n"
          "type T {\n  a: Int\n}\n\n"
          "union U = T | Query");
  }

  TEST_CASE("all syntax errors of all files are reported, and nothing else") {
    const std::vector<std::string> sources = {
        "type Query { a: Nope }", "type A {", "type Query { a: Int }", "scalar \xFF"};
    const LoadedSchema loaded = load(sources);

    CHECK(loaded.schema == nullptr);
    CHECK(loaded.stage == SchemaStage::syntax);
    REQUIRE(loaded.errors.size() == 2);
    CHECK(loaded.errors[0].message == "Syntax Error: Expected Name, found <EOF>.");
    CHECK(loaded.errors[0].locations[0].source_id == 1);
    CHECK(loaded.errors[1].locations[0].source_id == 3);
  }

  TEST_CASE("no text at all is a schema without a query type") {
    CHECK(load_errors({}) == "Query root type must be provided.");
    CHECK(load_errors({"# nothing"}) == "Syntax Error: Unexpected <EOF>. @0:9\"\"");
  }

  TEST_CASE("what the reference throws about is an error in its words, at a place") {
    CHECK(load_errors({"type Query { a: Int @deprecated(reason: 1) }"}) ==
          "Argument \"reason\" has invalid value 1. @0:40\"1\"");
    CHECK(load_errors({"type Query { a: Int } scalar S @specifiedBy(url: null)"}) ==
          "Argument \"url\" of non-null type \"String!\" must not be null. @0:49\"null\"");
    CHECK(load_errors({"type Query { a(x: Query = {}): Int }"}) ==
          "Unexpected input type: Query @0:26\"{}\"");
  }

  TEST_CASE("default values that multiply are refused before they fill the memory") {
    std::string source = "type Query { a(x: I0): Int }";
    for (int i = 0; i < 60; ++i) {
      const std::string next = "I" + std::to_string(i + 1) + " = {}";
      source += " input I" + std::to_string(i) + " { a: " + next + " b: " + next + " }";
    }
    const LoadedSchema loaded = load({source + " input I60 { a: Int = 1 }"});

    REQUIRE(loaded.errors.size() == 1);
    CHECK(loaded.errors[0].message ==
          "Default values that use other default values are too large to be resolved.");
    CHECK(loaded.stage == SchemaStage::build);
  }

  TEST_CASE("default values that lead on for ever do not overflow") {
    std::string source = "type Query { a(x: I0 = {}): Int }";
    for (int i = 0; i < 50'000; ++i) {
      source += " input I" + std::to_string(i) + " { a: I" + std::to_string(i + 1) + " = {} }";
    }
    const LoadedSchema loaded = load({source + " input I50000 { a: Int = 1 }"});

    REQUIRE(loaded.errors.size() == 1);
    CHECK(loaded.stage == SchemaStage::build);
  }

  TEST_CASE("a schema can be read from many threads") {
    const LoadedSchema loaded = load({k_blog});
    std::vector<std::string> texts(4);
    std::vector<std::thread> threads;
    for (std::string& text : texts) {
      threads.emplace_back([&text, &loaded] {
        for (int i = 0; i < 50; ++i) {
          text = graphql::print_schema(*loaded.schema);
        }
      });
    }
    for (std::thread& thread : threads) {
      thread.join();
    }

    for (const std::string& text : texts) {
      CHECK(text == graphql::print_schema(*loaded.schema));
    }
  }

  TEST_CASE("a text with an owner is not copied") {
    const auto text = std::make_shared<const std::string>("type Query { a: Int }");
    graphql::SchemaSource source;
    source.text = *text;
    source.owner = text;
    const LoadedSchema loaded = graphql::load_schema({&source, 1});

    CHECK(loaded.schema->root_type(graphql::OperationType::query)->name.text.data() ==
          text->data() + 5);
    CHECK(text.use_count() > 2);
  }
}

TEST_SUITE("graphql/introspection") {
  TEST_CASE("a schema comes back from its introspection result") {
    const LoadedSchema loaded = load({k_blog});
    REQUIRE(loaded.is_valid());
    const std::string json = graphql::write_introspection_json(*loaded.schema);
    const std::string wrapped = "{\"data\": " + json + "}";

    CHECK(printed({json}) == graphql::print_schema(*loaded.schema));
    CHECK(printed({wrapped}) == graphql::print_schema(*loaded.schema));
    CHECK(graphql::write_introspection_json(*load({json}).schema) == json);
  }

  TEST_CASE("client extensions stand on top of an introspection result, in any order") {
    const std::string json =
        graphql::write_introspection_json(*load({"type Query { a: Int }"}).schema);
    const std::string extensions =
        "extend type Query { local: Boolean } directive @client on FIELD";

    CHECK(printed({extensions, json}) ==
          "directive @client on FIELD\n\ntype Query {\n  a: Int\n  local: Boolean\n}");
    CHECK(load_errors({"extend type Query { a: Int b: Nope }", json}) ==
          "Field \"Query.a\" already exists in the schema. It cannot also be defined in this type "
          "extension. @0:20\"a\"\nUnknown type \"Nope\". @0:30\"Nope\"");
  }

  TEST_CASE("two introspection results are one too many") {
    const std::string json =
        graphql::write_introspection_json(*load({"type Query { a: Int }"}).schema);

    CHECK(load({json, json}).errors[0].message ==
          "There can be only one introspection result in a schema.");
  }

  TEST_CASE("of members with one name the last counts, where the first stands") {
    const std::string names = R"({"name": "a", "args": [], "type": {"kind": "SCALAR", "name": ")";
    const std::string json =
        R"({"__schema": {"queryType": {"name": "Query"}, "directives": [], "types": [)"
        R"({"kind": "SCALAR", "name": "Int"}, {"kind": "SCALAR", "name": "ID"}, )"
        R"({"kind": "ENUM", "name": "E", "enumValues": [{"name": "A", "description": "1"}, )"
        R"({"name": "B"}, {"name": "A"}]}, )"
        R"({"kind": "INPUT_OBJECT", "name": "I", "inputFields": [)"
        R"({"name": "x", "type": {"kind": "SCALAR", "name": "Int"}, "defaultValue": "1"}, )"
        R"({"name": "x", "type": {"kind": "SCALAR", "name": "ID"}}]}, )"
        R"({"kind": "OBJECT", "name": "Query", "interfaces": [], "fields": [)" +
        names + "Int\"}}, " +
        R"({"name": "b", "args": [], "type": {"kind": "ENUM", "name": "E"}}, )" + names +
        "ID\"}}]}]}}";
    CHECK(printed({json}) ==
          "enum E {\n  A\n  B\n}\n\ninput I {\n  x: ID\n}\n\ntype Query {\n  a: ID\n  b: E\n}");
  }

  TEST_CASE("what is no JSON has a place, what is no introspection result a reason") {
    const auto message = [](const std::string& text) {
      const LoadedSchema loaded = load({text});
      REQUIRE(loaded.schema == nullptr);
      return loaded.errors[0].message + " @" +
             std::to_string(loaded.errors[0].locations[0].span.begin);
    };

    CHECK(message("{\"a\": 1, }") ==
          "Introspection result is not JSON: syntax error while parsing object key - unexpected "
          "'}'; expected string literal @9");
    CHECK(message("{\"errors\": []}") ==
          "Invalid or incomplete introspection result: it has no \"__schema\". @0");
    CHECK(message("{\"__schema\": {}}") == "Introspection result missing types: the schema. @0");
    CHECK(message("{\"__schema\": {\"types\": [{\"kind\": \"OBJECT\", \"name\": \"a b\"}]}}") ==
          "Introspection result has no valid name for a type. @0");
    CHECK(
        message("{\"__schema\": {\"queryType\": {\"name\": \"Q\"}, \"types\": []}}") ==
        "Invalid or incomplete schema, unknown type: Q. Ensure that a full introspection query is "
        "used in order to build a client schema. @0");
    CHECK(message("{\"a\":" + std::string(100'000, '[')).find("Introspection result is") == 0);
  }

  TEST_CASE("what old servers leave out counts as no") {
    const std::string json =
        R"({"__schema":{"queryType":{"name":"Q"},"types":[
          {"kind":"OBJECT","name":"Q","fields":[{"name":"a","args":[],"type":{"kind":"NON_NULL",
           "ofType":{"kind":"INTERFACE","name":"I"}}}],"interfaces":[]},
          {"kind":"INTERFACE","name":"I","fields":[{"name":"b","args":[{"name":"x",
           "type":{"kind":"SCALAR","name":"Int"},"defaultValue":"1"}],
           "type":{"kind":"SCALAR","name":"Int"}}]},
          {"kind":"SCALAR","name":"Int"}],
          "directives":[{"name":"d","args":[],"locations":["FIELD","UNHEARD_OF"]}]}})";

    CHECK(printed({json}) ==
          "schema {\n  query: Q\n}\n\ndirective @d on FIELD\n\ntype Q {\n  a: I!\n}\n\n"
          "interface I {\n  b(x: Int = 1): Int\n}");
  }
}
