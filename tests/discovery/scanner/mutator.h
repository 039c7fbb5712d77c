#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace discovery {

/// Changes source code at random, in ways that tell scanners from parsers: splices pieces of code
/// that hold quotes, brackets and templates, special bytes, keywords and pieces of other files, and
/// cuts things out. Characters stay whole. The same seed gives the same mutants.
class Mutator {
 public:
  /// `donors` give the pieces of other files; kept by reference.
  Mutator(std::uint64_t seed, const std::vector<std::string>& donors)
      : random_(seed), donors_(donors) {}

  /// `source` after one to four changes.
  std::string mutate(std::string_view source);

  std::size_t below(std::size_t count) { return static_cast<std::size_t>(random_() % count); }

 private:
  std::size_t place(std::string_view text);
  std::string piece();

  std::mt19937_64 random_;
  const std::vector<std::string>& donors_;
};

}  // namespace discovery
