#include "perf/report/statistics.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

namespace perf {

double percentile(const std::vector<double>& sorted, double share) {
  const double rank = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(rank);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  const double part = rank - static_cast<double>(below);
  return sorted[below] + (sorted[above] - sorted[below]) * part;
}

Statistics statistics_of(std::vector<double> values) {
  if (values.empty()) {
    return {};
  }
  std::sort(values.begin(), values.end());
  Statistics statistics;
  statistics.min = values.front();
  statistics.p50 = percentile(values, 0.5);
  statistics.p95 = percentile(values, 0.95);
  statistics.p99 = percentile(values, 0.99);
  statistics.max = values.back();
  statistics.mean =
      std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
  for (double& value : values) {
    value = std::abs(value - statistics.p50);
  }
  std::sort(values.begin(), values.end());
  statistics.mad = percentile(values, 0.5);
  return statistics;
}

}  // namespace perf
