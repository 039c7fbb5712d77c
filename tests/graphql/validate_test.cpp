#include <algorithm>
#include <chrono>
#include <ctime>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

#include "tests/graphql/validate_text.h"

using graphql::Rule;
using graphql::RuleSet;
using graphql::ValidateOptions;

namespace {

struct RuleCase {
  Rule rule;
  std::string source;
  /// Message and places, `@source:offset"text"`.
  std::string errors;
};

const std::vector<RuleCase>& rule_cases() {
  static const std::vector<RuleCase> cases = {
      {Rule::executable_definitions,
       "scalar Colour",
       "The \"Colour\" definition is not executable. @0:0\"scalar Colour\""},
      {Rule::known_operation_types,
       "mutation { x }",
       "The mutation operation is not supported by the schema. @0:0\"mutation { x }\""},
      {Rule::unique_operation_names,
       "query A { x } query A { y }",
       "There can be only one operation named \"A\". @0:6\"A\" @0:20\"A\""},
      {Rule::lone_anonymous_operation,
       "{ x } query A { y }",
       "This anonymous operation must be the only defined operation. @0:0\"{ x }\""},
      {Rule::single_field_subscriptions,
       "subscription S { sold { price } returned { price } }",
       "Subscription \"S\" must select only one top level field. @0:32\"returned { price }\""},
      {Rule::known_type_names,
       "{ wares { ... on Bok { title } } }",
       "Unknown type \"Bok\". Did you mean \"Book\"? @0:17\"Bok\""},
      {Rule::fragments_on_composite_types,
       "fragment F on Order { x }",
       "Fragment \"F\" cannot condition on non composite type \"Order\". @0:14\"Order\""},
      {Rule::variables_are_input_types,
       "query ($b: [Book]) { x }",
       "Variable \"$b\" cannot be non-input type \"[Book]\". @0:11\"[Book]\""},
      {Rule::scalar_leafs,
       "{ book }",
       "Field \"book\" of type \"Book\" must have a selection of subfields. Did you mean \"book { "
       "... "
       "}\"? @0:2\"book\""},
      {Rule::fields_on_correct_type,
       "{ priced { pages } }",
       "Cannot query field \"pages\" on type \"Priced\". Did you mean to use an inline fragment on "
       "\"Book\"? @0:11\"pages\""},
      {Rule::unique_fragment_names,
       "fragment F on Book { x } fragment F on Lamp { y }",
       "There can be only one fragment named \"F\". @0:9\"F\" @0:34\"F\""},
      {Rule::known_fragment_names, "{ ...Gone }", "Unknown fragment \"Gone\". @0:5\"Gone\""},
      {Rule::no_unused_fragments,
       "fragment F on Book { x }",
       "Fragment \"F\" is never used. @0:0\"fragment F on Book { x }\""},
      {Rule::possible_fragment_spreads,
       "{ clerk { ... on Book { title } } }",
       "Fragment cannot be spread here as objects of type \"Clerk\" can never be of type \"Book\". "
       "@0:10\"... on Book { title }\""},
      {Rule::no_fragment_cycles,
       "fragment A on Book { ...B } fragment B on Book { ...A }",
       "Cannot spread fragment \"A\" within itself via \"B\". @0:21\"...B\" @0:49\"...A\""},
      {Rule::unique_variable_names,
       "query ($a: Int, $a: Int) { x }",
       "There can be only one variable named \"$a\". @0:8\"a\" @0:17\"a\""},
      {Rule::no_undefined_variables,
       "query Q { book(id: $a) { title } }",
       "Variable \"$a\" is not defined by operation \"Q\". @0:19\"$a\" @0:0\"query Q { book(id: "
       "$a) "
       "{ title } }\""},
      {Rule::no_unused_variables,
       "query Q($a: ID) { x }",
       "Variable \"$a\" is never used in operation \"Q\". @0:8\"$a: ID\""},
      {Rule::known_directives,
       "query @tracked { x @lost }",
       "Directive \"@tracked\" may not be used on QUERY. @0:6\"@tracked\"\n"
       "Unknown directive \"@lost\". @0:19\"@lost\""},
      {Rule::unique_directives_per_location,
       "{ x @tracked @tracked }",
       "The directive \"@tracked\" can only be used once at this location. @0:4\"@tracked\" "
       "@0:13\"@tracked\""},
      {Rule::known_argument_names,
       "{ book(di: 1) { title @tracked(boy: 1) } }",
       "Unknown argument \"di\" on field \"Query.book\". Did you mean \"id\"? @0:7\"di: 1\"\n"
       "Unknown argument \"boy\" on directive \"@tracked\". Did you mean \"by\"? @0:31\"boy: 1\""},
      {Rule::unique_argument_names,
       "{ book(id: 1, id: 2) { title } }",
       "There can be only one argument named \"id\". @0:7\"id\" @0:14\"id\""},
      {Rule::values_of_correct_type,
       "{ wares(order: CHAEP, range: {from: \"a\"}, key: {}) { x } }",
       "Value \"CHAEP\" does not exist in \"Order\" enum. Did you mean the enum value \"CHEAP\"? "
       "@0:15\"CHAEP\"\n"
       "Int cannot represent non-integer value: \"a\" @0:36\"\"a\"\"\n"
       "OneOf Input Object \"Key\" must specify exactly one key. @0:47\"{}\""},
      {Rule::provided_required_arguments,
       "{ book { similar { title } } }",
       "Field \"similar\" argument \"first\" of type \"Int!\" is required, but it was not "
       "provided. "
       "@0:9\"similar { title }\""},
      {Rule::variables_in_allowed_position,
       "query ($n: Int) { book { similar(first: $n) { title } } }",
       "Variable \"$n\" of type \"Int\" used in position expecting type \"Int!\". @0:7\"$n: Int\" "
       "@0:40\"$n\""},
      {Rule::overlapping_fields_can_be_merged,
       "{ book { a: title a: price } }",
       "Fields \"a\" conflict because \"title\" and \"price\" are different fields. Use different "
       "aliases on the fields to fetch both if this was intentional. @0:9\"a: title\" @0:18\"a: "
       "price\""},
      {Rule::unique_input_field_names,
       "{ wares(range: {from: 1, from: 2}) { x } }",
       "There can be only one input field named \"from\". @0:16\"from\" @0:25\"from\""},
      {Rule::max_introspection_depth,
       "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }",
       "Maximum introspection depth exceeded @0:2\"__schema { types { fields { type { fields { "
       "type "
       "{ fields { name } } } } } } }\""},
      {Rule::no_deprecated,
       "{ clerk { old } }",
       "The field Clerk.old is deprecated. Use name. @0:10\"old\""},
      {Rule::no_schema_introspection,
       "{ __type(name: \"Book\") { name } }",
       "GraphQL introspection has been disabled, but the requested query contained the field "
       "\"__type\". @0:2\"__type(name: \"Book\") { name }\""},
  };
  return cases;
}

std::string repeated(const std::string& text, std::size_t count) {
  std::string result;
  for (std::size_t i = 0; i < count; ++i) {
    result += text;
  }
  return result;
}

std::size_t line_count(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + !text.empty();
}

}  // namespace

