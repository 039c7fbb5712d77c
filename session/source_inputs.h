#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/result.h"
#include "builder/build_input.h"
#include "discovery/file_scanner.h"
#include "discovery/glob.h"
#include "discovery/source_store.h"
#include "session/config.h"

namespace session {

/// The files that a project's globs match; those of its schemas may be among them.
struct ScannedSources {
  /// Sorted by path.
  std::vector<discovery::SourceStore::Input> inputs;
  std::vector<base::Diagnostic> problems;
  bool has_symlinks = false;
};
base::Result<ScannedSources> scan_sources(base::FileSystem& files, const ProjectConfig& project);

/// Which schemas claim a file.
class SchemaClaims {
 public:
  static base::Result<SchemaClaims> compile(const ProjectConfig& project);

  /// Sorted; none where no schema is for the file, several where the config is ambiguous.
  std::vector<std::string> labels_of(const base::SourcePath& path) const;

 private:
  std::vector<std::pair<std::string, discovery::GlobList>> globs_;
  std::vector<std::string> takers_of_the_rest_;
};

/// What the compiler is told of a file; nothing if it has nothing to say. Refers to the file's
/// facts and text.
std::optional<builder::SourceInput> source_input(const discovery::SourceFile& file,
                                                 const SchemaClaims& claims);

/// What the readers found wrong with an included file, as diagnostics.
std::vector<base::Diagnostic> source_problems(const discovery::SourceFile& file);

/// The config's rules with the globs of `overrides` resolved to `paths`, which are sorted.
base::Result<builder::RuleLevels> rule_levels(const ProjectConfig& project,
                                              const std::vector<base::SourcePath>& paths);

}  // namespace session
