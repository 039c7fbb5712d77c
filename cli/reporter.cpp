#include "cli/reporter.h"

#include <algorithm>
#include <utility>

#include "cli/render_github.h"
#include "cli/render_json.h"

namespace cli {
namespace {

using session::LocatedDiagnostic;

/// Paths of config problems are shown as they are.
const std::string k_no_root;

std::string first_message(const std::vector<LocatedDiagnostic>& problems) {
  const auto error = std::find_if(problems.begin(), problems.end(), [](const auto& problem) {
    return problem.severity == base::Severity::error;
  });
  return error == problems.end() ? std::string() : error->message;
}

}  // namespace

Reporter::Reporter(const OutputOptions& options,
                   const TextStyle& style,
                   PathDisplay paths,
                   Output& out,
                   Output& err)
    : options_(options), paths_(paths), human_(style, std::move(paths)), out_(out), err_(err) {}

bool Reporter::is_shown(const LocatedDiagnostic& diagnostic) const {
  return !options_.quiet || diagnostic.severity == base::Severity::error;
}

void Reporter::config_problems(const std::vector<LocatedDiagnostic>& problems) {
  if (problems.empty()) {
    return;
  }
  if (options_.format == Format::json) {
    const std::string message = first_message(problems);
    out_.write(message.empty() ? config_event(problems)
                               : failed_event(message, k_exit_usage, problems));
    return;
  }
  for (const LocatedDiagnostic& problem : problems) {
    if (!is_shown(problem)) {
      continue;
    }
    if (options_.format == Format::github) {
      out_.write(annotation(problem, k_no_root, paths_));
    } else {
      err_.write(human_.diagnostic(problem, k_no_root));
    }
  }
}

void Reporter::failure(const base::Error& error) {
  fail(error.message, exit_code(error));
}

void Reporter::too_many_warnings(std::uint64_t count) {
  fail(counted(count, "warning") + ", but --max-warnings allows " +
           with_separators(options_.max_warnings.value_or(0)),
       k_exit_findings);
}

void Reporter::fail(const std::string& message, int code) {
  switch (options_.format) {
    case Format::json:
      out_.write(failed_event(message, code, {}));
      break;
    case Format::github:
      out_.write(annotation(message));
      break;
    case Format::human:
      err_.write(human_.failure(message));
      break;
  }
}

// Nothing that anybody has to mend, and nothing that a build depends on.
void Reporter::remark(const std::string& project, const std::string& message) {
  switch (options_.format) {
    case Format::json:
      out_.write(warning_event({session::WatchRemarkKind::saved_state, project, message}, 0));
      break;
    case Format::github:
      out_.write(warning_annotation(message));
      break;
    case Format::human:
      err_.write(options_.quiet ? std::string() : human_.warning(message));
      break;
  }
}

void Reporter::cache(const CacheReport& report) {
  out_.write(options_.format == Format::json ? cache_event(report, paths_)
                                             : cache_text(report, paths_));
}

void Reporter::project(const ProjectRun& run, bool has_stats) {
  for (const std::string& warning : run.warnings) {
    remark(run.result.report.project, warning);
  }
  switch (options_.format) {
    case Format::json:
      out_.write(diagnostic_events(run.result.report) + build_event(run, paths_));
      break;
    case Format::github:
      github(run);
      break;
    case Format::human:
      human(run, has_stats);
      break;
  }
  if (run.cache) {
    cache({run.result.report.project, *run.cache, std::nullopt});
  }
}

void Reporter::human(const ProjectRun& run, bool has_stats) {
  for (const LocatedDiagnostic& diagnostic : run.result.report.diagnostics) {
    if (is_shown(diagnostic)) {
      out_.write(human_.diagnostic(diagnostic, run.root));
    }
  }
  out_.write(human_.differences(run));
  out_.write(human_.reasons(run));
  if (run.result.error) {
    err_.write(human_.failure(run.result.error->message));
  }
  if (has_stats) {
    out_.write(human_.stats(run.result.report));
  }
  if (!options_.quiet) {
    out_.write(human_.summary(run));
  }
}

void Reporter::github(const ProjectRun& run) {
  for (const LocatedDiagnostic& diagnostic : run.result.report.diagnostics) {
    if (is_shown(diagnostic)) {
      out_.write(annotation(diagnostic, run.root, paths_));
    }
  }
  out_.write(human_.differences(run));
  if (run.result.error) {
    out_.write(annotation(run.result.error->message));
  }
  if (!options_.quiet) {
    out_.write(human_.summary(run));
  }
}

}  // namespace cli
