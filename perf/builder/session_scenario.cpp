#include "perf/builder/session_scenario.h"

#include <algorithm>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>

#include "base/check.h"
#include "base/source_path.h"
#include "perf/builder/calibration.h"
#include "perf/builder/measured_build.h"
#include "perf/builder/one_processor.h"
#include "perf/builder/resources.h"
#include "session/load_schemas.h"

namespace perf {
namespace {

using Kind = Scenario::Kind;
using base::ErrorCode;

constexpr std::uint64_t k_edited_limit_bytes = std::uint64_t{1} << 28;
constexpr std::size_t k_touched_files = 1'000;

session::SessionOptions session_options(unsigned threads) {
  session::SessionOptions options;
  options.threads = threads;
  options.uses_cache = true;
  options.writes_delta = true;
  return options;
}

const Scenario& scenario_named(const std::string& name) {
  const Scenario* scenario = find_scenario(name);
  base::check(scenario != nullptr, "the parent asks for scenarios that there are");
  return *scenario;
}

base::Status failure(std::string message) {
  return base::fail(ErrorCode::corrupt, std::move(message));
}

double elapsed_ms(std::int64_t begin_ns, std::int64_t end_ns) {
  return static_cast<double>(end_ns - begin_ns) / 1e6;
}

}  // namespace

SessionScenario::SessionScenario(session::ProjectConfig project,
                                 const ChildRequest& request,
                                 AllocationCounter counter)
    : project_(std::move(project)),
      request_(request),
      scenario_(scenario_named(request.scenario)),
      counter_(counter),
      session_(project_, session_options(request.threads), {files_, clock_, nullptr}) {}

base::Result<ChildAnswer> SessionScenario::run() {
  ChildAnswer answer;
  TRY(prepare());
  answer.users = targets_.shared ? targets_.shared->users : 0;
  TRY(measure_all(answer));
  if (scenario_.kind == Kind::add_remove) {
    // A state that is compared should differ from the one that there was.
    Sample unused;
    TRY(take(add_and_remove().front(), unused));
  }
  TRY_ASSIGN(const OutputCheck check, compare_with_clean_build(files_, project_, request_.threads));
  answer.check->outputs = check.outputs;
  answer.check->equal = check.equal;
  TRY(put_back());
  return answer;
}

base::Status SessionScenario::prepare() {
  const session::SessionBuild build = session_.build_initial();
  if (build.error) {
    return tl::unexpected(*build.error);
  }
  if (!build.is_committed) {
    return failure("the first build was not committed");
  }
  const auto settled = session_.settle();
  if (!settled) {
    return tl::unexpected(settled.error());
  }
  errors_before_ = build.report.error_count;
  targets_ = choose_targets(session_.project(), [this](const EditTarget& target) {
    std::string text;
    return files_.read(absolute(target.path), text, k_edited_limit_bytes).has_value() &&
           edit_definition(text, target, 0).has_value();
  });
  TRY_ASSIGN(const session::LoadedSchemas schemas, session::load_schemas(files_, project_));
  schema_file_ = schemas.files.empty() ? std::string() : absolute(schemas.files.front().text());
  return {};
}

base::Status SessionScenario::measure_all(ChildAnswer& answer) {
  answer.check.emplace();
  const Outputs before = pure_outputs(files_, project_.out_dir);
  TRY(measure(RunKind::timed));
  compare_modules(before, pure_outputs(files_, project_.out_dir), *answer.check);
  TRY_ASSIGN(answer.repetitions, repetitions());
  const unsigned warmup = request_.warmup * scenario_.samples_per_iteration;
  const unsigned count = request_.iterations * scenario_.samples_per_iteration * answer.repetitions;
  for (unsigned i = 0; i < warmup + count; ++i) {
    TRY_ASSIGN(Sample sample, measure_sample());
    if (i >= warmup) {
      answer.samples.push_back(std::move(sample));
    }
  }
  return {};
}

base::Result<unsigned> SessionScenario::repetitions() {
  // Always, so that the edits that are measured are the same ones.
  TRY_ASSIGN(const Sample sample, measure(RunKind::timed));
  return request_.repetitions != 0
             ? request_.repetitions
             : repetitions_for(sample.measures[Measure::cpu] * scenario_.samples_per_iteration,
                               request_.min_time_ms);
}

base::Result<Sample> SessionScenario::measure_sample() {
  TRY_ASSIGN(Sample timed, measure(RunKind::timed));
  TRY_ASSIGN(Sample traced, measure(RunKind::traced));
  const OnOneProcessor bound;
  TRY_ASSIGN(const Sample costed, measure(RunKind::costed));
  return combined(std::move(timed), std::move(traced), costed);
}

base::Result<Sample> SessionScenario::measure(RunKind kind) {
  TRY_ASSIGN(const std::vector<Step> steps, next_steps());
  Sample sample;
  if (kind == RunKind::timed) {
    calibrate_time(clock_, sample);
  } else if (kind == RunKind::costed) {
    calibrate_cost(clock_, std::string(base::parent_path(request_.root)), sample);
  }
  reset_peak_memory();
  PhaseRecorder recorder(clock_, kind != RunKind::timed, request_.slow_phase);
  for (const Step& step : steps) {
    TRY(take(step, sample));
  }
  sample.phases = recorder.take();
  sample.measures[Measure::peak_memory] = static_cast<double>(peak_memory_bytes());
  return sample;
}

base::Status SessionScenario::take(const Step& step, Sample& sample) {
  TRY(apply(step));
  const ResourceUse before = resources_of_this_process(counter_);
  // For what no other span tells.
  std::optional<base::Traced> span(std::in_place, "other");
  const std::int64_t begin_ns = clock_.now_ns();
  const session::SessionBuild build = session_.update(step.changes);
  const std::int64_t built_ns = clock_.now_ns();
  const auto settled = session_.settle();
  const std::int64_t settled_ns = clock_.now_ns();
  span.reset();
  const ResourceUse used = resources_of_this_process(counter_) - before;
  TRY(check(build));
  if (!settled) {
    return tl::unexpected(settled.error());
  }
  ByMeasure<double>& measures = sample.measures;
  measures[Measure::wall] += elapsed_ms(begin_ns, built_ns);
  measures[Measure::settle] += elapsed_ms(built_ns, settled_ns);
  measures[Measure::cpu] += used.user_ms + used.system_ms;
  measures[Measure::cpu_user] += used.user_ms;
  measures[Measure::cpu_system] += used.system_ms;
  measures[Measure::allocations] += static_cast<double>(used.allocations.count);
  measures[Measure::allocated_bytes] += static_cast<double>(used.allocations.bytes);
  measures[Measure::page_faults] += static_cast<double>(used.page_faults);
  add_counters(build.report, sample.counters);
  sample.counters[Counter::files_written] += settled->written.size();
  return {};
}

// What is fast because it did something else is not fast.
base::Status SessionScenario::check(const session::SessionBuild& build) {
  if (build.error) {
    return tl::unexpected(*build.error);
  }
  if (!build.is_committed) {
    return failure("a build was not committed");
  }
  if (build.report.error_count != errors_before_) {
    return failure("an edit made " + std::to_string(build.report.error_count) +
                   " mistakes where there were " + std::to_string(errors_before_));
  }
  const bool wants_work = scenario_.kind == Kind::leaf_edit || scenario_.kind == Kind::fanout_edit;
  const bool wants_none =
      scenario_.kind == Kind::session_unchanged || scenario_.kind == Kind::touch;
  if (wants_work && (build.compiled.empty() || build.delta.elements.empty())) {
    return failure("an edit changed nothing");
  }
  if (wants_none && (!build.compiled.empty() || !build.report.written.empty())) {
    return failure("something was built although nothing changed");
  }
  return {};
}

base::Result<std::vector<SessionScenario::Step>> SessionScenario::next_steps() {
  const unsigned number = number_++;
  switch (scenario_.kind) {
    case Kind::comment_edit:
    case Kind::leaf_edit:
      if (!targets_.leaves.empty()) {
        return edit(targets_.leaves[number % targets_.leaves.size()]);
      }
      break;
    case Kind::fanout_edit:
      if (targets_.shared) {
        return edit(*targets_.shared);
      }
      break;
    case Kind::schema_edit:
      return edit_schema_file();
    case Kind::add_remove:
      if (!targets_.leaves.empty()) {
        return add_and_remove();
      }
      break;
    case Kind::touch:
      return std::vector<Step>{touch()};
    case Kind::session_unchanged:
      return std::vector<Step>{{{}, {}, session::ChangeSet::everything()}};
    case Kind::cold:
    case Kind::unchanged:
    case Kind::restart:
      break;
  }
  return base::fail(
      ErrorCode::not_found,
      "the project has no definition that " + std::string(scenario_.name) + " could edit");
}

base::Result<std::vector<SessionScenario::Step>> SessionScenario::edit(const EditTarget& target) {
  const std::string path = absolute(target.path);
  TRY_ASSIGN(const std::string source, original(path));
  std::optional<std::string> text = scenario_.kind == Kind::comment_edit
                                        ? add_comment(source, target.path, number_)
                                        : edit_definition(source, target, number_);
  if (!text) {
    return base::fail(ErrorCode::corrupt, "cannot find " + target.name + " in " + path);
  }
  Step step;
  step.writes.emplace(path, *std::move(text));
  step.changes.updated = {path};
  return std::vector<Step>{std::move(step)};
}

base::Result<std::vector<SessionScenario::Step>> SessionScenario::edit_schema_file() {
  TRY_ASSIGN(const std::string source, original(schema_file_));
  std::optional<std::string> text = edit_schema(source, number_);
  if (!text) {
    return base::fail(ErrorCode::not_found, "there is no type to describe in " + schema_file_);
  }
  Step step;
  step.writes.emplace(schema_file_, *std::move(text));
  step.changes.updated = {schema_file_};
  return std::vector<Step>{std::move(step)};
}

std::vector<SessionScenario::Step> SessionScenario::add_and_remove() {
  const std::string path = absolute(targets_.leaves.front().path) + ".added.ts";
  originals_.try_emplace(path);
  const std::string text =
      "import { gql } from \"@apollo/client\";\n"
      "export const ADDED = gql`query AddedByPerf { alias" +
      std::to_string(number_) + ": __typename }`;\n";
  std::vector<Step> steps(2);
  steps[0].writes.emplace(path, text);
  steps[0].changes.added = {path};
  steps[1].writes.emplace(path, std::nullopt);
  steps[1].changes.removed = {path};
  return steps;
}

SessionScenario::Step SessionScenario::touch() {
  std::vector<std::string> all = files_below(files_, absolute("src"));
  if (all.empty()) {
    for (const auto& [path, file] : session_.project().files()) {
      all.push_back(absolute(path.text()));
    }
  }
  const std::size_t count = std::min(all.size(), k_touched_files);
  Step step;
  for (std::size_t i = 0; i < count; ++i) {
    step.touched.push_back(all[i * all.size() / count]);
  }
  step.changes.updated = step.touched;
  return step;
}

base::Result<std::string> SessionScenario::original(const std::string& path) {
  const auto [entry, is_new] = originals_.try_emplace(path);
  if (is_new) {
    std::string text;
    const auto status = files_.read(path, text, k_edited_limit_bytes);
    if (!status) {
      originals_.erase(entry);
      return tl::unexpected(status.error());
    }
    entry->second = std::move(text);
  }
  return *entry->second;
}

base::Status SessionScenario::apply(const Step& step) {
  for (const auto& [path, text] : step.writes) {
    if (text) {
      TRY(files_.write_file(path, *text));
    } else {
      TRY(files_.remove_file(path));
    }
  }
  for (const std::string& path : step.touched) {
    if (::utimensat(AT_FDCWD, path.c_str(), nullptr, 0) != 0) {
      return base::fail(ErrorCode::io, "cannot touch " + path);
    }
  }
  return {};
}

base::Status SessionScenario::put_back() {
  Step step;
  for (const auto& [path, text] : originals_) {
    step.writes.emplace(path, text);
    step.changes.updated.push_back(path);
  }
  TRY(apply(step));
  const session::SessionBuild build = session_.update(step.changes);
  const auto settled = session_.settle();
  return build.is_committed && settled ? base::Status()
                                       : failure("the last build was not committed");
}

std::string SessionScenario::absolute(const std::string& path) const {
  return base::join_path(project_.root, path);
}

}  // namespace perf
