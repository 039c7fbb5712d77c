#include "cli/watch/line_buffer.h"

#include <utility>

namespace cli {

std::optional<LineBuffer::Line> LineBuffer::next() {
  const std::size_t end = waiting_.find('\n', begin_);
  if (end == std::string::npos) {
    waiting_.erase(0, std::exchange(begin_, 0));
    if (waiting_.size() > limit_bytes_) {
      waiting_.clear();
      is_too_long_ = true;
    }
    return std::nullopt;
  }
  Line line;
  line.is_too_long = std::exchange(is_too_long_, false) || end - begin_ > limit_bytes_;
  if (!line.is_too_long) {
    line.text.assign(waiting_, begin_, end - begin_);
  }
  begin_ = end + 1;
  return line;
}

std::optional<LineBuffer::Line> LineBuffer::rest() {
  Line line{waiting_.substr(begin_), std::exchange(is_too_long_, false)};
  waiting_.clear();
  begin_ = 0;
  if (line.text.size() > limit_bytes_ || line.is_too_long) {
    return Line{std::string(), true};
  }
  return line.text.empty() ? std::nullopt : std::optional<Line>(std::move(line));
}

}  // namespace cli
