#pragma once

#include <string>

#include "base/file_system.h"
#include "base/result.h"
#include "builder/build_input.h"
#include "builder/build_project.h"

namespace session {

/// Writes what a build knew on its way into `folder`, for people who look for a mistake in it (or
/// in us): `facts.json` (what each file says), `graph.json` (which definition needs which),
/// `modules.json` (the text of each module). Formats may change with any version.
base::Status write_debug_dump(base::FileSystem& files,
                              const std::string& folder,
                              const builder::BuildInput& input,
                              const builder::BuildOutput& output);

}  // namespace session
