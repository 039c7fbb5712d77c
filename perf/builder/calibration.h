#pragma once

#include "base/clock.h"

namespace perf {

/// How long a fixed piece of work takes right now, in milliseconds: some 2 ms of sorting numbers,
/// which is branches and memory as in a build. It runs before each run that is measured, and tells
/// a slow machine from a slow program.
double calibrate(base::Clock& clock);

}  // namespace perf
