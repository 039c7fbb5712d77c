#include "perf/builder/phase_clock.h"

#include <map>
#include <string>

#include <doctest/doctest.h>

#include "base/trace.h"

namespace {

/// Each look at it takes 10 ns; the builder's own work takes what the test says.
class SteppingClock final : public base::Clock {
 public:
  std::int64_t now_ns() override { return now_ns_ += 10; }
  void work(std::int64_t duration_ns) { now_ns_ += duration_ns; }

 private:
  std::int64_t now_ns_ = 0;
};

std::map<std::string, std::int64_t> costs_with(double percent) {
  SteppingClock wall;
  SteppingClock thread;
  perf::PhaseClock clock(wall, thread, {"parse", percent});
  const base::TraceRecording recording(clock);
  {
    const base::Traced read("read");
    thread.work(50'000);
    for (int i = 0; i < 2; ++i) {
      const base::Traced parse("parse");
      thread.work(100'000);
      const base::Traced hash("hash");
      thread.work(30'000);
    }
  }
  return clock.take_cost_ns();
}

}  // namespace

TEST_SUITE("perf/phase_clock") {
  TEST_CASE("what a span costs is the thread's time without the spans inside of it") {
    const auto costs = costs_with(0);

    CHECK(costs.size() == 3);
    CHECK(static_cast<double>(costs.at("read")) == doctest::Approx(50'000).epsilon(0.01));
    CHECK(static_cast<double>(costs.at("parse")) == doctest::Approx(200'000).epsilon(0.01));
    CHECK(static_cast<double>(costs.at("hash")) == doctest::Approx(60'000).epsilon(0.01));
  }

  TEST_CASE("the spans of one name cost more by their share, and no others") {
    const auto usual = costs_with(0);
    const auto slowed = costs_with(20);

    CHECK(slowed.at("read") == usual.at("read"));
    CHECK(slowed.at("hash") == usual.at("hash"));
    const double growth =
        static_cast<double>(slowed.at("parse")) / static_cast<double>(usual.at("parse"));
    CHECK(growth == doctest::Approx(1.2).epsilon(0.005));
  }

  TEST_CASE("what was taken is forgotten") {
    SteppingClock wall;
    SteppingClock thread;
    perf::PhaseClock clock(wall, thread, {});
    const base::TraceRecording recording(clock);
    { const base::Traced span("emit"); }

    CHECK(clock.take_cost_ns().size() == 1);
    CHECK(clock.take_cost_ns().empty());
  }
}
