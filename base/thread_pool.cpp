#include "base/thread_pool.h"

#include <algorithm>
#include <atomic>
#include <system_error>

#include "base/trace.h"

namespace base {

struct ThreadPool::Loop {
  std::size_t count;
  /// Indices handed out at a time: few enough hand-outs to be cheap, small enough to stay balanced.
  std::size_t batch;
  const std::function<void(std::size_t, unsigned)>& body;
  /// What the caller is at; nullptr where nobody records.
  const char* traced;
  std::atomic<std::size_t> next{0};

  void run(unsigned worker) {
    while (true) {
      const std::size_t begin = next.fetch_add(batch, std::memory_order_relaxed);
      if (begin >= count) {
        return;
      }
      const std::size_t end = std::min(begin + batch, count);
      for (std::size_t index = begin; index < end; ++index) {
        body(index, worker);
      }
    }
  }
};

ThreadPool::ThreadPool(unsigned thread_count) {
  try {
    for (unsigned worker = 1; worker < thread_count; ++worker) {
      threads_.emplace_back([this, worker] { work(worker); });
    }
  } catch (const std::system_error&) {
    // The machine gives no more threads. Those that it gave do all the work.
  }
}

ThreadPool::~ThreadPool() {
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
  }
  started_.notify_all();
  for (std::thread& thread : threads_) {
    thread.join();
  }
}

void ThreadPool::parallel_for(std::size_t count,
                              const std::function<void(std::size_t, unsigned)>& body) {
  const std::size_t batch =
      std::clamp<std::size_t>(count / (std::size_t{thread_count()} * 32), 1, 64);
  Loop loop{count, batch, body, Traced::current()};
  if (!threads_.empty() && count > 1) {
    {
      const std::lock_guard lock(mutex_);
      loop_ = &loop;
      ++loop_number_;
    }
    started_.notify_all();
  }
  loop.run(0);
  // A worker that has not woken up by now would find nothing to do, and is not waited for: on a
  // busy machine that takes longer than most loops.
  std::unique_lock lock(mutex_);
  loop_ = nullptr;
  finished_.wait(lock, [this] { return busy_ == 0; });
}

/// On a worker's thread, in the name of the work that the caller is at.
void ThreadPool::run_traced(Loop& loop, unsigned worker) {
  if (loop.traced == nullptr) {
    loop.run(worker);
    return;
  }
  const Traced span(loop.traced);
  loop.run(worker);
}

void ThreadPool::work(unsigned worker) {
  std::size_t seen = 0;
  while (true) {
    Loop* loop = nullptr;
    {
      std::unique_lock lock(mutex_);
      started_.wait(lock, [&] { return is_stopping_ || loop_number_ != seen; });
      if (is_stopping_) {
        return;
      }
      seen = loop_number_;
      loop = loop_;
      if (loop == nullptr) {
        continue;
      }
      ++busy_;
    }
    run_traced(*loop, worker);
    {
      const std::lock_guard lock(mutex_);
      --busy_;
    }
    finished_.notify_all();
  }
}

}  // namespace base
