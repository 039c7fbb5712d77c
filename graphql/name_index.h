#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace graphql {

/// An open hash table from hashes of names (see name_hash) to the numbers of things that are kept
/// elsewhere. It stores no names: whoever looks something up says whether a number is the one
/// meant.
class NameIndex {
 public:
  static constexpr std::uint32_t k_none = 0xFFFF'FFFF;

  /// Makes room for `count` numbers in all; more may follow.
  void reserve(std::size_t count) {
    std::size_t wanted = 16;
    while (wanted < count * 2) {
      wanted *= 2;
    }
    if (wanted > slots_.size()) {
      rehash(wanted);
    }
  }

  /// The number under `hash` for which `is_meant(number)` holds, or k_none.
  template <typename IsMeant>
  std::uint32_t find(std::uint32_t hash, IsMeant is_meant) const {
    if (slots_.empty()) {
      return k_none;
    }
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = hash & mask; slots_[at].number != k_none; at = (at + 1) & mask) {
      if (slots_[at].hash == hash && is_meant(slots_[at].number)) {
        return slots_[at].number;
      }
    }
    return k_none;
  }

  /// Adds `number`; the caller has made sure that it is new.
  void insert(std::uint32_t hash, std::uint32_t number) {
    reserve(size_ + 1);
    place({hash, number});
    ++size_;
  }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t number = k_none;
  };

  void place(Slot entry) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = entry.hash & mask;
    while (slots_[at].number != k_none) {
      at = (at + 1) & mask;
    }
    slots_[at] = entry;
  }

  void rehash(std::size_t size) {
    std::vector<Slot> old(size);
    old.swap(slots_);
    for (const Slot entry : old) {
      if (entry.number != k_none) {
        place(entry);
      }
    }
  }

  std::vector<Slot> slots_;
  std::size_t size_ = 0;
};

}  // namespace graphql
