#pragma once

#include <cstdint>
#include <memory>

#include "base/result.h"
#include "discovery/watch/watcher.h"
#include "session/build_once.h"
#include "session/builder_session.h"
#include "session/config_loader.h"
#include "session/watch/settle_rule.h"
#include "session/watch/waiter.h"
#include "session/watch/watch_commands.h"
#include "session/watch/watch_observer.h"

namespace session {

struct WatchRequest {
  /// Loaded at the start, and again whenever what it was loaded from changes.
  ConfigRequest config;
  /// Of every project; `is_one_shot` and `is_read_only` are not meant.
  SessionOptions session;
  SettleTimes times;
  /// Absolute path of the running program; empty: it is not watched.
  std::string program;
};

/// Why a loop ended.
enum class WatchEnd : std::uint8_t {
  /// Somebody asked for it.
  asked,
  /// Another program stands where this one was started from: it is to be started instead.
  program_changed,
};

/// What a loop needs of the outside world. All of it must outlive the loop.
struct WatchSeams {
  base::FileSystem& files;
  base::Clock& clock;
  discovery::Watcher& watcher;
  Waiter& waiter;
  WatchCommands& commands;
  WatchObserver& observer;
  /// May be null.
  ProgressSink* progress = nullptr;
};

/// Builds all projects of a config, and builds them again whenever something changes, until it is
/// told to end.
///
/// Invariant: once no changes come any more and time passes, the outputs of every project are those
/// of a clean build, whatever the events that led there. Events are hints about where to look; no
/// error ends the loop. One thread; each session uses a pool of its own.
class WatchLoop {
 public:
  WatchLoop(WatchRequest request, const WatchSeams& seams);
  ~WatchLoop();

  WatchEnd run();

 private:
  class Run;
  std::unique_ptr<Run> run_;
};

}  // namespace session
