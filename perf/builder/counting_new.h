#pragma once

#include "perf/builder/allocations.h"

namespace perf {

/// What operator new was asked for, in a program that links counting_new.cpp, which replaces it.
AllocationCounts counted_allocations();

}  // namespace perf
