#pragma once

#include <cstdint>
#include <vector>

namespace session {

/// What somebody outside asks of a WatchLoop while it runs: a signal, or whoever reads its events.
class WatchCommands {
 public:
  struct Asked {
    /// Barriers: each is answered, in this order, once all that was changed before take() has been
    /// built.
    std::vector<std::uint64_t> syncs;
    /// The loop is to write what is not written yet, and to end. Barriers come first.
    bool ends = false;
  };

  virtual ~WatchCommands() = default;

  /// Becomes readable when take() has something to say, and stays so until then: what poll(2) asks.
  /// -1: nothing will ever be asked. A signal handler writes into a pipe for this.
  virtual int descriptor() const = 0;

  /// All that was asked since the last call; does not wait.
  virtual Asked take() = 0;
};

}  // namespace session
