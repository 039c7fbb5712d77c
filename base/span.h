#pragma once

#include <cstdint>

namespace base {

/// A half-open range of byte offsets in one text. Texts are limited to 4 GiB by the readers.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  std::uint32_t size() const { return end - begin; }
  friend auto operator<=>(const Span&, const Span&) = default;
};

}  // namespace base
