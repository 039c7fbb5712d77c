#include "graphql/schema_coordinates.h"

#include <algorithm>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "graphql/lexer.h"
#include "tests/graphql/random_document.h"
#include "tests/graphql/validate_text.h"

using graphql::CoordinateId;
using graphql::FragmentLookup;
using graphql::Name;
using graphql::Rule;
using graphql::SchemaCoordinates;

namespace {

// Each element stands on a line of its own, so that taking out a line takes out an element.
constexpr std::string_view k_schema = R"(
schema { query: Root mutation: Change subscription: Event }
directive @mark(
  by: ID!
  note: String
) on FIELD | QUERY | FRAGMENT_DEFINITION
directive @many(in: [Box!] = []) repeatable on FIELD | INLINE_FRAGMENT | FRAGMENT_SPREAD
directive @change on MUTATION | SUBSCRIPTION | FIELD
interface Node {
  id: ID!
}
interface Named implements Node {
  id: ID!
  name(
    short: Boolean! = false
    in: Tongue
  ): String
}
interface Owned {
  owner: Person
}
type Person implements Node & Named {
  id: ID!
  name(
    short: Boolean! = false
    in: Tongue
    loud: Boolean
  ): String
  friends(
    first: Int = 10
    filter: Filter
  ): [Person!]!
  pets: [Pet]
  age: Int
}
type Dog implements Node & Named & Owned {
  id: ID!
  name(
    short: Boolean! = false
    in: Tongue
  ): String
  owner: Person
  barks: Boolean!
  size: Size
}
type Cat implements Node & Owned {
  id: ID!
  owner: Person
  lives: Int! @deprecated
  size: Size!
}
type Fish {
  scales: Float
  size: Size
}
union Pet = Dog | Cat
union Thing = Person | Fish | Dog
enum Size {
  SMALL
  LARGE
  HUGE @deprecated
}
enum Tongue {
  EN
  DE
}
scalar Date
input Box {
  width: Int!
  height: Int
  inner: Box
  sizes: [Size!] = [SMALL]
}
input Filter {
  since: Date
  tongue: Tongue = EN
  box: Box
  key: Key
  name: String!
  all: Boolean! = true
}
input Key @oneOf {
  id: ID
  name: String
}
type Root {
  node(id: ID!): Node
  named: [Named]
  things(
    filter: Filter!
    key: Key
    sizes: [Size!]
  ): [Thing!]
  pets(box: Box): [Pet]
  owned: Owned
  person(key: Key!): Person
  fish: Fish
}
type Change {
  rename(
    id: ID!
    name: String! = ""
  ): Named
  resize(to: Size!): Dog
}
type Event {
  born(of: Tongue): Pet
  moved: Person
}
)";

/// One definition of a document and what its validation read.
struct Validated {
  const graphql::Definition* definition;
  std::vector<CoordinateId> coordinates;
};

/// A document whose definitions are validated one by one.
class Parsed : public graphql::FragmentResolver {
 public:
  explicit Parsed(std::string text)
      : text_(std::move(text)), parsed_(graphql::parse_document(text_)) {
    REQUIRE_MESSAGE(!parsed_.error.has_value(), text_);
    for (const graphql::Definition* definition : parsed_.document.definitions) {
      if (definition->kind == graphql::DefinitionKind::fragment) {
        fragments_[definition->name.text] = &graphql::as_fragment(*definition);
      }
    }
  }

  FragmentLookup find_fragment(const Name& name) const override {
    return {graphql::FragmentState::found, fragments_.at(name.text)};
  }

  /// The definitions without errors.
  std::vector<Validated> validate(const graphql::Schema& schema) const {
    SchemaCoordinates reads;
    graphql::DefinitionValidator validator(schema, *this, options(&reads));
    std::vector<Validated> valid;
    for (const graphql::Definition* definition : parsed_.document.definitions) {
      const bool is_valid = validator.validate(*definition).empty();
      std::vector<CoordinateId> coordinates = reads.take();
      if (is_valid) {
        valid.push_back({definition, std::move(coordinates)});
      }
    }
    return valid;
  }

  std::vector<graphql::Error> errors(const graphql::Schema& schema,
                                     const graphql::Definition& definition) const {
    return graphql::DefinitionValidator(schema, *this, options(nullptr)).validate(definition);
  }

  const std::string& text() const { return text_; }

 private:
  static graphql::ValidateOptions options(graphql::SchemaReads* reads) {
    graphql::ValidateOptions options;
    options.rules = graphql::RuleSet::standard().with(Rule::no_deprecated);
    options.reads = reads;
    return options;
  }

  std::string text_;
  graphql::ParsedDocument parsed_;
  std::map<std::string_view, const graphql::FragmentDefinition*> fragments_;
};

