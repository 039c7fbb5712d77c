#include "session/build_once.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "artifact/output_folder.h"
#include "builder/build_project.h"
#include "session/debug_dump.h"
#include "session/load_schemas.h"
#include "session/locate_diagnostics.h"
#include "session/name_index.h"
#include "session/phase_times.h"
#include "session/report_json.h"
#include "session/source_inputs.h"

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
        store_(seams.files, pool_, store_options(project)) {}

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
  static discovery::SourceStore::Options store_options(const ProjectConfig& project) {
    discovery::SourceStore::Options options;
    options.root = project.root;
    options.tag_names = project.globals;
    for (const auto& [tag, label] : project.tags) {
      options.tag_names.push_back(tag);
    }
    options.max_file_bytes = project.max_file_bytes;
    options.skip_generated = project.default_excludes;
    return options;
  }

  base::Status build() {
    // The schema first: without it nothing is built, and its files are no documents.
    TRY(times_.run("schema", "Reading the schema", [this] { return read_schemas(); }));
    if (base::has_errors(diagnostics_)) {
      result_.outcome = Outcome::has_errors;
      return {};
    }
    TRY(times_.run("scan", "Looking for files", [this] { return scan(); }));
    times_.run("read", "Reading files", [this] { store_.read(scanned_); });
    TRY(times_.run("resolve", "Following imports", [this] { return resolve(); }));
    times_.run("compile", "Compiling", [this] { compile(); });
    TRY(write_debug_files());
    if (is_refused()) {
      return {};
    }
    result_.outcome = base::has_errors(diagnostics_) ? Outcome::has_errors : Outcome::built;
    // From here on the outputs are known and nothing is left but to bring them to the disk.
    return times_.run("write", "Writing", [this] { return write_outputs(); });
  }

  base::Status read_schemas() {
    TRY_ASSIGN(schemas_, load_schemas(seams_.files, project_));
    add(schemas_.diagnostics);
    return {};
  }

  base::Status scan() {
    TRY_ASSIGN(ScannedSources scanned, scan_sources(seams_.files, project_, schemas_.files));
    scanned_ = std::move(scanned.inputs);
    add(std::move(scanned.problems));
    result_.report.files_scanned = scanned_.size();
    return {};
  }

  base::Status resolve() {
    builder::BuildOptions& options = input_.options;
    options.tags = {project_.tags, project_.tag_modules, project_.globals};
    options.module_format = project_.module_format == ModuleFormat::cjs
                                ? builder::ModuleFormat::cjs
                                : builder::ModuleFormat::esm;
    options.on_error =
        project_.on_error == OnError::omit ? builder::OnError::omit : builder::OnError::stub;
    NameIndex names(seams_.files, project_.root, store_, options.tags);
    NameChange everything;
    everything.is_everything = true;
    // Looking names up may read further files, so the inputs are listed only after it.
    names.update(everything);
    add(names.problems());
    add(source_problems(store_));
    TRY_ASSIGN(input_.sources, source_inputs(store_, project_));
    for (std::uint32_t i = 0; i < input_.sources.size(); ++i) {
      for (const auto& [name, resolved] : names.names_of(input_.sources[i].path)) {
        input_.names.emplace_hint(input_.names.end(), std::pair{i, name}, resolved);
      }
    }
    input_.schemas = schemas_.schemas;
    TRY_ASSIGN(options.rules, rule_levels(project_, input_.sources));
    add(names.check_document_imports(options.rules));
    return {};
  }

  void compile() {
    output_ = builder::build_project(input_, pool_);
    add(output_.diagnostics);
    const builder::BuildCounts& counts = output_.counts;
    result_.report.operations = counts.operations;
    result_.report.fragments = counts.fragments;
    result_.report.definitions_failed = counts.not_built;
    result_.report.type_system_templates = counts.type_system_templates;
  }

  bool is_refused() {
    const builder::BuildCounts& counts = output_.counts;
    const bool has_definitions = counts.operations + counts.fragments + counts.not_built > 0;
    if (output_.config_errors.empty() && (has_definitions || base::has_errors(diagnostics_))) {
      return false;
    }
    add(output_.config_errors);
    result_.outcome = Outcome::refused;
    if (output_.config_errors.empty()) {
      result_.error = base::Error{base::ErrorCode::invalid_config, no_definition_message()};
    }
    return true;
  }

  std::string no_definition_message() const {
    std::string message = "no GraphQL definition was found in " + std::to_string(scanned_.size()) +
                          " files below " + project_.root + "; check \"include\"";
    return message + " and the tags that the code uses";
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

  void add(std::vector<base::Diagnostic> diagnostics) {
    std::move(diagnostics.begin(), diagnostics.end(), std::back_inserter(diagnostics_));
  }

  void finish_report() {
    base::sort_diagnostics(diagnostics_);
    BuildReport& report = result_.report;
    report.project = project_.name;
    report.diagnostics = locate_diagnostics(
        diagnostics_, [this](const base::SourcePath& path) { return text_of(path); });
    report.error_count = 0;
    report.warning_count = 0;
    for (const base::Diagnostic& diagnostic : diagnostics_) {
      ++(diagnostic.severity == base::Severity::error ? report.error_count : report.warning_count);
    }
    const discovery::SourceStore::Counters counters = store_.counters();
    report.files_read = counters.files_read;
    report.files_parsed = counters.files_parsed;
    report.bytes_read = counters.bytes_read;
    report.phases = times_.phases();
    report.wall_ns = times_.total_ns();
  }

  std::optional<std::string_view> text_of(const base::SourcePath& path) {
    const auto schema = schemas_.texts.find(path);
    if (schema != schemas_.texts.end()) {
      return *schema->second;
    }
    const discovery::SourceFile* file = store_.find(path);
    if (file == nullptr || file->read_problem || file->text.empty()) {
      return std::nullopt;
    }
    return file->text;
  }

  const ProjectConfig& project_;
  const BuildRequest& request_;
  const BuildSeams& seams_;
  PhaseTimes times_;
  base::ThreadPool pool_;
  discovery::SourceStore store_;
  LoadedSchemas schemas_;
  std::vector<discovery::SourceStore::Input> scanned_;
  builder::BuildInput input_;
  builder::BuildOutput output_;
  std::vector<base::Diagnostic> diagnostics_;
  BuildResult result_;
};

}  // namespace

BuildResult build_once(const ProjectConfig& project,
                       const BuildRequest& request,
                       const BuildSeams& seams) {
  return OneBuild(project, request, seams).run();
}

}  // namespace session
