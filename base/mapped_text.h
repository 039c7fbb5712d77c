#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace base {

/// A text that was made from pieces of a source file, with the way back: which bytes of the file
/// stand behind each of its bytes. Needed because the GraphQL that we parse is not what stands in
/// the TypeScript file: escapes are cooked, CRLF becomes LF, interpolations are replaced.
///
/// Invariant: segments are sorted by `begin`, cover the text without gaps, and their sources
/// ascend.
class MappedText {
 public:
  /// Bytes `[begin, next segment's begin)` of the text. If `is_verbatim`, byte i of the text is
  /// byte `source.begin + (i - begin)` of the file; otherwise all of it stands for the whole
  /// `source` (an escape sequence, a line break, an interpolation).
  struct Segment {
    std::uint32_t begin = 0;
    bool is_verbatim = true;
    Span source;

    friend bool operator==(const Segment&, const Segment&) = default;
  };

  /// Appends bytes that stand in the file as they are, from `source_begin` on.
  void append_verbatim(std::string_view text, std::uint32_t source_begin);

  /// Appends `text` in place of the `source` bytes of the file. An empty `text` leaves no trace.
  void append_replaced(std::string_view text, Span source);

  /// Appends bytes `[begin, end)` of another mapped text of the same file.
  void append_slice(const MappedText& other, std::uint32_t begin, std::uint32_t end);

  const std::string& text() const { return text_; }
  const std::vector<Segment>& segments() const { return segments_; }

  /// The bytes of the file behind `[span.begin, span.end)`. A span that begins or ends inside a
  /// replaced segment takes all of it; an empty span at the end of the text is the end of the
  /// source.
  Span to_source(Span span) const;

  /// Gives back the memory that it has to grow into.
  void shrink_to_fit() {
    text_.shrink_to_fit();
    segments_.shrink_to_fit();
  }

  friend bool operator==(const MappedText&, const MappedText&) = default;

 private:
  const Segment* segment_at(std::uint32_t offset) const;

  std::string text_;
  std::vector<Segment> segments_;
};

}  // namespace base
