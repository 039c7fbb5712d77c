#pragma once

#include "base/clock.h"
#include "perf/builder/sample.h"

namespace perf {

/// Notes how long a fixed piece of work takes right now, and what it costs: some 2 ms of sorting
/// numbers, which is branches and memory as in a build. It runs before each run that is measured,
/// and tells a slow machine from a slow program.
void calibrate(base::Clock& clock, ByMeasure<double>& measures);

}  // namespace perf
