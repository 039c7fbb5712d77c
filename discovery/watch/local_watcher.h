#pragma once

#include <cstdint>
#include <memory>

#include "base/clock.h"
#include "base/file_system.h"
#include "discovery/watch/watcher.h"

namespace discovery {

enum class WatchMethod : std::uint8_t {
  /// Events where the system has them, looking again and again elsewhere.
  events,
  /// Looking again and again everywhere.
  polling,
};

struct LocalWatcherOptions {
  WatchMethod method = WatchMethod::events;
  /// As if the kernel allowed no more watches, and kept no more events; for tests.
  std::size_t max_watches = static_cast<std::size_t>(-1);
  std::size_t max_events = static_cast<std::size_t>(-1);
};

/// The watcher for this machine's disks. Folders of network file systems, those beyond the kernel's
/// limit, and all of them where the kernel gives no queue, are polled, which a remark says once.
/// `files` and `clock` must outlive it.
std::unique_ptr<Watcher> make_local_watcher(base::FileSystem& files,
                                            base::Clock& clock,
                                            const LocalWatcherOptions& options = {});

}  // namespace discovery
