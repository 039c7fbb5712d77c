#include "cli/terminal_progress.h"

#include <algorithm>

namespace cli {
namespace {

/// To the line's begin, and clear to its end.
constexpr std::string_view k_clear_line = "\r\x1b[K";

}  // namespace

TerminalProgress::TerminalProgress(Output& output, base::Clock& clock)
    : output_(output), clock_(clock) {}

TerminalProgress::~TerminalProgress() {
  clear();
}

void TerminalProgress::begin_phase(std::string_view name, std::uint64_t total) {
  const std::lock_guard lock(mutex_);
  if (!is_building_) {
    is_building_ = true;
    next_draw_ns_ = clock_.now_ns() + k_quiet_ns;
  }
  phase_ = name;
  total_ = total;
  done_ = 0;
  draw_if_due();
}

void TerminalProgress::advance(std::uint64_t count) {
  const std::lock_guard lock(mutex_);
  done_ += count;
  draw_if_due();
}

void TerminalProgress::clear() {
  const std::lock_guard lock(mutex_);
  is_building_ = false;
  if (is_drawn_) {
    output_.write(k_clear_line);
    is_drawn_ = false;
  }
}

void TerminalProgress::draw_if_due() {
  const std::int64_t now_ns = clock_.now_ns();
  if (now_ns < next_draw_ns_) {
    return;
  }
  next_draw_ns_ = now_ns + k_redraw_ns;
  is_drawn_ = true;
  std::string line(k_clear_line);
  line += phase_;
  if (total_ > 0) {
    line += " " + std::to_string(std::min(done_, total_)) + "/" + std::to_string(total_);
  } else if (done_ > 0) {
    line += " " + std::to_string(done_);
  }
  output_.write(line);
}

}  // namespace cli
