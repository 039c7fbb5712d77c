#include "perf/builder/resources.h"

#include <cstdlib>
#include <fstream>
#include <string>

#include <sys/resource.h>

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
