#include "base/suggestion.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

std::string suggest(std::string_view input, const std::vector<std::string_view>& candidates) {
  return base::did_you_mean(base::suggestions_for(input, candidates));
}

}  // namespace

TEST_SUITE("base/suggestion") {
  TEST_CASE("suggestions are worded as graphql-js words them") {
    CHECK(suggest("nam", {"nameA", "nameB", "nameC", "nameD", "nameE", "nameF"}) ==
          " Did you mean \"nameA\", \"nameB\", \"nameC\", \"nameD\", or \"nameE\"?");
    CHECK(suggest("nam", {"name"}) == " Did you mean \"name\"?");
    CHECK(suggest("z", {"y", "x", "e"}) == " Did you mean \"e\", \"x\", or \"y\"?");
  }
}
