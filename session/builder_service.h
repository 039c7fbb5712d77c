#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "session/builder_session.h"

namespace session {

/// Builds one project whenever somebody asks, through a session that is made when it is first
/// needed. For callers that do not care when outputs reach the disk: a watcher, which does, holds a
/// BuilderSession itself.
///
/// One thread at a time.
class BuilderService {
 public:
  /// What `seams` refers to must outlive the service.
  BuilderService(ProjectConfig project, SessionOptions options, BuildSeams seams);

  /// Looks everywhere and builds. When it returns, all outputs and the saved state are on disk, or
  /// the result says why not.
  SessionBuild build();

  /// The same, looking only where `changes` says; everywhere the first time.
  SessionBuild update(const ChangeSet& changes);

  /// Why the saved state could not be used or kept, since the last call: sentences for people.
  std::vector<std::string> take_warnings();

  /// Null before the first build.
  const BuilderSession* session() const { return session_ ? &*session_ : nullptr; }

 private:
  SessionBuild finish(SessionBuild build);

  ProjectConfig project_;
  SessionOptions options_;
  BuildSeams seams_;
  std::optional<BuilderSession> session_;
};

}  // namespace session
