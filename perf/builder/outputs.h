#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "base/fingerprint.h"
#include "base/result.h"
#include "perf/builder/sample.h"
#include "session/config.h"

namespace perf {

struct OutputState {
  base::FileStamp stamp;
  base::Fingerprint content;
};

/// By path relative to the folder.
using Outputs = std::map<std::string, OutputState>;

/// All regular files below a folder, absolute, sorted.
std::vector<std::string> files_below(base::FileSystem& files, const std::string& folder);

/// The files of an output folder that depend on nothing but the project's inputs.
Outputs pure_outputs(base::FileSystem& files, const std::string& folder);

/// Builds the project from nothing into a folder beside its own, which is removed afterwards, and
/// compares. Fails where that build does.
base::Result<OutputCheck> compare_with_clean_build(base::FileSystem& files,
                                                   const session::ProjectConfig& project,
                                                   unsigned threads);

/// Adds to `check` which modules kept their bytes from `before` to `after`, and which of these were
/// not written.
void compare_modules(const Outputs& before, const Outputs& after, OutputCheck& check);

/// Removes a folder with all that is in it.
base::Status remove_folder(const std::string& folder);

}  // namespace perf
