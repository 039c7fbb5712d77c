#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace base {

/// A place as people and editors count it: both 1-based, the column in UTF-16 code units.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;

  friend auto operator<=>(const Position&, const Position&) = default;
};

/// Finds lines of one text. `\n`, `\r\n` and `\r` each end a line, as in GraphQL and TypeScript
/// (U+2028 and U+2029 do not: editors do not count them). A byte order mark is not counted in the
/// first line's columns.
///
/// Keeps a view of `text`: the caller keeps the text alive.
class LineIndex {
 public:
  explicit LineIndex(std::string_view text);

  /// The position of the byte at `offset`; an offset behind the end counts as the end.
  Position position(std::uint32_t offset) const;

  /// The UTF-16 code units of the text before the byte at `offset`, a byte order mark left out.
  std::uint32_t utf16_offset(std::uint32_t offset) const;

  /// The text of a 1-based line without its line break; empty if there is no such line.
  std::string_view line(std::uint32_t number) const;

  std::uint32_t line_count() const { return static_cast<std::uint32_t>(starts_.size()); }

 private:
  std::string_view text_;
  std::vector<std::uint32_t> starts_;
  /// Places in the text, each some way behind the last, with the units before them: a line may be
  /// megabytes long, and have thousands of diagnostics.
  struct Milestone {
    std::uint32_t offset = 0;
    std::uint32_t units = 0;
  };
  std::vector<Milestone> milestones_;
};

}  // namespace base
