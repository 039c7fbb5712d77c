#include "perf/builder/command.h"

#include <array>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>
#include <variant>

#include "base/source_path.h"
#include "perf/report/gate.h"
#include "perf/report/page.h"
#include "session/build_id.h"

namespace perf {
namespace {

constexpr int k_exit_fine = 0;
constexpr int k_exit_slower = 1;
constexpr int k_exit_usage = 2;
constexpr int k_exit_io = 3;

/// How often a scenario that seems slower is measured again.
constexpr unsigned k_repeats = 2;
constexpr std::uint64_t k_metrics_limit_bytes = std::uint64_t{1} << 28;

void print(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

int fail_with(const base::Error& error) {
  std::fprintf(stderr, "perf-builder: %s\n", error.message.c_str());
  switch (error.code) {
    case base::ErrorCode::invalid_config:
      return k_exit_usage;
    case base::ErrorCode::corrupt:
      return k_exit_slower;
    default:
      return k_exit_io;
  }
}

/// `format` as strftime(3) has it, in UTC.
std::string time_text(std::int64_t wall_ns, const char* format) {
  const std::time_t seconds = wall_ns / 1'000'000'000;
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  std::array<char, 64> buffer{};
  const std::size_t size = std::strftime(buffer.data(), buffer.size(), format, &parts);
  return {buffer.data(), size};
}

class Command {
 public:
  Command(const Options& options, const Surroundings& surroundings, const TableStyle& style)
      : options_(options),
        surroundings_(surroundings),
        style_(style),
        runner_(options, surroundings) {}

  base::Result<int> run() {
    if (!options_.compare.empty()) {
      TRY_ASSIGN(baseline_, read_file(options_.compare));
    }
    TRY(read_others());
    if (!options_.fixture) {
      return make_page();
    }
    const std::int64_t now_ns = surroundings_.files.disk_time({}).wall_ns;
    TRY_ASSIGN(metrics_, runner_.prepare());
    metrics_.timestamp = time_text(now_ns, "%Y-%m-%dT%H:%M:%SZ");
    metrics_.build_id = session::build_id();
    tell(render_head(metrics_));
    for (const Scenario& scenario : options_.scenarios) {
      TRY(measure(scenario));
    }
    TRY(compare());
    const std::string text = metrics_json(metrics_);
    TRY_ASSIGN(const std::string folder, make_folder(time_text(now_ns, "%Y%m%dT%H%M%SZ")));
    TRY(surroundings_.files.write_atomically(folder + "/metrics.json", text));
    if (!options_.html.empty()) {
      page_.metrics = metrics_;
      TRY(write_page());
    }
    if (options_.prints_json) {
      print(text);
    }
    tell("\n" + folder + "/metrics.json\n");
    return report_.verdict() == Verdict::fails ? k_exit_slower : k_exit_fine;
  }

 private:
  /// What people read, unless a program does.
  void tell(std::string_view text) const {
    if (!options_.prints_json) {
      print(text);
    }
  }

  /// Of this run alone: others may have begun in the same second.
  base::Result<std::string> make_folder(const std::string& time) const {
    const std::string cache = base::join_path(surroundings_.working_dir, options_.cache_dir) + "/";
    for (unsigned number = 1;; ++number) {
      const std::string parent = cache + time + (number > 1 ? "-" + std::to_string(number) : "");
      TRY(surroundings_.files.create_directories(parent));
      std::string folder = parent + "/" + metrics_.fixture;
      std::error_code error;
      if (std::filesystem::create_directory(folder, error)) {
        return folder;
      }
      if (error) {
        return base::fail(base::ErrorCode::io, "cannot make " + folder + ": " + error.message());
      }
    }
  }

  base::Result<std::string> read_text(const std::string& path) const {
    std::string text;
    TRY(surroundings_.files.read(
        base::join_path(surroundings_.working_dir, path), text, k_metrics_limit_bytes));
    return text;
  }

  base::Result<Metrics> read_file(const std::string& path) const {
    TRY_ASSIGN(const std::string text, read_text(path));
    base::Result<Metrics> metrics = read_metrics(text);
    if (!metrics) {
      return base::fail(base::ErrorCode::io, path + ": " + metrics.error().message);
    }
    return metrics;
  }

  base::Status read_others() {
    for (const std::string& path : options_.with) {
      TRY_ASSIGN(const std::string text, read_text(path));
      if (base::Result<std::vector<PeerRatio>> peers = read_peers(text)) {
        page_.peers.insert(page_.peers.end(), peers->begin(), peers->end());
        continue;
      }
      TRY_ASSIGN(Metrics other, read_file(path));
      page_.others.push_back(std::move(other));
    }
    return {};
  }

  base::Result<int> make_page() {
    if (page_.others.empty()) {
      return base::fail(base::ErrorCode::invalid_config, "--with names no file of metrics");
    }
    page_.metrics = std::move(page_.others.front());
    page_.others.erase(page_.others.begin());
    TRY(write_page());
    return k_exit_fine;
  }

  base::Status write_page() {
    TRY(surroundings_.files.write_atomically(
        base::join_path(surroundings_.working_dir, options_.html), render_page(page_)));
    return {};
  }

  base::Status measure(const Scenario& scenario) {
    // As often as in the baseline, or means would be of other edits.
    const ScenarioMetrics* before =
        baseline_ ? find_scenario(*baseline_, std::string(scenario.name)) : nullptr;
    base::Result<ScenarioMetrics> measured =
        runner_.measure(scenario, before == nullptr ? 0 : before->repetitions);
    if (!measured && measured.error().code == base::ErrorCode::not_found) {
      // A project without fragments has no fan-out; the rest is still worth knowing.
      std::fprintf(stderr, "perf-builder: %s\n", measured.error().message.c_str());
      return {};
    }
    if (!measured) {
      return tl::unexpected(measured.error());
    }
    tell(render_scenario(*measured, style_));
    metrics_.scenarios.push_back(*std::move(measured));
    return {};
  }

  /// What is slower is measured again: a neighbour is gone by then, or was there only now.
  base::Status compare() {
    if (!baseline_) {
      return {};
    }
    TRY_ASSIGN(report_, compare_metrics(*baseline_, metrics_));
    for (unsigned i = 0; i < k_repeats && report_.verdict() >= Verdict::undecided; ++i) {
      for (ScenarioMetrics& measured : metrics_.scenarios) {
        if (report_.is_open(measured.name)) {
          tell("\n" + measured.name + " seems slower, and is measured again\n");
          TRY_ASSIGN(measured,
                     runner_.measure(*find_scenario(measured.name), measured.repetitions));
          tell(render_scenario(measured, style_));
        }
      }
      TRY_ASSIGN(GateReport next, compare_metrics(*baseline_, metrics_));
      next.forgive_what_was_fine(report_);
      report_ = std::move(next);
    }
    const std::string text = "\ncompared with " + options_.compare + "\n" + render_gate(report_);
    // With --json the standard output is the metrics' alone.
    std::fputs(text.c_str(), options_.prints_json ? stderr : stdout);
    return {};
  }

  const Options& options_;
  const Surroundings& surroundings_;
  TableStyle style_;
  Runner runner_;
  Metrics metrics_;
  std::optional<Metrics> baseline_;
  PageContent page_;
  GateReport report_;
};

}  // namespace

int run_command(const std::vector<std::string>& arguments,
                const Surroundings& surroundings,
                const TableStyle& style) {
  const auto parsed = parse_options(arguments);
  if (!parsed) {
    return fail_with(parsed.error());
  }
  if (const auto* text = std::get_if<ShowText>(&*parsed)) {
    print(text->text);
    return k_exit_fine;
  }
  Command command(std::get<Options>(*parsed), surroundings, style);
  const base::Result<int> code = command.run();
  return code ? *code : fail_with(code.error());
}

}  // namespace perf
