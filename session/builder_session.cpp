#include "session/builder_session.h"

#include <algorithm>

#include "artifact/delta_builder.h"
#include "base/source_path.h"
#include "base/state_folder.h"
#include "base/trace.h"
#include "builder/schema_changes.h"
#include "session/build_id.h"
#include "session/fill_report.h"
#include "session/phase_times.h"

namespace session {
namespace {

using Outcome = BuildResult::Outcome;
using base::SourcePath;

/// Of schemas that an earlier session built against only the hashes are known: which of their parts
/// differ nobody can say.
bool have_unknown_changes(const std::vector<builder::SchemaInput>& before,
                          const std::vector<builder::SchemaInput>& after) {
  return std::any_of(before.begin(), before.end(), [](const auto& one) { return !one.schema; }) &&
         hashes_of(before) != hashes_of(after);
}

template <typename Item>
const Item* pointer_to(const std::optional<Item>& item) {
  return item ? &*item : nullptr;
}

const artifact::Chunk* entry_of(const std::optional<builder::CompiledChunk>& chunk) {
  return chunk ? &chunk->entry : nullptr;
}

/// Whether the module goes, or goes elsewhere.
bool leaves_a_place(const builder::ChunkChange& change) {
  return change.before &&
         (!change.after || change.after->entry.output_path != change.before->entry.output_path);
}

/// What was before stays what it was; what comes after is the newest.
template <typename Key, typename Change>
void merge_changes(std::map<Key, Change>& open, std::map<Key, Change> more) {
  open.merge(more);
  // Left are those that were open already.
  for (auto& [key, change] : more) {
    open.at(key).after = std::move(change.after);
  }
}

}  // namespace

/// One build of a session.
class BuilderSession::Build {
 public:
  Build(BuilderSession& session, PhaseTimes times)
      : session_(session),
        inputs_(*session.inputs_),
        times_(std::move(times)),
        counters_before_(inputs_.counters()) {}

  SessionBuild run(const std::vector<std::string>& paths, bool everywhere) {
    session_.is_consistent_ = false;
    const base::Status status = build(paths, everywhere);
    if (!status) {
      const bool is_config = status.error().code == base::ErrorCode::invalid_config;
      result_.outcome = is_config ? Outcome::refused : Outcome::failed;
      result_.error = status.error();
    }
    fill_report();
    session_.is_consistent_ = result_.is_committed;
    return std::move(result_);
  }

 private:
  base::Status build(const std::vector<std::string>& paths, bool everywhere) {
    look_at_outputs(paths, everywhere);
    TRY(inputs_.look(paths, everywhere, times_));
    if (!inputs_.has_schemas()) {
      result_.outcome = Outcome::has_errors;
      return {};
    }
    times_.run("compile", "Compiling", [this] { compile(); });
    if (is_refused()) {
      return {};
    }
    result_.outcome = base::has_errors(diagnostics()) ? Outcome::has_errors : Outcome::built;
    if (session_.options_.is_read_only) {
      return {};
    }
    return times_.run("write", "Writing", [this] { return commit(); });
  }

  /// Outputs that somebody else changed are to be written again.
  void look_at_outputs(const std::vector<std::string>& paths, bool everywhere) {
    if (!session_.folder_) {
      return;
    }
    const std::string& folder = session_.folder_->path();
    const std::string& out_dir = session_.project_.out_dir;
    const bool may_have_moved =
        everywhere || std::any_of(paths.begin(), paths.end(), [&](const std::string& path) {
          return path == out_dir || out_dir.starts_with(path + "/");
        });
    if (may_have_moved && session_.has_moved_out_folder()) {
      session_.write_anew();
      return;
    }
    const bool is_about_folder =
        std::any_of(paths.begin(), paths.end(), [&](const std::string& path) {
          return path == folder || folder.starts_with(path + "/") ||
                 (path.starts_with(folder + "/") && !is_known_output(path));
        });
    const bool has_touched =
        everywhere || is_about_folder
            ? !session_.folder_->find_touched().empty()
            : std::any_of(paths.begin(), paths.end(), [&](const std::string& path) {
                return path.starts_with(folder + "/") &&
                       session_.folder_->is_touched(path.substr(folder.size() + 1));
              });
    if (has_touched) {
      session_.write_anew();
    }
  }

