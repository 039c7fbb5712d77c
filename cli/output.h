#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "cli/code_frame.h"

namespace cli {

/// One of the program's two outputs. Writes at once; not thread-safe.
///
/// A reader that went away (`builder | head`) is no error: what follows is dropped quietly.
class Output {
 public:
  explicit Output(int descriptor) : descriptor_(descriptor) {}

  /// Waits while nobody reads.
  void write(std::string_view text);

  /// From now on not without end: when `is_ending` says so, and nothing is read for a second more,
  /// the reader counts as gone. Null: without end again.
  void give_up_when(std::function<bool()> is_ending) { is_ending_ = std::move(is_ending); }
  int descriptor() const { return descriptor_; }

  /// Whether something could not be written for another reason than a reader that went away.
  bool has_failed() const { return has_failed_; }
  /// Whether anything written from now on is dropped.
  bool is_closed() const { return is_closed_; }
  bool is_terminal() const;
  /// Columns of the terminal; nothing if it is none or does not say.
  std::optional<std::uint32_t> terminal_width() const;

 private:
  bool wait_for_reader() const;

  int descriptor_;
  std::function<bool()> is_ending_;
  bool is_closed_ = false;
  bool has_failed_ = false;
};

/// The value of an environment variable.
using Environment = std::function<std::optional<std::string>(const char* name)>;

/// Colour on terminals only, and not where `NO_COLOR` is set or the terminal is dumb; `FORCE_COLOR`
/// (but not `0`) wins over all of that. As Node's own tools decide.
bool wants_color(const Environment& environment, bool is_terminal);

}  // namespace cli
