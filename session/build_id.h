#pragma once

#include <string>

namespace session {

/// Tells builds of this program apart: what one of them kept is nothing to another. A hash of the
/// program itself.
const std::string& build_id();

}  // namespace session
