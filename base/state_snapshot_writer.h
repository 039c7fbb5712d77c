#pragma once

#include <cstdint>
#include <string>

#include "base/state_overlay.h"

namespace base {

/// Writes a snapshot of `identity` with all that is there when `overlays` are laid over `base`,
/// which may be null, into a new file at `path`, and waits until it is on the medium. Equal content
/// gives equal bytes. After a failure a part of the file may be there; ErrorCode::corrupt says that
/// something of `base` could not be read: a damaged value is never copied.
///
/// Holds the indices in memory, but no more than one value and a few megabytes of the rest.
Status write_state_snapshot(FileSystem& files,
                            const std::string& path,
                            const StateIdentity& identity,
                            const StateSnapshot* base,
                            const StateOverlays& overlays);

}  // namespace base
