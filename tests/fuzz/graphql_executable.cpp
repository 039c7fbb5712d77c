// Any bytes are parsed, printed, stripped and validated against a schema without a crash or a hang.
// What is printed of executable definitions is the same document, and so is what is stripped.
#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/check.h"
#include "graphql/load_schema.h"
#include "graphql/parser.h"
#include "graphql/printer.h"
#include "graphql/strip_ignored.h"
#include "graphql/validate.h"

namespace {

constexpr std::string_view k_schema = R"(
  type Query { node(id: ID!, deep: [In!] = []): Node pets(kind: Kind = DOG, first: Int): [Pet!]! }
  type Mutation { add(pet: In!): Pet } type Subscription { pet: Pet }
  interface Node { id: ID! } union Pet = Dog | Cat enum Kind { DOG CAT @deprecated }
  type Dog implements Node { id: ID! name(short: Boolean! = false): String friends: [Pet] }
  type Cat implements Node { id: ID! name: Int old: Int @deprecated(reason: "no") }
  input In { name: String! age: Float kinds: [Kind!] in: In } input One @oneOf { a: Int b: ID }
  directive @on(one: One) repeatable on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT | QUERY
)";

const graphql::Schema& schema() {
  static const std::shared_ptr<const graphql::Schema> result = [] {
    graphql::SchemaSource source;
    source.text = k_schema;
    return graphql::load_schema({&source, 1}).schema;
  }();
  return *result;
}

// The fragments of one document.
class Fragments : public graphql::FragmentResolver {
 public:
  explicit Fragments(const graphql::Document& document) {
    for (const graphql::Definition* definition : document.definitions) {
      if (definition->kind == graphql::DefinitionKind::fragment) {
        by_name_.emplace(definition->name.text, &graphql::as_fragment(*definition));
      }
    }
  }

  graphql::FragmentLookup find_fragment(const graphql::Name& name) const override {
    const auto found = by_name_.find(name.text);
    return found == by_name_.end()
               ? graphql::FragmentLookup()
               : graphql::FragmentLookup{graphql::FragmentState::found, found->second};
  }

 private:
  std::unordered_map<std::string_view, const graphql::FragmentDefinition*> by_name_;
};

void check_printed(const graphql::Document& document, const std::string& text) {
  const std::string printed = graphql::print(document);
  const graphql::ParsedDocument again = graphql::parse_document(printed);
  base::check(!again.error, "a printed document can be parsed");
  base::check(graphql::print(again.document) == printed, "printing twice changes nothing");
  const graphql::StrippedText stripped = graphql::strip_ignored_characters(text);
  base::check(!stripped.error, "what can be parsed can be stripped");
  const graphql::ParsedDocument small = graphql::parse_document(stripped.text);
  base::check(!small.error && graphql::print(small.document) == printed,
              "stripping changes no meaning");
}

void check_places(const std::vector<graphql::Error>& errors, std::size_t size) {
  for (const graphql::Error& error : errors) {
    for (const graphql::Location& place : error.locations) {
      base::check(place.span.begin <= place.span.end && place.span.end <= size,
                  "an error lies in its text");
    }
  }
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string text(bytes, bytes + size);
  const graphql::ParsedDocument parsed = graphql::parse_document(text);
  if (parsed.error) {
    base::check(parsed.error->locations.front().span.begin <= size, "an error lies in its text");
    return 0;
  }
  // A type without fields before a query in braces prints as a type with these fields, as it does
  // in the reference.
  const auto& definitions = parsed.document.definitions;
  if (std::all_of(
          definitions.begin(), definitions.end(), [](const graphql::Definition* definition) {
            return graphql::is_executable(*definition);
          })) {
    check_printed(parsed.document, text);
  }
  check_places(graphql::validate(schema(), parsed.document), size);
  const Fragments fragments(parsed.document);
  graphql::DefinitionValidator validator(schema(), fragments);
  for (const graphql::Definition* definition : parsed.document.definitions) {
    if (graphql::is_executable(*definition)) {
      check_places(validator.validate(*definition), size);
    }
  }
  return 0;
}
