#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/source_path.h"
#include "builder/project_outputs.h"
#include "discovery/glob.h"
#include "discovery/name_pattern.h"

namespace session {

/// Some of a project's definitions: `--graph-filter`. `src/pages/**` are those of the files that
/// the glob matches, `src/pages/**::Get*` those of them whose names match too, `::Get*` those of
/// that name in any file.
class DefinitionFilter {
 public:
  /// Fails with ErrorCode::invalid_config on a bad glob. `root` is the project's.
  static base::Result<DefinitionFilter> parse(const std::string& root, const std::string& pattern);

  /// `id` is a canonical id of a definition in the file.
  bool matches(const base::SourcePath& path, std::string_view id) const;

 private:
  /// Nothing: any file.
  std::optional<discovery::GlobList> files_;
  /// Nothing: any name.
  std::optional<discovery::NamePattern> name_;
};

/// The files with definitions that match, and those that their definitions and modules need,
/// directly or not. In the order of `files`.
builder::ProjectFiles filter_files(const builder::ProjectFiles& files,
                                   const DefinitionFilter& filter);

}  // namespace session
