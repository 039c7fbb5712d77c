#pragma once

#include <string>

#include "tests/proof/proof.h"

namespace proof {

/// What an `expect` block about `what` says of a step: `outcome`, `diagnostics`, `recompiled`,
/// `delta`, `counters`, `reads`, `writes`, `documents`, or the path of an output.
/// fixtures/scenarios/README.md describes them.
std::string expectation_text(const std::string& what, const StepOutcome& outcome);

}  // namespace proof
