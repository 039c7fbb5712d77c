#include "graphql/schema_validation.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/graphql/schema_text.h"

using graphql::SchemaMode;

namespace {

struct SchemaCase {
  const char* name;
  std::string source;
  const char* errors;
};

const SchemaCase k_reference_cases[] = {
    {"no query type", "type A { a: Int }", "Query root type must be provided."},
    {"root types that are no objects",
     "schema { query: S mutation: I } scalar S interface I { a: Int }",
     "Query root type must be Object type, it cannot be S. @0:16\"S\"\n"
     "Mutation root type must be Object type if provided, it cannot be I. @0:28\"I\""},
    {"a root type by its usual name",
     "input Query { a: Int }",
     "Query root type must be Object type, it cannot be Query. @0:0\"input Query { a: Int }\""},
    {"names of introspection",
     "type Query { __a(__b: Int): Int } enum E { __C } directive @__d on FIELD",
     "Name \"__d\" must not begin with \"__\", which is reserved by GraphQL introspection. "
     "@0:49\"directive @__d on FIELD\"\n"
     "Name \"__a\" must not begin with \"__\", which is reserved by GraphQL introspection. "
     "@0:13\"__a(__b: Int): Int\"\n"
     "Name \"__b\" must not begin with \"__\", which is reserved by GraphQL introspection. "
     "@0:17\"__b: Int\"\n"
     "Name \"__C\" must not begin with \"__\", which is reserved by GraphQL introspection. "
     "@0:43\"__C\""},
    {"types that cannot stand where they do",
     "type Query { a: I b(x: Query): Int } input I { q: Query } "
     "directive @d(x: Query) on FIELD",
     "The type of @d(x:) must be Input Type but got: Query. @0:71\"x: Query\"\n"
     "The type of Query.a must be Output Type but got: I. @0:16\"I\"\n"
     "The type of Query.b(x:) must be Input Type but got: Query. @0:23\"Query\"\n"
     "The type of I.q must be Input Type but got: Query. @0:50\"Query\""},
    {"what is required cannot be deprecated",
     "type Query { a(x: Int! @deprecated): Int } input I { a: Int! @deprecated b: Int! = 1 "
     "@deprecated }",
     "Required argument Query.a(x:) cannot be deprecated. @0:23\"@deprecated\" @0:18\"Int!\"\n"
     "Required input field I.a cannot be deprecated. @0:61\"@deprecated\" @0:56\"Int!\""},
    {"types without members",
     "directive @d on OBJECT type Query extend type Query @d union U enum E input I",
     "Type Query must define one or more fields. @0:23\"type Query\" @0:34\"extend type Query "
     "@d\"\n"
     "Union type U must define one or more member types. @0:55\"union U\"\n"
     "Enum type E must define one or more values. @0:63\"enum E\"\n"
     "Input Object type I must define one or more fields. @0:70\"input I\""},
    {"interfaces that are none, oneself, twice",
     "type Query implements U & Query & I & I { a: Int } union U = Query interface I { a: Int }",
     "Type Query must only implement Interface types, it cannot implement U. @0:22\"U\"\n"
     "Type Query must only implement Interface types, it cannot implement Query. @0:26\"Query\"\n"
     "Type Query can only implement I once. @0:34\"I\" @0:38\"I\""},
    {"an interface that implements itself",
     "type Query { a: I } interface I implements I { a: Int }",
     "Type I cannot implement itself because it would create a circular reference. @0:43\"I\""},
    {"interfaces of interfaces",
     "type Query implements A { a: Int } interface A implements B { a: Int } "
     "interface B implements A { a: Int }",
     "Type Query must implement B because it is implemented by A. @0:58\"B\" @0:22\"A\"\n"
     "Type A cannot implement B because it would create a circular reference. @0:94\"A\" "
     "@0:58\"B\"\n"
     "Type B cannot implement A because it would create a circular reference. @0:58\"B\" "
     "@0:94\"A\""},
    {"fields that do not match the interface",
     "type Query implements I { b: String c(x: Int, z: Int!): [Query!] } "
     "interface I { a: Int b: Int c(x: Int!, y: Int): [I] }",
     "Interface field I.a expected but Query does not provide it. @0:81\"a: Int\" "
     "@0:0\"type Query implements I { b: String c(x: Int, z: Int!): [Query!] }\"\n"
     "Interface field I.b expects type Int but Query.b is type String. @0:91\"Int\" "
     "@0:29\"String\"\n"
     "Interface field argument I.c(x:) expects type Int! but Query.c(x:) is type Int. "
     "@0:100\"Int!\" @0:41\"Int\"\n"
     "Interface field argument I.c(y:) expected but Query.c does not provide it. "
     "@0:106\"y: Int\" @0:36\"c(x: Int, z: Int!): [Query!]\"\n"
     "Object field Query.c includes required argument z that is missing from the Interface field "
     "I.c. @0:46\"z: Int!\" @0:95\"c(x: Int!, y: Int): [I]\""},
    {"union members",
     "type Query { a: U } union U = Query | Query | Int",
     "Union type U can only include type Query once. @0:30\"Query\" @0:38\"Query\"\n"
     "Union type U can only include Object types, it cannot include Int. @0:46\"Int\""},
    {"input objects that need themselves",
     "type Query { a(x: A): Int } input A { b: B! } input B { c: C! } input C { a: A! b: [B!]! }",
     "Cannot reference Input Object \"A\" within itself through a series of non-null fields: "
     "\"b.c.a\". @0:38\"b: B!\" @0:56\"c: C!\" @0:74\"a: A!\""},
    {"oneOf fields",
     "type Query { a(x: A): Int } input A @oneOf { a: Int! b: Int = 1 }",
     "OneOf input field A.a must be nullable. @0:48\"Int!\"\n"
     "OneOf input field A.b cannot have a default value. @0:53\"b: Int = 1\""},
    {"default values that contain themselves",
     "type Query { a(x: A): Int } input A { a: A = {} b: B = {} } input B { a: A = {b: null} }",
     "Invalid circular reference. The default value of Input Object field A.a references itself. "
     "@0:45\"{}\"\n"
     "Invalid circular reference. The default value of Input Object field A.a references itself "
     "via the default values of: A.b, B.a. @0:45\"{}\" @0:55\"{}\" @0:77\"{b: null}\""},
    {"default values that contain themselves in lists",
     "type Query { a(x: A): Int } input A { a: [[A]] = [{}] b: [A] = {} }",
     "Invalid circular reference. The default value of Input Object field A.a references itself. "
     "@0:49\"[{}]\"\n"
     "Invalid circular reference. The default value of Input Object field A.a references itself "
     "via the default values of: A.b. @0:49\"[{}]\" @0:63\"{}\"\n"
     "Invalid circular reference. The default value of Input Object field A.b references itself. "
     "@0:63\"{}\""},
};

const SchemaCase k_specification_cases[] = {
    {"default values that contain themselves in lists where none are expected",
     "type Query { a(x: A): Int } input A { a: A = [{}] }",
     "A.a has invalid default value: Expected value of type \"A\" to be an object, found: [{}]. "
     "@0:45\"[{}]\"\n"
     "Invalid circular reference. The default value of Input Object field A.a references itself. "
     "@0:45\"[{}]\""},
    {"one type for two operations",
     "schema { query: A mutation: B subscription: A } type A { a: Int } type B { a: Int }",
     "All root types must be different, \"A\" type is used as query and subscription root types. "
     "@0:16\"A\" @0:44\"A\""},
    {"one type for all operations",
     "schema { query: A mutation: A subscription: A } type A { a: Int }",
     "All root types must be different, \"A\" type is used as query, mutation, and subscription "
     "root types. @0:16\"A\" @0:28\"A\" @0:44\"A\""},
    {"default values of another type",
     "type Query { a(x: Int = \"1\", y: [E!] = [A, B, null], z: I = {b: {c: D}, d: 1}): Int } "
     "enum E { A C } input I { a: ID! b: I c: E }",
     "Query.a(x:) has invalid default value: Int cannot represent non-integer value: \"1\" "
     "@0:24\"\"1\"\"\n"
     "Query.a(y:) has invalid default value at [1]: Value \"B\" does not exist in \"E\" enum. Did "
     "you mean the enum value \"A\" or \"C\"? @0:43\"B\"\n"
     "Query.a(y:) has invalid default value at [2]: Expected value of non-null type \"E!\" not to "
     "be null. @0:46\"null\"\n"
     "Query.a(z:) has invalid default value: Expected value of type \"I\" to include required "
     "field "
     "\"a\", found: {b: {c: D}, d: 1}. @0:60\"{b: {c: D}, d: 1}\"\n"
     "Query.a(z:) has invalid default value at .b: Expected value of type \"I\" to include "
     "required "
     "field \"a\", found: {c: D}. @0:64\"{c: D}\"\n"
     "Query.a(z:) has invalid default value at .b.c: Value \"D\" does not exist in \"E\" enum. Did "
     "you mean the enum value \"A\" or \"C\"? @0:68\"D\"\n"
     "Query.a(z:) has invalid default value: Expected value of type \"I\" not to include unknown "
     "field \"d\". Did you mean \"a\", \"b\", or \"c\"? Found: {b: {c: D}, d: 1}. @0:72\"d: 1\""},
    {"default values with oneOf",
     "type Query { a(x: I = {}, y: I = {a: null}, z: I = 1): Int } input I @oneOf { a: Int b: Int "
     "}",
     "Query.a(x:) has invalid default value: Within OneOf Input Object type \"I\", exactly one "
     "field must be specified, and the value for that field must be non-null. @0:22\"{}\"\n"
     "Query.a(y:) has invalid default value at .a: Within OneOf Input Object type \"I\", exactly "
     "one field must be specified, and the value for that field must be non-null. "
     "@0:33\"{a: null}\"\n"
     "Query.a(z:) has invalid default value: Expected value of type \"I\" to be an object, found: "
     "1. @0:51\"1\""},
    {"oneOf input objects that have no value",
     "type Query { a(x: A): Int } input A @oneOf { a: A b: B } input B @oneOf { a: A } "
     "input C @oneOf { c: C i: Int }",
     "Input Object A cannot be provided a finite value because it references itself through "
     "fields: A.a. @0:45\"a: A\"\n"
     "Input Object A cannot be provided a finite value because it references itself through "
     "fields: A.b, B.a. @0:50\"b: B\" @0:74\"a: A\""},
};

}  // namespace

