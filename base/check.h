#pragma once

namespace base {

/// States what our own code guarantees. A false `claim` is a bug of ours, never of the user or of
/// the machine: prints `what` and the caller's place to standard error and aborts.
///
/// The compilers' builtins, because clang 14 has no std::source_location.
void check(bool claim,
           const char* what,
           const char* file = __builtin_FILE(),
           int line = __builtin_LINE());

}  // namespace base
