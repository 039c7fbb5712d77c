#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "graphql/schema_coordinates.h"
#include "tests/graphql/validate_text.h"

using graphql::FragmentLookup;
using graphql::FragmentState;
using graphql::Name;
using graphql::Rule;
using graphql::RuleSet;
using graphql::ValidateOptions;

namespace {

/// Documents of one definition each, numbered by position, whose fragments see each other.
class Project : public graphql::FragmentResolver {
 public:
  explicit Project(std::vector<std::string> sources) : sources_(std::move(sources)) {
    for (const std::string& source : sources_) {
      graphql::ParseOptions options;
      options.source_id = static_cast<std::uint32_t>(parsed_.size());
      parsed_.push_back(graphql::parse_document(source, options));
      REQUIRE(!parsed_.back().error.has_value());
      const graphql::Definition& definition = at(parsed_.size() - 1);
      if (definition.kind == graphql::DefinitionKind::fragment) {
        fragments_[std::string(definition.name.text)] = &graphql::as_fragment(definition);
      }
    }
  }

  FragmentLookup find_fragment(const Name& name) const override {
    if (name == "Broken") {
      return {FragmentState::unusable, nullptr};
    }
    const auto found = fragments_.find(std::string(name.text));
    return found == fragments_.end() ? FragmentLookup{}
                                     : FragmentLookup{FragmentState::found, found->second};
  }

  const graphql::Definition& at(std::size_t number) const {
    return *parsed_[number].document.definitions[0];
  }

  /// The errors of each definition in turn, a line each, as errors_text().
  std::vector<std::string> validated(const ValidateOptions& options = {}) const {
    graphql::DefinitionValidator validator(shop_schema(), *this, options);
    std::vector<std::string> results;
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      results.push_back(errors_text(sources_, validator.validate(at(i))));
    }
    return results;
  }

  /// Of one definition, by a validator that has seen no other.
  std::string validated_alone(std::size_t number) const {
    graphql::DefinitionValidator validator(shop_schema(), *this);
    return errors_text(sources_, validator.validate(at(number)));
  }

 private:
  std::vector<std::string> sources_;
  std::vector<graphql::ParsedDocument> parsed_;
  std::map<std::string, const graphql::FragmentDefinition*> fragments_;
};

using Errors = std::vector<std::string>;

}  // namespace

