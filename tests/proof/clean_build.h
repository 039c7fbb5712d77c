#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "session/build_once.h"
#include "session/config_loader.h"
#include "tests/proof/project_disk.h"

namespace proof {

/// Path relative to the out folder -> bytes. Without .gitignore, and without the files that say how
/// a build went rather than what it made: report and delta.
using Outputs = std::map<std::string, std::string>;

/// What a build of a tree from nothing says: the truth that a session is measured by.
struct CleanBuild {
  session::BuildResult::Outcome outcome = session::BuildResult::Outcome::built;
  std::vector<session::LocatedDiagnostic> diagnostics;
  std::optional<base::Error> error;
  /// Nothing where the build committed nothing.
  std::optional<Outputs> outputs;
  /// Absolute; empty if the config could not be read.
  std::string out_dir;
  std::string cache_dir;
};

/// Builds a copy of `tree`, made on a disk of its own, without its out and cache folders, with
/// `root` as the working directory.
CleanBuild build_clean(const Tree& tree, const std::string& root);

/// The outputs that `tree` holds in `out_dir`.
Outputs outputs_in(const Tree& tree, const std::string& out_dir);

}  // namespace proof
