#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "session/build_report.h"
#include "session/config.h"

namespace session {

/// What the command line says about the config. Relative paths are relative to `working_dir`.
struct ConfigRequest {
  /// Absolute.
  std::string working_dir;
  /// `--config`; empty: the config is searched from `working_dir` upwards.
  std::string file;
  /// `-p`; empty: all projects.
  std::string project;
  /// `--entry`, relative to `working_dir`: replaces `include` of the one project that is built.
  std::vector<std::string> entries;
  /// `--out`: replaces `outDir` of the one project that is built.
  std::string out_dir;
  /// `out_dir` must not be that of the config, which holds the outputs of the whole project.
  bool needs_own_out = false;
  /// `--cache-dir`: replaces `cacheDir`; each of several projects gets a folder in it.
  std::string cache_dir = {};
};

struct ConfigResult {
  /// Absent if `problems` holds an error.
  std::optional<Config> config;
  /// All mistakes at once, in the order of the file, with paths relative to `working_dir`.
  std::vector<LocatedDiagnostic> problems;
};

/// Finds, reads and checks the config. docs/configuration.md says where it is looked for and what
/// happens where there is none.
ConfigResult load_config(base::FileSystem& files, const ConfigRequest& request);

}  // namespace session
