#pragma once

#include <cstdint>
#include <string_view>

namespace session {

/// Hears how far a build is: a seam, so that the session need not know of terminals.
///
/// Both functions may be called from any thread, often, and must be cheap.
class ProgressSink {
 public:
  virtual ~ProgressSink() = default;

  /// A phase begins: "Reading", "Linking", "Writing". `total` is how many steps it has; 0: unknown.
  virtual void begin_phase(std::string_view name, std::uint64_t total) = 0;

  /// `count` more steps of the current phase are done.
  virtual void advance(std::uint64_t count) = 0;
};

}  // namespace session
