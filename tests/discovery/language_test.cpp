#include "discovery/language.h"

#include <optional>
#include <string>

#include <doctest/doctest.h>

using discovery::Language;

TEST_SUITE("discovery/language") {
  TEST_CASE("the extension decides") {
    struct Case {
      const char* path;
      std::optional<Language> expected;
    };
    const Case cases[] = {
        {"a.ts", Language::typescript},
        {"src/a.b.mts", Language::typescript},
        {"a.cts", Language::typescript},
        {"types/a.d.ts", Language::typescript},
        {"a.tsx", Language::tsx},
        {"a.js", Language::tsx},
        {"a.jsx", Language::tsx},
        {"a.mjs", Language::tsx},
        {"a.cjs", Language::tsx},
        {"a.graphql", Language::graphql},
        {"a.gql", Language::graphql},
        {"a.graphqls", Language::graphql},
        {"a", std::nullopt},
        {"a.ts.txt", std::nullopt},
        {"a.TS", std::nullopt},
        {"dir.ts/readme", std::nullopt},
        {"a.json", std::nullopt},
        {"", std::nullopt},
    };
    for (const Case& c : cases) {
      CAPTURE(c.path);
      CHECK((discovery::language_of(c.path) == c.expected));
    }
  }
}
