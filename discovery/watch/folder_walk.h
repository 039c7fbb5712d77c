#pragma once

#include <string>

#include "base/file_system.h"
#include "discovery/watch/watcher.h"

namespace discovery {

/// Has `watcher` watch a folder that came to be, with all folders in it, and tells what is there.
/// Each folder is watched before its entries are listed, so that nothing falls between: what comes
/// before the listing is listed, what comes after it is an event.
///
/// More entries than anybody wants to hear of one by one, or folders in folders without end, become
/// lost events.
void walk_new_folder(const std::string& folder,
                     const FolderTrees& trees,
                     base::FileSystem& files,
                     Watcher& watcher,
                     WatchNews& news);

}  // namespace discovery
