#include "base/suggestion.h"

#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "tests/support/printers.h"

namespace {

using Names = std::vector<std::string_view>;

struct SuggestionCase {
  const char* name;
  std::string_view input;
  Names candidates;
  Names suggestions;
};

// What graphql-js 16.15.0 answers.
const SuggestionCase k_suggestion_cases[] = {
    {"nothing is near one letter", "", {"a"}, {"a"}},
    {"nothing is not near two letters", "", {"ab"}, {}},
    {"letters too many", "greenish", {"green"}, {"green"}},
    {"letters missing", "green", {"greenish"}, {"greenish"}},
    {"case alone costs one", "ABC", {"abc", "Abc"}, {"Abc", "abc"}},
    {"too far for a short name", "abc", {"ac", "ca"}, {"ac"}},
    {"swapped neighbours cost one",
     "userNmae",
     {"userName", "userNames", "name"},
     {"userName", "userNames"}},
    {"each pair of neighbours can be swapped",
     "abcd",
     {"bacd", "abdc", "acbd"},
     {"abdc", "acbd", "bacd"}},
    {"a length that differs by more than the limit", "verylongstring", {"bar"}, {}},
    {"the name itself comes first",
     "nam",
     {"name", "NAME", "nom", "nam"},
     {"nam", "NAME", "name", "nom"}},
    {"numbers count as numbers, with zeros before",
     "a1",
     {"a10", "a2", "a01", "a1"},
     {"a1", "a01", "a2", "a10"}},
    {"an astral character counts as two", "na\U0001F600me", {"name"}, {"name"}},
    {"a candidate that stands twice is named once", "nam", {"name", "name"}, {"name"}},
};

struct WordingCase {
  const char* name;
  Names suggestions;
  std::string_view kind;
  std::string_view text;
};

const WordingCase k_wording_cases[] = {
    {"none", {}, "", ""},
    {"one", {"a"}, "", " Did you mean \"a\"?"},
    {"two", {"a", "b"}, "", " Did you mean \"a\" or \"b\"?"},
    {"three", {"a", "b", "c"}, "", " Did you mean \"a\", \"b\", or \"c\"?"},
    {"six",
     {"a", "b", "c", "d", "e", "f"},
     "",
     " Did you mean \"a\", \"b\", \"c\", \"d\", or \"e\"?"},
    {"with a kind", {"RED"}, "the enum value", " Did you mean the enum value \"RED\"?"},
};

}  // namespace

TEST_SUITE("base/suggestion") {
  TEST_CASE("suggestions are those of graphql-js") {
    for (const SuggestionCase& row : k_suggestion_cases) {
      SUBCASE(row.name) {
        CHECK(base::suggestions_for(row.input, row.candidates) == row.suggestions);
      }
    }
  }

  TEST_CASE("suggestions are worded as graphql-js words them") {
    for (const WordingCase& row : k_wording_cases) {
      SUBCASE(row.name) {
        CHECK(base::did_you_mean(row.suggestions, row.kind) == row.text);
      }
    }
  }

  TEST_CASE("natural order compares numbers as numbers, and a zero in front is one by itself") {
    const Names ascending = {"",
                             "A",
                             "a",
                             "a0",
                             "a00",
                             "a001",
                             "a01",
                             "a02b",
                             "a1",
                             "a1b",
                             "a2",
                             "a9",
                             "a10",
                             "a99999999999999999998b",
                             "aa",
                             "b"};

    for (std::size_t i = 0; i < ascending.size(); ++i) {
      for (std::size_t j = 0; j < ascending.size(); ++j) {
        CAPTURE(ascending[i]);
        CAPTURE(ascending[j]);
        CHECK(base::natural_less(ascending[i], ascending[j]) == (i < j));
      }
    }
  }
}
