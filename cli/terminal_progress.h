#pragma once

#include <cstdint>
#include <mutex>
#include <string>

#include "base/clock.h"
#include "cli/output.h"
#include "session/progress.h"

namespace cli {

/// One line on a terminal that says how far a build is, and is gone when the build is over.
///
/// Shows nothing in the first `k_quiet_ns` of a build: a line that flashes by only disturbs. After
/// that it is drawn anew at most every `k_redraw_ns`. Thread-safe.
class TerminalProgress final : public session::ProgressSink {
 public:
  TerminalProgress(Output& output, base::Clock& clock);
  ~TerminalProgress() override;

  void begin_phase(std::string_view name, std::uint64_t total) override;
  void advance(std::uint64_t count) override;

  /// Removes the line. Called before anything else is printed: the build is over, and the next
  /// phase is that of another one.
  void clear();

  static constexpr std::int64_t k_quiet_ns = 400'000'000;
  static constexpr std::int64_t k_redraw_ns = 80'000'000;

 private:
  void draw_if_due();

  Output& output_;
  base::Clock& clock_;
  std::mutex mutex_;
  std::string phase_;
  std::uint64_t total_ = 0;
  std::uint64_t done_ = 0;
  std::int64_t next_draw_ns_ = 0;
  bool is_building_ = false;
  bool is_drawn_ = false;
};

}  // namespace cli
