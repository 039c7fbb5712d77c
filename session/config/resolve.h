#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "session/config.h"
#include "session/config/problems.h"
#include "session/config/raw.h"

namespace session::config {

/// Checks `raw` against itself and the disk, and fills in the defaults. Nothing if there are
/// errors; all of them are reported.
///
/// `folder` is absolute and without symlinks: what the paths of the config are relative to.
std::optional<Config> resolve(base::FileSystem& files,
                              const RawConfig& raw,
                              const std::string& folder,
                              Problems& problems);

/// The globs that are read where the config has no `include`.
const std::vector<std::string>& default_include();

/// All extensions of source files and documents, as they stand in the default globs.
inline constexpr const char* k_input_extensions =
    "{ts,tsx,mts,cts,js,jsx,mjs,cjs,graphql,gql,graphqls}";

}  // namespace session::config
