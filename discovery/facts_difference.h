#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "discovery/source_facts.h"

namespace discovery {

/// The first thing in which the facts of two readers differ.
struct FactsDifference {
  /// What it is, and how each reader has it.
  std::string text;
  /// Where in the file; 0 where it has no place.
  std::uint32_t offset = 0;
};

/// Compares all but the compositions, which one reader alone knows. Nothing if the facts are equal.
std::optional<FactsDifference> find_difference(const SourceFacts& scanned,
                                               const SourceFacts& parsed);

}  // namespace discovery
