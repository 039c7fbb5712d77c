#pragma once

#include <cstddef>
#include <string_view>

#include "discovery/ascii.h"

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

/// Where the first byte from `begin` on is that a name cannot hold (is_ascii_name_byte()); the end
/// of the text if there is none.
inline std::size_t end_of_ascii_name(std::string_view text, std::size_t begin) {
  std::size_t at = begin;
#if defined(__SSE2__)
  // `c - first < count` for bytes without a sign, by way of the greatest and least with one.
  const auto is_in = [](__m128i bytes, char first, int count) {
    const __m128i shifted = _mm_add_epi8(bytes, _mm_set1_epi8(static_cast<char>(128 - first)));
    return _mm_cmplt_epi8(shifted, _mm_set1_epi8(static_cast<char>(count - 128)));
  };
  for (; at + 16 <= text.size(); at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    const __m128i letters = is_in(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), 'a', 26);
    const __m128i signs = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('_')),
                                       _mm_cmpeq_epi8(bytes, _mm_set1_epi8('$')));
    const __m128i names = _mm_or_si128(_mm_or_si128(letters, signs), is_in(bytes, '0', 10));
    const unsigned others = static_cast<unsigned>(_mm_movemask_epi8(names)) ^ 0xFFFFU;
    if (others != 0) {
      return at + static_cast<std::size_t>(__builtin_ctz(others));
    }
  }
#endif
  while (at < text.size() && is_ascii_name_byte(text[at])) {
    ++at;
  }
  return at;
}

/// Where the first of the bytes stands from `begin` on; the end of the text if there is none.
template <char... k_bytes>
std::size_t find_any_byte(std::string_view text, std::size_t begin) {
  std::size_t at = begin;
#if defined(__SSE2__)
  for (; at + 16 <= text.size(); at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    const auto hits = static_cast<unsigned>(
        (_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(k_bytes))) | ...));
    if (hits != 0) {
      return at + static_cast<std::size_t>(__builtin_ctz(hits));
    }
  }
#endif
  while (at < text.size() && !((text[at] == k_bytes) || ...)) {
    ++at;
  }
  return at;
}

}  // namespace discovery
