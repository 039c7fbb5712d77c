#include "perf/builder/child.h"

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <utility>

#include "base/real_file_system.h"
#include "base/source_path.h"
#include "perf/builder/measured_build.h"
#include "perf/builder/outputs.h"
#include "perf/builder/resources.h"
#include "perf/builder/session_scenario.h"
#include "session/builder_service.h"
#include "session/config_loader.h"
#include "session/load_schemas.h"
#include "session/source_inputs.h"

namespace perf {
namespace {

using base::ErrorCode;

constexpr std::uint64_t k_probe_limit_bytes = std::uint64_t{1} << 28;

base::Result<session::ProjectConfig> load_project(base::FileSystem& files,
                                                  const std::string& root) {
  session::ConfigRequest request;
  request.working_dir = root;
  session::ConfigResult loaded = session::load_config(files, request);
  if (!loaded.config) {
    const std::string reason =
        loaded.problems.empty() ? "" : ": " + loaded.problems.front().message;
    return base::fail(ErrorCode::invalid_config,
                      "the config of " + root + " cannot be used" + reason);
  }
  if (loaded.config->projects.size() != 1) {
    return base::fail(ErrorCode::invalid_config,
                      "the config of " + root + " has several projects; measure a folder of one");
  }
  return std::move(loaded.config->projects.front());
}

base::Status problem_of(const session::SessionBuild& build) {
  return build.error ? base::Status(tl::unexpected(*build.error)) : base::Status();
}

/// The same as `builder` without options; docs/formats.md says what is measured of it by whom.
base::Result<ChildAnswer> build_in_process(const ChildRequest& request, AllocationCounter counter) {
  // Never destroyed, as in the builder: to take apart what a session knows is no part of a build.
  auto& files = *new base::RealFileSystem;
  auto& clock = *new base::SteadyClock;
  PhaseRecorder recorder(clock, request.is_traced, request.slow_phase);
  ChildAnswer answer;
  Sample& sample = answer.samples.emplace_back();
  {
    // What no other span tells: the config, and what is between the phases.
    const base::Traced span("other");
    TRY_ASSIGN(session::ProjectConfig project, load_project(files, request.root));
    session::SessionOptions options;
    options.threads = request.threads;
    options.uses_cache = true;
    options.is_one_shot = true;
    auto& service = *new session::BuilderService(
        std::move(project), options, session::BuildSeams{files, clock, nullptr});
    const session::SessionBuild built = service.build();
    TRY(problem_of(built));
    add_counters(built.report, sample.counters);
  }
  sample.phases = recorder.take();
  const ResourceUse used = resources_of_this_process(counter);
  sample.measures[Measure::allocations] = static_cast<double>(used.allocations.count);
  sample.measures[Measure::allocated_bytes] = static_cast<double>(used.allocations.bytes);
  sample.measures[Measure::peak_memory] = static_cast<double>(peak_memory_bytes());
  return answer;
}

/// On disk; what a build reads is another matter, since it reads some files twice.
base::Result<std::uint64_t> bytes_of_sources(base::FileSystem& files,
                                             const session::ProjectConfig& project,
                                             const session::LoadedSchemas& schemas) {
  TRY_ASSIGN(const session::ScannedSources sources, session::scan_sources(files, project));
  std::uint64_t sum = 0;
  for (const auto& input : sources.inputs) {
    const bool is_schema =
        std::binary_search(schemas.files.begin(), schemas.files.end(), input.path);
    const auto status = files.status(input.absolute_path);
    sum += status && !is_schema ? status->stamp.size_bytes : 0;
  }
  return sum;
}

base::Result<ChildAnswer> survey(const ChildRequest& request) {
  base::RealFileSystem files;
  base::SteadyClock clock;
  TRY_ASSIGN(const session::ProjectConfig project, load_project(files, request.root));
  session::SessionOptions options;
  options.threads = request.threads;
  options.uses_cache = true;
  session::BuilderSession session(project, options, {files, clock, nullptr});
  const session::SessionBuild built = session.build_initial();
  TRY(problem_of(built));
  if (const auto settled = session.settle(); !settled) {
    return tl::unexpected(settled.error());
  }
  ChildAnswer answer;
  answer.size = {built.report.files_scanned, 0, built.compiled.size()};
  const EditTargets targets = choose_targets(session.project(), [&](const EditTarget& target) {
    std::string text;
    const std::string path = base::join_path(project.root, target.path);
    return files.read(path, text, k_probe_limit_bytes).has_value() &&
           edit_definition(text, target, 0).has_value();
  });
  answer.leaves = targets.leaves;
  answer.users = targets.shared ? targets.shared->users : 0;
  TRY_ASSIGN(const session::LoadedSchemas schemas, session::load_schemas(files, project));
  TRY_ASSIGN(answer.size.bytes, bytes_of_sources(files, project, schemas));
  if (schemas.files.size() == 1) {
    answer.schema_file = base::join_path(project.root, schemas.files.front().text());
  }
  const std::string source_folder = project.root + "/src";
  answer.source_folder = files.status(source_folder) ? source_folder : std::string();
  answer.out_dir = project.out_dir;
  answer.cache_dir = project.cache_dir;
  return answer;
}

base::Result<ChildAnswer> check_outputs(const ChildRequest& request) {
  base::RealFileSystem files;
  TRY_ASSIGN(const session::ProjectConfig project, load_project(files, request.root));
  ChildAnswer answer;
  TRY_ASSIGN(answer.check, compare_with_clean_build(files, project, request.threads));
  return answer;
}

base::Result<ChildAnswer> run_session(const ChildRequest& request, AllocationCounter counter) {
  base::RealFileSystem files;
  TRY_ASSIGN(session::ProjectConfig project, load_project(files, request.root));
  SessionScenario scenario(std::move(project), request, counter);
  return scenario.run();
}

}  // namespace

base::Result<ChildAnswer> run_child_task(const ChildRequest& request, AllocationCounter counter) {
  switch (request.task) {
    case ChildRequest::Task::build:
      return build_in_process(request, counter);
    case ChildRequest::Task::session:
      return run_session(request, counter);
    case ChildRequest::Task::check:
      return check_outputs(request);
    case ChildRequest::Task::survey:
      return survey(request);
  }
  return base::fail(ErrorCode::invalid_config, "there is no such task");
}

}  // namespace perf
