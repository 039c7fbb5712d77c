#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace graphql {

/// Maps pairs of numbers to numbers: an open hash table that is emptied at no cost, for what is
/// known about pairs while one of many definitions is looked at.
class PairTable {
 public:
  /// Null if the pair is not there. Valid until something is added.
  std::uint32_t* find(std::uint32_t left, std::uint32_t right) {
    if (slots_.empty()) {
      return nullptr;
    }
    Slot& slot = slots_[place_of(key_of(left, right))];
    return slot.round == round_ ? &slot.value : nullptr;
  }

  /// The pair must not be there.
  void add(std::uint32_t left, std::uint32_t right, std::uint32_t value) {
    if (slots_.size() < (size_ + 1) * 2) {
      grow();
    }
    const std::uint64_t key = key_of(left, right);
    slots_[place_of(key)] = {key, round_, value};
    ++size_;
  }

  void clear() {
    size_ = 0;
    if (++round_ == 0) {
      slots_.assign(slots_.size(), Slot{});
      round_ = 1;
    }
  }

 private:
  struct Slot {
    std::uint64_t key = 0;
    /// The slot is taken if this is the table's.
    std::uint32_t round = 0;
    std::uint32_t value = 0;
  };

  static std::uint64_t key_of(std::uint32_t left, std::uint32_t right) {
    return std::uint64_t{left} << 32 | right;
  }

  /// The slot of `key`, or the one that it would get.
  std::size_t place_of(std::uint64_t key) const {
    const std::size_t mask = slots_.size() - 1;
    // Multiplying by 2^64 over the golden ratio spreads neighbours; the upper half is mixed best.
    std::size_t at = (key * 0x9E37'79B9'7F4A'7C15U >> 32) & mask;
    while (slots_[at].round == round_ && slots_[at].key != key) {
      at = (at + 1) & mask;
    }
    return at;
  }

  void grow() {
    std::vector<Slot> old(slots_.empty() ? 64 : slots_.size() * 2);
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.round == round_) {
        slots_[place_of(slot.key)] = slot;
      }
    }
  }

  std::vector<Slot> slots_;
  std::size_t size_ = 0;
  std::uint32_t round_ = 1;
};

}  // namespace graphql
