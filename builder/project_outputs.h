#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "builder/build_input.h"
#include "builder/compiled_file.h"

namespace builder {

/// All compiled files of a project, sorted by path.
using ProjectFiles = std::vector<const CompiledFile*>;

struct BuildCounts {
  /// Built, without failed and blocked ones.
  std::uint64_t operations = 0;
  std::uint64_t fragments = 0;
  std::uint64_t models = 0;
  std::uint64_t slices = 0;
  /// With an error of their own, or in need of one that has.
  std::uint64_t not_built = 0;

  /// Templates and files of type-system definitions only, which are no documents.
  std::uint64_t type_system_templates = 0;

  /// Whether the build found anything, built or not.
  bool has_definitions() const { return operations + fragments + models + slices + not_built > 0; }

  BuildCounts& operator+=(const BuildCounts& more);
  BuildCounts& operator-=(const BuildCounts& less);
  friend bool operator==(const BuildCounts&, const BuildCounts&) = default;
};

BuildCounts count_definitions(const CompiledFile& file);

/// Whether there is anything to report of the file.
bool is_noteworthy(const CompiledFile& file);

/// The complete set, sorted, each error with the number of definitions that are not built because
/// of it. `files` are all that is_noteworthy(); `all_files` is asked where the whole project
/// counts.
std::vector<base::Diagnostic> project_diagnostics(const ProjectFiles& files,
                                                  const std::function<ProjectFiles()>& all_files,
                                                  const RuleLevels& levels);

}  // namespace builder
