#include "perf/builder/calibration.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/check.h"
#include "perf/builder/phase_clock.h"

namespace perf {

void calibrate(base::Clock& clock, ByMeasure<double>& measures) {
  constexpr std::size_t k_numbers = 40'000;
  // Knuth's generator for 64 bits.
  constexpr std::uint64_t k_factor = 6'364'136'223'846'793'005U;
  constexpr std::uint64_t k_summand = 1'442'695'040'888'963'407U;
  std::vector<std::uint64_t> numbers(k_numbers);
  std::uint64_t state = 1;
  ThreadClock thread;
  const std::int64_t begin_ns = clock.now_ns();
  const std::int64_t begin_cpu_ns = thread.now_ns();
  for (std::uint64_t& number : numbers) {
    state = state * k_factor + k_summand;
    number = state >> 16U;
  }
  std::sort(numbers.begin(), numbers.end());
  const std::int64_t end_cpu_ns = thread.now_ns();
  const std::int64_t end_ns = clock.now_ns();
  // A claim about the result, so that the compiler cannot leave the work out.
  base::check(numbers.front() <= numbers.back(), "sorted numbers ascend");
  measures[Measure::calibration] = static_cast<double>(end_ns - begin_ns) / 1e6;
  measures[Measure::calibration_cpu] = static_cast<double>(end_cpu_ns - begin_cpu_ns) / 1e6;
}

}  // namespace perf
