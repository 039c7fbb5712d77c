#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/real_file_system.h"
#include "perf/builder/child.h"
#include "perf/builder/outputs.h"
#include "session/builder_session.h"

namespace perf {

/// One way to edit a project in a session, done again and again, and timed from update() called to
/// modules and delta on disk; settle(), whose cost is that of the project, is timed apart.
///
/// When it is over, the sources are as they were and the outputs are those of the sources.
class SessionScenario {
 public:
  SessionScenario(session::ProjectConfig project,
                  const ChildRequest& request,
                  AllocationCounter counter);

  /// Fails where a build does not commit, an edit makes mistakes, or something is compiled or
  /// written where nothing should be.
  base::Result<ChildAnswer> run();

 private:
  /// What happens to the disk, and what the session is told of it.
  struct Step {
    /// Absolute path -> content; nothing: the file goes.
    std::map<std::string, std::optional<std::string>> writes;
    /// Absolute paths that get other times.
    std::vector<std::string> touched;
    session::ChangeSet changes;
  };

  base::Status prepare();
  base::Status measure_all(ChildAnswer& answer);
  base::Result<std::vector<Step>> next_steps();
  base::Result<std::vector<Step>> edit(const EditTarget& target);
  base::Result<std::vector<Step>> edit_schema_file();
  std::vector<Step> add_and_remove();
  Step touch();
  base::Result<std::string> original(const std::string& path);
  base::Status apply(const Step& step);
  base::Result<Sample> measure_sample();
  base::Result<Sample> measure(RunKind kind);
  base::Result<unsigned> repetitions();
  base::Status take(const Step& step, Sample& sample);
  base::Status check(const session::SessionBuild& build);
  base::Status put_back();
  std::string absolute(const std::string& path) const;

  session::ProjectConfig project_;
  ChildRequest request_;
  Scenario scenario_;
  AllocationCounter counter_;
  base::RealFileSystem files_;
  base::SteadyClock clock_;
  session::BuilderSession session_;
  EditTargets targets_;
  std::string schema_file_;
  /// Numbers of edits, so that each gives a text that was never there.
  unsigned number_ = 0;
  std::uint64_t errors_before_ = 0;
  /// By absolute path, what was there before the first edit; nothing: no file.
  std::map<std::string, std::optional<std::string>> originals_;
};

}  // namespace perf