  bool is_known_output(const std::string& path) const {
    return session_.folder_->believed().contains(path.substr(session_.folder_->path().size() + 1));
  }

  void compile() {
    builder::ProjectUpdate update;
    session_.is_whole_ =
        session_.is_whole_ || have_unknown_changes(session_.schemas_, inputs_.schemas());
    update.is_whole = session_.is_whole_;
    if (update.is_whole) {
      session_.settles_with_holes_ = k_settles_with_holes;
      add_all(update.dirty);
    } else {
      update.dirty.assign(inputs_.changed().begin(), inputs_.changed().end());
      update.schemas = builder::changed_schemas(session_.schemas_, inputs_.schemas());
    }
    if (session_.rewrites_all_) {
      for (const auto& [path, file] : session_.compiled_.files()) {
        update.rewrite.insert(path);
      }
    }
    if (!update.is_whole && update.dirty.empty() && update.schemas.empty() &&
        update.rewrite.empty()) {
      // They are equal, but those of a saved state are names only.
      session_.schemas_ = inputs_.schemas();
      return;
    }
    builder::ProjectStep step = session_.compiled_.update(
        update, inputs_, inputs_.schemas(), inputs_.options(), session_.pool_);
    if (!step.config_errors.empty()) {
      config_errors_ = std::move(step.config_errors);
      return;
    }
    note_sources(update.dirty);
    inputs_.take();
    session_.schemas_ = inputs_.schemas();
    session_.is_whole_ = false;
    session_.rewrites_all_ = false;
    result_.compiled = std::move(step.compiled);
    session_.note_reasons(result_.compiled);
    keep_open(std::move(step));
  }

  void note_sources(const std::vector<SourcePath>& paths) {
    for (const SourcePath& path : paths) {
      const discovery::SourceFile* file = inputs_.store().find(path);
      const bool is_read = file != nullptr && !file->read_problem;
      session_.open_sources_.insert_or_assign(
          path, is_read ? std::optional(file->fingerprint) : std::nullopt);
    }
  }

  void add_all(std::vector<SourcePath>& paths) const {
    std::set<SourcePath> all = inputs_.changed();
    for (const SourcePath& path : inputs_.source_paths()) {
      all.insert(path);
    }
    for (const auto& [path, file] : session_.compiled_.files()) {
      all.insert(path);
    }
    paths.assign(all.begin(), all.end());
  }

  void keep_open(builder::ProjectStep step) {
    session_.has_new_positions_ = session_.has_new_positions_ || step.has_new_positions;
    for (const auto& [path, change] : step.chunks) {
      if (leaves_a_place(change)) {
        session_.unwritten_.erase(change.before->entry.output_path);
        session_.unwritten_.erase(change.before->declarations_path);
      }
    }
    for (artifact::Output& output : step.modules) {
      std::string path = output.path;
      session_.unwritten_.insert_or_assign(std::move(path), std::move(output));
    }
    merge_changes(session_.open_elements_, std::move(step.elements));
    merge_changes(session_.open_chunks_, std::move(step.chunks));
  }

  bool is_refused() {
    const builder::BuildCounts& counts = session_.compiled_.counts();
    const bool has_definitions = counts.has_definitions();
    if (config_errors_.empty() && (has_definitions || base::has_errors(diagnostics()))) {
      return false;
    }
    result_.outcome = Outcome::refused;
    if (config_errors_.empty()) {
      result_.error = no_definition_error(session_.project_, inputs_.matched_count());
    }
    return true;
  }

