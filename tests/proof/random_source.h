#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

namespace proof {

/// Random numbers that follow from a seed. What is made of them follows too, as long as it is one
/// compiler: in which order the operands of a `+` draw is its choice.
class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  /// Below `count`, which must not be 0.
  std::size_t below(std::size_t count) { return engine_() % count; }
  /// True in `percent` of 100 cases.
  bool chance(unsigned percent) { return below(100) < percent; }

  template <typename Array>
  const auto& one_of(const Array& items) {
    return items[below(std::size(items))];
  }

 private:
  std::mt19937_64 engine_;
};

/// The paths of sources that random projects have: with names that shadow each other, in a package
/// of the workspace, in a folder that paths of tsconfig can lead to, and outside of the root.
inline constexpr std::string_view k_source_paths[] = {
    "src/a.ts",         "src/b.tsx",           "src/c.ts",
    "src/lib/d.ts",     "src/lib/e.ts",        "src/lib/index.ts",
    "src/barrel.ts",    "src/barrel/index.ts", "src/gql.ts",
    "src/gql/index.ts", "src/lib/consts.ts",   "src/lib/doc.graphql",
    "src/frag.gql",     "src/deep/x/y.ts",     "alt/lib/d.ts",
    "alt/lib/e.ts",     "packages/ui/card.ts", "packages/ui/index.ts",
    "../outside/o.ts",  "../outside/p.ts",     "src/lib.ts"};

/// In which dialects the definitions of a random project are written.
enum class Dialects : std::uint8_t { tag, composer, both };

/// The content of a source file that is to lie at `path`: definitions, barrels, constants, tags and
/// composers that go by other names, or nothing of interest; right or wrong. Names come from small
/// pools, so that files are about each other.
std::string random_source(Random& random, std::string_view path, Dialects dialects);

/// What else a file of the composer dialect holds.
enum class Neighbours : std::uint8_t { none, tags };
std::string random_compositions(Random& random, std::string_view path, Neighbours neighbours);

/// `text` with a small change, most often of a name into another of the same length.
std::string mutate(Random& random, std::string text);

/// The content of `schema.graphql`: one of many variants of one schema.
std::string random_schema(Random& random);
std::string random_config(Random& random);
std::string random_tsconfig(Random& random);
std::string random_package(Random& random);

}  // namespace proof
