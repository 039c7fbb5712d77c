#pragma once

#include <cstdint>
#include <string>

#include "session/build_report.h"

namespace cli {

/// How text for people is dressed.
struct TextStyle {
  bool has_color = false;
  /// Columns of the terminal; frames are cut to it.
  std::uint32_t width = 120;
};

/// Escape sequences; empty texts where there is no colour.
struct Palette {
  explicit Palette(const TextStyle& style);

  std::string_view bold;
  std::string_view dim;
  std::string_view error;
  std::string_view warning;
  std::string_view path;
  std::string_view good;
  std::string_view reset;
};

/// The lines around a place with a caret under it, each line ended by a line break:
///
///     4 |   query Wrong {
///   > 5 |     me { nam }
///       |          ^^^
///
/// Long lines are cut around the caret. Empty where the place has no lines.
std::string render_frame(const session::LocatedPlace& place,
                         const TextStyle& style,
                         std::string_view caret_color);

}  // namespace cli
