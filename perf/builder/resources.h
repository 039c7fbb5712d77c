#pragma once

#include <cstdint>
#include <optional>

#include "perf/builder/allocations.h"

namespace perf {

/// What the kernel, and operator new, say that a process used since it began.
struct ResourceUse {
  double user_ms = 0;
  double system_ms = 0;
  /// Minor and major ones.
  std::uint64_t page_faults = 0;
  AllocationCounts allocations;

  ResourceUse operator-(const ResourceUse& before) const;
};

ResourceUse resources_of_this_process(AllocationCounter counter);

/// Of all children that ended and were waited for; no allocations.
ResourceUse resources_of_children();

/// Processor time since some moment.
struct ProcessorUse {
  /// Of this process and of its children that ended.
  double own_ms = 0;
  /// Of all processors together, by whomever, the hypervisor included; 0 where the kernel does not
  /// tell.
  double busy_ms = 0;
  double all_ms = 0;
};

ProcessorUse processor_use();

/// The part of the time of all processors that others used from `before` to `after`; nothing where
/// that is not known. Only to a few percent: kernels count in steps of some milliseconds.
std::optional<double> share_of_others(const ProcessorUse& before, const ProcessorUse& after);

/// The most memory that was resident at one moment, since the process began or since
/// reset_peak_memory(). From /proc, as getrusage(2) tells a new process of its parent's memory.
std::uint64_t peak_memory_bytes();

/// From here on the peak is counted anew. Where the kernel does not allow it, nothing happens.
void reset_peak_memory();

}  // namespace perf
