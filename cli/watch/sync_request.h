#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"

namespace cli {

/// Whole numbers up to here are exact in every JSON reader.
inline constexpr std::uint64_t k_max_sync = (std::uint64_t{1} << 53) - 1;

/// The number of `{"sync": 7}`, the one thing that can be asked of a watcher. Fails with
/// ErrorCode::corrupt on everything else; other keys are for later versions of the protocol, and
/// are passed over.
base::Result<std::uint64_t> read_sync_request(std::string_view line);

}  // namespace cli
