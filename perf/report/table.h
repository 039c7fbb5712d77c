#pragma once

#include <string>

#include "perf/report/metrics.h"

namespace perf {

/// What a table is drawn with.
struct TableStyle {
  /// Bars of block characters; else of `#`, for logs.
  bool is_terminal = false;
};

/// One line about the project and how it was measured.
std::string render_head(const Metrics& metrics);

/// One scenario as a block of lines: times, resources, counters, a bar for each phase, floors and
/// whether the outputs are right.
std::string render_scenario(const ScenarioMetrics& scenario, const TableStyle& style);

/// 1234567.8 as `1,234,568`.
std::string with_commas(double number);

/// With as many digits as help: 0.123, 12.34, 123.4.
std::string shown_ms(double ms);

/// With `decimals` digits behind the point.
std::string fixed(double number, int decimals);

}  // namespace perf
