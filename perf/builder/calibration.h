#pragma once

#include <string>

#include "base/clock.h"
#include "perf/builder/sample.h"

namespace perf {

/// Notes how long fixed pieces of work take right now, and what they cost: some 2 ms of sorting
/// numbers, which is branches and memory as in a build, and some dozens of small files that are
/// written, renamed and read in `folder`, which is what the kernel has to do for a build. They run
/// before each run that is measured, and tell a slow machine from a slow program.
void calibrate(base::Clock& clock, const std::string& folder, ByMeasure<double>& measures);

}  // namespace perf
