#include "perf/builder/command.h"

#include <array>
#include <cstdio>
#include <ctime>
#include <string_view>
#include <utility>
#include <variant>

#include "base/source_path.h"
#include "session/build_id.h"

namespace perf {
namespace {

constexpr int k_exit_fine = 0;
constexpr int k_exit_slower = 1;
constexpr int k_exit_usage = 2;
constexpr int k_exit_io = 3;

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
    const std::int64_t now_ns = surroundings_.files.disk_time({}).wall_ns;
    TRY_ASSIGN(metrics_, runner_.prepare());
    metrics_.timestamp = time_text(now_ns, "%Y-%m-%dT%H:%M:%SZ");
    metrics_.build_id = session::build_id();
    tell(render_head(metrics_));
    for (const Scenario& scenario : options_.scenarios) {
      TRY(measure(scenario));
    }
    const std::string text = metrics_json(metrics_);
    const std::string folder = base::join_path(surroundings_.working_dir, options_.cache_dir) +
                               "/" + time_text(now_ns, "%Y%m%dT%H%M%SZ") + "/" + metrics_.fixture;
    TRY(surroundings_.files.create_directories(folder));
    TRY(surroundings_.files.write_atomically(folder + "/metrics.json", text));
    if (options_.prints_json) {
      print(text);
    }
    tell("\n" + folder + "/metrics.json\n");
    return k_exit_fine;
  }

 private:
  /// What people read, unless a program does.
  void tell(std::string_view text) const {
    if (!options_.prints_json) {
      print(text);
    }
  }

  base::Status measure(const Scenario& scenario) {
    base::Result<ScenarioMetrics> measured = runner_.measure(scenario);
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

  const Options& options_;
  const Surroundings& surroundings_;
  TableStyle style_;
  Runner runner_;
  Metrics metrics_;
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
