#pragma once

#include <cstdint>
#include <random>

#include "artifact/artifact.h"
#include "artifact/manifest.h"

namespace artifact {

/// The two lists of an invented build.
struct RandomBuild {
  Artifact artifact;
  Manifest manifest;
};

/// Makes builds that look like neighbours: out of one small pool of ids, each with one of few
/// contents, so that any two builds share, change, add and remove some.
class RandomBuilds {
 public:
  explicit RandomBuilds(std::uint64_t seed) : random_(seed) {}

  RandomBuild next();

 private:
  std::size_t pick(std::size_t count) { return random_() % count; }
  Element element(std::string id);
  Chunk chunk(const std::string& source);

  std::mt19937_64 random_;
};

}  // namespace artifact
