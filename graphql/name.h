#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

#include "base/span.h"

namespace graphql {

/// Hash of a GraphQL name, for the tables of this layer. The same within one process only: it may
/// differ between machines and builds, so it is never written to disk.
///
/// Names are short (a median of 8 bytes), so it reads 8 bytes at a time and lets the last read
/// overlap the one before instead of looping over a tail.
inline std::uint32_t name_hash(std::string_view text) {
  constexpr std::uint64_t k_multiplier = 0x9E3779B97F4A7C15ull;
  const auto load8 = [](const char* at) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof(word));
    return word;
  };
  const auto load4 = [](const char* at) {
    std::uint32_t word = 0;
    std::memcpy(&word, at, sizeof(word));
    return std::uint64_t{word};
  };
  const char* data = text.data();
  const std::size_t size = text.size();
  std::uint64_t hash = size * k_multiplier;
  if (size >= 8) {
    for (std::size_t i = 0; i + 8 < size; i += 8) {
      hash = (hash ^ load8(data + i)) * k_multiplier;
      hash ^= hash >> 32;
    }
    hash = (hash ^ load8(data + size - 8)) * k_multiplier;
  } else if (size >= 4) {
    hash = (hash ^ (load4(data) << 32 | load4(data + size - 4))) * k_multiplier;
  } else if (size > 0) {
    const auto byte = [data](std::size_t i) {
      return std::uint64_t{static_cast<unsigned char>(data[i])};
    };
    hash = (hash ^ (byte(0) << 16 | byte(size / 2) << 8 | byte(size - 1))) * k_multiplier;
  }
  return static_cast<std::uint32_t>(hash >> 32);
}

/// Whether both are equal. Reads words that overlap, as name_hash does: for names this beats a call
/// of memcmp, which made a tenth of the time of building a schema.
inline bool same_text(std::string_view left, std::string_view right) {
  const std::size_t size = left.size();
  if (size != right.size()) {
    return false;
  }
  const auto same_words = [&](auto word, std::size_t offset) {
    auto other = word;
    std::memcpy(&word, left.data() + offset, sizeof(word));
    std::memcpy(&other, right.data() + offset, sizeof(other));
    return word == other;
  };
  if (size >= 8) {
    for (std::size_t i = 0; i + 8 < size; i += 8) {
      if (!same_words(std::uint64_t{0}, i)) {
        return false;
      }
    }
    return same_words(std::uint64_t{0}, size - 8);
  }
  if (size >= 4) {
    return same_words(std::uint32_t{0}, 0) && same_words(std::uint32_t{0}, size - 4);
  }
  return size == 0 || (left[0] == right[0] && left[size / 2] == right[size / 2] &&
                       left[size - 1] == right[size - 1]);
}

/// A name as it stands in a text, with its hash, so that no look-up hashes it again.
///
/// A hash and not an interned id: an interner would be state that all threads share, or ids that
/// mean something within one document only (decision 0010). `text` is a view of the source text,
/// whose owner is the caller of the parser. An absent name is empty.
struct Name {
  std::string_view text;
  std::uint32_t hash = 0;
  /// Byte offset in the source text.
  std::uint32_t begin = 0;

  bool empty() const { return text.empty(); }
  base::Span span() const { return {begin, begin + static_cast<std::uint32_t>(text.size())}; }

  /// Same name; the place does not matter.
  friend bool operator==(const Name& left, const Name& right) {
    return left.hash == right.hash && same_text(left.text, right.text);
  }
  friend bool operator==(const Name& left, std::string_view right) { return left.text == right; }
};

/// A name that stands in no source text, to look something up with.
inline Name name_of(std::string_view text) {
  return Name{text, name_hash(text), 0};
}

}  // namespace graphql
