#include "session/builder_service.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace session {
namespace {

/// Both sorted; a path may be in both.
void merge_into(std::vector<std::string>& paths, std::vector<std::string> more) {
  paths.insert(
      paths.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  std::sort(paths.begin(), paths.end());
  paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
}

}  // namespace

BuilderService::BuilderService(ProjectConfig project, SessionOptions options, BuildSeams seams)
    : project_(std::move(project)), options_(options), seams_(seams) {}

SessionBuild BuilderService::build() {
  return update(ChangeSet::everything());
}

SessionBuild BuilderService::update(const ChangeSet& changes) {
  if (!session_) {
    session_.emplace(project_, options_, seams_);
  }
  return finish(session_->update(changes));
}

SessionBuild BuilderService::finish(SessionBuild build) {
  const std::int64_t begin_ns = seams_.clock.now_ns();
  base::Result<artifact::OutputChanges> settled = session_->settle();
  const std::int64_t settle_ns = seams_.clock.now_ns() - begin_ns;
  build.report.phases.push_back({"settle", settle_ns});
  build.report.wall_ns += settle_ns;
  if (!settled) {
    // What a failed build says is the cause; this is what follows from it.
    if (!build.error) {
      build.outcome = BuildResult::Outcome::failed;
      build.error = std::move(settled).error();
    }
    return build;
  }
  merge_into(build.report.written, std::move(settled->written));
  merge_into(build.report.removed, std::move(settled->removed));
  build.report.outputs_unchanged += settled->unchanged;
  return build;
}

std::vector<std::string> BuilderService::take_warnings() {
  return session_ ? session_->take_warnings() : std::vector<std::string>();
}

}  // namespace session
