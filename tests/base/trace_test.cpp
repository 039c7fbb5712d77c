#include "base/trace.h"

#include <thread>

#include <doctest/doctest.h>

#include "base/thread_pool.h"

namespace {

/// Goes on by one microsecond each time it is asked.
class CountingClock final : public base::Clock {
 public:
  std::int64_t now_ns() override { return now_ns_ += 1000; }

 private:
  std::int64_t now_ns_ = 0;
};

}  // namespace

TEST_SUITE("base/trace") {
  TEST_CASE("Nothing is kept where nothing is recorded") {
    { const base::Traced span("lost"); }
    CountingClock clock;
    base::TraceRecording recording(clock);
    CHECK(recording.take().empty());
  }

  TEST_CASE("A span's own time is what the spans inside of it leave") {
    CountingClock clock;
    base::TraceRecording recording(clock);
    {
      const base::Traced outer("build");     // 1
      { const base::Traced inner("read"); }  // 2 to 3
      {
        const base::Traced inner("read");       // 4
        const base::Traced innermost("parse");  // 5 to 6
      }                                         // 7
    }                                           // 8
    const std::vector<base::TraceSpan> spans = recording.take();
    REQUIRE(spans.size() == 4);
    CHECK(std::string(spans[0].name) == "build");
    const std::vector<base::TraceTotal> totals = base::totals_of(spans);
    REQUIRE(totals.size() == 3);
    CHECK(totals[0].name == "build");
    CHECK(totals[0].self_ns == 3000);
    CHECK(totals[1].name == "parse");
    CHECK(totals[1].self_ns == 1000);
    CHECK(totals[2].name == "read");
    CHECK(totals[2].count == 2);
    CHECK(totals[2].self_ns == 3000);
    CHECK(recording.take().empty());
  }

  TEST_CASE("Threads have spans of their own") {
    base::SteadyClock clock;
    base::TraceRecording recording(clock);
    const auto work = [] {
      for (int i = 0; i < 100; ++i) {
        const base::Traced outer("outer");
        const base::Traced inner("inner");
      }
    };
    std::thread one(work);
    std::thread other(work);
    one.join();
    other.join();
    std::int64_t self_ns = 0;
    const std::vector<base::TraceSpan> spans = recording.take();
    CHECK(spans.size() == 400);
    for (const base::TraceTotal& total : base::totals_of(spans)) {
      CHECK(total.count == 200);
      CHECK(total.self_ns >= 0);
      self_ns += total.self_ns;
    }
    std::int64_t outer_ns = 0;
    for (const base::TraceSpan& span : spans) {
      outer_ns += std::string(span.name) == "outer" ? span.end_ns - span.begin_ns : 0;
    }
    CHECK(self_ns == outer_ns);
  }

  TEST_CASE("What a pool does is done in the name of what its caller is at") {
    base::SteadyClock clock;
    base::TraceRecording recording(clock);
    base::ThreadPool pool(3);
    {
      const base::Traced span("validate");
      pool.parallel_for(300, [](std::size_t, unsigned) { const base::Traced inner("one"); });
    }
    pool.parallel_for(300, [](std::size_t, unsigned) {});
    const std::vector<base::TraceTotal> totals = base::totals_of(recording.take());
    REQUIRE(totals.size() == 2);
    CHECK(totals[0].name == "one");
    CHECK(totals[0].count == 300);
    CHECK(totals[1].name == "validate");
    // A thread that wakes up late has nothing left to do.
    CHECK(totals[1].count >= 1);
    CHECK(totals[1].count <= pool.thread_count());
  }

  TEST_CASE("The written form begins at nought and is in microseconds") {
    CHECK(
        base::trace_json({{"read", 0, 5'001'000, 5'003'007}, {"parse", 1, 5'000'000, 5'000'020}}) ==
        "{\"displayTimeUnit\":\"ms\",\"traceEvents\":[\n"
        "{\"ph\":\"X\",\"pid\":1,\"tid\":0,\"name\":\"read\",\"ts\":1.000,\"dur\":2.007},\n"
        "{\"ph\":\"X\",\"pid\":1,\"tid\":1,\"name\":\"parse\",\"ts\":0.000,\"dur\":0.020}\n"
        "]}\n");
    CHECK(base::trace_json({}) == "{\"displayTimeUnit\":\"ms\",\"traceEvents\":[\n]}\n");
  }
}
