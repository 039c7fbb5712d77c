#pragma once

#include <source_location>

namespace base {

/// States what our own code guarantees. A false `claim` is a bug of ours, never of the user or of
/// the machine: prints `what` and the place to standard error and aborts.
void check(bool claim,
           const char* what,
           std::source_location where = std::source_location::current());

}  // namespace base
