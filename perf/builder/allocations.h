#pragma once

#include <cstdint>

namespace perf {

/// Calls of operator new, and what they asked for. Memory that C libraries take from malloc, and
/// what containers hand back, is not in it.
struct AllocationCounts {
  std::uint64_t count = 0;
  std::uint64_t bytes = 0;
};

/// Counts of the whole process since its start. A seam: only the program itself replaces operator
/// new, so that tests and their sanitizers keep their own.
using AllocationCounter = AllocationCounts (*)();

/// For who counts nothing.
inline AllocationCounts no_allocations() {
  return {};
}

}  // namespace perf
