#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace cli {

/// Puts lines together from what arrives in pieces. Of a line that is longer than a limit only the
/// fact is kept, so that whoever writes cannot fill our memory.
class LineBuffer {
 public:
  struct Line {
    /// Without its line break; empty if it is too long.
    std::string text;
    bool is_too_long = false;

    friend bool operator==(const Line&, const Line&) = default;
  };

  explicit LineBuffer(std::size_t limit_bytes) : limit_bytes_(limit_bytes) {}

  void add(std::string_view bytes) { waiting_ += bytes; }

  /// The next whole line; nothing if there is none yet.
  std::optional<Line> next();

  /// Whether a line has begun that has not ended. To be asked when there is no next() one.
  bool has_part() const { return is_too_long_ || begin_ < waiting_.size(); }

  /// What stands behind the last line break, once nothing more comes; nothing if that is nothing.
  std::optional<Line> rest();

 private:
  std::size_t limit_bytes_;
  /// At most a piece longer than the limit, as long as all lines are taken after each piece.
  std::string waiting_;
  /// What is before was taken.
  std::size_t begin_ = 0;
  /// The beginning of the line was too long already and is gone.
  bool is_too_long_ = false;
};

}  // namespace cli
