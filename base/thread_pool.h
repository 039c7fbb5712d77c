#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace base {

/// A fixed number of workers that run loops together. The calling thread is worker 0, so a pool of
/// one thread runs everything in place and starts none.
///
/// One caller at a time; `parallel_for` returns when all of it is done.
class ThreadPool {
 public:
  /// At least one; fewer than asked for where the machine does not give more.
  explicit ThreadPool(unsigned thread_count);
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  unsigned thread_count() const { return static_cast<unsigned>(threads_.size()) + 1; }

  /// Calls `body(index, worker)` once for each index below `count`, in no particular order.
  /// `worker` is below thread_count() and names the scratch space that the call may use alone.
  void parallel_for(std::size_t count,
                    const std::function<void(std::size_t index, unsigned worker)>& body);

 private:
  struct Loop;
  void work(unsigned worker);
  static void run_traced(Loop& loop, unsigned worker);

  std::vector<std::thread> threads_;
  std::mutex mutex_;
  std::condition_variable started_;
  std::condition_variable finished_;
  /// Null between loops.
  Loop* loop_ = nullptr;
  std::size_t loop_number_ = 0;
  /// Workers in the loop, without the caller.
  std::size_t busy_ = 0;
  bool is_stopping_ = false;
};

}  // namespace base