/// What kind of thing a coordinate names.
std::string kind_of(const std::string& coordinate) {
  for (const char* mark : {"@", ".", ":possible", ":"}) {
    if (coordinate.find(mark) != std::string::npos) {
      return mark;
    }
  }
  return "type";
}

/// Which coordinates have another meaning in another schema.
class Comparison {
 public:
  Comparison(const graphql::Schema& before, const graphql::Schema& after) {
    for (const graphql::ChangedCoordinate& changed : graphql::changed_coordinates(before, after)) {
      CHECK(changed.id == graphql::coordinate_id(changed.text));
      changed_.emplace(changed.id, changed.text);
    }
  }

  /// The kinds of those among `coordinates`.
  std::set<std::string> touched(const std::vector<CoordinateId>& coordinates) const {
    std::set<std::string> kinds;
    for (const CoordinateId coordinate : coordinates) {
      const auto changed = changed_.find(coordinate);
      if (changed != changed_.end()) {
        kinds.insert(kind_of(changed->second));
      }
    }
    return kinds;
  }

 private:
  std::map<CoordinateId, std::string> changed_;
};

/// The schema without one of its lines, for each line.
std::vector<std::string> without_lines() {
  std::vector<std::string> texts;
  for (std::size_t begin = 0; begin < k_schema.size();) {
    const std::size_t end = k_schema.find('\n', begin) + 1;
    texts.push_back(std::string(k_schema.substr(0, begin)) + std::string(k_schema.substr(end)));
    begin = end;
  }
  return texts;
}

/// The schema with one token less, more or other.
std::vector<std::string> with_other_tokens(std::size_t count, std::uint32_t seed) {
  std::vector<base::Span> tokens;
  graphql::Lexer lexer(k_schema);
  for (graphql::Token token = lexer.next(); token.kind != graphql::TokenKind::end_of_file;
       token = lexer.next()) {
    tokens.push_back(token.span);
  }
  std::mt19937 random(seed);
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < count; ++i) {
    const base::Span token = tokens[random() % tokens.size()];
    const base::Span other = tokens[random() % tokens.size()];
    std::string text(k_schema);
    switch (random() % 4) {
      case 0:
        text.erase(token.begin, token.size());
        break;
      case 1:
        text.insert(token.end, "!");
        break;
      case 2:
        text.insert(token.end, " @deprecated ");
        break;
      default:
        text.replace(token.begin, token.size(), k_schema.substr(other.begin, other.size()));
    }
    texts.push_back(std::move(text));
  }
  return texts;
}

/// The schema with other root types.
std::vector<std::string> with_other_roots() {
  std::vector<std::string> texts;
  for (const char* roots : {"query: Root mutation: Event subscription: Change",
                            "query: Root mutation: Change",
                            "query: Fish mutation: Change subscription: Event"}) {
    texts.push_back("schema { " + std::string(roots) + " }" +
                    std::string(k_schema.substr(k_schema.find('}') + 1)));
  }
  return texts;
}

/// What came of validating definitions against another schema.
struct Counts {
  std::size_t schemas = 0;
  /// What they read is the same.
  std::size_t kept = 0;
  /// Something is not, and the definition is valid still, or not any more.
  std::size_t looked_at = 0;
  std::size_t broken = 0;
  /// Of those that are not valid any more: where nothing but one kind of coordinate told so.
  std::set<std::string> told_by_one_kind;
};

void compare(const graphql::Schema& before,
             const std::string& other_schema,
             const std::vector<std::unique_ptr<Parsed>>& documents,
             const std::vector<std::vector<Validated>>& results,
             Counts& counts) {
  const graphql::LoadedSchema after = load({other_schema});
  if (!after.is_valid()) {
    return;
  }
  ++counts.schemas;
  const Comparison comparison(before, *after.schema);
  for (std::size_t i = 0; i < documents.size(); ++i) {
    for (const Validated& result : results[i]) {
      const std::set<std::string> touched = comparison.touched(result.coordinates);
      const auto errors = documents[i]->errors(*after.schema, *result.definition);
      if (!touched.empty()) {
        ++(errors.empty() ? counts.looked_at : counts.broken);
        if (!errors.empty() && touched.size() == 1) {
          counts.told_by_one_kind.insert(*touched.begin());
        }
      } else {
        ++counts.kept;
        REQUIRE_MESSAGE(errors.empty(),
                        errors.front().message << "\n"
                                               << documents[i]->text() << other_schema);
      }
    }
  }
}

std::vector<std::string> changed_texts(const std::string& before, const std::string& after) {
  std::vector<std::string> texts;
  for (const graphql::ChangedCoordinate& changed :
       graphql::changed_coordinates(*load({before}).schema, *load({after}).schema)) {
    texts.push_back(changed.text);
  }
  return texts;
}

}  // namespace

