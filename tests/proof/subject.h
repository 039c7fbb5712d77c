#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "artifact/delta.h"
#include "discovery/watch/local_watcher.h"
#include "session/build_once.h"
#include "tests/proof/watched_file_system.h"

namespace proof {

/// What somebody who watches the disk saw happen since the last build. Absolute paths, sorted.
struct Touched {
  /// Nothing was watched: whatever changed must be found.
  bool is_overflow = false;
  std::vector<std::string> added;
  std::vector<std::string> updated;
  std::vector<std::string> removed;
};

/// What one build of a session said.
struct SubjectBuild {
  session::BuildResult::Outcome outcome = session::BuildResult::Outcome::built;
  std::vector<session::LocatedDiagnostic> diagnostics;
  std::optional<base::Error> error;
  /// Nothing where nothing was committed.
  std::optional<artifact::Delta> delta;
  /// The ids of the definitions that were compiled, sorted, each with the reason.
  std::vector<std::string> recompiled;
  /// `name count` lines.
  std::string counters;
};

/// What is proven: something that is started in a project's folder, builds, and keeps what it
/// builds up to date. One process in the life of a project; the next one is another subject.
class Subject {
 public:
  virtual ~Subject() = default;
  /// Builds everything that must be built, up to the manifest and the artifact. The first call is
  /// that of a new process.
  virtual SubjectBuild build(const Touched& touched) = 0;
};

/// Starts a subject on a disk, with a project's root as the working directory.
using StartSubject =
    std::function<std::unique_ptr<Subject>(WatchedFileSystem& files, const std::string& root)>;

/// The session that ships.
std::unique_ptr<Subject> start_session(WatchedFileSystem& files, const std::string& root);
/// The same, as `builder` runs it: where nothing changed it does not load what it knows.
std::unique_ptr<Subject> start_one_shot(WatchedFileSystem& files, const std::string& root);

/// A watching loop, which is told nothing of what was touched; for a real disk.
StartSubject start_watch(const discovery::LocalWatcherOptions& options);

}  // namespace proof
