#pragma once

#include "base/fingerprint.h"
#include "discovery/source_facts.h"

namespace discovery {

/// Of the imports, exports and constants at module level, without their places: all that names in
/// other files are resolved by.
base::Fingerprint bindings_fingerprint(const SourceFacts& facts);

}  // namespace discovery
