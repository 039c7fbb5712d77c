#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"
#include "session/build_report.h"

namespace session {

struct InitRequest {
  /// Absolute; where builder.config.json is written.
  std::string working_dir;
  /// `--from`, relative to `working_dir`: the config to translate. Empty: what is found there.
  std::string from;
  /// Whether a builder.config.json that is there may be overwritten.
  bool overwrites = false;
};

struct InitResult {
  /// The file that was written; empty if there are errors.
  std::string path;
  /// What the config was made from, and what its owner should look at. Whole sentences.
  std::vector<std::string> notes;
  /// Paths are relative to `working_dir`.
  std::vector<LocatedDiagnostic> problems;
};

/// Writes builder.config.json by what the project has: another tool's config, else the schema and
/// the source folders that are found. Runs code only where `from` names a config that is code.
InitResult init_config(base::FileSystem& files, const InitRequest& request);

/// The JSON schema of builder.config.json.
std::string config_json_schema();

}  // namespace session
