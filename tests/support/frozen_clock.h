#pragma once

#include <cstdint>

#include "base/clock.h"

namespace support {

/// A clock that does not go: what a build says must not depend on it.
class FrozenClock final : public base::Clock {
 public:
  std::int64_t now_ns() override { return 0; }
};

}  // namespace support
