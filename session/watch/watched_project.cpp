#include "session/watch/watched_project.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/source_path.h"
#include "discovery/language.h"

namespace session {
namespace {

using discovery::FileEvent;

/// More than these are looked up faster by looking everywhere.
constexpr std::size_t k_max_paths = 20'000;

bool is_in(const std::string& folder, const std::string& path) {
  return path == folder || path.starts_with(folder == "/" ? folder : folder + "/");
}

}  // namespace

WatchedProject::WatchedProject(ProjectConfig config,
                               const SessionOptions& options,
                               const Seams& seams)
    : files_(seams.build.files),
      session_(std::move(config), options, seams.build),
      scope_(seams.build.files, seams.watcher, seams.entered) {}

void WatchedProject::reconfigure(ProjectConfig config) {
  session_.reconfigure(std::move(config));
  told_.reset();
  look_everywhere(WatchReason::initial);
}

bool WatchedProject::take(const FileEvent& event, bool is_half_seen) {
  if (!matters(event)) {
    return false;
  }
  // Of outputs nothing is made.
  has_half_seen_ = has_half_seen_ || (is_half_seen && !is_own_folder(event.path));
  if (!is_everything_) {
    paths_.insert(event.path);
    if (paths_.size() > k_max_paths) {
      look_everywhere(WatchReason::changes);
    }
  }
  return true;
}

void WatchedProject::look_everywhere(WatchReason reason) {
  // The first build stays the first, whatever comes before it.
  if (!is_everything_ || reason == WatchReason::initial) {
    reason_ = reason;
  }
  is_everything_ = true;
  paths_.clear();
}

bool WatchedProject::matters(const FileEvent& event) {
  const std::string& path = event.path;
  const std::string name = path.substr(path.rfind('/') + 1);
  if (is_own_folder(path)) {
    return is_touched_output(event);
  }
  if (name == ".git" || !scope_.is_about(path)) {
    return false;
  }
  const bool has_language = discovery::language_of(path).has_value();
  // Sources are known by where they are, too; whatever else a link may lead to is not.
  if (scope_.is_link_between(path) || (scope_.is_end_of_link(path) && !has_language)) {
    look_everywhere(WatchReason::reconcile);
    return true;
  }
  if (has_language || looked_at_.contains(path)) {
    return true;
  }
  if (event.kind == FileEvent::Kind::folder) {
    return may_be_meant(path);
  }
  if (event.kind == FileEvent::Kind::content) {
    return false;
  }
  if (path.ends_with(".json") || name == "pnpm-workspace.yaml" || scope_.leads_to_needed(path)) {
    return true;
  }
  // A symlink to a folder that came; others were looked at.
  const auto status = files_.status(path);
  return status && status->kind == base::FileKind::directory;
}

// Modules are looked for in all folders above the root too, where other people's folders come and
// go: in a home folder, or one for temporary files.
bool WatchedProject::may_be_meant(const std::string& folder) const {
  const std::string above(base::parent_path(folder));
  const std::string name = folder.substr(folder.rfind('/') + 1);
  if (!is_in(above, config().root) || above == config().root || name == "node_modules" ||
      scope_.leads_to_needed(folder) || session_.imports_like(name)) {
    return true;
  }
  // The folder of a workspace, of which all packages count.
  constexpr const char* k_marks[] = {"package.json", "pnpm-workspace.yaml", "tsconfig.json"};
  return std::any_of(std::begin(k_marks), std::end(k_marks), [&](const char* mark) {
    return files_.status(base::join_path(above, mark)).has_value();
  });
}

// Most events of an out folder tell of our own writes.
bool WatchedProject::is_touched_output(const FileEvent& event) {
  const artifact::OutputFolder* outputs = session_.outputs();
  if (outputs == nullptr) {
    return false;
  }
  if (event.path == config().out_dir && session_.has_moved_out_folder()) {
    return true;
  }
  if (event.kind == FileEvent::Kind::content) {
    // Ours are written under other names: this was somebody else.
    return session_.has_rewritten_output(event.path);
  }
  // A symlink may have been in the place of a folder.
  if (event.kind == FileEvent::Kind::folder || scope_.leads_to_needed(event.path)) {
    return session_.has_touched_output(event.path);
  }
  return event.path.starts_with(outputs->path() + "/") &&
         outputs->is_touched(event.path.substr(outputs->path().size() + 1));
}

bool WatchedProject::is_own_folder(const std::string& path) const {
  const ProjectConfig& config = session_.config();
  return is_in(config.out_dir, path) || is_in(config.cache_dir, path) ||
         (session_.outputs() != nullptr && is_in(session_.outputs()->path(), path));
}

bool WatchedProject::is_about_outputs(const std::set<std::string>& folders) const {
  return !paths_.empty() && std::all_of(paths_.begin(), paths_.end(), [&](const auto& path) {
    return std::any_of(folders.begin(), folders.end(), [&](const std::string& folder) {
      return is_in(folder, path);
    });
  });
}

WatchedProject::Built WatchedProject::build() {
  Built built;
  ChangeSet changes;
  const bool has_half_seen = std::exchange(has_half_seen_, false);
  changes.is_everything = std::exchange(is_everything_, false) || has_half_seen;
  built.reason = std::exchange(reason_, WatchReason::changes);
  for (const std::string& path : paths_) {
    built.paths.push_back(base::SourcePath::relative_to(config().root, path).text());
    changes.updated.push_back(path);
  }
  paths_.clear();
  std::sort(built.paths.begin(), built.paths.end());
  const std::uint64_t generation = told_ ? session_.snapshot().generation : 0;
  built.build = session_.update(changes);
  follow_looks(built.build);

  const SessionBuild& build = built.build;
  Told told{build.outcome, std::nullopt, build.report.diagnostics};
  if (build.error) {
    told.error = build.error->message;
  }
  built.is_news = told_ != told || !build.report.written.empty() || !build.report.removed.empty() ||
                  (build.is_committed && build.generation != generation);
  told_ = std::move(told);
  // What could not be settled has no news when it is tried again.
  needs_settling_ =
      needs_settling_ || (build.is_committed && (built.is_news || !session_.is_settled()));
  return built;
}

// Watches what the build turned out to depend on. What was asked of the disk before it was watched
// is asked again.
void WatchedProject::follow_looks(const SessionBuild& build) {
  DiskLooks::News news = session_.take_look_news();
  const bool starts_over = news.is_anew && session_.has_looked_everywhere();
  if (starts_over) {
    scope_.start_over();
    looked_at_.clear();
    has_new_scope_ = true;
  }
  if (scope_.add(news.looks)) {
    look_everywhere(WatchReason::reconcile);
  }
  for (const auto& [look, answer] : news.looks) {
    if (look.kind != LookKind::entries) {
      looked_at_.insert(look.path);
    }
  }
  follow_outputs(build, starts_over);
  scope_.finish();
}

// Outputs are watched so that who deletes or edits one gets it back.
void WatchedProject::follow_outputs(const SessionBuild& build, bool starts_over) {
  const artifact::OutputFolder* outputs = session_.outputs();
  if (outputs == nullptr) {
    return;
  }
  std::set<std::string> folders = {outputs->path(), config().out_dir};
  const auto add = [&](const std::string& path) {
    folders.emplace(base::parent_path(base::join_path(outputs->path(), path)));
  };
  if (starts_over) {
    for (const auto& [path, file] : outputs->believed()) {
      add(path);
    }
  }
  for (const std::string& path : build.report.written) {
    add(path);
  }
  for (const std::string& folder : folders) {
    if (scope_.add_folder(folder) && session_.has_touched_output(folder)) {
      paths_.insert(folder);
    }
  }
}

base::Result<artifact::OutputChanges> WatchedProject::settle() {
  needs_settling_ = false;
  return session_.settle();
}

void WatchedProject::try_again() {
  retry_ns_.reset();
  look_everywhere(WatchReason::reconcile);
}

}  // namespace session
