#include "builder/composer/type_spec.h"

#include <string>

#include <doctest/doctest.h>

using builder::composer::graphql_type;

TEST_SUITE("builder/composer/type_spec") {
  TEST_CASE("a type of the composer is written as GraphQL writes it") {
    struct Row {
      const char* spec;
      const char* type;
    };
    const Row rows[] = {
        {"ID:?", "ID"},
        {"ID:!", "ID!"},
        {"ID:!!", "ID!"},
        {"String:[]", "[String]"},
        {"String:[]!", "[String]!"},
        {"String:![]", "[String!]"},
        {"ID:![]!", "[ID!]!"},
        {"String:![]![]!", "[[String!]!]!"},
        {"[Item!]:!", "[Item!]!"},
        {"[Item!]:?", "[Item!]"},
        // None of these is a type.
        {"ID", ""},
        {"ID:", ""},
        {"ID:?[]", ""},
        {"ID:?!", ""},
        {"ID:[", ""},
        {":!", ""},
        {"a b:!", ""},
        {"", ""},
    };
    for (const Row& row : rows) {
      CAPTURE(row.spec);
      CHECK(graphql_type(row.spec).value_or("") == row.type);
    }
  }
}
