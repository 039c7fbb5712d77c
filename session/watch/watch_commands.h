#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace session {

/// What somebody outside asks of a WatchLoop while it runs: a signal, or whoever reads its events.
class WatchCommands {
 public:
  struct Request {
    /// A barrier, to be answered once all that was changed before take() has been built.
    std::optional<std::uint64_t> sync;
    /// What is wrong with a request that is none.
    std::string complaint;
  };
  struct Asked {
    /// To be answered in this order.
    std::vector<Request> requests;
    /// The loop is to write what is not written yet, and to end. Requests come first.
    bool ends = false;
  };

  virtual ~WatchCommands() = default;

  /// Becomes readable when take() has something to say, and stays so until then: what poll(2) asks.
  /// -1: nothing will ever be asked. A signal handler writes into a pipe for this.
  virtual int descriptor() const = 0;

  /// All that was asked since the last call; does not wait.
  virtual Asked take() = 0;

  /// Whether a request came in part: it would be lost on another process that goes on here.
  virtual bool is_half_asked() const { return false; }
};

}  // namespace session
