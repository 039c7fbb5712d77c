#pragma once

#include <string>

#include "base/clock.h"
#include "perf/builder/sample.h"

namespace perf {

// Fixed pieces of work that run before each run that is measured, and tell a slow machine from a
// slow program: some 2 ms of sorting numbers, which is branches and memory as in a build, and some
// dozens of small files that are written, renamed and read in `folder`, which is what the kernel
// has to do for a build.

/// Notes how long the first takes right now.
void calibrate_time(base::Clock& clock, Sample& sample);

/// Notes what both cost right now.
void calibrate_cost(base::Clock& clock, const std::string& folder, Sample& sample);

}  // namespace perf