TEST_SUITE("graphql/validate") {
  TEST_CASE("each rule finds its mistake, and is silent when it is off") {
    for (const RuleCase& item : rule_cases()) {
      CAPTURE(item.source);
      CHECK(validated(item.source, only(item.rule)) == item.errors);
      ValidateOptions others;
      others.rules = RuleSet::standard()
                         .with(Rule::no_deprecated)
                         .with(Rule::no_schema_introspection)
                         .without(item.rule);
      CHECK(validated(item.source, others).find(item.errors) == std::string::npos);
    }
  }

  TEST_CASE("a correct document has no errors") {
    CHECK(validated(
              "query Q($id: ID, $order: Order = CHEAP) {"
              "  book(id: $id) { ...F similar(first: 3) { __typename } }"
              "  wares(order: $order, key: {id: 3}) { ... on Lamp { watts } ... on Book { pages } }"
              "}"
              "fragment F on Priced { price @tracked(by: \"me\") }") == "");
  }

  TEST_CASE("errors come in the order of the walk, those of one node in the order of the rules") {
    CHECK(
        validated("query Q($a: Int) { book(di: $b) @lost } query Q { x }") ==
        "Field \"book\" of type \"Book\" must have a selection of subfields. Did you mean \"book { "
        "... }\"? @0:19\"book(di: $b) @lost\"\n"
        "Unknown argument \"di\" on field \"Query.book\". Did you mean \"id\"? @0:24\"di: $b\"\n"
        "Unknown directive \"@lost\". @0:32\"@lost\"\n"
        "Variable \"$b\" is not defined by operation \"Q\". @0:28\"$b\" @0:0\"query Q($a: Int) { "
        "book(di: $b) @lost }\"\n"
        "Variable \"$a\" is never used in operation \"Q\". @0:8\"$a: Int\"\n"
        "There can be only one operation named \"Q\". @0:6\"Q\" @0:46\"Q\"\n"
        "Cannot query field \"x\" on type \"Query\". @0:50\"x\"");
  }

  TEST_CASE("types inside of a document are looked at for names, directives and literals") {
    CHECK(
        validated("type T @tracked { f(a: Int = {x: 1, x: 2}): Bok @lost }") ==
        "The \"T\" definition is not executable. @0:0\"type T @tracked { f(a: Int = {x: 1, x: 2}): "
        "Bok @lost }\"\n"
        "Directive \"@tracked\" may not be used on OBJECT. @0:7\"@tracked\"\n"
        "Directive \"@tracked\" argument \"by\" of type \"String!\" is required, but it was not "
        "provided. @0:7\"@tracked\"\n"
        "There can be only one input field named \"x\". @0:30\"x\" @0:36\"x\"\n"
        "Unknown type \"Bok\". Did you mean \"Book\"? @0:44\"Bok\"\n"
        "Unknown directive \"@lost\". @0:48\"@lost\"");
  }

  TEST_CASE("the last of two directives that a document defines is the one that counts") {
    CHECK(
        validated("directive @d on FIELD directive @d(a: Int) on QUERY { book { title @d(a: 1) } }",
                  only(Rule::known_directives)) ==
        "Directive \"@d\" may not be used on FIELD. @0:67\"@d(a: 1)\"");
  }

  TEST_CASE("suggestions can be hidden") {
    ValidateOptions options;
    options.hide_suggestions = true;
    CHECK(validated("{ book { titel } }", options) ==
          "Cannot query field \"titel\" on type \"Book\". @0:9\"titel\"");
  }

  TEST_CASE("conditions at a subscription's root are errors of the newer specification alone") {
    const std::string source = "subscription ($v: Boolean!) { sold @skip(if: $v) { title } }";
    ValidateOptions reference;
    reference.rules = RuleSet::reference();
    CHECK(validated(source, reference) == "");
    CHECK(validated(source) ==
          "Anonymous Subscription must not use `@skip` or `@include` directives in the top level "
          "selection. @0:35\"@skip(if: $v)\"");
  }

  TEST_CASE("the list ends after a hundred errors") {
    const auto unknown = [](std::size_t count) {
      return validated("{ " + repeated("x { y } ", count) + "}",
                       only(Rule::fields_on_correct_type));
    };
    CHECK(line_count(unknown(100)) == 100);
    const std::string cut = unknown(150);
    CHECK(line_count(cut) == 101);
    const std::string last = "Too many validation errors, error limit reached. Validation aborted.";
    CHECK(cut.substr(cut.size() - last.size()) == last);
  }

  TEST_CASE("comparing fields ends with the reference's budget") {
    const std::string source = "{ book { " + repeated("title ", 2000) + "} }";
    CHECK(validated(source) == "Validation aborted.");
  }

  TEST_CASE("a large selection takes time in proportion") {
    std::string source = "{ book { ";
    for (int i = 0; i < 20'000; ++i) {
      source += "a" + std::to_string(i) + ": title ";
    }
    source += "} }";
    // Comparing all with all would take minutes.
    const auto start = std::chrono::steady_clock::now();
    CHECK(validated(source) == "");
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(10));
  }

  TEST_CASE("many definitions take time in proportion") {
    std::string source;
    for (int i = 0; i < 20'000; ++i) {
      const std::string number = std::to_string(i);
      source += "query Q" + number + " @d" + number + " { book { title } } directive @d" + number +
                " on QUERY\n";
    }
    ValidateOptions options;
    options.rules = RuleSet::standard().without(Rule::executable_definitions);
    const auto start = std::chrono::steady_clock::now();
    CHECK(validated(source, options) == "");
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(10));
  }

  TEST_CASE("tens of thousands of arguments and input fields take time in proportion") {
    std::string definitions;
    std::string given;
    std::string unknown;
    for (int i = 0; i < 30'000; ++i) {
      definitions += " a" + std::to_string(i) + ": Int!";
      given += " a" + std::to_string(29'999 - i) + ": 1";
    }
    for (int i = 0; i < 3'000; ++i) {
      unknown += " b" + std::to_string(i) + ": 1";
    }
    const graphql::LoadedSchema loaded =
        load({"directive @d(" + definitions + ") on FIELD input I {" + definitions +
              "} type Query { f(" + definitions + "): Int g(i: I): Int }"});
    REQUIRE(loaded.is_valid());
    const auto errors_in = [&](const std::string& source) {
      const graphql::ParsedDocument parsed = graphql::parse_document(source);
      return graphql::validate(*loaded.schema, parsed.document).size();
    };
    const std::clock_t start = std::clock();
    CHECK(errors_in("{ f(" + given + ") g(i: {" + given + "}) @d(" + given + ") }") == 0);
    // Each of the first hundred comes with suggestions, and none beyond them is made.
    CHECK(errors_in("{ g(i: {" + given + "}) @d(" + unknown + given + ") }") == 101);
    CHECK(std::clock() - start < 10 * CLOCKS_PER_SEC);
  }

  TEST_CASE("fragments that spread each other without end are left") {
    std::string source = "{ ...F0 }";
    for (int i = 0; i < 60; ++i) {
      source += " fragment F" + std::to_string(i) + " on Query { ";
      for (int j = 0; j < 60; ++j) {
        source += "...F" + std::to_string(j) + " ";
      }
      source += "book { title } }";
    }
    const std::string errors = validated(source);
    CHECK(errors.find("Cannot spread fragment \"F0\" within itself.") == 0);
  }

  TEST_CASE("many threads validate against one schema") {
    const std::string source = "{ book { titel a: title a: price ...F } }";
    const std::string expected = validated(source);
    CHECK(line_count(expected) == 3);
    std::vector<std::string> results(8);
    std::vector<std::thread> threads;
    for (std::string& result : results) {
      threads.emplace_back([&] {
        for (int i = 0; i < 50; ++i) {
          result = validated(source);
        }
      });
    }
    for (std::thread& thread : threads) {
      thread.join();
    }
    CHECK(results == std::vector<std::string>(8, expected));
  }
}
