#pragma once

#include "session/config.h"
#include "session/config/problems.h"
#include "session/config/raw.h"

namespace session::config {

/// The levels that a config's "rules" give. Rules that do not exist or cannot be configured, and
/// levels that do not exist, are added to `problems`.
RuleLevels resolve_rules(const TextMap& rules, Problems& problems);

}  // namespace session::config
