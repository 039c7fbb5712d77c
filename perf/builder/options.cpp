#include "perf/builder/options.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include <CLI/CLI.hpp>

#include "perf/builder/sample.h"

namespace perf {
namespace {

using base::ErrorCode;

constexpr unsigned k_max_iterations = 100'000;
constexpr unsigned k_max_threads = 1024;
constexpr unsigned k_max_min_time_ms = 60'000;

/// The texts of options that are more than a text.
struct RawOptions {
  std::string fixture;
  std::string scenarios;
  std::string slow_phase;
  bool has_no_floor = false;
};

void declare(CLI::App& app, Options& options, RawOptions& raw) {
  app.add_option("--fixture",
                 raw.fixture,
                 "small-app, medium-app, large-app, tagged-app, a folder, or "
                 "generated:files=10000,graphql=0.15,seed=1.")
      ->type_name("PROJECT");
  app.add_option("--iterations", options.iterations, "How often to measure; the default is 5.")
      ->type_name("N")
      ->check(CLI::Range(1U, k_max_iterations));
  app.add_option("--scenario", raw.scenarios, "Which scenarios, by commas; the default is all.")
      ->type_name("NAMES");
  app.add_option("--warmup", options.warmup, "Iterations that do not count; the default is 1.")
      ->type_name("N")
      ->check(CLI::Range(0U, k_max_iterations));
  app.add_option("--min-time",
                 options.min_time_ms,
                 "Repeat within an iteration up to this processor time; the default is 100.")
      ->type_name("MS")
      ->check(CLI::Range(0U, k_max_min_time_ms));
  app.add_option("--threads", options.threads, "How many threads; the default is one per core.")
      ->type_name("N")
      ->check(CLI::Range(1U, k_max_threads));
  app.add_option("--compare", options.compare, "Fail where it became slower than these metrics.")
      ->type_name("FILE");
  app.add_flag("--json", options.prints_json, "Print the metrics as JSON, and nothing else.");
  app.add_option("--html", options.html, "Write a page with plots.")->type_name("FILE");
  app.add_option(
         "--with", options.with, "Other metrics, or comparisons, for that page; repeatable.")
      ->type_name("FILE")
      ->allow_extra_args(false);
  app.add_flag("--no-floor", raw.has_no_floor, "Leave the floors out.");
  app.add_option("--cache-dir", options.cache_dir, "For results and generated projects.")
      ->type_name("DIR");
  app.add_option("--work-dir", options.work_dir, "Where the project is copied to and built.")
      ->type_name("DIR");
  // For tests and the guide alone: it makes a wrong figure on purpose.
  app.add_option("--slow-phase", raw.slow_phase, "Make a phase slower: parse=20 for 20 %.")
      ->type_name("NAME=PERCENT")
      ->group("");
}

base::Result<SlowPhase> parse_slow_phase(const std::string& text) {
  const std::size_t equals = text.find('=');
  SlowPhase phase;
  if (equals != std::string::npos && equals > 0) {
    phase.name = text.substr(0, equals);
    const char* end = text.data() + text.size();
    const auto [at, error] = std::from_chars(text.data() + equals + 1, end, phase.percent);
    if (std::find(k_phase_names.begin(), k_phase_names.end(), phase.name) == k_phase_names.end()) {
      return base::fail(ErrorCode::invalid_config, "there is no phase \"" + phase.name + "\"");
    }
    if (error == std::errc() && at == end && phase.percent >= 0) {
      return phase;
    }
  }
  return base::fail(ErrorCode::invalid_config,
                    "--slow-phase takes a phase and percents, parse=20, and not \"" + text + "\"");
}

base::Status complete(Options& options, const RawOptions& raw) {
  if (!raw.fixture.empty()) {
    TRY_ASSIGN(options.fixture, parse_fixture(raw.fixture));
  } else if (options.html.empty() || options.with.empty()) {
    return base::fail(ErrorCode::invalid_config,
                      "what is to be measured? perf-builder --fixture large-app");
  } else if (options.prints_json || !options.compare.empty()) {
    return base::fail(ErrorCode::invalid_config,
                      "--json and --compare are for what is measured: name a --fixture");
  }
  if (raw.scenarios.empty()) {
    options.scenarios.assign(all_scenarios().begin(), all_scenarios().end());
  } else {
    TRY_ASSIGN(options.scenarios, parse_scenarios(raw.scenarios));
  }
  if (!raw.slow_phase.empty()) {
    TRY_ASSIGN(options.slow_phase, parse_slow_phase(raw.slow_phase));
  }
  if (options.html.empty() && !options.with.empty()) {
    return base::fail(ErrorCode::invalid_config, "--with is for the page of --html");
  }
  options.floors = raw.has_no_floor ? FloorUse::never : FloorUse::if_possible;
  return {};
}

}  // namespace

base::Result<std::variant<Options, ShowText>> parse_options(
    const std::vector<std::string>& arguments) {
  Options options;
  RawOptions raw;
  CLI::App app("Measures builds of a project, and whether they became slower.", "perf-builder");
  app.set_help_flag("-h,--help", "Show this text.");
  app.get_formatter()->column_width(28);
  std::string footer = "Scenarios:\n";
  for (const Scenario& scenario : all_scenarios()) {
    std::string name(scenario.name);
    name.resize(26, ' ');
    footer += "  " + name + std::string(scenario.title) + "\n";
  }
  app.footer(footer);
  try {
    declare(app, options, raw);
    // CLI11 takes them from the back.
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::CallForHelp&) {
    return ShowText{app.help()};
  } catch (const CLI::ParseError& error) {
    return base::fail(ErrorCode::invalid_config, error.what());
  }
  TRY(complete(options, raw));
  return options;
}

}  // namespace perf
