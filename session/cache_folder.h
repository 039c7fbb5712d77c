#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "base/result.h"
#include "base/state_folder.h"
#include "base/state_store.h"
#include "session/config.h"

// What people can do with the folder in which a project's saved state is.
namespace session {

enum class CacheUse : std::uint8_t {
  /// There is none.
  none,
  /// The next build begins with it.
  usable,
  /// There is one that the next build will not use: of another version of the program, of another
  /// config, or damaged.
  useless,
};

/// "none", "usable" or "useless".
std::string_view to_text(CacheUse use);

struct CacheTable {
  std::string name;
  base::StateStore::TableSize size;
};

struct CacheInfo {
  /// Absolute.
  std::string folder;
  CacheUse use = CacheUse::none;
  /// Why it is useless, as a sentence.
  std::string reason;
  std::uint64_t snapshot_bytes = 0;
  std::uint64_t log_bytes = 0;
  /// Of a usable one: those with entries.
  std::vector<CacheTable> tables;
};

/// Reads what is there and changes nothing.
CacheInfo cache_info(base::FileSystem& files, const ProjectConfig& project);

/// Deletes all that is ours in the folder, and the folder if nothing else is in it.
base::Result<base::ClearedState> clear_cache(base::FileSystem& files, const ProjectConfig& project);

/// Deletes what the next build cannot use, and what killed processes left; folds the log of the
/// rest into its snapshot. Counts what has become less.
base::Result<base::ClearedState> collect_cache(base::FileSystem& files,
                                               const ProjectConfig& project);

}  // namespace session
