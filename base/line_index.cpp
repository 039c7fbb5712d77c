#include "base/line_index.h"

#include <algorithm>

#include "base/utf8.h"

namespace base {
namespace {

/// How far milestones stand apart: counting to the next one takes less than a microsecond.
constexpr std::uint32_t k_stride_bytes = 1024;

bool is_continuation_byte(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

}  // namespace

LineIndex::LineIndex(std::string_view text) : text_(text) {
  starts_.push_back(text.starts_with(k_byte_order_mark) ? 3 : 0);
  for (std::size_t i = text.find_first_of("\r\n"); i < text.size();
       i = text.find_first_of("\r\n", i + 1)) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') {
      ++i;
    }
    starts_.push_back(static_cast<std::uint32_t>(i + 1));
  }
  milestones_.push_back({starts_.front(), 0});
  while (text.size() - milestones_.back().offset > k_stride_bytes) {
    const Milestone last = milestones_.back();
    Milestone next{last.offset + k_stride_bytes, 0};
    while (next.offset < text.size() && is_continuation_byte(text[next.offset])) {
      ++next.offset;
    }
    next.units = last.units + static_cast<std::uint32_t>(utf16_length(
                                  text.substr(last.offset, next.offset - last.offset)));
    milestones_.push_back(next);
  }
}

std::uint32_t LineIndex::utf16_offset(std::uint32_t offset) const {
  const std::uint32_t clamped = std::min(offset, static_cast<std::uint32_t>(text_.size()));
  const auto next = std::upper_bound(
      milestones_.begin(),
      milestones_.end(),
      clamped,
      [](std::uint32_t value, const Milestone& one) { return value < one.offset; });
  if (next == milestones_.begin()) {
    return 0;
  }
  const Milestone& last = *(next - 1);
  return last.units +
         static_cast<std::uint32_t>(utf16_length(text_.substr(last.offset, clamped - last.offset)));
}

Position LineIndex::position(std::uint32_t offset) const {
  const std::uint32_t clamped = std::min(offset, static_cast<std::uint32_t>(text_.size()));
  const auto next = std::upper_bound(starts_.begin(), starts_.end(), clamped);
  if (next == starts_.begin()) {
    return Position{};
  }
  const std::uint32_t start = *(next - 1);
  return Position{static_cast<std::uint32_t>(next - starts_.begin()),
                  utf16_offset(clamped) - utf16_offset(start) + 1};
}

std::string_view LineIndex::line(std::uint32_t number) const {
  if (number == 0 || number > starts_.size()) {
    return {};
  }
  const std::uint32_t start = starts_[number - 1];
  if (number == starts_.size()) {
    return text_.substr(start);
  }
  std::string_view line = text_.substr(start, starts_[number] - start);
  while (line.ends_with('\n') || line.ends_with('\r')) {
    line.remove_suffix(1);
  }
  return line;
}

}  // namespace base
