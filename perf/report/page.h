#pragma once

#include <string>
#include <vector>

#include "perf/report/metrics.h"

namespace perf {

/// The builder beside another program, as perf/comparison.py measured it.
struct PeerRatio {
  std::string peer;
  /// `cold`, `unchanged`, `edit`.
  std::string scenario;
  /// The peer's time as a multiple of the builder's, medians of pairs; 0 where it was not taken.
  double wall = 0;
  double cpu = 0;

  friend bool operator==(const PeerRatio&, const PeerRatio&) = default;
};

/// From the file of `perf/comparison.py --json`. Fails with ErrorCode::corrupt on any other.
base::Result<std::vector<PeerRatio>> read_peers(const std::string& text);

/// What a page shows.
struct PageContent {
  Metrics metrics;
  /// Of other runs: with projects of other sizes among them the page shows how times grow.
  std::vector<Metrics> others;
  std::vector<PeerRatio> peers;
};

/// One HTML page that needs nothing else: plots and tables, no script and no network.
std::string render_page(const PageContent& content);

}  // namespace perf