TEST_SUITE("graphql/definition_validator") {
  TEST_CASE("a mistake in a fragment is the fragment's, however many spread it") {
    const Project project(
        {"{ book { ...F } }", "query B { book { ...F } }", "fragment F on Book { titel }"});
    CHECK(project.validated() ==
          Errors{"",
                 "",
                 "Cannot query field \"titel\" on type \"Book\". Did you mean \"title\"? "
                 "@2:21\"titel\""});
  }

  TEST_CASE("a variable of a fragment is an error of each operation that does not have it") {
    const Project project({"query A($n: Int!) { book { ...F } }",
                           "query B { book { ...F } }",
                           "query C($n: Int) { book { ...F } }",
                           "fragment F on Book { similar(first: $n) { title } }"});
    CHECK(project.validated() ==
          Errors{
              "",
              "Variable \"$n\" is not defined by operation \"B\". @3:36\"$n\" @1:0\"query B { book "
              "{ ...F } }\"",
              "Variable \"$n\" of type \"Int\" used in position expecting type \"Int!\". "
              "@2:8\"$n: Int\" @3:36\"$n\"",
              ""});
  }

  TEST_CASE("fields that overlap across fragments are an error where both are spread") {
    const Project project({"{ book { ...A ...B } }",
                           "fragment A on Book { x: title }",
                           "fragment B on Book { x: price }"});
    CHECK(project.validated() ==
          Errors{"Fields \"x\" conflict because \"title\" and \"price\" are different fields. Use "
                 "different aliases on the fields to fetch both if this was intentional. @1:21\"x: "
                 "title\" @2:21\"x: price\"",
                 "",
                 ""});
  }

  TEST_CASE("nothing follows from a fragment that cannot be used") {
    const Project project({"query Q($a: ID) { ...Broken }", "query R($a: ID) { ...Gone }"});
    CHECK(project.validated() ==
          Errors{"",
                 "Unknown fragment \"Gone\". @1:21\"Gone\"\n"
                 "Variable \"$a\" is never used in operation \"R\". @1:8\"$a: ID\""});
  }

  TEST_CASE("fragments in a cycle are validated as any others") {
    const Project project({"{ book { ...A } }",
                           "fragment A on Book { title ...B }",
                           "fragment B on Book { pages ...A nope }",
                           "subscription { ...C }",
                           "fragment C on Subscription { ...C }"});
    CHECK(project.validated() ==
          Errors{"", "", "Cannot query field \"nope\" on type \"Book\". @2:32\"nope\"", "", ""});
  }

  TEST_CASE("rules about whole documents do not run") {
    const Project project({"query A { book { title } }",
                           "query A { book { title } }",
                           "{ book { title } }",
                           "fragment Unused on Book { title }"});
    CHECK(project.validated() == Errors(4));
  }

  TEST_CASE("a rule that is off is silent") {
    const Project project({"query Q($a: ID) { book { ...Gone } }"});
    ValidateOptions options;
    options.rules =
        RuleSet::standard().without(Rule::known_fragment_names).without(Rule::no_unused_variables);
    CHECK(project.validated(options) == Errors{""});
  }

  TEST_CASE("the result does not depend on what was validated before") {
    const Project project({"query A($n: Int) { book { ...F } }",
                           "fragment F on Book { similar(first: $n) { title } x: title ...G }",
                           "fragment G on Book { x: price }",
                           "query A($n: Int) { book { ...F } }"});
    Errors alone;
    for (std::size_t i = 0; i < 4; ++i) {
      alone.push_back(project.validated_alone(i));
    }
    CHECK(project.validated() == alone);
    CHECK(alone[0] != "");
  }

  TEST_CASE("all that was asked of the schema is told, of a known fragment too") {
    const Project project(
        {"query ($o: Order) { wares(order: $o, range: {from: 1, too: 2}) { ...F } }",
         "fragment F on Lamp { watts @lost nope }",
         "query ($o: Order) { wares { ...F } }"});
    graphql::SchemaCoordinates reads;
    ValidateOptions options;
    options.reads = &reads;
    graphql::DefinitionValidator validator(shop_schema(), project, options);
    validator.validate(project.at(0));
    CHECK(reads.take() == coordinate_ids({":query",
                                          "@lost",
                                          "Int",
                                          "Lamp",
                                          "Lamp.nope",
                                          "Lamp.watts",
                                          "Lamp:possible",
                                          "Order",
                                          "Query",
                                          "Query.wares",
                                          "Range",
                                          "Range.from",
                                          "Range.too",
                                          "Ware",
                                          "Ware:possible"}));
    validator.validate(project.at(1));
    CHECK(reads.take() == coordinate_ids({"@lost", "Int", "Lamp", "Lamp.nope", "Lamp.watts"}));
    validator.validate(project.at(2));
    CHECK(reads.take() == coordinate_ids({":query",
                                          "@lost",
                                          "Int",
                                          "Lamp",
                                          "Lamp.nope",
                                          "Lamp.watts",
                                          "Lamp:possible",
                                          "Order",
                                          "Query",
                                          "Query.wares",
                                          "Ware",
                                          "Ware:possible"}));
  }

  TEST_CASE("what was read to compare fields is told for each definition that needs it") {
    const Project project({"{ book { ...F title } }",
                           "fragment F on Book { similar(first: 1) { title } ...G }",
                           "fragment G on Book { ... on Book { price } }"});
    graphql::SchemaCoordinates reads;
    ValidateOptions options;
    options.reads = &reads;
    graphql::DefinitionValidator validator(shop_schema(), project, options);
    for (const bool is_first : {true, false}) {
      CAPTURE(is_first);
      for (std::size_t i = 0; i < 3; ++i) {
        graphql::SchemaCoordinates fresh_reads;
        ValidateOptions fresh_options;
        fresh_options.reads = &fresh_reads;
        graphql::DefinitionValidator fresh(shop_schema(), project, fresh_options);
        CHECK(validator.validate(project.at(i)) == fresh.validate(project.at(i)));
        const std::vector<graphql::CoordinateId> expected = fresh_reads.take();
        CHECK(reads.take() == expected);
        CHECK(std::binary_search(
            expected.begin(), expected.end(), graphql::coordinate_id("Book.price")));
      }
    }
  }
}
