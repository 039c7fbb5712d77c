#include "perf/builder/calibration.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/check.h"
#include "base/real_file_system.h"
#include "perf/builder/phase_clock.h"

namespace perf {
namespace {

struct Times {
  double ms = 0;
  double cpu_ms = 0;
};

Times sort_numbers(base::Clock& clock) {
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
  return {static_cast<double>(end_ns - begin_ns) / 1e6,
          static_cast<double>(end_cpu_ns - begin_cpu_ns) / 1e6};
}

/// Only what it costs: how long it takes on a disk says nothing of the machine.
double write_files(const std::string& folder) {
  constexpr int k_files = 96;
  constexpr std::size_t k_bytes = 1'500;
  const std::string content(k_bytes, 'x');
  const std::string temporary = folder + "/calibration.tmp";
  const std::string path = folder + "/calibration";
  base::RealFileSystem files;
  std::string read;
  ThreadClock thread;
  const std::int64_t begin_ns = thread.now_ns();
  for (int i = 0; i < k_files; ++i) {
    const bool is_done = files.write_file(temporary, content).has_value() &&
                         files.rename(temporary, path).has_value() &&
                         files.read(path, read, k_bytes).has_value();
    // Where it cannot be done, nothing can be built either, which is told then.
    static_cast<void>(is_done);
  }
  const double cpu_ms = static_cast<double>(thread.now_ns() - begin_ns) / 1e6;
  static_cast<void>(files.remove_file(path));
  return cpu_ms;
}

}  // namespace

void calibrate_time(base::Clock& clock, Sample& sample) {
  sample.measures[Measure::calibration] = sort_numbers(clock).ms;
}

void calibrate_cost(base::Clock& clock, const std::string& folder, Sample& sample) {
  sample.measures[Measure::calibration_cpu] = sort_numbers(clock).cpu_ms;
  sample.measures[Measure::calibration_files] = write_files(folder);
}

}  // namespace perf
