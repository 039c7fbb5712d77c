#pragma once

#include "cli/commands.h"
#include "cli/options.h"

namespace cli {

/// run_build(); with `--trace`, what its time went into is in that file afterwards. A file that
/// cannot be written is said, and an error of output. Of a watching run it is what is recorded
/// until its end, so it is for short ones.
int run_traced(const BuildCommand& command, const CommandContext& context);

}  // namespace cli
