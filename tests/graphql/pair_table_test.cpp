#include "graphql/pair_table.h"

#include <cstdint>
#include <map>
#include <random>
#include <utility>

#include <doctest/doctest.h>

using graphql::PairTable;

TEST_SUITE("graphql/pair_table") {
  TEST_CASE("it holds what was added since it was emptied last, and nothing else") {
    PairTable table;
    CHECK(table.find(0, 0) == nullptr);
    std::mt19937 random(7);
    for (std::uint32_t round = 0; round < 20; ++round) {
      std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> expected;
      const std::uint32_t count = round % 2 == 0 ? 500 : 5;
      for (std::uint32_t i = 0; i < count; ++i) {
        const std::pair<std::uint32_t, std::uint32_t> pair(random() % 40, random() % 40);
        if (expected.try_emplace(pair, i).second) {
          table.add(pair.first, pair.second, i);
        }
      }
      std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> found;
      for (std::uint32_t left = 0; left < 40; ++left) {
        for (std::uint32_t right = 0; right < 40; ++right) {
          if (const std::uint32_t* value = table.find(left, right)) {
            found.emplace(std::pair(left, right), *value);
          }
        }
      }
      CHECK(found == expected);
      table.clear();
    }
  }
}
