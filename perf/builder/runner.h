#pragma once

#include <atomic>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/file_system.h"
#include "base/result.h"
#include "perf/builder/child.h"
#include "perf/builder/floor_runs.h"
#include "perf/builder/options.h"
#include "perf/report/metrics.h"

namespace perf {

/// What a run needs of the world.
struct Surroundings {
  base::FileSystem& files;
  base::Clock& clock;
  /// The program itself, which is started again for each scenario; the floors lie beside it.
  std::string program;
  /// For fixtures and the generator.
  std::string repository;
  std::string working_dir;
  /// Once it is true no run begins, and the one that there is is ended.
  const std::atomic<bool>& stop;
};

/// Measures scenarios of one project, in a copy of it that is removed at the end.
class Runner {
 public:
  /// Both must outlive the runner.
  Runner(const Options& options, const Surroundings& surroundings);
  ~Runner();
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

  /// Copies the project and builds it once. What is known of the project then; no scenarios.
  base::Result<Metrics> prepare();

  /// Fails where the project cannot be built, where the scenario has nothing to work on
  /// (ErrorCode::not_found), and where outputs are not those of a clean build.
  /// `repetitions` of each iteration; 0: as many as Options::min_time_ms wants.
  base::Result<ScenarioMetrics> measure(const Scenario& scenario, unsigned repetitions);

 private:
  base::Result<ChildAnswer> ask(const ChildRequest& request);
  ChildRequest request_for(ChildRequest::Task task) const;
  base::Status measure_processes(const Scenario& scenario, ScenarioMetrics& metrics);
  base::Status measure_session(const Scenario& scenario, ScenarioMetrics& metrics);
  base::Status before_process(Scenario::Kind kind);
  base::Result<Sample> measure_process(Scenario::Kind kind);
  base::Result<Sample> run_build(Scenario::Kind kind, RunKind run);
  base::Status put_back();
  std::optional<FloorProgram> floor_for(Scenario::Kind kind);
  base::Status list_outputs(const std::string& listing);

  const Options& options_;
  const Surroundings& surroundings_;
  unsigned threads_;
  /// Ours, with the copy and what floors write.
  std::string work_;
  std::string root_;
  ChildAnswer survey_;
  /// Of edits between processes.
  unsigned number_ = 0;
  /// Absolute path -> text, of sources that are edited right now.
  std::map<std::string, std::string> originals_;
};

}  // namespace perf
