#include "perf/builder/slowed_clock.h"

#include <map>
#include <string>

#include <doctest/doctest.h>

#include "base/trace.h"

namespace {

/// Each look at it takes 100 ns; the builder's own work takes what the test says.
class SteppingClock final : public base::Clock {
 public:
  std::int64_t now_ns() override { return now_ns_ += 100; }
  void work(std::int64_t duration_ns) { now_ns_ += duration_ns; }

 private:
  std::int64_t now_ns_ = 0;
};

std::map<std::string, std::int64_t> own_times(double percent) {
  SteppingClock machine;
  perf::SlowedClock clock(machine, {"parse", percent});
  base::TraceRecording recording(clock);
  {
    const base::Traced read("read");
    machine.work(50'000);
    for (int i = 0; i < 2; ++i) {
      const base::Traced parse("parse");
      machine.work(100'000);
      const base::Traced hash("hash");
      machine.work(30'000);
    }
  }
  std::map<std::string, std::int64_t> times;
  for (const base::TraceTotal& total : base::totals_of(recording.take())) {
    times[total.name] = total.self_ns;
  }
  return times;
}

}  // namespace

TEST_SUITE("perf/slowed_clock") {
  TEST_CASE("the spans of one name take longer by their share, and no others") {
    const auto usual = own_times(0);
    const auto slowed = own_times(20);

    CHECK(slowed.at("read") == usual.at("read"));
    CHECK(slowed.at("hash") == usual.at("hash"));
    const double growth =
        static_cast<double>(slowed.at("parse")) / static_cast<double>(usual.at("parse"));
    CHECK(growth == doctest::Approx(1.2).epsilon(0.005));
  }
}
