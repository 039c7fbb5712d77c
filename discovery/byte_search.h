#pragma once

#include <cstddef>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace discovery {

/// Two bytes that stand `distance` apart, compared after `mask` was or-ed in (0x20 folds the case
/// of letters).
struct BytePair {
  char first;
  char second;
  std::size_t distance;
  char mask;
};

/// Calls `accepts(offset of the first byte)` at every place of `pair` until it returns true.
template <typename Accepts>
bool any_pair(std::string_view text, const BytePair& pair, const Accepts& accepts) {
  if (text.size() <= pair.distance) {
    return false;
  }
  const std::size_t last = text.size() - pair.distance;
  std::size_t offset = 0;
#if defined(__SSE2__)
  const __m128i first = _mm_set1_epi8(pair.first);
  const __m128i second = _mm_set1_epi8(pair.second);
  const __m128i mask = _mm_set1_epi8(pair.mask);
  const auto load = [&](std::size_t at) {
    return _mm_or_si128(_mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at)), mask);
  };
  for (; offset + 16 <= last; offset += 16) {
    const __m128i both = _mm_and_si128(_mm_cmpeq_epi8(load(offset), first),
                                       _mm_cmpeq_epi8(load(offset + pair.distance), second));
    auto hits = static_cast<unsigned>(_mm_movemask_epi8(both));
    for (; hits != 0; hits &= hits - 1) {
      if (accepts(offset + static_cast<std::size_t>(__builtin_ctz(hits)))) {
        return true;
      }
    }
  }
#endif
  for (; offset < last; ++offset) {
    const bool is_hit = (text[offset] | pair.mask) == pair.first &&
                        (text[offset + pair.distance] | pair.mask) == pair.second;
    if (is_hit && accepts(offset)) {
      return true;
    }
  }
  return false;
}

}  // namespace discovery
