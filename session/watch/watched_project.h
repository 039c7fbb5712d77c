#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "discovery/watch/watcher.h"
#include "session/builder_session.h"
#include "session/watch/settle_rule.h"
#include "session/watch/watch_observer.h"
#include "session/watch/watch_scope.h"

namespace session {

/// One project of a watched config: its session, what it needs to hear of, and what waits to be
/// built.
class WatchedProject {
 public:
  struct Seams {
    BuildSeams build;
    discovery::Watcher& watcher;
    /// See WatchScope.
    const std::set<std::string>& entered;
  };

  WatchedProject(ProjectConfig config, const SessionOptions& options, const Seams& seams);

  const ProjectConfig& config() const { return session_.config(); }
  BuilderSession& session() { return session_; }
  WatchScope& scope() { return scope_; }

  /// The config was edited.
  void reconfigure(ProjectConfig config);

  /// Adds the event's path to what waits, if it can matter to the project; says whether it can.
  /// `is_half_seen`: it may have happened while the last build looked at the disk, so that one half
  /// of that build saw it and the other did not. No path leads to all that came of that.
  bool take(const discovery::FileEvent& event, bool is_half_seen);
  /// Anything may have changed.
  void look_everywhere(WatchReason reason);

  /// Whether what is needed was found out anew since the last call, so that some folders may not be
  /// needed any more.
  bool take_new_scope() { return std::exchange(has_new_scope_, false); }

  bool has_pending() const { return is_everything_ || !paths_.empty(); }
  std::size_t pending_paths() const { return paths_.size(); }
  /// Whether all that waits are outputs, of this project or of another, which lie in `folders`.
  bool is_about_outputs(const std::set<std::string>& folders) const;

  /// Builds what waits.
  struct Built {
    SessionBuild build;
    WatchReason reason = WatchReason::changes;
    std::vector<std::string> paths;
    /// Whether there is anything in it that the last one did not tell.
    bool is_news = false;
  };
  Built build();

  /// Outputs or the saved state are behind the last build.
  bool needs_settling() const { return needs_settling_; }
  base::Result<artifact::OutputChanges> settle();

  /// After a build that the disk made fail: when it is to be tried again.
  std::optional<std::int64_t> retry_ns() const { return retry_ns_; }
  void retry_at(std::optional<std::int64_t> time_ns) { retry_ns_ = time_ns; }
  /// Nothing but to try again.
  void try_again();

 private:
  bool matters(const discovery::FileEvent& event);
  bool may_be_meant(const std::string& folder) const;
  bool is_touched_output(const discovery::FileEvent& event);
  bool is_own_folder(const std::string& path) const;
  void follow_looks(const SessionBuild& build);
  void follow_outputs(const SessionBuild& build, bool starts_over);

  base::FileSystem& files_;
  BuilderSession session_;
  WatchScope scope_;
  /// Paths that the disk was asked about, other than for the entries of a folder.
  std::unordered_set<std::string> looked_at_;
  /// Absolute.
  std::set<std::string> paths_;
  bool is_everything_ = true;
  /// The last build may have seen some of what waits; everything is looked at, and told as changes.
  bool has_half_seen_ = false;
  WatchReason reason_ = WatchReason::initial;
  bool needs_settling_ = false;
  bool has_new_scope_ = false;
  std::optional<std::int64_t> retry_ns_;
  /// What was told last.
  struct Told {
    BuildResult::Outcome outcome = BuildResult::Outcome::built;
    std::optional<std::string> error;
    std::vector<LocatedDiagnostic> diagnostics;

    friend bool operator==(const Told&, const Told&) = default;
  };
  std::optional<Told> told_;
};

}  // namespace session
