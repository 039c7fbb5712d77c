#pragma once

#include <vector>

#include "artifact/output.h"
#include "base/diagnostic.h"
#include "base/thread_pool.h"
#include "builder/build_input.h"
#include "builder/compiled_file.h"
#include "builder/project_outputs.h"

namespace builder {

struct BuildOutput {
  /// All files that shall be in the output folder, without the report.
  std::vector<artifact::Output> outputs;
  /// The complete set, sorted.
  std::vector<base::Diagnostic> diagnostics;
  /// Mistakes in the config that only a build can show; if there is one, there are no outputs.
  std::vector<base::Diagnostic> config_errors;
  BuildCounts counts;
  /// By path.
  std::vector<CompiledFile> files;
};

/// Compiles a whole project from nothing: a pure function of `input`, and what every other way to
/// the same outputs is measured by. `pool` makes it faster and changes nothing.
BuildOutput build_project(const BuildInput& input, base::ThreadPool& pool);

}  // namespace builder
