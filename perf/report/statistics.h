#pragma once

#include <cstddef>
#include <vector>

namespace perf {

/// What some measured values come to.
struct Statistics {
  double min = 0;
  double p50 = 0;
  double p95 = 0;
  double p99 = 0;
  double max = 0;
  double mean = 0;
  /// Median of the distances to the median: what one value is off by, whatever a few wild ones do.
  double mad = 0;

  friend bool operator==(const Statistics&, const Statistics&) = default;
};

/// The value below which a share of the values lies: between two of them in proportion, so that
/// 0 is the least, 0.5 the median as everybody knows it, and 1 the most. `sorted` may not be empty.
double percentile(const std::vector<double>& sorted, double share);

/// Cuts `values` into as many groups of neighbours, as equal as can be, and takes of each the mean
/// of its least four fifths: what waited, or was disturbed, is among the others. As they are where
/// there are no more than `groups`.
std::vector<double> means_of_groups(const std::vector<double>& values, std::size_t groups);

/// All 0 for no values.
Statistics statistics_of(std::vector<double> values);

}  // namespace perf