  base::Status commit() {
    // Moved, not copied: on the first build it is all there is.
    std::vector<artifact::Output> wanted;
    for (auto& [path, output] : session_.unwritten_) {
      wanted.push_back(std::move(output));
    }
    session_.unwritten_.clear();
    const std::size_t module_count = wanted.size();
    NextGeneration next = next_generation();
    const bool writes_all = !session_.folder_;
    base::Result<artifact::OutputChanges> changes = write(wanted, next.delta);
    if (!changes) {
      for (std::size_t i = 0; i < module_count; ++i) {
        std::string path = wanted[i].path;
        session_.unwritten_.emplace(std::move(path), std::move(wanted[i]));
      }
      return tl::unexpected(std::move(changes.error()));
    }
    result_.report.written = std::move(changes->written);
    result_.report.removed = std::move(changes->removed);
    result_.report.outputs_unchanged = changes->unchanged;
    // What was written left the journal open.
    session_.is_settled_ =
        writes_all || (session_.is_settled_ && !next.has_news && result_.report.written.empty());
    adopt(std::move(next));
    return {};
  }

  /// Adds to the modules in `outputs` what else is to be written, and writes it.
  base::Result<artifact::OutputChanges> write(std::vector<artifact::Output>& outputs,
                                              const artifact::Delta& delta) {
    if (wants_delta_file(delta)) {
      outputs.push_back({k_delta_name, artifact::delta_json(delta), artifact::OutputRole::delta});
    }
    if (!session_.folder_) {
      fill_report();
      return session_.write_all(outputs);
    }
    if (outputs.empty() && session_.open_chunks_.empty()) {
      return artifact::OutputChanges();
    }
    return session_.folder_->patch(outputs, unwanted(), false);
  }

  /// What modules that changed their place or are gone leave behind.
  std::vector<std::string> unwanted() const {
    std::vector<std::string> paths;
    for (const auto& [source, change] : session_.open_chunks_) {
      if (leaves_a_place(change)) {
        paths.push_back(change.before->entry.output_path);
        paths.push_back(change.before->declarations_path);
      }
    }
    return paths;
  }

  /// What the session will be at once this build is written.
  struct NextGeneration {
    artifact::Delta delta;
    artifact::ArtifactHash hash;
    bool has_news = false;
  };

  NextGeneration next_generation() {
    const bool has_base = session_.has_base_;
    if (!has_base) {
      session_.forget_base();
    }
    artifact::DeltaBuilder builder(session_.hash_);
    for (const auto& [id, change] : session_.open_elements_) {
      builder.change(pointer_to(change.before), pointer_to(change.after));
    }
    for (const auto& [path, change] : session_.open_chunks_) {
      builder.change(entry_of(change.before), entry_of(change.after));
    }
    NextGeneration next;
    next.delta = builder.finish(hashes_of(session_.schemas_), session_.generation_ + 1);
    next.hash = builder.hash();
    next.has_news = !next.delta.empty() || session_.has_new_positions_;
    if (session_.generation_ > 0 && !next.has_news) {
      next.delta.generation = session_.generation_;
    }
    if (!has_base) {
      // Nobody knows what a consumer has.
      next.delta.base.reset();
    }
    return next;
  }

  /// One that says nothing is written only where there is none at all: the last one that said
  /// something still leads to the artifact that is there.
  bool wants_delta_file(const artifact::Delta& delta) const {
    if (!session_.options_.writes_delta) {
      return false;
    }
    const std::string path = base::join_path(session_.project_.out_dir, k_delta_name);
    return !delta.empty() || !session_.seams_.files.status(path).has_value();
  }

  void adopt(NextGeneration next) {
    session_.generation_ = next.delta.generation;
    session_.has_base_ = true;
    session_.hash_ = next.hash;
    session_.open_elements_.clear();
    session_.open_chunks_.clear();
    for (const auto& [path, fingerprint] : session_.open_sources_) {
      result_.sources.push_back({path, fingerprint});
    }
    session_.open_sources_.clear();
    session_.has_new_positions_ = false;
    result_.generation = session_.generation_;
    result_.delta = std::move(next.delta);
    result_.is_committed = true;
  }

