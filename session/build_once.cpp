#include "session/build_once.h"

#include <iterator>
#include <set>
#include <utility>

#include "artifact/output_folder.h"
#include "builder/build_project.h"
#include "builder/project_texts.h"
#include "session/debug_dump.h"
#include "session/definition_filter.h"
#include "session/fill_report.h"
#include "session/phase_times.h"
#include "session/project_inputs.h"
#include "session/report_json.h"

namespace session {
namespace {

using Outcome = BuildResult::Outcome;

class OneBuild {
 public:
  OneBuild(const ProjectConfig& project, const BuildRequest& request, const BuildSeams& seams)
      : project_(project),
        request_(request),
        seams_(seams),
        times_(seams.clock, seams.progress),
        pool_(request.threads),
        inputs_(seams.files, pool_, project, std::string()) {}

  BuildResult run() {
    const base::Status status = build();
    if (!status) {
      const bool is_config = status.error().code == base::ErrorCode::invalid_config;
      result_.outcome = is_config ? Outcome::refused : Outcome::failed;
      result_.error = status.error();
    }
    finish_report();
    return std::move(result_);
  }

 private:
  base::Status build() {
    TRY(inputs_.look({}, true, times_));
    if (!inputs_.has_schemas()) {
      result_.outcome = Outcome::has_errors;
      return {};
    }
    list_inputs();
    times_.run("compile", "Compiling", [this] {
      output_ = builder::build_project(input_, pool_);
      fill_counts(result_.report, output_.counts);
    });
    TRY(write_debug_files());
    if (is_refused()) {
      return {};
    }
    TRY(keep_matches());
    result_.outcome = base::has_errors(diagnostics()) ? Outcome::has_errors : Outcome::built;
    // From here on the outputs are known and nothing is left but to bring them to the disk.
    return times_.run("write", "Writing", [this] { return write_outputs(); });
  }

  void list_inputs() {
    for (const base::SourcePath& path : inputs_.source_paths()) {
      input_.sources.push_back(*inputs_.find(path));
      input_.names.add(inputs_.names_of(path));
    }
    input_.schemas = inputs_.schemas();
    input_.options = inputs_.options();
  }

  /// Leaves of the outputs what the filter asks for.
  base::Status keep_matches() {
    if (request_.filter.empty()) {
      return {};
    }
    TRY_ASSIGN(const DefinitionFilter filter,
               DefinitionFilter::parse(project_.root, request_.filter));
    builder::ProjectFiles all;
    for (const builder::CompiledFile& file : output_.files) {
      all.push_back(&file);
    }
    const builder::ProjectFiles kept = filter_files(all, filter);
    if (kept.empty()) {
      return base::fail(base::ErrorCode::invalid_config,
                        "no definition matches \"" + request_.filter + "\"");
    }
    std::set<std::string> paths;
    builder::BuildCounts counts;
    for (const builder::CompiledFile* file : kept) {
      counts += builder::count_definitions(*file);
      if (file->chunk) {
        paths.insert(file->chunk->entry.output_path);
        paths.insert(file->chunk->declarations_path);
      }
    }
    fill_counts(result_.report, counts);
    std::erase_if(output_.outputs, [&](const artifact::Output& output) {
      return output.role != artifact::OutputRole::chunk || !paths.contains(output.path);
    });
    std::vector<artifact::Output> whole = builder::ProjectTexts().write(kept, inputs_.schemas());
    std::move(whole.begin(), whole.end(), std::back_inserter(output_.outputs));
    return {};
  }

  bool is_refused() {
    const builder::BuildCounts& counts = output_.counts;
    const bool has_definitions = counts.has_definitions();
    if (output_.config_errors.empty() && (has_definitions || base::has_errors(diagnostics()))) {
      return false;
    }
    result_.outcome = Outcome::refused;
    if (output_.config_errors.empty()) {
      result_.error = no_definition_error(project_, inputs_.matched_count());
    }
    return true;
  }

  std::vector<base::Diagnostic> diagnostics() {
    std::vector<base::Diagnostic> all = inputs_.diagnostics();
    all.insert(all.end(), output_.diagnostics.begin(), output_.diagnostics.end());
    all.insert(all.end(), output_.config_errors.begin(), output_.config_errors.end());
    return all;
  }

  base::Status write_outputs() {
    if (request_.mode == BuildMode::validate) {
      return {};
    }
    if (request_.mode == BuildMode::check) {
      TRY_ASSIGN(const artifact::OutputChanges changes,
                 artifact::compare_outputs(seams_.files, project_.out_dir, output_.outputs));
      note_changes(changes);
      if (!changes.empty() && result_.outcome == Outcome::built) {
        result_.outcome = Outcome::differs;
      }
      return {};
    }
    const artifact::GitIgnore ignore =
        project_.commit_outputs ? artifact::GitIgnore::none : artifact::GitIgnore::hide_all;
    TRY_ASSIGN(artifact::OutputFolder folder,
               artifact::OutputFolder::open(seams_.files, project_.out_dir, ignore));
    finish_report();
    output_.outputs.push_back(
        {"report.json", report_json(result_.report), artifact::OutputRole::report});
    TRY_ASSIGN(const artifact::OutputChanges changes, folder.write(output_.outputs));
    note_changes(changes);
    return {};
  }

  void note_changes(const artifact::OutputChanges& changes) {
    result_.report.written = changes.written;
    result_.report.removed = changes.removed;
    result_.report.outputs_unchanged = changes.unchanged;
  }

  base::Status write_debug_files() {
    if (request_.debug_dir.empty()) {
      return {};
    }
    return write_debug_dump(seams_.files, request_.debug_dir, input_, output_);
  }

  void finish_report() {
    result_.report.project = project_.name;
    fill_diagnostics(result_.report, diagnostics(), inputs_);
    const builder::BuildCounts& counts = output_.counts;
    result_.report.definitions_compiled = counts.operations + counts.fragments + counts.not_built;
    fill_work(result_.report, inputs_, {}, times_);
  }

  const ProjectConfig& project_;
  const BuildRequest& request_;
  const BuildSeams& seams_;
  PhaseTimes times_;
  base::ThreadPool pool_;
  ProjectInputs inputs_;
  builder::BuildInput input_;
  builder::BuildOutput output_;
  BuildResult result_;
};

}  // namespace

BuildResult build_once(const ProjectConfig& project,
                       const BuildRequest& request,
                       const BuildSeams& seams) {
  return OneBuild(project, request, seams).run();
}

}  // namespace session
