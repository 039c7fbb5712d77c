#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "graphql/parser.h"
#include "graphql/schema_coordinates.h"
#include "graphql/validate.h"
#include "tests/graphql/schema_text.h"

/// Validation in tests, against one schema that has something for each rule.

inline const graphql::Schema& shop_schema() {
  static const graphql::LoadedSchema loaded = load({R"(
    directive @tracked(by: String!) on FIELD
    interface Priced { price: Float }
    type Book implements Priced { price: Float title: String pages: Int similar(first: Int!): [Book] }
    type Lamp implements Priced { price: Float title: [String] watts: Int }
    type Clerk { name: String old: String @deprecated(reason: "Use name.") }
    union Ware = Book | Lamp
    enum Order { CHEAP DEAR }
    input Range { from: Int! to: Int }
    input Key @oneOf { id: ID name: String }
    type Query {
      book(id: ID): Book
      priced: Priced
      wares(order: Order, range: Range, key: Key): [Ware]
      clerk: Clerk
    }
    type Subscription { sold: Book returned: Book }
  )"});
  REQUIRE(loaded.is_valid());
  return *loaded.schema;
}

/// The errors of a document, a line each, with what stands at their places.
inline std::string validated(const std::string& source,
                             const graphql::ValidateOptions& options = {}) {
  const graphql::ParsedDocument parsed = graphql::parse_document(source);
  REQUIRE(!parsed.error.has_value());
  return errors_text({source}, graphql::validate(shop_schema(), parsed.document, options));
}

/// As SchemaCoordinates::take() has them.
inline std::vector<graphql::CoordinateId> coordinate_ids(const std::vector<std::string>& texts) {
  std::vector<graphql::CoordinateId> ids;
  for (const std::string& text : texts) {
    ids.push_back(graphql::coordinate_id(text));
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

inline graphql::ValidateOptions only(graphql::Rule rule) {
  graphql::ValidateOptions options;
  options.rules = graphql::RuleSet().with(rule);
  return options;
}