  /// Not to be asked for before the inputs were looked at and compiled.
  const std::vector<base::Diagnostic>& diagnostics() {
    if (!diagnostics_) {
      diagnostics_ = inputs_.diagnostics();
      if (inputs_.is_complete()) {
        const std::vector<base::Diagnostic> more =
            config_errors_.empty() ? session_.compiled_.diagnostics(inputs_.options().rules)
                                   : config_errors_;
        diagnostics_->insert(diagnostics_->end(), more.begin(), more.end());
      }
    }
    return *diagnostics_;
  }

  /// As far as the build has come; again when it is done.
  void fill_report() {
    BuildReport& report = result_.report;
    report.project = session_.project_.name;
    report.generation = result_.generation;
    report.definitions_compiled = result_.compiled.size();
    fill_counts(report, session_.compiled_.counts());
    if (!has_located_) {
      fill_diagnostics(report, diagnostics(), inputs_);
      has_located_ = true;
    }
    fill_work(report, inputs_, counters_before_, times_);
    session_.last_report_ = {result_.outcome == Outcome::has_errors, report};
  }

  BuilderSession& session_;
  ProjectInputs& inputs_;
  PhaseTimes times_;
  discovery::SourceStore::Counters counters_before_;
  std::vector<base::Diagnostic> config_errors_;
  std::optional<std::vector<base::Diagnostic>> diagnostics_;
  /// The diagnostics are in the report, at their places.
  bool has_located_ = false;
  SessionBuild result_;
};

BuilderSession::BuilderSession(ProjectConfig project, SessionOptions options, BuildSeams seams)
    : project_(std::move(project)), options_(options), seams_(seams), pool_(options.threads) {
  start();
}

BuilderSession::~BuilderSession() = default;

void BuilderSession::start() {
  const std::string marker = options_.uses_cache && !options_.is_read_only
                                 ? base::state_marker_path(project_.cache_dir)
                                 : std::string();
  inputs_ = std::make_unique<ProjectInputs>(seams_.files, pool_, project_, marker);
  is_whole_ = true;
}

// What a consumer has is unknown, so that a delta has to tell it everything.
void BuilderSession::forget_base() {
  hash_ = artifact::ArtifactHash();
  open_elements_.clear();
  open_chunks_.clear();
  for (const auto& [path, file] : compiled_.files()) {
    for (const builder::CompiledDefinition& definition : file.definitions) {
      if (definition.element) {
        open_elements_[definition.id].after = definition.element;
      }
    }
    if (file.chunk) {
      open_chunks_[path].after = file.chunk;
    }
  }
}

void BuilderSession::note_reasons(const std::vector<builder::CompiledReason>& compiled) {
  for (const builder::CompiledReason& reason : compiled) {
    reasons_.insert_or_assign(reason.id, reason.cause);
    unsaved_reasons_.insert(reason.id);
  }
  const builder::BuildCounts& counts = compiled_.counts();
  if (reasons_.size() ==
      counts.operations + counts.fragments + counts.models + counts.slices + counts.not_built) {
    return;
  }
  std::erase_if(reasons_, [this](const auto& entry) {
    const bool is_gone = compiled_.graph().find(entry.first) == nullptr;
    if (is_gone) {
      unsaved_reasons_.insert(entry.first);
    }
    return is_gone;
  });
}

artifact::GitIgnore BuilderSession::git_ignore() const {
  return project_.commit_outputs ? artifact::GitIgnore::none : artifact::GitIgnore::hide_all;
}

SessionBuild BuilderSession::build_initial() {
  return run({}, true);
}

SessionBuild BuilderSession::run(const std::vector<std::string>& paths, bool everywhere) {
  PhaseTimes times(seams_.clock, seams_.progress);
  if (must_restore_ && options_.uses_cache && options_.is_one_shot && !starts_over_) {
    std::optional<SessionBuild> unchanged =
        times.run("compare", "Looking for changes", [this] { return find_unchanged(); });
    if (unchanged) {
      unchanged->report.phases = times.phases();
      unchanged->report.wall_ns = times.total_ns();
      return *std::move(unchanged);
    }
  }
  if (must_restore_) {
    times.run("restore", "Reading the saved state", [this] { restore(); });
  }
  return Build(*this, std::move(times)).run(paths, everywhere);
}

SessionBuild BuilderSession::update(const ChangeSet& changes) {
  const std::string& version = changes.metadata.analyzer_version;
  if (!version.empty() && version != build_id()) {
    reconfigure(project_);
    starts_over_ = true;
  }
  std::vector<std::string> paths;
  for (const std::string& path : changes.paths()) {
    paths.push_back(base::join_path(project_.root, path));
  }
  const std::string& schema_hash = changes.metadata.schema_hash;
  if (!schema_hash.empty() && schema_hash != schema_hash_) {
    schema_hash_ = schema_hash;
    for (const SourcePath& path : inputs_->schema_files()) {
      paths.push_back(base::join_path(project_.root, path.text()));
    }
  }
  std::sort(paths.begin(), paths.end());
  paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
  return run(paths, changes.is_everything);
}

void BuilderSession::reconfigure(ProjectConfig project) {
  // The inputs refer to the config.
  inputs_.reset();
  project_ = std::move(project);
  start();
  write_anew();
  if (state_) {
    state_.emplace(seams_.files, project_);
    state_->start_over();
  }
}

// The outputs may be anything: all of them are to be compared with what is wanted.
void BuilderSession::write_anew() {
  if (folder_) {
    known_outputs_ = {folder_->path(), folder_->believed()};
  }
  folder_.reset();
  rewrites_all_ = true;
}

base::Result<artifact::OutputChanges> BuilderSession::write_all(
    std::vector<artifact::Output>& outputs) {
  TRY_ASSIGN(artifact::OutputFolder folder,
             artifact::OutputFolder::open(seams_.files, project_.out_dir, git_ignore(), &pool_));
  if (folder.path() == known_outputs_.folder) {
    folder.claim(known_outputs_.files);
  }
  add_project_outputs(outputs);
  TRY_ASSIGN(artifact::OutputChanges changes, folder.write(outputs));
  folder_.emplace(std::move(folder));
  known_outputs_ = {};
  is_settled_ = true;
  return changes;
}

bool BuilderSession::has_touched_output(const std::string& path) const {
  if (!folder_) {
    return false;
  }
  const std::string& folder = folder_->path();
  if (path == folder || folder.starts_with(path + "/")) {
    return !folder_->find_touched().empty();
  }
  if (!path.starts_with(folder + "/")) {
    return false;
  }
  const std::string name = path.substr(folder.size() + 1);
  const std::string below = name + "/";
  const artifact::BelievedFiles& believed = folder_->believed();
  if (believed.contains(name)) {
    return folder_->is_touched(name);
  }
  return std::any_of(believed.begin(), believed.end(), [&](const auto& entry) {
    return entry.first.starts_with(below) && folder_->is_touched(entry.first);
  });
}

bool BuilderSession::has_rewritten_output(const std::string& path) {
  const std::string below = folder_ ? folder_->path() + "/" : std::string();
  return folder_ && path.starts_with(below) && folder_->is_rewritten(path.substr(below.size()));
}

bool BuilderSession::has_moved_out_folder() const {
  return folder_ &&
         seams_.files.real_path(project_.out_dir).value_or(std::string()) != folder_->path();
}

const std::vector<builder::SchemaInput>& BuilderSession::schemas() const {
  return inputs_->schemas();
}

SessionSnapshot BuilderSession::snapshot() const {
  SessionSnapshot snapshot;
  snapshot.generation = generation_;
  snapshot.artifact_hash = hash_.digest();
  const builder::BuildCounts& counts = compiled_.counts();
  snapshot.definitions = counts.operations + counts.fragments + counts.not_built;
  snapshot.files = inputs_->matched_count();
  return snapshot;
}

}  // namespace session
