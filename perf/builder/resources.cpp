#include "perf/builder/resources.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string>

#include <sys/resource.h>
#include <unistd.h>

namespace perf {
namespace {

double milliseconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
}

ResourceUse resources_of(int who) {
  rusage usage{};
  ::getrusage(who, &usage);
  return {milliseconds_of(usage.ru_utime),
          milliseconds_of(usage.ru_stime),
          static_cast<std::uint64_t>(usage.ru_minflt + usage.ru_majflt),
          {}};
}

}  // namespace

ResourceUse ResourceUse::operator-(const ResourceUse& before) const {
  return {
      user_ms - before.user_ms,
      system_ms - before.system_ms,
      page_faults - before.page_faults,
      {allocations.count - before.allocations.count, allocations.bytes - before.allocations.bytes}};
}

ResourceUse resources_of_this_process(AllocationCounter counter) {
  ResourceUse use = resources_of(RUSAGE_SELF);
  use.allocations = counter();
  return use;
}

ResourceUse resources_of_children() {
  return resources_of(RUSAGE_CHILDREN);
}

ProcessorUse processor_use() {
  ProcessorUse use;
  for (const int who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    const ResourceUse own = resources_of(who);
    use.own_ms += own.user_ms + own.system_ms;
  }
  // "cpu", then user, nice, system, idle, iowait, irq, softirq, steal: proc(5), /proc/stat.
  constexpr std::size_t k_columns = 8;
  constexpr std::size_t k_idle = 3;
  constexpr std::size_t k_waiting = 4;
  const double tick_ms = 1e3 / static_cast<double>(::sysconf(_SC_CLK_TCK));
  std::ifstream stat("/proc/stat");
  std::string name;
  stat >> name;
  for (std::size_t i = 0; i < k_columns; ++i) {
    double ticks = 0;
    stat >> ticks;
    use.all_ms += ticks * tick_ms;
    use.busy_ms += i == k_idle || i == k_waiting ? 0 : ticks * tick_ms;
  }
  return use;
}

std::optional<double> share_of_others(const ProcessorUse& before, const ProcessorUse& after) {
  const double all_ms = after.all_ms - before.all_ms;
  if (all_ms <= 0) {
    return std::nullopt;
  }
  const double others_ms = after.busy_ms - before.busy_ms - (after.own_ms - before.own_ms);
  return std::clamp(others_ms / all_ms, 0.0, 1.0);
}

std::uint64_t peak_memory_bytes() {
  constexpr std::string_view k_name = "VmHWM:";
  constexpr std::uint64_t k_unit_bytes = 1024;
  std::ifstream status("/proc/self/status");
  std::string line;
  while (std::getline(status, line)) {
    if (line.starts_with(k_name)) {
      return std::strtoull(line.c_str() + k_name.size(), nullptr, 10) * k_unit_bytes;
    }
  }
  return 0;
}

void reset_peak_memory() {
  // "5": proc(5), clear_refs.
  std::ofstream("/proc/self/clear_refs") << "5";
}

}  // namespace perf
