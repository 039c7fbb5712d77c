#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/span.h"

namespace builder::composer {

/// What a call of a composer defines.
enum class CompositionKind : std::uint8_t {
  /// Not known, because of an error.
  unknown,
  model,
  slice,
  operation,
  /// Of the template form: a fragment with a name.
  fragment,
  /// Constants for other definitions; no definition by itself.
  define,
};

inline constexpr std::uint32_t k_no_composition = UINT32_MAX;

/// A place in a source of the build, and in whose definition it was come upon.
struct Place {
  std::uint32_t source = 0;
  /// Index in ComposerProject::compositions().
  std::uint32_t owner = k_no_composition;
  base::Span span;
};

/// A piece of a text that was made up from expressions: bytes from `begin` to the next piece stand
/// for `place`.
struct ComposedPiece {
  std::uint32_t begin = 0;
  Place place;
};

/// GraphQL text with the places that its pieces come from, which may lie in any file.
struct ComposedText {
  std::string text;
  /// Sorted by `begin`.
  std::vector<ComposedPiece> pieces;

  void append(std::string_view more) { text += more; }
  void append(std::string_view more, const Place& place) {
    pieces.push_back({static_cast<std::uint32_t>(text.size()), place});
    text += more;
  }
  /// The place of the piece that holds `offset`; the first one's before it.
  Place place_at(std::uint32_t offset) const;
};

}  // namespace builder::composer
