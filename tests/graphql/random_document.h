#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "graphql/schema.h"

/// Writes random documents that ask for what a schema has: one operation and its fragments, with
/// arguments, variables and directives of all kinds. Most are valid; fields under one key may
/// conflict. The same seed gives the same documents on every machine.
class RandomDocuments {
 public:
  RandomDocuments(const graphql::Schema& schema, std::uint32_t seed)
      : schema_(schema), random_(seed) {}

  std::string next();

 private:
  std::size_t below(std::size_t end) { return random_() % end; }
  bool chance(std::size_t percent) { return below(100) < percent; }

  std::string selections(const graphql::SchemaType& type, int depth);
  std::string selection(const graphql::SchemaType& type, int depth);
  std::string field(const graphql::SchemaType& type, int depth);
  std::string meta_field();
  std::string fragment(const graphql::SchemaType& type, int depth);
  std::string arguments(graphql::List<graphql::SchemaInputValue> definitions);
  std::string directives(graphql::DirectiveLocation location);
  std::string value(graphql::TypeRef type, int depth);
  std::string variable(graphql::TypeRef type);
  std::string scalar(const graphql::SchemaType& type);
  std::string object(const graphql::SchemaType& type, int depth);

  const graphql::Schema& schema_;
  std::mt19937 random_;
  // Of the document in hand.
  std::vector<std::string> variables_;
  std::vector<std::string> fragments_;
  bool may_use_variables_ = true;
};
