#pragma once

#include <string>

#include "session/config.h"

namespace session {

/// Equal for equal configs of one project, wherever its root is, and different for others: what is
/// saved under one config is nothing to another.
std::string config_identity(const ProjectConfig& project);

}  // namespace session
