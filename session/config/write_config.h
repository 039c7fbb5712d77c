#pragma once

#include <string>
#include <vector>

#include "session/config/raw.h"

namespace session::config {

/// The text of a `builder.config.json` that says the same as `raw`. `remarks` become comments at
/// the top.
std::string write_config(const RawConfig& raw, const std::vector<std::string>& remarks);

/// The JSON schema of `builder.config.json`, for editors; docs/schema has it too.
std::string config_json_schema();

}  // namespace session::config
