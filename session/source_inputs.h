#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/result.h"
#include "builder/build_input.h"
#include "discovery/file_scanner.h"
#include "discovery/source_store.h"
#include "session/config.h"

namespace session {

/// The files that a project's globs match, schema files left out.
struct ScannedSources {
  /// Sorted by path.
  std::vector<discovery::SourceStore::Input> inputs;
  std::vector<base::Diagnostic> problems;
};
base::Result<ScannedSources> scan_sources(base::FileSystem& files,
                                          const ProjectConfig& project,
                                          const std::vector<base::SourcePath>& schema_files);

/// What the compiler is told of each file, sorted by path. Refers to the store's facts and texts.
base::Result<std::vector<builder::SourceInput>> source_inputs(discovery::SourceStore& store,
                                                              const ProjectConfig& project);

/// What the readers found wrong with the files, as diagnostics.
std::vector<base::Diagnostic> source_problems(discovery::SourceStore& store);

/// The config's rules with the globs of `overrides` resolved to the files of `sources`.
base::Result<builder::RuleLevels> rule_levels(const ProjectConfig& project,
                                              const std::vector<builder::SourceInput>& sources);

}  // namespace session
