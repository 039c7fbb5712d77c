#include "session/fill_report.h"

#include "session/locate_diagnostics.h"

namespace session {

void fill_diagnostics(BuildReport& report,
                      std::vector<base::Diagnostic> diagnostics,
                      ProjectInputs& inputs) {
  base::sort_diagnostics(diagnostics);
  report.diagnostics = locate_diagnostics(
      diagnostics, [&inputs](const base::SourcePath& path) { return inputs.text_of(path); });
  inputs.forget_unshown();
  report.error_count = 0;
  report.warning_count = 0;
  for (const base::Diagnostic& diagnostic : diagnostics) {
    ++(diagnostic.severity == base::Severity::error ? report.error_count : report.warning_count);
  }
}

void fill_counts(BuildReport& report, const builder::BuildCounts& counts) {
  report.operations = counts.operations;
  report.fragments = counts.fragments;
  report.definitions_failed = counts.not_built;
  report.type_system_templates = counts.type_system_templates;
}

void fill_work(BuildReport& report,
               const ProjectInputs& inputs,
               const discovery::SourceStore::Counters& before,
               const PhaseTimes& times) {
  const discovery::SourceStore::Counters counters = inputs.counters();
  report.files_scanned = inputs.matched_count();
  report.files_read = counters.files_read - before.files_read;
  report.files_parsed = counters.files_parsed - before.files_parsed;
  for (const auto& [reason, count] : counters.parse_reasons) {
    const auto old = before.parse_reasons.find(reason);
    const std::uint64_t added = count - (old == before.parse_reasons.end() ? 0 : old->second);
    if (added > 0) {
      report.parse_reasons.emplace(reason, added);
    }
  }
  report.bytes_read = counters.bytes_read - before.bytes_read;
  report.cache_hits = counters.hits - before.hits;
  report.cache_misses = counters.misses - before.misses;
  report.cache_skips = counters.skips - before.skips;
  report.cache_rehashed = counters.rehashed - before.rehashed;
  report.phases = times.phases();
  report.wall_ns = times.total_ns();
}

base::Error no_definition_error(const ProjectConfig& project, std::size_t file_count) {
  if (file_count == 0) {
    return {base::ErrorCode::invalid_config,
            "no file below " + project.root +
                " is a source; check \"include\" and \"exclude\" (schema files and what is in \"" +
                base::SourcePath::relative_to(project.root, project.out_dir).text() +
                "\", the out folder, are none)"};
  }
  return {base::ErrorCode::invalid_config,
          "no GraphQL definition was found in " + std::to_string(file_count) +
              (file_count == 1 ? " file below " : " files below ") + project.root +
              "; check \"include\" and the tags that the code uses"};
}

}  // namespace session
