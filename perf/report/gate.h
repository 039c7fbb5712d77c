#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "perf/report/metrics.h"

namespace perf {

// Whether a program became slower, by two files of metrics that were taken at different times on a
// machine that others use as well.
//
// Each iteration is one value: the mean of its samples without the highest ones.
//
// A neighbour makes the upper part of a distribution longer; a slower program moves all of it. So
// the growth that counts is the smaller one of that of the median and that of the least value.
// Fixed pieces of work run before each sample, and say how fast the machine was. Where that changed
// beyond its own noise, a growth counts only if it is there with this correction and without it.
//
// The noise that a growth must exceed is what the values themselves show: three standard errors of
// the difference of two medians, each taken from the median distance to the median (which a few
// wild values do not move), and on top all of what the correction was: a machine that was 8 %
// slower at sorting numbers may have been 16 % slower at reading files.
//
// What a program costs on one processor is its own; how long it takes, and what its threads cost
// side by side, is also the matter of who else wants processor and disk. So phases are judged by
// their cost; and a time fails only where the cost grew as well, or where nobody else was there.
//
// What such a comparison cannot see it says.

/// What a growth means.
enum class Verdict : std::uint8_t {
  fine,
  /// More than k_warn_growth.
  warns,
  /// More than k_fail_growth, but not beyond the noise: it may have grown, or not.
  undecided,
  /// More than k_fail_growth, or another count.
  fails,
};

/// A growth that every comparison should see.
inline constexpr double k_wanted_growth = 0.20;
inline constexpr double k_warn_growth = 0.05;
inline constexpr double k_fail_growth = 0.10;

/// One value that grew.
struct Finding {
  Verdict verdict = Verdict::fine;
  std::string scenario;
  /// `wallMs`, `phase parse`, `filesRead`.
  std::string value;
  /// Medians of the iterations; of a counter the totals.
  double before = 0;
  double after = 0;
  /// As a share of `before`, after the correction.
  double growth = 0;
  double noise = 0;
  /// Of a time: the phase that grew most, if one did.
  std::string phase;
  bool is_counter = false;

  friend bool operator==(const Finding&, const Finding&) = default;
};

/// A value that may have grown by as much as k_wanted_growth without being found.
struct Blindness {
  std::string scenario;
  std::string value;
  /// What would be found, as a share of the value.
  double least_seen = 0;
  /// How many would do, as far as it is the noise of the samples.
  unsigned iterations = 0;

  friend bool operator==(const Blindness&, const Blindness&) = default;
};

struct GateReport {
  /// By scenario, in their order; only what is not fine.
  std::vector<Finding> findings;
  std::vector<Blindness> blind;
  /// What could not be compared, and why.
  std::vector<std::string> notes;

  Verdict verdict() const;
  /// Whether there is a value of that scenario that measuring again could decide.
  bool is_open(const std::string& scenario) const;
  /// Makes of what failed here, and was neither failing nor undecided in the measurement before, a
  /// warning.
  void forgive_what_was_fine(const GateReport& before);
};

/// How much slower a machine became, by the work that calibrates it: by the kind of work in which
/// it did most, and of each kind by the smaller one of the changes of median and least sample, as
/// everywhere here.
struct MachineChange {
  /// Never below 1.
  double slower = 1;
  /// As a share, to either side.
  double change = 0;
};

/// How much one series is above another.
struct Growth {
  double growth = 0;
  double noise = 0;

  bool exceeds(double limit) const { return growth > limit && growth > noise; }
  /// What would be found nearly always: as much above what fails as two standard errors.
  double least_seen() const;
};
/// Of one value for each iteration. Below three of these the noise is not known, and counts as
/// 100 %.
Growth growth_of(const std::vector<double>& before,
                 const std::vector<double>& after,
                 const MachineChange& machine);

/// Fails with ErrorCode::invalid_config where the two are not about the same project, not measured
/// with as many threads, or have no scenario in common.
base::Result<GateReport> compare_metrics(const Metrics& before, const Metrics& after);

/// Lines for people, the worst first.
std::string render_gate(const GateReport& report);

}  // namespace perf
