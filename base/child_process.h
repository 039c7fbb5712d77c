#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

namespace base {

struct ChildRequest {
  /// The program, searched in PATH, and its arguments.
  std::vector<std::string> command;
  /// Absolute; empty: the current one.
  std::string working_dir;
  std::int64_t time_limit_ms = 30'000;
  /// Of each output; a program that writes more is ended.
  std::uint64_t output_limit_bytes = std::uint64_t{16} << 20;
  /// Once it is true the program is killed. Null: never; not owned.
  const std::atomic<bool>* stop = nullptr;
};

struct ChildOutcome {
  /// 128 + the signal's number where a signal ended it, as shells have it.
  int exit_code = 0;
  std::string output;
  std::string error_output;
};

/// Runs another program, with nothing to read from its standard input, and waits for its end. Fails
/// with ErrorCode::not_found if there is no such program, ErrorCode::too_large above the output
/// limit, ErrorCode::cancelled past the time limit or once `stop` is true (the program is killed
/// then) and ErrorCode::io otherwise.
Result<ChildOutcome> run_child(const ChildRequest& request);

}  // namespace base
