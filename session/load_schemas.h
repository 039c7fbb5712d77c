#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/file_system.h"
#include "base/result.h"
#include "builder/build_input.h"
#include "session/config.h"

namespace session {

/// The schemas of a project, read and checked.
struct LoadedSchemas {
  /// Sorted by label. Schemas that are made of the same files are one and the same.
  std::vector<builder::SchemaInput> schemas;
  /// What is wrong with them; if there is an error, nothing may be built.
  std::vector<base::Diagnostic> diagnostics;
  /// All schema files, sorted: they are never documents.
  std::vector<base::SourcePath> files;
  /// The bytes of those files, for showing diagnostics.
  std::map<base::SourcePath, std::shared_ptr<const std::string>> texts;
};

/// Fails if a file cannot be read, and with ErrorCode::invalid_config where a pattern matches none.
base::Result<LoadedSchemas> load_schemas(base::FileSystem& files, const ProjectConfig& project);

/// Label -> hash.
std::map<std::string, std::string> hashes_of(const std::vector<builder::SchemaInput>& schemas);

}  // namespace session
