#pragma once

#include <vector>

#include "base/diagnostic.h"
#include "builder/project_outputs.h"
#include "session/build_report.h"
#include "session/phase_times.h"
#include "session/project_inputs.h"

namespace session {

/// Puts into `report` what was found, which is sorted on the way, with lines and columns.
void fill_diagnostics(BuildReport& report,
                      std::vector<base::Diagnostic> diagnostics,
                      ProjectInputs& inputs);

void fill_counts(BuildReport& report, const builder::BuildCounts& counts);

/// Times, and what was counted since the counters were `before`.
void fill_work(BuildReport& report,
               const ProjectInputs& inputs,
               const discovery::SourceStore::Counters& before,
               const PhaseTimes& times);

/// That nothing was found to build is a mistake in the config, whoever made it.
base::Error no_definition_error(const ProjectConfig& project, std::size_t file_count);

}  // namespace session
