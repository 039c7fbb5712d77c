#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace graphql {

/// A run of nodes that lie side by side in an arena. Does not own them. Unlike std::span, its
/// element may be incomplete, which nodes that contain each other need.
template <typename T>
class List {
 public:
  List() = default;
  List(const T* data, std::size_t size) : data_(data), size_(size) {}

  const T* begin() const { return data_; }
  const T* end() const { return data_ + size_; }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  const T& operator[](std::size_t index) const { return data_[index]; }
  const T& front() const { return data_[0]; }
  const T& back() const { return data_[size_ - 1]; }

 private:
  const T* data_ = nullptr;
  std::size_t size_ = 0;
};

/// Memory that is given out piece by piece and freed all at once. Destructors are not run, so only
/// trivially destructible things may live here. What it gave out stays where it is when the arena
/// is moved. One thread at a time.
class Arena {
 public:
  Arena() = default;
  /// The first block has room for about `expected_bytes`.
  explicit Arena(std::size_t expected_bytes)
      : next_block_size_(std::clamp(expected_bytes, k_min_block, k_max_block)) {}
  // Moved by hand: the source must not go on filling a block that it has given away.
  Arena(Arena&& other) noexcept
      : blocks_(std::move(other.blocks_)),
        next_(std::exchange(other.next_, nullptr)),
        left_(std::exchange(other.left_, 0)),
        next_block_size_(other.next_block_size_) {
    other.blocks_.clear();
  }
  Arena& operator=(Arena&& other) noexcept {
    blocks_ = std::move(other.blocks_);
    other.blocks_.clear();
    next_ = std::exchange(other.next_, nullptr);
    left_ = std::exchange(other.left_, 0);
    next_block_size_ = other.next_block_size_;
    return *this;
  }
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
  ~Arena() = default;

  template <typename T>
  T* make(const T& value) {
    static_assert(std::is_trivially_destructible_v<T> && alignof(T) <= k_alignment);
    return new (allocate(sizeof(T))) T(value);
  }

  /// `count` values side by side, each as T() makes it, to be filled by the caller.
  template <typename T>
  T* make_array(std::size_t count) {
    static_assert(std::is_trivially_destructible_v<T> && alignof(T) <= k_alignment);
    if (count == 0) {
      return nullptr;
    }
    T* const first = static_cast<T*>(allocate(count * sizeof(T)));
    std::uninitialized_value_construct_n(first, count);
    return first;
  }

  template <typename T>
  List<T> copy_list(const T* items, std::size_t count) {
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= k_alignment);
    if (count == 0) {
      return {};
    }
    void* memory = allocate(count * sizeof(T));
    std::memcpy(memory, static_cast<const void*>(items), count * sizeof(T));
    return List<T>(static_cast<const T*>(memory), count);
  }

  std::string_view copy_text(std::string_view text) {
    if (text.empty()) {
      return {};
    }
    char* memory = static_cast<char*>(allocate(text.size()));
    std::memcpy(memory, text.data(), text.size());
    return {memory, text.size()};
  }

 private:
  static constexpr std::size_t k_alignment = 8;
  static constexpr std::size_t k_min_block = 512;
  static constexpr std::size_t k_max_block = std::size_t{1} << 18;

  void* allocate(std::size_t bytes) {
    const std::size_t rounded = (bytes + k_alignment - 1) / k_alignment * k_alignment;
    if (rounded > left_) {
      add_block(rounded);
    }
    void* memory = next_;
    next_ += rounded;
    left_ -= rounded;
    return memory;
  }

  void add_block(std::size_t at_least) {
    const std::size_t size = std::max(at_least, next_block_size_);
    // Not make_unique: that would clear the block first.
    blocks_.emplace_back(new std::byte[size]);
    next_ = blocks_.back().get();
    left_ = size;
    next_block_size_ = std::min(next_block_size_ * 2, k_max_block);
  }

  // NOLINTNEXTLINE(modernize-avoid-c-arrays): a block of raw memory.
  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  std::byte* next_ = nullptr;
  std::size_t left_ = 0;
  std::size_t next_block_size_ = k_min_block;
};

}  // namespace graphql
