#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "artifact/output.h"
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
  /// With an error of their own, or in need of one that has.
  std::uint64_t not_built = 0;
  /// Templates and files of type-system definitions only, which are no documents.
  std::uint64_t type_system_templates = 0;
};

BuildCounts count_definitions(const ProjectFiles& files);

/// The complete set, sorted, each error with the number of definitions that are not built because
/// of it.
std::vector<base::Diagnostic> project_diagnostics(const ProjectFiles& files,
                                                  const RuleLevels& levels);

/// The outputs that speak of the whole project: positions, manifest, artifact.
std::vector<artifact::Output> project_outputs(const ProjectFiles& files,
                                              const std::vector<SchemaInput>& schemas);

}  // namespace builder
