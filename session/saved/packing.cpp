#include "session/saved/packing.h"

namespace session {

void Unpacker::unpack(base::MappedText& text) {
  std::string bytes;
  std::vector<base::MappedText::Segment> segments;
  (*this)(bytes, segments);
  text = {};
  for (std::size_t i = 0; i < segments.size() && !has_failed(); ++i) {
    const base::MappedText::Segment& segment = segments[i];
    const std::size_t end = i + 1 < segments.size() ? segments[i + 1].begin : bytes.size();
    const bool is_in_order = (i == 0 ? segment.begin == 0 : true) && segment.begin < end &&
                             end <= bytes.size() &&
                             (i == 0 || segments[i - 1].source.end <= segment.source.begin);
    const bool has_source = !segment.is_verbatim || segment.source.size() == end - segment.begin;
    if (!is_in_order || !has_source) {
      fail();
      return;
    }
    const std::string_view piece =
        std::string_view(bytes).substr(segment.begin, end - segment.begin);
    if (segment.is_verbatim) {
      text.append_verbatim(piece, segment.source.begin);
    } else {
      text.append_replaced(piece, segment.source);
    }
  }
  if (text.text() != bytes) {
    fail();
  }
}

}  // namespace session
