#pragma once

#include "cli/commands.h"
#include "cli/options.h"

namespace cli {

/// `builder --watch`: builds until somebody ends it, and returns the exit code (decision 0110).
int run_watch(const BuildCommand& command, const CommandContext& context);

}  // namespace cli
