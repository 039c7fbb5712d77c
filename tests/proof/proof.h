#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "artifact/artifact.h"
#include "artifact/manifest.h"
#include "tests/proof/clean_build.h"
#include "tests/proof/project_disk.h"
#include "tests/proof/scenario.h"
#include "tests/proof/subject.h"
#include "tests/proof/watched_file_system.h"

namespace proof {

/// What a step came to.
struct StepOutcome {
  /// What is wrong with it; empty if all is proven.
  std::vector<std::string> failures;
  /// Whether the process was killed; then nothing else is known.
  bool is_killed = false;
  /// Whether a clean build commits.
  bool is_committed = false;
  SubjectBuild build;
  /// Source files that were opened, relative to the root, sorted.
  std::vector<std::string> reads;
  /// Outputs that have other bytes than before the build, or none: `+ path`, `~ path`, `- path`.
  std::vector<std::string> writes;
  Outputs outputs;
};

/// How a scenario is run. What a build comes to must be the same in every way; what it costs, not.
enum class Way : std::uint8_t {
  /// As it is written.
  as_written,
  /// No step is told what changed.
  overflow,
  /// Every step is a process of its own.
  restart,
};

/// Lets a subject live through steps, and compares what it makes of each with a clean build of the
/// very same tree.
///
/// Proven of every step that is not broken off: outcome, diagnostics and error are those of the
/// clean build; the out folder holds its outputs byte for byte, nothing else of ours, and what
/// people put there; where a clean build commits nothing, the outputs are as they were; and the
/// delta leads from the artifact and the manifest of the last commit to those of this one. Of a
/// step that a full disk broke off: every output is the old one or the new one.
class Proof {
 public:
  /// `disk` must outlive it.
  Proof(ProjectDisk& disk, StartSubject start, Way way = Way::as_written);

  StepOutcome run(const Step& step);

 private:
  Touched apply_edits(const Step& step);
  void live_through(const std::vector<Edit>& edits, bool is_same_tick);
  void build_meanwhile(const Touched& touched, const Step& step);
  void start_process();
  void read_consumer(const Outputs& outputs);
  void note_hand_made(const Tree& before, const Tree& after);
  void check_build(const Tree& edited, StepOutcome& outcome);
  void check_outputs(StepOutcome& outcome);
  void check_broken_off(const Outputs& before, StepOutcome& outcome);
  void check_delta(StepOutcome& outcome);

  ProjectDisk& disk_;
  StartSubject start_;
  Way way_;
  std::unique_ptr<WatchedFileSystem> files_;
  std::unique_ptr<Subject> subject_;
  /// Of the last step's tree.
  CleanBuild clean_;
  std::string out_dir_;
  /// What the last build that committed had to write.
  Outputs committed_;
  /// Relative to the out folder: what the edits, not the builds, put there.
  std::set<std::string> hand_made_;
  /// All that was ever wanted there.
  std::set<std::string> ours_;
  /// What a consumer of the deltas holds.
  artifact::Artifact artifact_;
  artifact::Manifest manifest_;
};

/// Runs a scenario on a new disk; the failures of the first step that has any, headed by
/// its number and name.
std::vector<std::string> failures_of(
    const Scenario& scenario,
    const StartSubject& start,
    Way way,
    const std::function<std::unique_ptr<ProjectDisk>()>& make_disk = make_memory_disk);

}  // namespace proof
