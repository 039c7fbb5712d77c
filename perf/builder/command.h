#pragma once

#include <string>
#include <vector>

#include "perf/builder/runner.h"
#include "perf/report/table.h"

namespace perf {

/// Does what the command line says, prints, and returns the exit code: 0 measured, and no slower
/// than what it was compared with; 1 slower, or outputs are wrong; 2 usage; 3 input or output.
int run_command(const std::vector<std::string>& arguments,
                const Surroundings& surroundings,
                const TableStyle& style);

}  // namespace perf
