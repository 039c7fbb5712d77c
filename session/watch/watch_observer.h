#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "artifact/output.h"
#include "session/builder_session.h"
#include "session/config_loader.h"

namespace session {

/// Why a project was built.
enum class WatchReason : std::uint8_t {
  /// The first time, or for the first time with another config.
  initial,
  /// Something may have changed: see WatchBuild::paths.
  changes,
  /// Events were lost, or nobody was watching yet: everything was looked at.
  reconcile,
};

/// One build of a watched project that has something to tell: new outputs, another outcome, or
/// another set of diagnostics.
struct WatchBuild {
  const ProjectConfig& project;
  /// The full set of diagnostics is in its report; the delta counts if it is committed.
  const SessionBuild& build;
  WatchReason reason = WatchReason::changes;
  /// Where something may have changed, as the watcher told it: relative to the project's root,
  /// sorted. Empty where everything was looked at.
  std::vector<std::string> paths;
  /// From the first event to the begin of the build, and from there to the modules on disk.
  std::int64_t settle_ns = 0;
  std::int64_t build_ns = 0;
};

/// All outputs of a project are on disk, and its saved state is.
struct WatchIdle {
  const ProjectConfig& project;
  SessionSnapshot snapshot;
  /// What was written last: manifest, artifact, positions, report.
  const artifact::OutputChanges& changes;
};

enum class WatchRemarkKind : std::uint8_t {
  /// Changes are seen late, because some folders cannot be watched and are looked at now and then.
  polling,
  /// The kernel dropped events; everything is looked at again.
  lost_events,
  /// Outputs are sources as well, and builds lead to builds.
  feedback_loop,
  /// The saved state could not be used or kept.
  saved_state,
  /// The last outputs could not be written; it is tried again.
  output_failure,
  /// What stands in the place of the program cannot be started.
  program,
};

struct WatchRemark {
  WatchRemarkKind kind = WatchRemarkKind::polling;
  /// Of the project it is about; empty: of all, or of the only one.
  std::string project;
  /// A sentence or two, for people.
  std::string text;
};

/// Hears what a WatchLoop does. Called on the loop's thread, between its steps: what takes long
/// here makes the next build late. References hold during the call only.
class WatchObserver {
 public:
  virtual ~WatchObserver() = default;

  /// The config was loaded: at the start, and whenever its result differs from the last one's.
  /// Without a value nothing is built until there is a better one; outputs stay as they are.
  virtual void on_config(const ConfigResult& config) = 0;

  /// The first builds were told, and every change from their beginning on will be.
  virtual void on_ready() = 0;

  virtual void on_build(const WatchBuild& build) = 0;

  virtual void on_idle(const WatchIdle& idle) = 0;

  virtual void on_remark(const WatchRemark& remark) = 0;

  /// Every change that was made before the barrier `number` was taken has been built and told.
  virtual void on_sync(std::uint64_t number) = 0;

  /// Somebody asked for what there is not.
  virtual void on_rejected(const std::string& complaint) = 0;
};

}  // namespace session
