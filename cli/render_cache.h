#pragma once

#include <optional>
#include <string>

#include "base/state_folder.h"
#include "cli/project_run.h"
#include "session/cache_folder.h"

namespace cli {

/// What there is to tell of one project's cache folder.
struct CacheReport {
  /// The project's name; empty for a config of one project.
  std::string project;
  session::CacheInfo info;
  /// What `clear` or `gc` deleted.
  std::optional<base::ClearedState> cleared;
};

/// Whole lines, for people.
std::string cache_text(const CacheReport& report, const PathDisplay& paths);

/// The event `cache`.
std::string cache_event(const CacheReport& report, const PathDisplay& paths);

}  // namespace cli
