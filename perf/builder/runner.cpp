#include "perf/builder/runner.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <thread>
#include <utility>

#include "base/child_process.h"
#include "base/source_path.h"
#include "perf/builder/calibration.h"
#include "perf/builder/measured_build.h"
#include "perf/builder/one_processor.h"
#include "perf/builder/outputs.h"
#include "perf/builder/resources.h"

namespace perf {
namespace {

using Kind = Scenario::Kind;
using base::ErrorCode;

constexpr std::int64_t k_child_limit_ms = 3'600'000;
constexpr std::uint64_t k_output_limit_bytes = std::uint64_t{1} << 30;
constexpr std::uint64_t k_source_limit_bytes = std::uint64_t{1} << 28;
/// Longer than the steps of a file system's clock: a file that is written and looked at in one step
/// would have to be read again by the next process, and that would be counted.
constexpr std::chrono::milliseconds k_clock_step{20};

/// Room for the copy, its outputs, those of a clean build and those of a floor.
constexpr std::uint64_t k_room_factor = 4;
constexpr std::uint64_t k_least_room_bytes = std::uint64_t{64} << 20;

/// Where nobody said where: in memory, if there is room, since what a disk takes depends on who
/// else uses it; else with the temporary files.
std::filesystem::path default_work_parent(std::uint64_t project_bytes, std::error_code& error) {
  const std::filesystem::path memory = "/dev/shm";
  std::error_code ignored;
  const std::filesystem::space_info space = std::filesystem::space(memory, ignored);
  const bool has_room = !ignored && space.available != static_cast<std::uintmax_t>(-1) &&
                        space.available > project_bytes * k_room_factor + k_least_room_bytes;
  return has_room ? memory : std::filesystem::temp_directory_path(error);
}

base::Result<std::string> make_work_folder(const std::string& wanted, std::uint64_t project_bytes) {
  std::error_code error;
  std::filesystem::path parent = wanted;
  if (wanted.empty()) {
    parent = default_work_parent(project_bytes, error);
  } else {
    std::filesystem::create_directories(parent, error);
  }
  parent = std::filesystem::canonical(parent, error);
  std::string folder = (parent / "perf-builder.XXXXXX").string();
  if (error || ::mkdtemp(folder.data()) == nullptr) {
    return base::fail(ErrorCode::io, "cannot make a folder in " + parent.string());
  }
  return folder;
}

/// Of what a copy would hold.
std::uint64_t size_of(base::FileSystem& files, const std::string& folder) {
  std::uint64_t bytes = 0;
  for (const std::string& path : files_below(files, folder)) {
    const bool is_package = path.find("/node_modules/") != std::string::npos;
    const auto status = is_package ? base::Result<base::FileStatus>() : files.status(path);
    bytes += status ? status->stamp.size_bytes : 0;
  }
  return bytes;
}

}  // namespace

Runner::Runner(const Options& options, const Surroundings& surroundings)
    : options_(options),
      surroundings_(surroundings),
      threads_(options.threads != 0 ? options.threads
                                    : std::max(1U, std::thread::hardware_concurrency())) {}

Runner::~Runner() {
  if (!work_.empty()) {
    static_cast<void>(remove_folder(work_));
  }
}

base::Result<Metrics> Runner::prepare() {
  base::FileSystem& files = surroundings_.files;
  const std::string cache = base::join_path(surroundings_.working_dir, options_.cache_dir);
  TRY_ASSIGN(const std::string project,
             find_fixture(files,
                          *options_.fixture,
                          {surroundings_.repository,
                           cache + "/projects",
                           surroundings_.working_dir,
                           &surroundings_.stop}));
  const std::string parent = options_.work_dir.empty()
                                 ? std::string()
                                 : base::join_path(surroundings_.working_dir, options_.work_dir);
  TRY_ASSIGN(work_, make_work_folder(parent, size_of(files, project)));
  root_ = work_ + "/project";
  TRY(copy_project(project, root_));
  // So that no file is as young as the first build.
  std::this_thread::sleep_for(k_clock_step);
  base::Result<ChildAnswer> survey = ask(request_for(ChildRequest::Task::survey));
  if (!survey) {
    // Nothing is measured yet.
    return base::fail(ErrorCode::io, survey.error().message);
  }
  survey_ = *std::move(survey);
  Metrics metrics;
  metrics.fixture = options_.fixture->name;
  metrics.threads = threads_;
  metrics.cores = std::max(1U, std::thread::hardware_concurrency());
  metrics.iterations = options_.iterations;
  metrics.warmup = options_.warmup;
  metrics.min_time_ms = options_.min_time_ms;
  metrics.files = survey_.size.files;
  metrics.bytes = survey_.size.bytes;
  metrics.definitions = survey_.size.definitions;
  return metrics;
}

base::Result<ScenarioMetrics> Runner::measure(const Scenario& scenario, unsigned repetitions) {
  ScenarioMetrics metrics;
  metrics.name = scenario.name;
  metrics.is_process = scenario.is_process();
  metrics.repetitions = repetitions;
  const ProcessorUse before = processor_use();
  // The same edits each time, so that their counters can be compared.
  number_ = 0;
  // And the same begin: what an earlier scenario left in the saved state would be read, too.
  TRY(remove_folder(survey_.out_dir));
  TRY(remove_folder(survey_.cache_dir));
  TRY(scenario.is_process() ? measure_processes(scenario, metrics)
                            : measure_session(scenario, metrics));
  metrics.others_share = share_of_others(before, processor_use());
  const OutputCheck& check = metrics.check;
  if (!check.is_right()) {
    return base::fail(ErrorCode::corrupt,
                      metrics.name + ": " + std::to_string(check.equal) + " of " +
                          std::to_string(check.outputs) +
                          " outputs are equal to those of a clean build, " +
                          std::to_string(check.unchanged_modules - check.untouched_modules) +
                          " modules were written for nothing");
  }
  return metrics;
}

ChildRequest Runner::request_for(ChildRequest::Task task) const {
  ChildRequest request;
  request.task = task;
  request.root = root_;
  request.threads = threads_;
  request.slow_phase = options_.slow_phase;
  request.warmup = options_.warmup;
  request.iterations = options_.iterations;
  request.min_time_ms = options_.min_time_ms;
  return request;
}

base::Result<ChildAnswer> Runner::ask(const ChildRequest& request) {
  base::ChildRequest child;
  child.command = {surroundings_.program, "--child", to_json(request)};
  child.time_limit_ms = k_child_limit_ms;
  child.output_limit_bytes = k_output_limit_bytes;
  child.stop = &surroundings_.stop;
  TRY_ASSIGN(const base::ChildOutcome outcome, base::run_child(child));
  if (outcome.exit_code != 0) {
    const bool has_nothing = outcome.exit_code == k_exit_nothing_to_do;
    std::string message = outcome.error_output;
    message.erase(message.find_last_not_of('\n') + 1);
    return base::fail(has_nothing ? ErrorCode::not_found : ErrorCode::corrupt,
                      message.empty()
                          ? "a run ended with exit code " + std::to_string(outcome.exit_code)
                          : message);
  }
  return read_child_answer(outcome.output);
}

base::Status Runner::measure_session(const Scenario& scenario, ScenarioMetrics& metrics) {
  ChildRequest request = request_for(ChildRequest::Task::session);
  request.scenario = scenario.name;
  request.repetitions = metrics.repetitions;
  TRY_ASSIGN(const ChildAnswer answer, ask(request));
  set_samples(metrics, answer.samples);
  metrics.repetitions = answer.repetitions;
  metrics.check = answer.check.value_or(OutputCheck());
  metrics.users = scenario.kind == Kind::fanout_edit ? answer.users : 0;
  return {};
}

base::Status Runner::measure_processes(const Scenario& scenario, ScenarioMetrics& metrics) {
  // Two builds: what the first one read while it was young, the second one reads again.
  TRY(ask(request_for(ChildRequest::Task::build)));
  std::this_thread::sleep_for(k_clock_step);
  TRY(ask(request_for(ChildRequest::Task::build)));
  const std::optional<FloorProgram> floor = floor_for(scenario.kind);
  std::vector<ProcessTimes> floors;
  std::vector<ProcessTimes> builds;
  std::vector<Sample> samples;
  if (floor) {
    // Its records are written by the first run.
    TRY(run_floor(surroundings_.clock, *floor));
  }
  TRY_ASSIGN(const Sample first, run_build(scenario.kind, RunKind::timed));
  if (metrics.repetitions == 0) {
    metrics.repetitions = repetitions_for(first.measures[Measure::cpu], options_.min_time_ms);
  }
  const unsigned warmup = options_.warmup;
  const unsigned count = options_.iterations * metrics.repetitions;
  for (unsigned i = 0; i < warmup + count; ++i) {
    const bool counts = i >= warmup;
    if (counts && floor) {
      TRY_ASSIGN(const ProcessTimes times, run_floor(surroundings_.clock, *floor));
      floors.push_back(times);
    }
    TRY_ASSIGN(Sample sample, measure_process(scenario.kind));
    if (counts) {
      builds.push_back({sample.measures[Measure::wall], sample.measures[Measure::cpu]});
      samples.push_back(std::move(sample));
    }
  }
  if (floor) {
    TRY_ASSIGN(const ProcessTimes times, run_floor(surroundings_.clock, *floor));
    floors.push_back(times);
    metrics.floors.push_back(compare_with_floor(*floor, floors, builds));
  }
  set_samples(metrics, samples);
  TRY_ASSIGN(const ChildAnswer answer, ask(request_for(ChildRequest::Task::check)));
  metrics.check = answer.check.value_or(OutputCheck());
  return put_back();
}

base::Result<Sample> Runner::measure_process(Kind kind) {
  TRY_ASSIGN(Sample timed, run_build(kind, RunKind::timed));
  TRY_ASSIGN(Sample traced, run_build(kind, RunKind::traced));
  const OnOneProcessor bound;
  TRY_ASSIGN(const Sample costed, run_build(kind, RunKind::costed));
  Sample sample = combined(std::move(timed), std::move(traced), costed);
  const std::uint64_t written = sample.counters[Counter::files_written];
  const std::uint64_t compiled = sample.counters[Counter::definitions_compiled];
  if (kind == Kind::unchanged ? written + compiled > 0 : written == 0 || compiled == 0) {
    return base::fail(ErrorCode::corrupt,
                      "a process compiled " + std::to_string(compiled) + " definitions and wrote " +
                          std::to_string(written) + " files");
  }
  return sample;
}

base::Result<Sample> Runner::run_build(Kind kind, RunKind run) {
  TRY(before_process(kind));
  ChildRequest request = request_for(ChildRequest::Task::build);
  request.is_traced = run != RunKind::timed;
  Sample calibration;
  if (run == RunKind::timed) {
    calibrate_time(surroundings_.clock, calibration);
  } else if (run == RunKind::costed) {
    calibrate_cost(surroundings_.clock, work_, calibration);
  }
  const ResourceUse before = resources_of_children();
  const std::int64_t begin_ns = surroundings_.clock.now_ns();
  TRY_ASSIGN(ChildAnswer answer, ask(request));
  const std::int64_t end_ns = surroundings_.clock.now_ns();
  const ResourceUse used = resources_of_children() - before;
  Sample sample = std::move(answer.samples.at(0));
  ByMeasure<double>& measures = sample.measures;
  measures[Measure::wall] = static_cast<double>(end_ns - begin_ns) / 1e6;
  measures[Measure::cpu] = used.user_ms + used.system_ms;
  measures[Measure::cpu_user] = used.user_ms;
  measures[Measure::cpu_system] = used.system_ms;
  measures[Measure::page_faults] = static_cast<double>(used.page_faults);
  for (const Measure measure :
       {Measure::calibration, Measure::calibration_cpu, Measure::calibration_files}) {
    measures[measure] = calibration.measures[measure];
  }
  return sample;
}

base::Status Runner::before_process(Kind kind) {
  if (kind == Kind::cold) {
    TRY(remove_folder(survey_.out_dir));
    return remove_folder(survey_.cache_dir);
  }
  if (kind != Kind::restart) {
    return {};
  }
  if (survey_.leaves.empty()) {
    return base::fail(ErrorCode::not_found, "the project has no operation that restart could edit");
  }
  const EditTarget& target = survey_.leaves[number_ % survey_.leaves.size()];
  const std::string path = base::join_path(root_, target.path);
  const auto [original, is_new] = originals_.try_emplace(path);
  if (is_new) {
    TRY(surroundings_.files.read(path, original->second, k_source_limit_bytes));
  }
  const std::optional<std::string> text = edit_definition(original->second, target, ++number_);
  if (!text) {
    return base::fail(ErrorCode::corrupt, "cannot find " + target.name + " in " + path);
  }
  TRY(surroundings_.files.write_file(path, *text));
  std::this_thread::sleep_for(k_clock_step);
  return {};
}

base::Status Runner::put_back() {
  if (originals_.empty()) {
    return {};
  }
  for (const auto& [path, text] : originals_) {
    TRY(surroundings_.files.write_file(path, text));
  }
  originals_.clear();
  std::this_thread::sleep_for(k_clock_step);
  TRY(ask(request_for(ChildRequest::Task::build)));
  return {};
}

std::optional<FloorProgram> Runner::floor_for(Kind kind) {
  base::FileSystem& files = surroundings_.files;
  const std::string folder(base::parent_path(surroundings_.program));
  if (options_.floors == FloorUse::never || survey_.source_folder.empty()) {
    return std::nullopt;
  }
  const std::string threads = std::to_string(threads_);
  if (kind == Kind::cold) {
    const std::string listing = work_ + "/outputs.txt";
    const std::string program = folder + "/perf_floor";
    if (survey_.schema_file.empty() || !files.status(program) || !list_outputs(listing)) {
      return std::nullopt;
    }
    const std::string out = work_ + "/floor";
    return FloorProgram{
        "scan",
        {program, survey_.source_folder, survey_.schema_file, listing, out, threads, "scan"},
        Measure::cpu,
        out};
  }
  const std::string program = folder + "/perf_unchanged";
  if (kind != Kind::unchanged || !files.status(program)) {
    return std::nullopt;
  }
  const std::string records = work_ + "/records.bin";
  if (!files.remove_file(records)) {
    return std::nullopt;
  }
  return FloorProgram{
      "unchanged", {program, survey_.source_folder, records, threads}, Measure::wall, {}};
}

/// What the builder wrote, sizes and names, for a floor to write the same.
base::Status Runner::list_outputs(const std::string& listing) {
  base::FileSystem& files = surroundings_.files;
  std::string lines;
  for (const std::string& path : files_below(files, survey_.out_dir)) {
    TRY_ASSIGN(const base::FileStatus status, files.status(path));
    lines += std::to_string(status.stamp.size_bytes) + " " +
             path.substr(survey_.out_dir.size() + 1) + "\n";
  }
  TRY(files.write_file(listing, lines));
  return {};
}

}  // namespace perf
