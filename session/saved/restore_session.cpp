#include <utility>

#include "artifact/output_journal.h"
#include "base/source_path.h"
#include "base/state_folder.h"
#include "session/builder_session.h"

// How a session begins with what an earlier one left, and leaves what it knows itself.
namespace session {

using Outcome = BuildResult::Outcome;

// The next build, if there is one, restores the state all the same.
std::optional<SessionBuild> BuilderSession::find_unchanged() {
  const bool lacks_delta =
      options_.writes_delta &&
      !seams_.files.status(base::join_path(project_.out_dir, k_delta_name)).has_value();
  if (lacks_delta) {
    return std::nullopt;
  }
  state_.emplace(seams_.files, project_);
  std::optional<UnchangedProject> unchanged = state_->find_unchanged(pool_);
  if (!unchanged) {
    return std::nullopt;
  }
  generation_ = 1;
  SessionBuild build;
  build.outcome = unchanged->report.has_errors ? Outcome::has_errors : Outcome::built;
  build.report = std::move(unchanged->report.report);
  build.report.project = project_.name;
  build.report.generation = generation_;
  build.is_committed = true;
  build.generation = generation_;
  build.delta.base = unchanged->artifact_digest;
  build.delta.target = unchanged->artifact_digest;
  build.delta.generation = generation_;
  build.delta.schemas = std::move(unchanged->schema_hashes);
  return build;
}

// Begins where an earlier session ended, if it left anything that can be used.
void BuilderSession::restore() {
  must_restore_ = false;
  if (!options_.uses_cache) {
    return;
  }
  if (!options_.is_read_only) {
    // The first scan of all wants a folder for its marker; whoever cannot save it says so then.
    static_cast<void>(base::prepare_state_folder(seams_.files, project_.cache_dir));
  }
  if (!state_) {
    state_.emplace(seams_.files, project_);
  }
  if (starts_over_) {
    state_->start_over();
    return;
  }
  if (state_->is_cold()) {
    warn_of_state();
    return;
  }
  std::optional<SessionParts> parts = state_->load(pool_, inputs_->look_ahead());
  if (parts && !take_over(*std::move(parts))) {
    state_->reject();
    compiled_ = {};
    schemas_.clear();
    hash_ = artifact::ArtifactHash();
    start();
  }
  warn_of_state();
}

void BuilderSession::warn_of_state() {
  if (!state_->warning().empty()) {
    warnings_.push_back(state_->warning());
    // What keeps it from being read mostly keeps it from being written: one word is enough.
    has_warned_ = true;
  }
}

bool BuilderSession::take_over(SessionParts parts) {
  for (const auto& [label, hash] : parts.schema_hashes) {
    schemas_.push_back({label, nullptr, hash});
  }
  hash_ = artifact::ArtifactHash::of_digest(parts.artifact_digest, parts.schema_hashes);
  if (!compiled_.restore(std::move(parts.modules), parts.keeps_reach) ||
      !inputs_->restore(std::move(parts.sources), std::move(parts.names))) {
    return false;
  }
  is_whole_ = false;
  settles_with_holes_ = k_settles_with_holes;
  reasons_ = std::move(parts.reasons);
  if (options_.is_read_only) {
    return true;
  }
  take_over_outputs(std::move(parts.outputs));
  return true;
}

// Whoever may have written there since: only what is as it was left is not written again.
void BuilderSession::take_over_outputs(SavedOutputs outputs) {
  const base::ScanStart now =
      base::ScanStart::take(seams_.files, base::state_marker_path(project_.cache_dir));
  std::vector<std::pair<const std::string, SavedOutput>*> all;
  for (auto& output : outputs) {
    all.push_back(&output);
  }
  std::vector<char> is_same(all.size());
  pool_.parallel_for(all.size(), [&](std::size_t index, unsigned) {
    is_same[index] = is_as_saved(all[index]->first, all[index]->second, now) ? 1 : 0;
  });
  bool is_base = outputs.contains(k_artifact_name) && outputs.contains(k_manifest_name);
  bool is_all_same =
      !seams_.files.status(base::join_path(project_.out_dir, artifact::k_journal_name)).has_value();
  artifact::BelievedFiles believed;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto& [path, output] = *all[i];
    is_all_same = is_all_same && is_same[i] != 0;
    is_base = is_base && (is_same[i] != 0 || (path != k_artifact_name && path != k_manifest_name));
    believed.set(path, output.file);
    if (output.is_stamp_proof) {
      proven_.emplace(path, output);
    }
  }
  rewrites_all_ = true;
  has_base_ = is_base;
  if (is_all_same && is_base) {
    base::Result<artifact::OutputFolder> folder =
        artifact::OutputFolder::open(seams_.files, project_.out_dir, git_ignore(), &pool_);
    if (folder) {
      folder_.emplace(*std::move(folder));
      folder_->set_believed(std::move(believed));
      rewrites_all_ = false;
    }
  }
}

bool BuilderSession::is_as_saved(const std::string& path,
                                 SavedOutput& output,
                                 const base::ScanStart& now) const {
  const std::string absolute = base::join_path(project_.out_dir, path);
  const auto status = seams_.files.status(absolute);
  if (status && output.is_stamp_proof && status->stamp == output.file.stamp) {
    return true;
  }
  std::string content;
  const auto read =
      status ? seams_.files.read(absolute, content, status->stamp.size_bytes) : status;
  output.is_stamp_proof = read && !now.is_racy(read->stamp);
  if (!read || base::fingerprint_of(content) != output.file.hash) {
    return false;
  }
  output.file.stamp = read->stamp;
  return true;
}

// Best effort: what is not kept costs the next session time.
void BuilderSession::save() {
  if (!options_.uses_cache) {
    // Nobody will ever ask what a save would have to write.
    static_cast<void>(compiled_.take_unsaved());
    static_cast<void>(inputs_->names().take_unsaved());
    static_cast<void>(inputs_->store().take_removed());
    static_cast<void>(inputs_->store().take_unsaved());
    unsaved_reasons_.clear();
  }
  if (!state_ || !is_consistent_ || !is_settled_ || !folder_) {
    return;
  }
  SessionView view{pool_,
                   *inputs_,
                   compiled_,
                   hashes_of(schemas_),
                   hash_.digest(),
                   folder_->believed(),
                   folder_->take_changed(),
                   proven_,
                   last_report_,
                   {}};
  for (const std::string& id : unsaved_reasons_) {
    const auto reason = reasons_.find(id);
    view.reasons[id] = reason == reasons_.end() ? std::nullopt : std::optional(reason->second);
  }
  const base::Status status = state_->save(view);
  if (status) {
    unsaved_reasons_.clear();
  }
  if (!status && status.error().code != base::ErrorCode::locked && !has_warned_) {
    has_warned_ = true;
    warnings_.push_back("the state for the next build cannot be saved: " + status.error().message);
  }
}

}  // namespace session
