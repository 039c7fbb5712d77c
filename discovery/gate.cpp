#include "discovery/gate.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace discovery {

namespace {

/// Spelt in two parts so that this file is not taken for a generated one.
constexpr std::string_view k_generated_mark =
    "@"
    "generated";
constexpr std::size_t k_generated_window_bytes = 512;

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

/// Whether the bytes before `end` are `word` in any case. `word` is lower case.
bool ends_with_word(std::string_view text, std::size_t end, std::string_view word) {
  if (end < word.size()) {
    return false;
  }
  return std::equal(word.begin(),
                    word.end(),
                    text.begin() + static_cast<std::ptrdiff_t>(end - word.size()),
                    [](char expected, char actual) { return (actual | 0x20) == expected; });
}

bool mentions_graphql(std::string_view text) {
  // Both words end in "ql", a rare pair outside of them.
  return any_pair(text, {'q', 'l', 1, 0x20}, [&](std::size_t offset) {
    return ends_with_word(text, offset, "g") || ends_with_word(text, offset, "graph");
  });
}

bool mentions(std::string_view text, const std::string& name) {
  return any_pair(text, {name.front(), name.back(), name.size() - 1, 0}, [&](std::size_t offset) {
    return text.compare(offset, name.size(), name) == 0;
  });
}

}  // namespace

Gate::Gate(std::vector<std::string> names) : names_(std::move(names)) {
  names_.erase(std::remove(names_.begin(), names_.end(), std::string()), names_.end());
}

bool Gate::passes(std::string_view text) const {
  return mentions_graphql(text) ||
         std::any_of(names_.begin(), names_.end(), [&](const std::string& name) {
           return mentions(text, name);
         });
}

bool is_marked_generated(std::string_view text) {
  return text.substr(0, k_generated_window_bytes).find(k_generated_mark) != std::string_view::npos;
}

}  // namespace discovery
