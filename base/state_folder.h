#pragma once

#include <cstdint>
#include <string>

#include "base/file_system.h"

// The folder of a saved state. It belongs to the program alone; only files that are ours by name
// and content are ever deleted in it.
namespace base {

/// The paths in a folder.
std::string state_snapshot_path(const std::string& folder);
std::string state_log_path(const std::string& folder);
/// Of the process that asks, so that two never write into one file.
std::string state_temporary_path(const std::string& folder);
/// What ScanStart::take() may touch.
std::string state_marker_path(const std::string& folder);

/// Fails with ErrorCode::not_found where there is no folder, and with ErrorCode::io where it must
/// not be used: it belongs to another user, or everybody may write into it, so that anybody could
/// have put the state there.
Status check_state_folder(FileSystem& files, const std::string& folder);

/// Makes the folder, for this user alone, and checks it. In a folder that holds nothing of others
/// it puts a `.gitignore` that hides it from git, and a `CACHEDIR.TAG` that lets backups skip it.
/// StateStore::commit() calls it; whoever wants a marker for the first scan of all calls it before.
Status prepare_state_folder(FileSystem& files, const std::string& folder);

/// Deletes the temporary files of processes that were killed. To be called under the folder's lock.
/// Failures are passed over: what is left does no harm but take room.
void remove_temporary_state(FileSystem& files, const std::string& folder);

/// What was deleted.
struct ClearedState {
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
  /// Nothing of others was in it.
  bool is_folder_removed = false;

  friend bool operator==(const ClearedState&, const ClearedState&) = default;
};

/// Deletes all our files and, if nothing else was in it, the folder; a missing folder is fine.
/// Fails with ErrorCode::locked while another process writes.
Result<ClearedState> clear_state_folder(FileSystem& files, const std::string& folder);

/// As clear_state_folder(), but deletes only what remove_temporary_state() does, and keeps the
/// folder.
Result<ClearedState> sweep_state_folder(FileSystem& files, const std::string& folder);

}  // namespace base
