#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "cli/watch/line_buffer.h"
#include "cli/watch/stop_signals.h"
#include "session/watch/watch_commands.h"

namespace cli {

/// Everything from which a watcher takes orders, behind one descriptor: signals, lines of standard
/// input, and whether anybody still reads what it says.
///
/// The session ends when a signal asks for it, when the input ends, and when the reader of the
/// output is gone; nothing that is written into the input ends it. One thread.
class WatchInput final : public session::WatchCommands {
 public:
  /// What is listened to.
  struct Descriptors {
    /// Where requests come from; -1: from nowhere.
    int input = -1;
    /// Where events go.
    int output = -1;
  };

  explicit WatchInput(Descriptors descriptors);
  WatchInput(const WatchInput&) = delete;
  WatchInput& operator=(const WatchInput&) = delete;
  ~WatchInput() override;

  /// Fails if the machine has no descriptor left for this.
  base::Status status() const;

  int descriptor() const override { return poller_; }
  Asked take() override;
  bool is_half_asked() const override { return lines_.has_part(); }

  /// Whether it is to end, by a signal, or because nobody will ask any more. May be called while
  /// somebody else waits; take() says it again.
  bool is_ending() const;

  /// Of a line. What is longer is no request.
  static constexpr std::size_t k_line_limit_bytes = 4096;

 private:
  enum class Source : std::uint32_t { signals, input, output };

  bool listen(int descriptor, Source source);
  void read_input(Asked& asked);
  void take_line(const LineBuffer::Line& line, Asked& asked);

  StopSignals signals_;
  int input_;
  int poller_;
  /// Stays readable in place of an input that cannot be waited for; -1: the input can.
  int always_ready_ = -1;
  LineBuffer lines_{k_line_limit_bytes};
};

}  // namespace cli
