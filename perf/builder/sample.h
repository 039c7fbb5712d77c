#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

namespace perf {

/// What is measured of a run, as numbers that differ from run to run. docs/formats.md explains
/// each.
enum class Measure : std::uint8_t {
  wall,
  settle,
  cpu,
  cpu_user,
  cpu_system,
  cost,
  peak_memory,
  allocations,
  allocated_bytes,
  page_faults,
  calibration,
  calibration_cpu,
  calibration_files,
};

/// Their keys in JSON, in the order of Measure; the unit is part of the name.
inline constexpr std::array k_measure_names = {"wallMs",
                                               "settleMs",
                                               "cpuMs",
                                               "cpuUserMs",
                                               "cpuSystemMs",
                                               "costMs",
                                               "peakMemoryBytes",
                                               "allocations",
                                               "allocatedBytes",
                                               "pageFaults",
                                               "calibrationMs",
                                               "calibrationCpuMs",
                                               "calibrationFilesMs"};

/// What is counted in a run. The same inputs give the same counts, on every machine.
enum class Counter : std::uint8_t {
  files_scanned,
  files_read,
  files_hashed,
  files_parsed,
  files_written,
  bytes_read,
  definitions_compiled,
  cache_hits,
  cache_misses,
  cache_skips,
  cache_rehashed,
};

inline constexpr std::array k_counter_names = {"filesScanned",
                                               "filesRead",
                                               "filesHashed",
                                               "filesParsed",
                                               "filesWritten",
                                               "bytesRead",
                                               "definitionsCompiled",
                                               "cacheHits",
                                               "cacheMisses",
                                               "cacheSkips",
                                               "cacheRehashed"};

/// Values by an enum whose names stand in a list.
template <typename Key, typename Value, std::size_t Size>
class ByKey {
 public:
  Value& operator[](Key key) { return values_[static_cast<std::size_t>(key)]; }
  const Value& operator[](Key key) const { return values_[static_cast<std::size_t>(key)]; }
  auto begin() { return values_.begin(); }
  auto end() { return values_.end(); }
  auto begin() const { return values_.begin(); }
  auto end() const { return values_.end(); }
  friend bool operator==(const ByKey&, const ByKey&) = default;

 private:
  std::array<Value, Size> values_{};
};

template <typename Value>
using ByMeasure = ByKey<Measure, Value, k_measure_names.size()>;
template <typename Value>
using ByCounter = ByKey<Counter, Value, k_counter_names.size()>;

/// The phases, as docs/formats.md explains them, in the order in which they run. They are there in
/// every scenario, as 0 where they did not run.
inline constexpr std::array<std::string_view, 18> k_phase_names = {"compare",
                                                                   "restore",
                                                                   "scan",
                                                                   "schema",
                                                                   "stat",
                                                                   "read",
                                                                   "hash",
                                                                   "parse",
                                                                   "resolve",
                                                                   "parse documents",
                                                                   "compile",
                                                                   "link",
                                                                   "validate",
                                                                   "emit",
                                                                   "write",
                                                                   "settle",
                                                                   "save",
                                                                   "other"};

/// How a run is measured; a sample is made of one of each.
enum class RunKind : std::uint8_t {
  /// As users have it; nothing is recorded, so its times are those of the builder.
  timed,
  /// Spans are recorded.
  traced,
  /// Spans are recorded, and all threads share one processor.
  costed,
};

/// The spans of one name in one run.
struct PhaseSample {
  /// Of all threads together, without the spans inside of these: how long they took, and the
  /// processor time that they cost.
  double ms = 0;
  double cost_ms = 0;
  std::uint64_t spans = 0;

  friend bool operator==(const PhaseSample&, const PhaseSample&) = default;
};

/// One run: a build in a new process, or an edit in a session.
struct Sample {
  ByMeasure<double> measures;
  ByCounter<std::uint64_t> counters;
  std::map<std::string, PhaseSample> phases;

  friend bool operator==(const Sample&, const Sample&) = default;
};

/// One sample of three runs: times, memory and counts of the first, phases of the second, and what
/// it all costs of the third.
Sample combined(Sample timed, Sample traced, const Sample& costed);

/// How the outputs of a scenario compare with those of a build from nothing.
struct OutputCheck {
  std::uint64_t outputs = 0;
  /// Of these, how many are equal byte for byte. Less than `outputs` where one is missing or more.
  std::uint64_t equal = 0;
  /// Modules whose bytes an edit left as they were, and how many of them were not written.
  std::uint64_t unchanged_modules = 0;
  std::uint64_t untouched_modules = 0;

  bool is_right() const {
    return outputs > 0 && equal == outputs && untouched_modules == unchanged_modules;
  }
  friend bool operator==(const OutputCheck&, const OutputCheck&) = default;
};

}  // namespace perf
