// operator new and delete of the program, which count.
//
// Each thread counts in a cache line of its own, with plain additions: two threads that added to
// one counter would wait for each other a few million times in a cold build, and that would be
// measured. Threads beyond the last line share it and lose a count now and then.
#include "perf/builder/counting_new.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace perf {
namespace {

struct alignas(64) Line {
  std::atomic<std::uint64_t> count{0};
  std::atomic<std::uint64_t> bytes{0};
};

constexpr std::size_t k_lines = 512;

// Constant-initialized, and never destroyed before the last deallocation.
constinit std::array<Line, k_lines> g_lines;
constinit std::atomic<std::size_t> g_next_line{0};
constinit thread_local Line* t_line = nullptr;

void count(std::size_t size) {
  if (t_line == nullptr) {
    const std::size_t mine = g_next_line.fetch_add(1, std::memory_order_relaxed);
    t_line = &g_lines[mine < k_lines ? mine : k_lines - 1];
  }
  constexpr auto k_relaxed = std::memory_order_relaxed;
  t_line->count.store(t_line->count.load(k_relaxed) + 1, k_relaxed);
  t_line->bytes.store(t_line->bytes.load(k_relaxed) + size, k_relaxed);
}

void* allocate(std::size_t size) {
  count(size);
  return std::malloc(size == 0 ? 1 : size);
}

void* allocate(std::size_t size, std::align_val_t alignment) {
  count(size);
  const auto align = static_cast<std::size_t>(alignment);
  // aligned_alloc wants whole multiples.
  return std::aligned_alloc(align, (size + align - 1) / align * align);
}

void* or_throw(void* memory) {
  if (memory == nullptr) {
    throw std::bad_alloc();
  }
  return memory;
}

}  // namespace

AllocationCounts counted_allocations() {
  AllocationCounts total;
  for (const Line& line : g_lines) {
    total.count += line.count.load(std::memory_order_relaxed);
    total.bytes += line.bytes.load(std::memory_order_relaxed);
  }
  return total;
}

}  // namespace perf

void* operator new(std::size_t size) {
  return perf::or_throw(perf::allocate(size));
}
void* operator new[](std::size_t size) {
  return perf::or_throw(perf::allocate(size));
}
void* operator new(std::size_t size, const std::nothrow_t& /*tag*/) noexcept {
  return perf::allocate(size);
}
void* operator new[](std::size_t size, const std::nothrow_t& /*tag*/) noexcept {
  return perf::allocate(size);
}
void* operator new(std::size_t size, std::align_val_t alignment) {
  return perf::or_throw(perf::allocate(size, alignment));
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
  return perf::or_throw(perf::allocate(size, alignment));
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete[](void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t /*size*/) noexcept {
  std::free(memory);
}
void operator delete[](void* memory, std::size_t /*size*/) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::align_val_t /*alignment*/) noexcept {
  std::free(memory);
}
void operator delete[](void* memory, std::align_val_t /*alignment*/) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t /*size*/, std::align_val_t /*alignment*/) noexcept {
  std::free(memory);
}
void operator delete[](void* memory,
                       std::size_t /*size*/,
                       std::align_val_t /*alignment*/) noexcept {
  std::free(memory);
}
