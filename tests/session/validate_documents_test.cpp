#include "session/validate_documents.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "session/lone_surrogates.h"
#include "tests/session/load_cases.h"
#include "tests/support/frozen_clock.h"

using session::File;
using session::k_schema;
using support::FrozenClock;

namespace {

std::string validate(const std::vector<File>& files, const std::vector<std::string>& documents) {
  support::MemoryFileSystem disk;
  for (const File& file : files) {
    disk.put(file.path, file.content);
  }
  support::FrozenClock clock;
  const auto report =
      session::validate_documents(disk, clock, {"/app", {"schema.graphql"}, documents});
  if (!report.has_value()) {
    return "failed: " + report.error().message;
  }
  return std::to_string(report->operations) + " operations, " + std::to_string(report->fragments) +
         " fragments, " + std::to_string(report->error_count) + " errors\n" +
         session::describe(report->diagnostics);
}

}  // namespace

TEST_SUITE("session/validate_documents") {
  TEST_CASE("each document is validated by itself, in the order of the request") {
    CHECK(validate({{"/app/schema.graphql", k_schema},
                    {"/app/b.graphql", "{ me }\nfragment F on Query { mee }"},
                    {"/app/a.graphql", "{ me "},
                    {"/app/bytes.graphql", "{ \xFF }"}},
                   {"b.graphql", "a.graphql", "bytes.graphql"}) ==
          "1 operations, 1 fragments, 4 errors\n"
          "b.graphql:2:23-2:26 error FieldsOnCorrectType: Cannot query field \"mee\" on type "
          "\"Query\". Did you mean \"me\"?\n"
          "b.graphql:2:1-2:28 error NoUnusedFragments: Fragment \"F\" is never used.\n"
          "a.graphql:1:6-1:6 error SyntaxError: Syntax Error: Expected Name, found <EOF>.\n"
          "bytes.graphql:1:3-1:4 error InvalidUtf8: This byte is not valid UTF-8.\n");
  }

  TEST_CASE("a schema with errors is all that is reported") {
    CHECK(
        validate({{"/app/schema.graphql", "type Query { me: Strin }"}, {"/app/a.graphql", "{ x }"}},
                 {"a.graphql"}) ==
        "0 operations, 0 fragments, 1 errors\n"
        "schema.graphql:1:18-1:23 error KnownTypeNames: Unknown type \"Strin\". Did you mean "
        "\"String\"?\n");
  }

  TEST_CASE("a warning of the schema is reported, and documents are validated") {
    CHECK(validate({{"/app/schema.graphql",
                     "type Query implements I { me: Int @deprecated } interface I { me: Int }"},
                    {"/app/a.graphql", "{ me }"}},
                   {"a.graphql"}) ==
          "1 operations, 0 fragments, 0 errors\n"
          "schema.graphql:1:35-1:46 warning DeprecatedImplementation: Interface field I.me is not "
          "deprecated, so implementation field Query.me must not be deprecated.\n"
          "  schema.graphql:1:31-1:34 \n");
  }

  TEST_CASE("a document that cannot be read is an error, and the others are validated") {
    CHECK(validate({{"/app/schema.graphql", k_schema}, {"/app/b.graphql", "{ you }"}},
                   {"a.graphql", "b.graphql"}) ==
          "1 operations, 0 fragments, 2 errors\n"
          "a.graphql error UnreadableFile: The file cannot be read: No such file or directory.\n"
          "b.graphql:1:3-1:6 error FieldsOnCorrectType: Cannot query field \"you\" on type "
          "\"Query\".\n");
  }

  TEST_CASE("a schema that is not there is a failure") {
    CHECK(validate({{"/app/a.graphql", "{ me }"}}, {"a.graphql"}).starts_with("failed: "));
  }
}

