#pragma once

#include <functional>

#include "tests/proof/scenario.h"

namespace proof {

/// Whether a scenario still fails.
using StillFails = std::function<bool(const Scenario&)>;

/// Takes steps, edits and lines away from a failing scenario as long as it still fails: delta
/// debugging, in pieces that become smaller. Ends after `attempts` tries at the latest.
Scenario shrink(Scenario scenario, const StillFails& still_fails, unsigned attempts);

}  // namespace proof
