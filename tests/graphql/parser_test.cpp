#include "graphql/parser.h"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "graphql/printer.h"

using graphql::parse_document;
using graphql::ParseOptions;

namespace {

// The printed document, or the error as `message @begin-end`.
std::string outcome_of(std::string_view source, const ParseOptions& options = {}) {
  const graphql::ParsedDocument parsed = parse_document(source, options);
  if (!parsed.error) {
    return graphql::print(parsed.document);
  }
  const base::Span span = parsed.error->locations.front().span;
  return parsed.error->message + " @" + std::to_string(span.begin) + "-" + std::to_string(span.end);
}

std::string nested(std::string_view open, std::string_view close, int levels) {
  std::string text;
  for (int i = 0; i < levels; ++i) {
    text += open;
  }
  for (int i = 0; i < levels; ++i) {
    text += close;
  }
  return text;
}

struct ErrorCase {
  const char* name;
  std::string_view source;
  std::string_view outcome;
};

const ErrorCase k_error_cases[] = {
    {"an empty document", "", "Syntax Error: Unexpected <EOF>. @0-0"},
    {"an empty selection set", "{ }", "Syntax Error: Expected Name, found \"}\". @2-3"},
    {"a missing name", "fragment on User { id }", "Syntax Error: Unexpected Name \"on\". @9-11"},
    {"a keyword in a string",
     "fragment \"on\" on User { id }",
     "Syntax Error: Unexpected String \"on\". @9-13"},
    {"a missing keyword",
     "fragment A User",
     "Syntax Error: Expected \"on\", found Name \"User\". @11-15"},
    {"no fragment variables",
     "fragment A($a: Int) on User { id }",
     "Syntax Error: Expected \"on\", found \"(\". @10-11"},
    {"a variable in a constant",
     "query ($a: Int = $b) { a }",
     "Syntax Error: Unexpected variable \"$b\" in constant value. @17-19"},
    {"a description on a shorthand query",
     "\"a\" { b }",
     "Syntax Error: Unexpected description, descriptions are not supported on shorthand queries. "
     "@0-3"},
    {"a description on an extension",
     "\"a\" extend type B { c: Int }",
     "Syntax Error: Unexpected description, only GraphQL definitions support descriptions. @0-3"},
    {"an enum value that is a literal",
     "enum A { true }",
     "Syntax Error: Name \"true\" is reserved and cannot be used for an enum value. @9-13"},
    {"an unknown location",
     "directive @a on FIELDS",
     "Syntax Error: Unexpected Name \"FIELDS\". @16-22"},
    {"an empty extension", "extend type A", "Syntax Error: Unexpected <EOF>. @13-13"},
    {"a lexical error comes when its token is read",
     "{ a(b: ?) }",
     "Syntax Error: Unexpected character: \"?\". @7-8"},
    {"a lexical error behind a syntax error is not reached",
     "type } ?",
     "Syntax Error: Expected Name, found \"}\". @5-6"},
};

}  // namespace

TEST_SUITE("graphql/parser") {
  TEST_CASE("the first syntax error is told in the reference's words") {
    for (const ErrorCase& row : k_error_cases) {
      SUBCASE(row.name) {
        CHECK(outcome_of(row.source) == row.outcome);
      }
    }
  }

  TEST_CASE("nodes carry their names, hashes and spans") {
    const std::string_view source =
        "query Q($id: [ID!]!) { user: node(id: $id) @skip(if: true) { ...F } }";

    const graphql::ParsedDocument parsed = parse_document(source, ParseOptions{7});

    REQUIRE(!parsed.error);
    REQUIRE(parsed.document.definitions.size() == 1);
    const auto& operation = graphql::as_operation(*parsed.document.definitions[0]);
    CHECK(operation.source_id == 7);
    CHECK(operation.name == graphql::name_of("Q"));
    CHECK(operation.span == base::Span{0, static_cast<std::uint32_t>(source.size())});
    const auto& variable = operation.variables[0];
    CHECK(variable.span == base::Span{8, 19});
    CHECK(variable.variable.name() == graphql::name_of("id"));
    CHECK(variable.type->innermost_name().span() == base::Span{14, 16});
    const auto& field = graphql::as_field(*operation.selection_set->selections[0]);
    CHECK(field.response_name() == graphql::name_of("user"));
    CHECK(field.arguments[0].span() == base::Span{34, 41});
    CHECK(field.directives[0].span == base::Span{43, 58});
    CHECK(field.selection_set->span == base::Span{59, 67});
  }

  TEST_CASE("a moved document keeps its nodes") {
    graphql::ParsedDocument parsed = parse_document("{ a \"\"\"x\n  y\"\"\" }");
    CHECK(parsed.error.has_value());
    parsed = parse_document("{ a(b: \"\\n\") }");
    const graphql::Definition* before = parsed.document.definitions[0];

    const graphql::Document moved = std::move(parsed.document);

    CHECK(moved.definitions[0] == before);
    CHECK(graphql::print(moved) == "{\n  a(b: \"\\n\")\n}");
  }

  TEST_CASE("nesting is bounded, not the stack") {
    CHECK(outcome_of("{ a" + nested("{ a", "}", 999) + " }").starts_with("{\n  a {"));
    CHECK(
        outcome_of("{ a" + nested("{ a", "}", 1000) + " }") ==
        "Syntax Error: Document is nested more than 1000 levels deep. Parsing aborted. @3000-3001");
    CHECK(
        outcome_of("{ a(b: " + nested("[", "]", 100'000) + ") }").starts_with("Syntax Error: Doc"));
    CHECK(outcome_of("{ a(b: " + nested("{ c: ", "}", 100'000) + ") }")
              .starts_with("Syntax Error: Doc"));
    CHECK(outcome_of("type A { a: " + nested("[", "]", 100'000) + " }")
              .starts_with("Syntax Error: Doc"));
  }

  TEST_CASE("the number of tokens can be limited") {
    ParseOptions options;
    options.max_tokens = 3;

    CHECK(outcome_of("{ a }", options) == "{\n  a\n}");
    CHECK(outcome_of("{ a b }", options) ==
          "Syntax Error: Document contains more that 3 tokens. Parsing aborted. @6-7");
  }

  TEST_CASE("single values and types are parsed whole") {
    CHECK(graphql::print(*graphql::parse_value("[1 $a {b: C}]").value) == "[1, $a, {b: C}]");
    CHECK(graphql::parse_const_value("$a").error->message ==
          "Syntax Error: Unexpected variable \"$a\" in constant value.");
    CHECK(graphql::parse_value("1 2").error->message ==
          "Syntax Error: Expected <EOF>, found Int \"2\".");
    CHECK(graphql::print(*graphql::parse_type(" [ Int ! ] ").type) == "[Int!]");
  }
}
