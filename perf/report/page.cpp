#include "perf/report/page.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "perf/report/statistics.h"
#include "perf/report/svg.h"
#include "perf/report/table.h"

namespace perf {
namespace {

std::string section(const std::string& title, const std::string& about, const std::string& body) {
  return body.empty() ? ""
                      : "<section><h2>" + html_text(title) + "</h2>\n<p>" + html_text(about) +
                            "</p>\n" + body + "</section>\n";
}

double median_of_samples(const std::vector<double>& samples) {
  return statistics_of(samples).p50;
}

std::string cells(const std::vector<std::string>& texts, const char* tag) {
  std::string row = "<tr>";
  for (const std::string& text : texts) {
    row += std::string("<") + tag + ">" + html_text(text) + "</" + tag + ">";
  }
  return row + "</tr>\n";
}

std::string times_table(const Metrics& metrics) {
  std::string rows;
  for (const ScenarioMetrics& scenario : metrics.scenarios) {
    const Statistics wall = statistics_of(scenario.measures[Measure::wall]);
    const std::vector<double>& settle = scenario.measures[Measure::settle];
    rows += cells({scenario.name,
                   std::to_string(scenario.sample_count()),
                   shown_ms(wall.min),
                   shown_ms(wall.p50),
                   shown_ms(wall.p95),
                   shown_ms(wall.p99),
                   shown_ms(wall.max),
                   shown_ms(wall.mean),
                   settle.empty() ? "" : shown_ms(median_of_samples(settle)),
                   shown_ms(median_of_samples(scenario.measures[Measure::cpu])),
                   shown_ms(statistics_of(scenario.measures[Measure::cpu_user]).mean),
                   shown_ms(statistics_of(scenario.measures[Measure::cpu_system]).mean),
                   shown_ms(median_of_samples(scenario.measures[Measure::cost]))},
                  "td");
  }
  return "<table>" +
         cells({"ms",
                "samples",
                "min",
                "p50",
                "p95",
                "p99",
                "max",
                "mean",
                "settle",
                "CPU",
                "user",
                "system",
                "CPU on one"},
               "th") +
         rows + "</table>\n";
}

std::string resources_table(const Metrics& metrics) {
  std::string rows;
  for (const ScenarioMetrics& scenario : metrics.scenarios) {
    const auto measure = [&](Measure key) { return median_of_samples(scenario.measures[key]); };
    rows += cells({scenario.name,
                   fixed(measure(Measure::peak_memory) / 1e6, 1),
                   with_commas(measure(Measure::allocations)),
                   fixed(measure(Measure::allocated_bytes) / 1e6, 2),
                   with_commas(measure(Measure::page_faults)),
                   scenario.others_share ? fixed(100 * *scenario.others_share, 0) + " %" : ""},
                  "td");
  }
  return "<table>" +
         cells({"medians",
                "peak MB",
                "allocations",
                "MB allocated",
                "page faults",
                "machine used by others"},
               "th") +
         rows + "</table>\n";
}

std::string counts_table(const Metrics& metrics) {
  std::string rows;
  for (const ScenarioMetrics& scenario : metrics.scenarios) {
    const auto count = [&](Counter counter) {
      return with_commas(static_cast<double>(scenario.counters[counter].median));
    };
    rows += cells(
        {scenario.name,
         count(Counter::files_read),
         count(Counter::files_hashed),
         count(Counter::files_parsed),
         count(Counter::files_written),
         count(Counter::definitions_compiled),
         count(Counter::cache_hits),
         count(Counter::cache_misses),
         count(Counter::cache_skips),
         std::to_string(scenario.check.equal) + " of " + std::to_string(scenario.check.outputs)},
        "td");
  }
  return "<table>" +
         cells({"medians",
                "read",
                "hashed",
                "parsed",
                "written",
                "compiled",
                "hits",
                "misses",
                "skips",
                "outputs equal"},
               "th") +
         rows + "</table>\n";
}

std::string phase_plot(const Metrics& metrics) {
  std::vector<StackedRow> rows;
  for (const ScenarioMetrics& scenario : metrics.scenarios) {
    StackedRow& row = rows.emplace_back();
    row.label = scenario.name;
    for (const auto& [name, phase] : scenario.phases) {
      row.parts.push_back({name, median_of_samples(phase.cost_ms)});
    }
    std::stable_sort(row.parts.begin(), row.parts.end(), [](const auto& left, const auto& right) {
      return left.value > right.value;
    });
  }
  return rows.empty() ? "" : stacked_bars(rows, "ms");
}

std::string samples_plot(const Metrics& metrics) {
  std::vector<SpreadRow> rows;
  rows.reserve(metrics.scenarios.size());
  for (const ScenarioMetrics& scenario : metrics.scenarios) {
    const std::vector<double>& wall = scenario.measures[Measure::wall];
    const double middle = median_of_samples(wall);
    rows.push_back({scenario.name, wall, middle, "p50 " + shown_ms(middle) + " ms"});
  }
  return rows.empty() ? "" : spread_plot(rows);
}

std::string floor_plot(const Metrics& metrics) {
  std::vector<PlotPart> rows;
  for (const ScenarioMetrics& scenario : metrics.scenarios) {
    for (const FloorSeries& floor : scenario.floors) {
      if (!floor.wall_ratios.empty()) {
        rows.push_back({scenario.name + ", CPU", median_of_samples(floor.cpu_ratios)});
        rows.push_back({scenario.name + ", wall", median_of_samples(floor.wall_ratios)});
      }
    }
  }
  return rows.empty() ? "" : value_bars(rows, "x", 1);
}

std::string peer_plot(const std::vector<PeerRatio>& peers) {
  std::vector<PlotPart> rows;
  rows.reserve(peers.size());
  for (const PeerRatio& peer : peers) {
    const bool has_cpu = peer.cpu > 0;
    rows.push_back({peer.peer + " " + peer.scenario + (has_cpu ? ", CPU" : ", wall"),
                    has_cpu ? peer.cpu : peer.wall});
  }
  return rows.empty() ? "" : value_bars(rows, "x", 1);
}

std::string size_plot(const Metrics& metrics, const std::vector<Metrics>& others) {
  std::vector<const Metrics*> runs = {&metrics};
  runs.reserve(others.size() + 1);
  for (const Metrics& other : others) {
    runs.push_back(&other);
  }
  std::stable_sort(runs.begin(), runs.end(), [](const Metrics* left, const Metrics* right) {
    return left->files < right->files;
  });
  if (runs.front()->files == runs.back()->files) {
    return {};
  }
  std::vector<PlotLine> lines;
  std::string rows;
  for (const ScenarioMetrics& scenario : metrics.scenarios) {
    PlotLine line{scenario.name, {}};
    for (const Metrics* run : runs) {
      const ScenarioMetrics* same = find_scenario(*run, scenario.name);
      const double ms = same == nullptr ? 0 : median_of_samples(same->measures[Measure::wall]);
      if (ms > 0 && run->files > 0) {
        line.points.emplace_back(static_cast<double>(run->files), ms);
      }
    }
    if (line.points.size() < 2) {
      continue;
    }
    const auto& [few, least] = line.points.front();
    const auto& [many, most] = line.points.back();
    const double exponent = few < many ? std::log(most / least) / std::log(many / few) : 0;
    rows += cells({scenario.name,
                   with_commas(few) + " to " + with_commas(many),
                   shown_ms(least) + " to " + shown_ms(most),
                   fixed(most / least, 2) + " x",
                   fixed(exponent, 2)},
                  "td");
    lines.push_back(std::move(line));
  }
  return rows.empty()
             ? ""
             : scaling_plot(lines, "files", "ms") + "<table>" +
                   cells({"wall", "files", "ms", "growth", "exponent"}, "th") + rows + "</table>\n";
}

}  // namespace

std::string render_page(const PageContent& content) {
  const Metrics& metrics = content.metrics;
  std::string head = render_head(metrics);
  head.pop_back();
  std::string page =
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n"
      // Browsers ask for an icon otherwise.
      "<link rel=\"icon\" href=\"data:,\">\n<title>perf-builder: " +
      html_text(metrics.fixture) + "</title>\n<style>\n" + std::string(plot_styles()) +
      "body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;"
      "color:var(--text);background:var(--page)}\nh1{font-size:1.5rem;margin-bottom:0}\n"
      "h2{font-size:1.15rem;margin:2.2rem 0 0}\np{color:var(--faint);margin:.2rem 0 .8rem}\n"
      "table{border-collapse:collapse;font-size:.85rem;display:block;overflow-x:auto}\n"
      "th,td{padding:.25rem .6rem;text-align:right;font-variant-numeric:tabular-nums;"
      "white-space:nowrap}\nth:first-child,td:first-child{text-align:left}\n"
      "th{font-weight:600;border-bottom:1px solid var(--line)}\n"
      "tr:nth-child(odd) td{background:var(--stripe)}\n"
      // Pictures that nobody could read are moved aside instead.
      "section{overflow-x:auto}\nsvg{min-width:36rem}\n"
      "@media(max-width:62rem){table{font-size:.75rem}th,td{padding:.25rem "
      ".35rem}}\n</style>\n</head>\n<body>\n<h1>" +
      html_text(metrics.fixture) + "</h1>\n<p>" + html_text(head) + "; " +
      html_text(metrics.timestamp) + "; program " + html_text(metrics.build_id) + "</p>\n";
  page += section("Times",
                  "Milliseconds. What users wait for; settling, after which all outputs are on "
                  "disk; processor time, as the kernel divides it, and with all threads on one "
                  "processor, which neighbours change least.",
                  times_table(metrics));
  page += section("Phases",
                  "What the processor time of a sample is made of, by medians, all threads "
                  "on one processor.",
                  phase_plot(metrics));
  page += section("Spread",
                  "Each sample's wall time beside its scenario's median. Wide rows say that the "
                  "machine was busy: do not compare their medians with others.",
                  samples_plot(metrics));
  page += section("Beside floors",
                  "The builder's time as a multiple of a program that does only what must be done.",
                  floor_plot(metrics));
  page += section("Beside other programs",
                  "Their time as a multiple of the builder's, on the same documents "
                  "(perf/comparison.py).",
                  peer_plot(content.peers));
  page += section("Growth",
                  "Medians of wall times by the number of files. An exponent of 1 is growth in "
                  "proportion, 0 is none.",
                  size_plot(metrics, content.others));
  page += section("Resources", "Medians of the samples.", resources_table(metrics));
  page += section("Counts",
                  "Files, definitions and what the cache said of files; outputs that are equal to "
                  "those of a clean build.",
                  counts_table(metrics));
  return page + "</body>\n</html>\n";
}

}  // namespace perf
