#include "base/thread_pool.h"

#include <atomic>
#include <cstddef>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/support/printers.h"

using base::ThreadPool;

TEST_SUITE("base/thread_pool") {
  TEST_CASE("every index is visited once, whatever the number of threads") {
    for (const unsigned threads : {0U, 1U, 2U, 5U}) {
      for (const std::size_t count : {0U, 1U, 2U, 63U, 10'000U}) {
        CAPTURE(threads);
        CAPTURE(count);
        ThreadPool pool(threads);
        std::vector<std::atomic<int>> visits(count);

        pool.parallel_for(count, [&](std::size_t index, unsigned) { ++visits[index]; });

        std::size_t wrong = 0;
        for (const std::atomic<int>& times : visits) {
          wrong += times == 1 ? 0U : 1U;
        }
        CHECK(wrong == 0);
      }
    }
  }

  TEST_CASE("a worker has its scratch space alone") {
    ThreadPool pool(4);
    // Plain integers: the thread sanitizer tells when two workers share one.
    std::vector<std::size_t> sums(pool.thread_count(), 0);

    pool.parallel_for(5'000, [&](std::size_t index, unsigned worker) { sums[worker] += index; });

    std::size_t sum = 0;
    for (const std::size_t part : sums) {
      sum += part;
    }
    CHECK(sum == 5'000U * 4'999U / 2);
  }

  TEST_CASE("what a loop wrote is there when it returns, and the next loop sees it") {
    ThreadPool pool(3);
    std::vector<std::size_t> values(1'000, 0);

    for (int round = 0; round < 200; ++round) {
      pool.parallel_for(values.size(), [&](std::size_t index, unsigned) { ++values[index]; });
    }

    CHECK(values == std::vector<std::size_t>(1'000, 200));
  }

  TEST_CASE("a pool of one runs in place") {
    ThreadPool pool(1);
    const std::thread::id here = std::this_thread::get_id();
    bool is_here = true;

    pool.parallel_for(100, [&](std::size_t, unsigned worker) {
      is_here = is_here && worker == 0 && std::this_thread::get_id() == here;
    });

    CHECK(is_here);
    CHECK(pool.thread_count() == 1);
  }

  TEST_CASE("a pool that never ran ends at once") {
    const ThreadPool pool(8);

    CHECK(pool.thread_count() == 8);
  }
}
