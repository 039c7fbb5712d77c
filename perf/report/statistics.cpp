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

std::vector<double> means_of_groups(const std::vector<double>& values, std::size_t groups) {
  constexpr double k_kept_share = 0.8;
  groups = std::min(groups, values.size());
  std::vector<double> means;
  for (std::size_t i = 0; i < groups; ++i) {
    std::vector<double> group(
        values.begin() + static_cast<std::ptrdiff_t>(i * values.size() / groups),
        values.begin() + static_cast<std::ptrdiff_t>((i + 1) * values.size() / groups));
    std::sort(group.begin(), group.end());
    group.resize(
        static_cast<std::size_t>(std::ceil(k_kept_share * static_cast<double>(group.size()))));
    means.push_back(std::accumulate(group.begin(), group.end(), 0.0) /
                    static_cast<double>(group.size()));
  }
  return means;
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
