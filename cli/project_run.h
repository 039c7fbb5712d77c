#pragma once

#include <optional>
#include <string>
#include <vector>

#include "session/build_once.h"
#include "session/build_report.h"
#include "session/cache_folder.h"
#include "session/project_graph.h"
#include "session/watch/watch_observer.h"

namespace cli {

/// With `--watch`: what a build was for.
struct Trigger {
  session::WatchReason reason = session::WatchReason::initial;
  /// Relative to the project's root, sorted; empty where everything was looked at.
  std::vector<std::string> paths;
  /// From the first event to the begin of the build.
  std::int64_t settle_ns = 0;
};

/// What building one project came to, and what is needed to tell it.
struct ProjectRun {
  /// Absolute folder of the project: what the report's paths are relative to.
  std::string root;
  /// Absolute.
  std::string out_dir;
  session::BuildMode mode = session::BuildMode::write;
  session::BuildResult result;
  /// `--explain`: whether what was compiled is to be told; all of it was where the build began from
  /// nothing.
  bool explains = false;
  bool compiled_all = false;
  std::vector<session::Recompiled> compiled;
  std::optional<Trigger> trigger;
  /// What is to be said of the saved state.
  std::vector<std::string> warnings;
  /// If it was asked for.
  std::optional<session::CacheInfo> cache;
};

/// The paths that a reader sees are relative to `from`, an absolute folder: the working directory
/// for people, the repository for annotations.
struct PathDisplay {
  std::string from;

  /// `path` is relative to `root`; an empty `root` means that it is relative to `from` already.
  std::string shown(const std::string& root, const base::SourcePath& path) const;
};

/// 0: built or up to date; 1: diagnostics or differences; 2: usage or config; 3: input or output.
/// The gravest of all projects.
int exit_code(const std::vector<ProjectRun>& runs);
int exit_code(const base::Error& error);

inline constexpr int k_exit_fine = 0;
inline constexpr int k_exit_findings = 1;
inline constexpr int k_exit_usage = 2;
inline constexpr int k_exit_io = 3;
inline constexpr int k_exit_bug = 70;

}  // namespace cli
