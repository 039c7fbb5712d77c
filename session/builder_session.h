#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "artifact/artifact_hash.h"
#include "artifact/delta.h"
#include "artifact/output_folder.h"
#include "base/thread_pool.h"
#include "builder/compiled_project.h"
#include "builder/project_texts.h"
#include "session/build_once.h"
#include "session/change_set.h"
#include "session/project_inputs.h"
#include "session/saved/session_state.h"

namespace session {

/// Names of outputs that a session looks for by itself.
inline constexpr const char* k_artifact_name = "artifact.json";
inline constexpr const char* k_manifest_name = "manifest.json";
inline constexpr const char* k_delta_name = "delta.json";
inline constexpr const char* k_report_name = "report.json";

struct SessionOptions {
  /// At least 1. Changes nothing but the speed.
  unsigned threads = 1;
  /// Whether the session begins with what an earlier one left in the cache folder, and leaves there
  /// what it knows itself. Without it the folder is not touched.
  bool uses_cache = false;
  /// The session is for one build: where nothing changed since the last one, build_initial() says
  /// so without loading what that left, and project() and snapshot() stay empty.
  bool is_one_shot = false;
  /// Neither outputs nor the saved state are written: for who wants to know of the project.
  bool is_read_only = false;
  /// Whether each build that changes something also writes `delta.json`.
  bool writes_delta = false;
};

/// A source file that differs from what the generation before was built from.
struct ChangedSource {
  base::SourcePath path;
  /// Of the bytes that were built; nothing for a file that is gone or cannot be read.
  std::optional<base::Fingerprint> fingerprint;

  friend bool operator==(const ChangedSource&, const ChangedSource&) = default;
};

/// What one build of a session came to.
struct SessionBuild {
  BuildResult::Outcome outcome = BuildResult::Outcome::built;
  BuildReport report;
  std::optional<base::Error> error;
  /// Whether modules were brought up to date: then the generation is a new one, and `delta` leads
  /// to it from the one before. If not, all outputs are as they were.
  bool is_committed = false;
  std::uint64_t generation = 0;
  artifact::Delta delta;
  /// Of a committed build, by path: the sources that led to the delta, those of builds that could
  /// not be committed among them. All of them the first time.
  std::vector<ChangedSource> sources;
  /// What was compiled, and why. Sorted by id.
  std::vector<builder::CompiledReason> compiled;
};

/// What a session holds, for those who look on.
struct SessionSnapshot {
  std::uint64_t generation = 0;
  /// Of the artifact that the last delta led to.
  base::Fingerprint artifact_hash;
  std::uint64_t definitions = 0;
  std::uint64_t files = 0;
};

/// Builds one project again and again, each time at the cost of what changed.
///
/// Invariant: after every build that commits, and settle(), the output folder holds what
/// build_once() would make of the same inputs, byte for byte; where build_once() would commit
/// nothing, it is as it was. One thread at a time; it uses a pool of its own.
class BuilderSession {
 public:
  /// What `seams` refers to must outlive the session.
  BuilderSession(ProjectConfig project, SessionOptions options, BuildSeams seams);
  ~BuilderSession();

  /// Looks everywhere, and builds.
  SessionBuild build_initial();

  /// Looks where `changes` says, and builds what is touched. The first time as build_initial().
  SessionBuild update(const ChangeSet& changes);

  /// Writes the outputs whose cost is that of the whole project: positions, manifest, artifact and
  /// report; then saves the state. To be called when there is nothing else to do, and before the
  /// session ends. Says what it wrote.
  base::Result<artifact::OutputChanges> settle();
  bool is_settled() const { return is_settled_; }

  /// Why the saved state could not be used or kept, since the last call: sentences for people.
  std::vector<std::string> take_warnings() { return std::exchange(warnings_, {}); }

  /// What builds asked of the disk since the last call, apart from the sources themselves: where
  /// something that comes or goes may change what is built.
  DiskLooks::News take_look_news() { return inputs_->take_look_news(); }
  /// Whether an import that the last build followed has `text` in its specifier.
  bool imports_like(std::string_view text) const { return inputs_->names().asks_for(text); }
  /// Whether the last build looked at all that a build depends on; one that ended at a broken
  /// schema did not.
  bool has_looked_everywhere() const { return inputs_->is_complete(); }
  /// Whether any of our outputs at `path` or below it, which is absolute, is not as it was left.
  bool has_touched_output(const std::string& path) const;
  /// Whether the file at the absolute `path`, which somebody else wrote to, is an output that is
  /// not as it was left; the next build writes it again.
  bool has_rewritten_output(const std::string& path);
  /// Whether the out folder of the config is another one than the last build wrote to: it is a
  /// symlink, or below one, that leads elsewhere now or is gone.
  bool has_moved_out_folder() const;
  /// Null before the first build that was committed.
  const artifact::OutputFolder* outputs() const { return folder_ ? &*folder_ : nullptr; }

