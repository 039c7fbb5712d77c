#include "discovery/byte_search.h"

#include <string>

#include <doctest/doctest.h>

#include "discovery/ascii.h"

namespace {

/// Longer than two steps of the search, so that each place of a step is tried.
constexpr std::size_t k_length = 40;

}  // namespace

TEST_SUITE("discovery/byte_search") {
  TEST_CASE("a name ends at the first byte that is no part of names, wherever it stands") {
    for (unsigned value = 0; value < 256; ++value) {
      const char c = static_cast<char>(value);
      for (std::size_t place = 0; place < k_length; ++place) {
        std::string text(k_length, 'n');
        text[place] = c;
        const std::size_t expected = discovery::is_ascii_name_byte(c) ? k_length : place;
        CAPTURE(value);
        CAPTURE(place);
        REQUIRE(discovery::end_of_ascii_name(text, 0) == expected);
        REQUIRE(discovery::end_of_ascii_name(text, place) == expected);
      }
    }
    CHECK(discovery::end_of_ascii_name("", 0) == 0);
    CHECK(discovery::end_of_ascii_name("ab", 2) == 2);
  }

  TEST_CASE("the first of several bytes is found wherever it stands, and no other") {
    for (unsigned value = 0; value < 256; ++value) {
      const char c = static_cast<char>(value);
      const bool is_sought = c == '`' || c == '$' || c == '\\';
      for (std::size_t place = 0; place < k_length; ++place) {
        std::string text(k_length, 'n');
        text[place] = c;
        const auto found = discovery::find_any_byte<'`', '$', '\\'>(text, 0);
        CAPTURE(value);
        CAPTURE(place);
        REQUIRE(found == (is_sought ? place : k_length));
      }
    }
    CHECK(discovery::find_any_byte<'a'>("banana", 2) == 3);
    CHECK(discovery::find_any_byte<'a'>("", 0) == 0);
  }
}
