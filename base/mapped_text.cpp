#include "base/mapped_text.h"

#include <algorithm>

namespace base {

void MappedText::append_verbatim(std::string_view text, std::uint32_t source_begin) {
  if (text.empty()) {
    return;
  }
  const auto length = static_cast<std::uint32_t>(text.size());
  const bool continues = !segments_.empty() && segments_.back().is_verbatim &&
                         segments_.back().source.end == source_begin;
  if (continues) {
    segments_.back().source.end += length;
  } else {
    segments_.push_back(
        {static_cast<std::uint32_t>(text_.size()), true, {source_begin, source_begin + length}});
  }
  text_ += text;
}

void MappedText::append_replaced(std::string_view text, Span source) {
  if (text.empty()) {
    return;
  }
  segments_.push_back({static_cast<std::uint32_t>(text_.size()), false, source});
  text_ += text;
}

void MappedText::append_slice(const MappedText& other, std::uint32_t begin, std::uint32_t end) {
  for (std::size_t i = 0; i < other.segments_.size(); ++i) {
    const Segment& segment = other.segments_[i];
    const auto other_size = static_cast<std::uint32_t>(other.text_.size());
    const std::uint32_t next =
        i + 1 < other.segments_.size() ? other.segments_[i + 1].begin : other_size;
    const std::uint32_t from = std::max(segment.begin, begin);
    const std::uint32_t to = std::min(next, end);
    if (from >= to) {
      continue;
    }
    const std::string_view piece = std::string_view(other.text_).substr(from, to - from);
    if (segment.is_verbatim) {
      append_verbatim(piece, segment.source.begin + (from - segment.begin));
    } else {
      append_replaced(piece, segment.source);
    }
  }
}

const MappedText::Segment* MappedText::segment_at(std::uint32_t offset) const {
  const auto next = std::upper_bound(
      segments_.begin(), segments_.end(), offset, [](std::uint32_t value, const Segment& segment) {
        return value < segment.begin;
      });
  return next == segments_.begin() ? nullptr : &*(next - 1);
}

Span MappedText::to_source(Span span) const {
  if (segments_.empty()) {
    return {};
  }
  const auto size = static_cast<std::uint32_t>(text_.size());
  if (span.begin >= size) {
    const std::uint32_t end = segments_.back().source.end;
    return {end, end};
  }
  const Segment& first = *segment_at(span.begin);
  const std::uint32_t begin =
      first.is_verbatim ? first.source.begin + (span.begin - first.begin) : first.source.begin;
  if (span.end <= span.begin) {
    return {begin, begin};
  }
  const std::uint32_t last_offset = std::min(span.end, size) - 1;
  const Segment& last = *segment_at(last_offset);
  const std::uint32_t end =
      last.is_verbatim ? last.source.begin + (last_offset - last.begin) + 1 : last.source.end;
  return {begin, end};
}

}  // namespace base
