#pragma once

#include <cstdint>
#include <string>

#include "base/diagnostic.h"

namespace builder {

/// Templates of one file that were skipped because their tag comes from an unknown package.
struct UnknownTag {
  std::string package;
  /// The tag of the first of them.
  base::SourceRange first;
  std::uint32_t count = 0;
};

}  // namespace builder
