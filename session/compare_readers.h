#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"
#include "base/result.h"
#include "session/config.h"

namespace session {

/// What `--paranoid` does: reads each source file of a project with the tag scanner and with the
/// parser, up to the documents, and compares their facts. Gives the disagreements, each as
/// `path:line:column: how they differ`, sorted by path; every one is a bug of ours. Files that the
/// scanner leaves to the parser, and files with syntax errors, where the scanner's answer is the
/// definition, are not compared; neither are files that cannot be read.
///
/// `threads`: at least 1.
base::Result<std::vector<std::string>> compare_readers(base::FileSystem& files,
                                                       const ProjectConfig& project,
                                                       unsigned threads);

}  // namespace session