TEST_SUITE("graphql/schema_validation") {
  TEST_CASE("a deprecated implementation is a warning of projects, and the schema is valid") {
    const std::string source =
        "type Query implements I { a: Int @deprecated b: Int @deprecated } "
        "interface I { a: Int b: Int @deprecated }";
    const graphql::LoadedSchema loaded = load({source});
    CHECK(loaded.is_valid());
    CHECK(errors_text({source}, loaded.warnings) ==
          "Interface field I.a is not deprecated, so implementation field Query.a must not be "
          "deprecated. @0:33\"@deprecated\" @0:29\"Int\"");
    CHECK(load({source}, SchemaMode::reference).warnings.empty());
  }

  TEST_CASE("operations and fragments in a schema are warned of, once for each text") {
    const std::vector<std::string> sources{"type Query { a: Int } { a } fragment F on Query { a }",
                                           "query Q { a }",
                                           "extend type Query { b: Int }"};
    const graphql::LoadedSchema loaded = load(sources);
    CHECK(loaded.is_valid());
    CHECK(errors_text(sources, loaded.warnings) ==
          "This file is a part of the schema, so 2 operations and fragments in it are not built. "
          "@0:22\"{ a }\"\n"
          "This file is a part of the schema, so an operation or fragment in it is not built. "
          "@1:0\"query Q { a }\"");
    CHECK(load(sources, SchemaMode::reference).warnings.empty());
  }

  TEST_CASE("tens of thousands of arguments are checked in little time") {
    std::string definitions;
    std::string others;
    for (int i = 0; i < 20'000; ++i) {
      definitions += " a" + std::to_string(i) + ": Int!";
      others += " b" + std::to_string(i) + ": 1";
    }
    const graphql::LoadedSchema directive = load(
        {"directive @d(" + definitions + ") on OBJECT type Query @d(" + others + ") { a: Int }"});
    CHECK(directive.errors.size() == 10'001);
    const std::string field = "{ f(" + definitions + "): Int }";
    CHECK(load({"interface I " + field + " type Query implements I " + field}).is_valid());
  }

  TEST_CASE("the reference's checks, with their places, hold in both modes") {
    for (const SchemaCase& row : k_reference_cases) {
      SUBCASE(row.name) {
        CHECK(load_errors({row.source}, SchemaMode::reference) == row.errors);
        CHECK(load_errors({row.source}, SchemaMode::project) == row.errors);
      }
    }
  }

  TEST_CASE("the checks of the specification that the reference lacks are made for projects") {
    for (const SchemaCase& row : k_specification_cases) {
      SUBCASE(row.name) {
        CHECK(load_errors({row.source}, SchemaMode::project) == row.errors);
        CHECK(load_errors({row.source}, SchemaMode::reference) != row.errors);
      }
    }
  }

  TEST_CASE("types are checked with their extensions, wherever those stand") {
    const std::vector<std::string> sources = {"extend type Query implements I { b: Int }",
                                              "type Query { a: Int }",
                                              "interface I { c: Int }"};

    CHECK(load_errors(sources) ==
          "Interface field I.c expected but Query does not provide it. @2:14\"c: Int\" "
          "@1:0\"type Query { a: Int }\" @0:0\"extend type Query implements I { b: Int }\"");
  }

  TEST_CASE("thousands of input objects in a row neither overflow nor take long") {
    std::string source = "type Query { a(x: I0): Int }";
    for (int i = 0; i < 20'000; ++i) {
      source += " input I" + std::to_string(i) + " { a: I" + std::to_string(i + 1) + "! b: I0! }";
    }
    source += " input I20000 { a: Int }";
    const auto loaded = load({source}, SchemaMode::reference);

    // Each cycle is up to 20,000 fields long; a million of them are told.
    CHECK(loaded.errors.size() == 50);
  }
}
