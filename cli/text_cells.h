#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

/// A character of a source line as a terminal shows it.
struct Cell {
  /// Its first UTF-16 unit, 1-based, in the line.
  std::uint32_t column = 1;
  /// How many columns of the terminal stand before it.
  std::uint32_t offset = 0;
  /// How many it takes: 0 for combining marks, 2 for wide characters, more for tabs.
  std::uint32_t width = 1;
  std::string text;
};

/// Lays out a line that begins at `first_column`. Tabs become spaces up to the next stop of 4.
/// Control characters, marks that turn the direction of writing and bytes that are not UTF-8 become
/// U+FFFD: a source file must not steer the terminal.
std::vector<Cell> lay_out(std::string_view line, std::uint32_t first_column);

/// How many columns of a terminal the character takes. Follows East Asian Width and the general
/// categories of Unicode 15 in broad ranges.
std::uint32_t terminal_width(std::uint32_t code_point);

/// `text` without what could steer a terminal; line breaks and tabs are kept.
std::string printable(std::string_view text);

/// The same on one line, for names of files: line breaks and tabs become `\n`, `\r` and `\t`.
std::string printable_name(std::string_view text);

}  // namespace cli