TEST_SUITE("graphql/schema_coordinates") {
  TEST_CASE("a definition stays valid as long as what it read of the schema is the same") {
    const graphql::LoadedSchema before = load({std::string(k_schema)});
    REQUIRE(before.is_valid());
    RandomDocuments writer(*before.schema, 1);
    std::vector<std::unique_ptr<Parsed>> documents;
    std::vector<std::vector<Validated>> results;
    std::size_t definitions = 0;
    for (int i = 0; i < 100; ++i) {
      documents.push_back(std::make_unique<Parsed>(writer.next()));
      results.push_back(documents.back()->validate(*before.schema));
      definitions += results.back().size();
    }
    CHECK(definitions > 200);

    Counts counts;
    for (const std::string& text : without_lines()) {
      compare(*before.schema, text, documents, results, counts);
    }
    CHECK(counts.schemas > 40);
    for (const std::string& text : with_other_tokens(1000, 2)) {
      compare(*before.schema, text, documents, results, counts);
    }
    for (const std::string& text : with_other_roots()) {
      compare(*before.schema, text, documents, results, counts);
    }
    CHECK(counts.schemas > 120);
    CHECK(counts.broken > 1000);
    // Each kind is needed: if it were not told, a broken definition would be kept.
    std::string kinds;
    for (const std::string& kind : counts.told_by_one_kind) {
      kinds += kind + " ";
    }
    CHECK(kinds == ". : :possible @ type ");
    // What need not be looked at again is most, or reading would be told too coarsely.
    CHECK(counts.kept > 8 * (counts.looked_at + counts.broken));
  }

  TEST_CASE("coordinates are sorted, and each is there once") {
    const Parsed document(
        "query { wares(order: DEAR, range: {from: 1}) { ... on Book { price __typename } } "
        "book @skip(if: true) { price } __type(name: \"A\") { name } }");

    CHECK(document.validate(shop_schema()).at(0).coordinates ==
          coordinate_ids({":query",       "@skip",         "Book",        "Book.__typename",
                          "Book.price",   "Book:possible", "Boolean",     "Float",
                          "Int",          "Order",         "Order.DEAR",  "Query",
                          "Query.__type", "Query.book",    "Query.wares", "Range",
                          "Range.from",   "String",        "Ware",        "Ware:possible",
                          "__Type",       "__Type.name"}));
  }

  TEST_CASE("what changes is what a validation can see, and nothing else") {
    const std::string before =
        "type Query { a(x: Int, y: E = A): E } enum E { A B } input I { n: Int }";
    struct Case {
      const char* coordinate;
      const char* after;
      bool is_same;
    };
    const Case cases[] = {
        {"Query.a", "type Query { \"t\" a(y: E = B, x: Int): E } enum E { A B }", true},
        {"Query.a", "type Query { b: Int a(x: Int, y: E = A): E } enum E { A C }", true},
        {"Query.a", "type Query { a(x: Int, y: E = A): E! } enum E { A B }", false},
        {"Query.a", "type Query { a(x: Int, y: E): E } enum E { A B }", false},
        {"Query.a", "type Query { a(x: Int, y: E = A): E @deprecated } enum E { A B }", false},
        {"E", "type Query { a: E } enum E { C }", true},
        {"E", "type Query { a: E } scalar E", false},
        {"E.B", "type Query { a: E } enum E { B }", true},
        {"E.B", "type Query { a: E } enum E { A }", false},
        {"I", "type Query { a: Int } input I { n: Int m: Int }", true},
        {"I", "type Query { a: Int } input I { n: Int m: Int! }", false},
        {"I.n", "type Query { a: Int } input I { n: Int = 1 m: Int }", false},
        {"Query:possible", "type Query { a: Int }", true},
        {":query", "schema { query: Q } type Q { a: Int }", false},
        {":mutation", "type Query { a: Int }", true},
        {":mutation", "type Query { a: Int } type Mutation { a: Int }", false},
        {"@skip", "type Query { a: Int }", true},
        {"@new", "type Query { a: Int } directive @new on FIELD", false},
        {"no coordinate", "type Query { a: Int }", true},
        {"Query.__schema", "schema { query: Q } type Q { a: Int } type Query { a: Int }", false},
    };
    for (const Case& row : cases) {
      CAPTURE(row.coordinate);
      CAPTURE(row.after);
      const std::vector<std::string> changed = changed_texts(before, row.after);
      CHECK(std::binary_search(changed.begin(), changed.end(), row.coordinate) == !row.is_same);
      CHECK(changed_texts(row.after, before) == changed);
    }
  }

  TEST_CASE("changed coordinates are sorted, and each is there once") {
    CHECK(changed_texts("type Query { a: Int b: U } union U = Query",
                        "type Query { a: Int! c: U } enum U { A } directive @d on FIELD") ==
          std::vector<std::string>{
              "@d", "Query.a", "Query.b", "Query.c", "U", "U.A", "U.__typename", "U:possible"});
  }
}