TEST_SUITE("session/batch_validator") {
  TEST_CASE("a line is answered with a line") {
    struct BatchCase {
      const char* name;
      std::string line;
      std::string answer;
    };
    const std::vector<BatchCase> cases{
        {"valid",
         R"({"schema":"type Query { a: Int }","source":"{a}"})",
         R"({"errors":[],"printed":"{\n  a\n}"})"},
        {"an error, in UTF-16 columns",
         R"({"schema":"type Query { a: Int }","source":"{ a # \ud83d\ude00\n b }"})",
         R"({"errors":[{"message":"Cannot query field \"b\" on type \"Query\". Did you mean \"a\"?",)"
         R"("locations":[{"line":2,"column":2}]}],"printed":"{\n  a\n  b\n}"})"},
        {"a syntax error",
         R"({"schema":"type Query { a: Int }","source":"{"})",
         R"({"errors":[{"message":"Syntax Error: Expected Name, found <EOF>.",)"
         R"("locations":[{"line":1,"column":2}]}]})"},
        {"an error of the schema",
         R"({"schema":"type Query { a: X }","source":"{a}"})",
         R"({"errors":[{"message":"Unknown type \"X\".","locations":[{"line":1,"column":17}]}],)"
         R"("printed":"{\n  a\n}"})"},
        {"an error without a place",
         R"({"schema":"type A { a: Int }","source":"{a}"})",
         R"({"errors":[{"message":"Query root type must be provided."}],"printed":"{\n  a\n}"})"},
        {"no request",
         R"({"source":"{a}"})",
         R"({"errors":[{"message":"A request is an object with the texts \"schema\" and )"
         R"(\"source\", and perhaps \"rules\", which is \"reference\" or \"standard\"."}]})"},
        {"a list",
         "[1]",
         R"({"errors":[{"message":"A request is an object with the texts \"schema\" and )"
         R"(\"source\", and perhaps \"rules\", which is \"reference\" or \"standard\"."}]})"},
        {"no JSON",
         R"({"source":)",
         R"({"errors":[{"message":"This line is not JSON: it goes wrong at byte 11 of it."}]})"},
        {"a number too large",
         "1e999",
         R"({"errors":[{"message":"This line is not JSON: a number in it is too large."}]})"},
        {"what the reference lets pass",
         R"({"schema":"type Query { a: Int }","source":"mutation {a}"})",
         R"({"errors":[],"printed":"mutation {\n  a\n}"})"},
        {"what the specification does not",
         R"({"schema":"type Query { a: Int }","source":"mutation {a}","rules":"standard"})",
         R"({"errors":[{"message":"The mutation operation is not supported by the schema.",)"
         R"("locations":[{"line":1,"column":1}]}],"printed":"mutation {\n  a\n}"})"},
        {"half of a surrogate pair",
         R"({"schema":"type Query { a: Int }","source":"{a\ud83d}"})",
         R"({"errors":[{"message":"Syntax Error: Invalid character: U+D83D.",)"
         R"("locations":[{"line":1,"column":3}]}]})"},
        {"half of a surrogate pair in a string",
         R"({"schema":"type Query { a: Int }","source":"\ufeff{a(b:\"\udc00\\ud800\")}"})",
         R"({"errors":[{"message":"Syntax Error: Invalid character within String: U+DC00.",)"
         R"("locations":[{"line":1,"column":8}]}]})"},
        {"a character that stands for such halves",
         R"({"schema":"type Query { a: Int }","source":"{a} # \ufdd0FDD0 \ufdd0 \\ufdd0"})",
         R"({"errors":[],"printed":"{\n  a\n}"})"},
    };
    session::BatchValidator validator;
    for (const BatchCase& row : cases) {
      SUBCASE(row.name) {
        CHECK(validator.answer(row.line) == row.answer);
      }
    }
  }

  TEST_CASE("codes for halves of surrogate pairs go both ways") {
    CHECK(session::encode_lone_surrogates(R"("\ud83d\ude00 \ud83d \\ud83d \uFDD0 \n")") ==
          "\"\\ud83d\\ude00 \uFDD0d83d \\\\ud83d \uFDD0FDD0 \\n\"");
    CHECK(session::encode_lone_surrogates("\uFDD0 \\ud83") == "\uFDD0FDD0 \\ud83");
    CHECK(session::decode_lone_surrogates("a\uFDD0FDD0b\uFDD0d83d") == "a\uFDD0b\xED\xA0\xBD");
  }

  TEST_CASE("a schema is taken anew when it changes") {
    session::BatchValidator validator;
    const std::string fine = R"({"errors":[],"printed":"{\n  a\n}"})";

    CHECK(validator.answer(R"({"schema":"type Query { a: Int }","source":"{a}"})") == fine);
    CHECK(validator.answer(R"({"schema":"type Query { b: Int }","source":"{a}"})") != fine);
    CHECK(validator.answer(R"({"schema":"type Query { a: Int }","source":"{a}"})") == fine);
  }
}
