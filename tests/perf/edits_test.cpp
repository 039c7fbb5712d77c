#include "perf/builder/edits.h"

#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

using perf::EditTarget;
using Form = EditTarget::Form;

struct EditRow {
  std::string name;
  EditTarget target;
  std::string source;
  std::optional<std::string> expected;
};

const std::vector<EditRow> k_edits = {
    {"an operation gets a field",
     {"", Form::tag_operation, "Page", 0},
     "const sql = `{`;\nconst PAGE = gql`query Page { id }`;",
     "const sql = `{`;\nconst PAGE = gql`query Page { alias3: __typename id }`;"},
    {"default values of variables stand in other braces",
     {"", Form::tag_operation, "Find", 0},
     "gql`mutation Find($in: In = {a: 1}) { id }`",
     "gql`mutation Find($in: In = {a: 1}) { alias3: __typename id }`"},
    {"a name that begins alike is another one",
     {"", Form::tag_fragment, "Card", 0},
     "gql`fragment Cards on A { id } fragment Card on A { id }`",
     "gql`fragment Cards on A { id } fragment Card on A { alias3: __typename id }`"},
    {"a name is found behind a line break",
     {"", Form::tag_operation, "Page", 0},
     "query\n  Page { id }",
     "query\n  Page { alias3: __typename id }"},
    {"a composed operation gets another name",
     {"", Form::composer_operation, "Page", 0},
     "{ operationName: \"Page\", variables: [] }",
     "{ operationName: \"PageEdit3\", variables: [] }"},
    {"a model gets a field",
     {"", Form::composer_model, "user", 0},
     "const f = () => [1];\nexport const user = model.User({}, ({ f }) => [f.id()]);",
     "const f = () => [1];\nexport const user = model.User({}, ({ f }) => "
     "[f.__typename(null, { alias: \"alias3\" }), f.id()]);"},
    {"what is not there cannot be edited",
     {"", Form::tag_operation, "Other", 0},
     "gql`query Page { id }`",
     std::nullopt},
};

}  // namespace

TEST_SUITE("perf/edits") {
  TEST_CASE("a definition is edited in its text") {
    for (const EditRow& row : k_edits) {
      SUBCASE(row.name.c_str()) {
        CHECK(perf::edit_definition(row.source, row.target, 3) == row.expected);
      }
    }
  }

  TEST_CASE("a comment is written as the language has it") {
    CHECK(perf::add_comment("a", "src/a.graphql", 3) == "# edit 3\na");
    CHECK(perf::add_comment("a", "src/a.gen.tsx", 3) == "// edit 3\na");
  }

  TEST_CASE("a schema is edited in a description, or gets one") {
    CHECK(perf::edit_schema("\"\"\"Shop\"\"\"\ntype Query { a: Int }", 2) ==
          "\"\"\"Edit 2. Shop\"\"\"\ntype Query { a: Int }");
    CHECK(perf::edit_schema("enum A { B }\ntype Query { a: A }", 2) ==
          "enum A { B }\n\"\"\"Edit 2.\"\"\"\ntype Query { a: A }");
    CHECK(perf::edit_schema("type Query { a: A }", 2) ==
          "\"\"\"Edit 2.\"\"\"\ntype Query { a: A }");
    CHECK(perf::edit_schema("{\"data\": {}}", 2) == std::nullopt);
  }
}
