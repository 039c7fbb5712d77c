#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/project_run.h"
#include "cli/render_cache.h"
#include "cli/render_human.h"
#include "session/build_report.h"

namespace cli {

/// Tells what happened, in the format that was asked for.
///
/// Results go to the standard output. What kept the program from its work goes to the standard
/// error for people, and is an event like others for programs.
class Reporter {
 public:
  Reporter(const OutputOptions& options,
           const TextStyle& style,
           PathDisplay paths,
           Output& out,
           Output& err);

  /// What is wrong with the config; paths are relative to the working directory. Nothing was built
  /// if one of them is an error.
  void config_problems(const std::vector<session::LocatedDiagnostic>& problems);

  /// Something other than the user's code stopped the program.
  void failure(const base::Error& error);

  /// What became of one project.
  void project(const ProjectRun& run, bool has_stats);

  /// What is in a project's cache folder, and what was done to it.
  void cache(const CacheReport& report);

  /// `count` warnings are more than allowed.
  void too_many_warnings(std::uint64_t count);

 private:
  void fail(const std::string& message, int code);
  void remark(const std::string& project, const std::string& message);
  void human(const ProjectRun& run, bool has_stats);
  void github(const ProjectRun& run);
  bool is_shown(const session::LocatedDiagnostic& diagnostic) const;

  OutputOptions options_;
  PathDisplay paths_;
  HumanRenderer human_;
  Output& out_;
  Output& err_;
};

}  // namespace cli
