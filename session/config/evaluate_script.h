#pragma once

#include <string>

#include "base/result.h"

namespace session::config {

/// Runs a config that is JavaScript or TypeScript with the user's own Node and gives its value as
/// JSON; functions and the like are left out of it.
///
/// TypeScript is read by Node itself where it can, else by typescript, esbuild, jiti or tsx, if the
/// project has one of them. Nothing else of the project is run. Takes 30 seconds at most.
base::Result<std::string> evaluate_script(const std::string& absolute_path);

}  // namespace session::config