  /// The config was edited: from the next update on this one counts. Nothing is kept.
  void reconfigure(ProjectConfig project);

  SessionSnapshot snapshot() const;

  /// Of the files as they were last compiled.
  const builder::CompiledProject& project() const { return compiled_; }
  /// As the last build read them.
  const std::vector<builder::SchemaInput>& schemas() const;
  /// By canonical id, why the definition was last compiled: the slot whose value had changed, or an
  /// empty one where nothing had been known.
  const std::map<std::string, graph::Slot>& reasons() const { return reasons_; }
  const ProjectConfig& config() const { return project_; }

 private:
  class Build;

  SessionBuild run(const std::vector<std::string>& paths, bool everywhere);
  void start();
  std::optional<SessionBuild> find_unchanged();
  void restore();
  void warn_of_state();
  bool take_over(SessionParts parts);
  void take_over_outputs(SavedOutputs outputs);
  bool is_as_saved(const std::string& path, SavedOutput& output, const base::ScanStart& now) const;
  void save();
  void forget_base();
  void note_reasons(const std::vector<builder::CompiledReason>& compiled);
  artifact::GitIgnore git_ignore() const;
  void write_anew();
  base::Result<artifact::OutputChanges> write_all(std::vector<artifact::Output>& outputs);
  void add_project_outputs(std::vector<artifact::Output>& outputs);
  artifact::Output report_output() const;
  base::Result<std::optional<artifact::OutputChanges>> splice_project_outputs();

  ProjectConfig project_;
  SessionOptions options_;
  BuildSeams seams_;
  base::ThreadPool pool_;
  std::unique_ptr<ProjectInputs> inputs_;
  builder::CompiledProject compiled_;
  /// Of `compiled_`, as it was last written or is about to be.
  builder::ProjectTexts texts_;
  /// Those that `compiled_` was built against.
  std::vector<builder::SchemaInput> schemas_;
  std::optional<artifact::OutputFolder> folder_;
  /// What was written there before `folder_` was given up.
  struct KnownOutputs {
    std::string folder;
    artifact::BelievedFiles files;
  };
  KnownOutputs known_outputs_;
  /// Of the artifact of the last committed generation.
  artifact::ArtifactHash hash_;
  std::uint64_t generation_ = 0;
  /// Nothing that was compiled counts.
  bool is_whole_ = true;
  /// Every module is wanted in bytes, since nobody knows what is on disk.
  bool rewrites_all_ = false;
  bool is_settled_ = true;
  /// The artifact on disk, or that of the last generation, is the one that `hash_` stands for.
  bool has_base_ = false;
  /// Nobody has looked into the cache folder yet.
  bool must_restore_ = true;
  /// The last build was committed, so that what is known is known of what is on disk.
  bool is_consistent_ = false;
  bool has_new_positions_ = false;
  std::string schema_hash_;
  SavedReport last_report_;
  /// Compiled, and not yet committed, because the disk would not have it.
  std::map<std::string, builder::ElementChange> open_elements_;
  std::map<base::SourcePath, builder::ChunkChange> open_chunks_;
  std::map<std::string, artifact::Output> unwritten_;
  std::map<base::SourcePath, std::optional<base::Fingerprint>> open_sources_;
  /// Nothing while the session uses no cache.
  std::optional<SessionState> state_;
  std::map<std::string, graph::Slot> reasons_;
  /// Ids whose reasons differ from those that are saved.
  std::set<std::string> unsaved_reasons_;
  /// Outputs whose stamps prove their content.
  SavedOutputs proven_;
  std::vector<std::string> warnings_;
  /// What an earlier session left does not count.
  bool starts_over_ = false;
  /// A build of everything needs half as much memory again as is kept, and so does loading what an
  /// earlier session left. When such a build settles its caller still holds the delta of
  /// everything, so that the next time there is something to give back too.
  static constexpr unsigned k_settles_with_holes = 2;
  unsigned settles_with_holes_ = 0;
  /// It was said that the state cannot be saved.
  bool has_warned_ = false;
};

}  // namespace session
