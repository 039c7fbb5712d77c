#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "session/config/find_config.h"
#include "session/config/problems.h"
#include "session/config/raw.h"

namespace session::config {

/// Reads the text of a config of `kind`, which must be one that is read without running it.
/// Nothing if the syntax is broken; other mistakes are in `problems`.
std::optional<RawConfig> read_config(std::string_view text,
                                     const FoundConfig& config,
                                     Problems& problems);

}  // namespace session::config
