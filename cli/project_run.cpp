#include "cli/project_run.h"

#include <algorithm>

#include "base/source_path.h"

namespace cli {
namespace {

int exit_code(const session::BuildResult& result) {
  using Outcome = session::BuildResult::Outcome;
  switch (result.outcome) {
    case Outcome::built:
      return k_exit_fine;
    case Outcome::has_errors:
    case Outcome::differs:
      return k_exit_findings;
    case Outcome::refused:
      return k_exit_usage;
    case Outcome::failed:
      return result.error ? cli::exit_code(*result.error) : k_exit_io;
  }
  return k_exit_bug;
}

}  // namespace

std::string PathDisplay::shown(const std::string& root, const base::SourcePath& path) const {
  if (root.empty() || from.empty() || path.empty()) {
    return path.text();
  }
  return base::SourcePath::relative_to(from, base::join_path(root, path.text())).text();
}

int exit_code(const std::vector<ProjectRun>& runs) {
  int code = k_exit_fine;
  for (const ProjectRun& run : runs) {
    code = std::max(code, exit_code(run.result));
  }
  return code;
}

int exit_code(const base::Error& error) {
  return error.code == base::ErrorCode::invalid_config ? k_exit_usage : k_exit_io;
}

}  // namespace cli
