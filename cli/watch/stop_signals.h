#pragma once

#include <array>
#include <csignal>
#include <cstdint>

namespace cli {

/// While it lives, SIGINT, SIGTERM and SIGHUP ask for an end instead of being one.
///
/// Who asks again does not want to wait: the second signal does what it did before. Package
/// managers and terminals deliver one Ctrl-C twice, so what comes within `k_same_request_ns` is no
/// second one. A signal that was ignored stays so: that is what `nohup` and a shell's `&` do. One
/// object at a time, made and destroyed by one thread; the signals may hit any.
class StopSignals {
 public:
  StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;
  ~StopSignals();

  /// Readable once somebody asked; -1 if the machine has no descriptor left.
  int descriptor() const { return descriptor_; }
  bool is_asked() const;

  static constexpr std::int64_t k_same_request_ns = 250'000'000;

 private:
  static constexpr std::array<int, 3> k_signals{SIGINT, SIGTERM, SIGHUP};

  int descriptor_;
};

}  // namespace cli
