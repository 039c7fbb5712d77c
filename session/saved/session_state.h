#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "artifact/output.h"
#include "base/file_system.h"
#include "base/state_store.h"
#include "base/thread_pool.h"
#include "builder/compiled_project.h"
#include "session/build_report.h"
#include "session/config.h"
#include "session/disk_looks.h"
#include "session/project_inputs.h"

namespace session {

/// An output as a session left it.
struct SavedOutput {
  artifact::BelievedFile file;
  /// Whether an equal stamp proves that the content is the same.
  bool is_stamp_proof = false;

  friend bool operator==(const SavedOutput&, const SavedOutput&) = default;
};

using SavedOutputs = std::map<std::string, SavedOutput>;

/// What a build said of the project, for one that finds nothing changed to say again.
struct SavedReport {
  bool has_errors = false;
  BuildReport report;
};

/// What a session knew when it had built, and written everything.
struct SessionParts {
  std::vector<discovery::SourceFile> sources;
  NameIndexState names;
  std::map<base::SourcePath, builder::ModuleRecord> modules;
  bool keeps_reach = false;
  /// Of what was compiled: label -> hash.
  std::map<std::string, std::string> schema_hashes;
  base::Fingerprint artifact_digest;
  SavedOutputs outputs;
  /// By id, why it was last compiled.
  std::map<std::string, graph::Slot> reasons;
};

/// The same, where it is.
struct SessionView {
  base::ThreadPool& pool;
  ProjectInputs& inputs;
  builder::CompiledProject& compiled;
  std::map<std::string, std::string> schema_hashes;
  base::Fingerprint artifact_digest;
  const artifact::BelievedFiles& outputs;
  /// As BelievedFiles::take_changed() gave them.
  std::optional<std::set<std::string>> changed_outputs;
  /// Those of them whose stamps prove their content, if they are still the same.
  const SavedOutputs& proven_outputs;
  const SavedReport& report;
  /// Those that changed since the last save; nothing: gone.
  std::map<std::string, std::optional<graph::Slot>> reasons;
};

/// What is left to say where nothing changed since the last build.
struct UnchangedProject {
  SavedReport report;
  std::map<std::string, std::string> schema_hashes;
  base::Fingerprint artifact_digest;
};

/// What a saved state must agree on with the session that reads it: program, config, project.
base::StateIdentity state_identity(const ProjectConfig& project);

/// Keeps what a session knows in the project's cache folder, for the next one to begin with.
///
/// One value per file and kind of knowledge, so that a save writes what changed. Nothing in it is
/// an absolute path. docs/formats.md lists the tables.
class SessionState {
 public:
  /// Of the state of `project` in its cache folder. `files` must outlive it.
  SessionState(base::FileSystem& files, const ProjectConfig& project);

  /// Whether a session that begins with the state would find nothing to do: every input and every
  /// output has the stamp that proves it, and whatever else was asked of the disk would be answered
  /// the same. Opens no file but those of the state, reading no more of these than that takes, and
  /// a few whose stamps prove nothing yet. Nothing where something changed, or might have.
  std::optional<UnchangedProject> find_unchanged(base::ThreadPool& pool) const;

  /// There is nothing to load: the next save will be one of everything.
  bool is_cold() const { return store_.is_cold(); }
  /// All of it; nothing where it turns out to be of no use: then it is a cold start after all.
  /// Runs `beside` in the same loop, in any case: there is not enough to load for all threads.
  std::optional<SessionParts> load(base::ThreadPool& pool,
                                   std::span<const std::function<void()>> beside);
  /// What was loaded makes no sense: as if there had been none.
  void reject();
  /// Forgets what is on disk; the next save replaces all of it.
  void start_over();

  /// Keeps what changed since load() or the last save; touches nothing where nothing changed. What
  /// could not be kept is tried again the next time.
  base::Status save(const SessionView& view);

  /// Why a state that is there was not used; empty if there is no reason to speak of it.
  const std::string& warning() const { return warning_; }

 private:
  bool load_summary(SessionParts& parts) const;
  bool load_looks(Looks& looks) const;
  bool has_sound_looks() const;
  bool load_sources(SessionParts& parts) const;
  bool load_names(SessionParts& parts) const;
  bool load_modules(SessionParts& parts) const;
  bool load_outputs(SessionParts& parts) const;
  bool load_reasons(SessionParts& parts) const;
  void put_sources(ProjectInputs& inputs, base::ThreadPool& pool);
  bool put_names(NameIndex& names);
  bool put_outputs(const SessionView& view);
  void put_modules(builder::CompiledProject& compiled, base::ThreadPool& pool);
  bool put_looks(const DiskLooks& looks);
  bool replace_table(base::StateTable table, std::map<std::string, std::string>&& rows);

  base::FileSystem& files_;
  const std::string root_;
  const std::string out_dir_;
  const std::set<std::string> own_folders_;
  base::StateStore store_;
  /// DiskLooks::version() of those that are kept.
  std::optional<std::uint64_t> looks_version_;
  std::string warning_;
  /// What is on disk turned out to be damaged after it was loaded: nothing more is saved.
  bool is_broken_ = false;
};

}  // namespace session
