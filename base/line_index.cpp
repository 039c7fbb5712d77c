#include "base/line_index.h"

#include <algorithm>

#include "base/utf8.h"

namespace base {
namespace {

constexpr std::string_view k_byte_order_mark = "\xEF\xBB\xBF";

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
}

Position LineIndex::position(std::uint32_t offset) const {
  const std::uint32_t clamped = std::min(offset, static_cast<std::uint32_t>(text_.size()));
  const auto next = std::upper_bound(starts_.begin(), starts_.end(), clamped);
  if (next == starts_.begin()) {
    return Position{};
  }
  const std::uint32_t start = *(next - 1);
  const std::size_t units = utf16_length(text_.substr(start, clamped - start));
  return Position{static_cast<std::uint32_t>(next - starts_.begin()),
                  static_cast<std::uint32_t>(units + 1)};
}

std::string_view LineIndex::line(std::uint32_t number) const {
  if (number == 0 || number > starts_.size()) {
    return {};
  }
  const std::uint32_t start = starts_[number - 1];
  const std::string_view rest = text_.substr(start);
  return rest.substr(0, rest.find_first_of("\r\n"));
}

}  // namespace base
