#include "session/watch/watch_loop.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "base/source_path.h"
#include "session/watch/feedback_guard.h"
#include "session/watch/git_state.h"
#include "session/watch/watch_scope.h"
#include "session/watch/watched_config.h"
#include "session/watch/watched_project.h"

namespace session {
namespace {

using discovery::FileEvent;
using discovery::Watcher;

/// Builds that builds asked for come to an end sooner; if not, they go on later.
constexpr int k_max_rounds = 20;
/// A program that is being replaced is written in more than one step.
constexpr std::int64_t k_program_quiet_ns = 500'000'000;

/// Whether whoever follows the projects finds their outputs where they were.
bool have_same_places(const std::vector<ProjectConfig>& before,
                      const std::vector<ProjectConfig>& after) {
  return std::equal(before.begin(),
                    before.end(),
                    after.begin(),
                    after.end(),
                    [](const ProjectConfig& left, const ProjectConfig& right) {
                      return std::tie(left.name, left.root, left.out_dir) ==
                             std::tie(right.name, right.root, right.out_dir);
                    });
}

}  // namespace

class WatchLoop::Run {
 public:
  Run(WatchRequest request, const WatchSeams& seams)
      : request_(std::move(request)),
        seams_(seams),
        git_(seams.files),
        config_(seams.files, seams.watcher, entered_, request_.config),
        program_(seams.files, seams.watcher, entered_) {}

  WatchEnd run() {
    watch_program();
    load_config();
    build_pending();
    while (true) {
      look(Watcher::Look::cheap);
      const WatchCommands::Asked asked = seams_.commands.take();
      if (!asked.requests.empty() || asked.ends) {
        catch_up();
        answer(asked.requests);
      }
      if (asked.ends) {
        settle_all();
        return WatchEnd::asked;
      }
      if (is_program_replaced()) {
        catch_up();
        settle_all();
        return WatchEnd::program_changed;
      }
      if (!work()) {
        wait();
      }
    }
  }

 private:
  std::int64_t now_ns() const { return seams_.clock.now_ns(); }

  void answer(const std::vector<WatchCommands::Request>& requests) {
    for (const WatchCommands::Request& request : requests) {
      if (request.sync) {
        seams_.observer.on_sync(*request.sync);
      } else {
        seams_.observer.on_rejected(request.complaint);
      }
    }
  }

  /// Does what is due; says whether anything was.
  bool work() {
    const std::int64_t now = now_ns();
    for (const auto& project : projects_) {
      if (project->retry_ns() && *project->retry_ns() <= now) {
        project->try_again();
        note_change(0);
      }
    }
    if (has_pending()) {
      if (now < due_ns()) {
        return false;
      }
      build_pending();
      return true;
    }
    // What waits for a better config is no burst any more when that comes.
    end_burst();
    const std::optional<std::int64_t> idle = idle_due_ns();
    if (!idle || now < *idle) {
      return false;
    }
    settle_next();
    return true;
  }

  void wait() {
    std::optional<std::int64_t> until =
        has_pending() ? std::optional(next_question_ns()) : idle_due_ns();
    const auto at_latest = [&until](std::optional<std::int64_t> time) {
      if (time) {
        until = until ? std::min(*until, *time) : *time;
      }
    };
    for (const auto& project : projects_) {
      at_latest(project->retry_ns());
    }
    at_latest(program_due_ns_);
    const std::int64_t now = now_ns();
    std::optional<std::int64_t> timeout = seams_.watcher.due_in_ns();
    if (until) {
      const std::int64_t left = std::max<std::int64_t>(*until - now, 0);
      timeout = timeout ? std::min(*timeout, left) : left;
    }
    seams_.waiter.wait({seams_.watcher.descriptor(), seams_.commands.descriptor()}, timeout);
  }

  // What happened.

  /// `is_after_build`: what there is to take happened while builds looked at the disk, or after.
  void look(Watcher::Look look, bool is_after_build = false) {
    discovery::WatchNews news = seams_.watcher.take(look);
    entered_.insert(news.new_folders.begin(), news.new_folders.end());
    for (const std::string& text : news.remarks) {
      seams_.observer.on_remark({WatchRemarkKind::polling, {}, text});
    }
    follow_folders(news.events);
    std::size_t count = 0;
    for (const FileEvent& event : news.events) {
      count += take(event, is_after_build || event.is_found) ? 1U : 0U;
    }
    if (count > 0) {
      note_change(count);
    }
    if (news.has_lost_events) {
      lose_track();
    }
  }

  /// Before anything is looked at again: what came has to be watched first.
  void follow_folders(const std::vector<FileEvent>& events) {
    std::set<std::string> paths;
    for (const FileEvent& event : events) {
      if (event.kind != FileEvent::Kind::content) {
        paths.insert(event.path);
      }
    }
    for (const std::string& path : paths) {
      if (program_.leads_to_needed(path) && program_.follow(path)) {
        expect_program();
      }
      if (config_.scope().leads_to_needed(path) && config_.scope().follow(path)) {
        config_.mark_changed();
        note_change(0);
      }
      for (const auto& project : projects_) {
        if (project->scope().leads_to_needed(path) && project->scope().follow(path)) {
          project->look_everywhere(WatchReason::reconcile);
          note_change(0);
        }
      }
    }
  }

  bool take(const FileEvent& event, bool is_half_seen) {
    if (event.path == request_.program) {
      expect_program();
      return false;
    }
    bool matters = config_.take(event);
    for (const auto& project : projects_) {
      if (!feedback_.is_muted(event.path)) {
        matters = project->take(event, is_half_seen) || matters;
      }
    }
    if (matters) {
      note_certainty(event);
    }
    return matters;
  }

  void note_certainty(const FileEvent& event) {
    switch (event.kind) {
      case FileEvent::Kind::created:
        made_.insert(event.path);
        unsure_.insert(event.path);
        break;
      case FileEvent::Kind::gone:
        // One that was made a moment before was a step on the way to another one.
        if (made_.erase(event.path) > 0) {
          unsure_.erase(event.path);
        } else {
          unsure_.insert(event.path);
        }
        break;
      case FileEvent::Kind::content:
      case FileEvent::Kind::entry:
      case FileEvent::Kind::folder:
        unsure_.erase(event.path);
        break;
    }
  }

  void lose_track() {
    if (!std::exchange(has_lost_track_, true)) {
      seams_.observer.on_remark({WatchRemarkKind::lost_events,
                                 {},
                                 "The system dropped file events; everything is looked at again."});
    }
    program_.renew();
    expect_program();
    config_.scope().renew();
    config_.mark_changed();
    for (const auto& project : projects_) {
      project->scope().renew();
      project->look_everywhere(WatchReason::reconcile);
    }
    note_change(request_.times.large_burst_paths + 1);
  }

  void note_change(std::size_t paths) {
    const std::int64_t now = now_ns();
    if (!burst_) {
      burst_ = Burst{now, now, 0};
    }
    burst_->last_ns = now;
    burst_->is_unsure = !unsure_.empty();
    burst_->paths += paths;
  }

  void end_burst() {
    burst_.reset();
    unsure_.clear();
    made_.clear();
    has_lost_track_ = false;
  }

  // When to act.

  bool has_pending() const { return config_.has_changed() || has_pending_builds(); }

  /// With a broken config nothing is built: what changes meanwhile waits for a better one.
  bool has_pending_builds() const {
    return config_.is_good() &&
           std::any_of(projects_.begin(), projects_.end(), [](const auto& project) {
             return project->has_pending();
           });
  }

  GitState git_state() {
    GitState state = GitState::none;
    for (const auto& project : projects_) {
      state = std::max(state, git_.state_of(project->config().root));
    }
    return state;
  }

  std::int64_t due_ns() {
    if (!burst_) {
      return 0;
    }
    is_git_at_work_ = false;
    const std::int64_t due = settle_due_ns(*burst_, GitState::none, request_.times);
    if (now_ns() < due) {
      return due;
    }
    const GitState git = git_state();
    is_git_at_work_ = git == GitState::at_work;
    const std::int64_t due_with_git = settle_due_ns(*burst_, git, request_.times);
    if (is_git_at_work_ && now_ns() >= due_with_git) {
      for (const auto& project : projects_) {
        git_.ignore_lock_of(project->config().root);
      }
    }
    return due_with_git;
  }

  std::int64_t next_question_ns() {
    const std::int64_t due = due_ns();
    return is_git_at_work_ ? std::min(due, now_ns() + request_.times.git_poll_ns) : due;
  }

  std::optional<std::int64_t> idle_due_ns() const {
    const bool has_work = std::any_of(projects_.begin(), projects_.end(), [](const auto& project) {
      return project->needs_settling();
    });
    return has_work ? std::optional(last_build_ns_ + request_.times.idle_ns) : std::nullopt;
  }

  // What is done.

  void load_config() {
    const ConfigResult result = config_.load();
    std::optional<Config> config = result.config;
    if (config_.is_news()) {
      seams_.observer.on_config(result);
    }
    if (config && (projects_.empty() || *config != current_)) {
      is_ready_ = is_ready_ && have_same_places(current_.projects, config->projects);
      current_ = *std::move(config);
      adopt_config();
    }
  }

  void adopt_config() {
    std::vector<std::unique_ptr<WatchedProject>> old = std::exchange(projects_, {});
    std::vector<ProjectConfig> missing;
    for (const ProjectConfig& wanted : current_.projects) {
      const auto same = std::find_if(old.begin(), old.end(), [&](const auto& project) {
        return project != nullptr && project->config().name == wanted.name;
      });
      projects_.push_back(same == old.end() ? nullptr : std::move(*same));
      if (projects_.back() != nullptr && projects_.back()->config() != wanted) {
        projects_.back()->reconfigure(wanted);
      }
    }
    for (const auto& project : old) {
      if (project != nullptr) {
        settle(*project);
      }
    }
    // Only now are their out folders free.
    old.clear();
    std::vector<std::string> roots;
    std::vector<std::string> own_folders;
    for (std::size_t i = 0; i < projects_.size(); ++i) {
      const ProjectConfig& wanted = current_.projects[i];
      if (projects_[i] == nullptr) {
        projects_[i] = std::make_unique<WatchedProject>(
            wanted,
            request_.session,
            WatchedProject::Seams{
                {seams_.files, seams_.clock, seams_.progress}, seams_.watcher, entered_});
      }
      roots.push_back(wanted.root);
      own_folders.insert(own_folders.end(), {wanted.out_dir, wanted.cache_dir});
    }
    feedback_.start_over({own_folders.begin(), own_folders.end()});
    seams_.watcher.enter({std::move(roots), std::move(own_folders)});
  }

  /// Builds all that waits, and what that leads to.
  void build_pending() {
    burst_begin_ns_ = burst_ ? std::optional(burst_->first_ns) : std::nullopt;
    end_burst();
    for (int round = 0; round < k_max_rounds && has_pending(); ++round) {
      if (config_.has_changed()) {
        load_config();
      }
      for (const auto& project : projects_) {
        if (config_.is_good() && project->has_pending()) {
          build(*project);
        }
      }
      if (!is_ready_ && !projects_.empty()) {
        is_ready_ = true;
        seams_.observer.on_ready();
      }
      forget_folders();
    }
    last_build_ns_ = now_ns();
    look(Watcher::Look::cheap, true);
  }

  void build(WatchedProject& project) {
    const std::int64_t begin = now_ns();
    const bool is_about_outputs = project.is_about_outputs(feedback_.folders());
    const WatchedProject::Built built = project.build();
    const std::int64_t end = now_ns();
    for (std::string& text : project.session().take_warnings()) {
      seams_.observer.on_remark(
          {WatchRemarkKind::saved_state, project.config().name, std::move(text)});
    }
    schedule_retry(project, built.build);
    if (built.is_news) {
      WatchBuild told{project.config(), built.build, built.reason, built.paths, 0, end - begin};
      told.settle_ns = burst_begin_ns_ ? begin - *burst_begin_ns_ : 0;
      seams_.observer.on_build(told);
    }
    if (feedback_.note(is_about_outputs, built.build, end)) {
      seams_.observer.on_remark({WatchRemarkKind::feedback_loop,
                                 project.config().name,
                                 feedback_.message(project.config().root)});
    }
    if (!feedback_.has_muted() && feedback_.take_unmuted()) {
      for (const auto& other : projects_) {
        other->look_everywhere(WatchReason::reconcile);
      }
    }
  }

  void schedule_retry(WatchedProject& project, const SessionBuild& build) {
    if (build.outcome != BuildResult::Outcome::failed) {
      retry_after_ns_ = request_.times.retry_ns;
      project.retry_at(std::nullopt);
      return;
    }
    if (build.error && build.error->code == base::ErrorCode::locked) {
      // Another session may end any moment, and to ask costs nothing.
      project.retry_at(now_ns() + request_.times.retry_ns);
      return;
    }
    project.retry_at(now_ns() + retry_after_ns_);
    retry_after_ns_ = std::min(2 * retry_after_ns_, request_.times.last_retry_ns);
  }

  /// Folders that were entered when they came, or needed once, and that nobody needs now.
  void forget_folders() {
    const bool is_known = std::all_of(projects_.begin(), projects_.end(), [](const auto& project) {
      return !project->has_pending() && project->session().has_looked_everywhere();
    });
    if (!is_known) {
      return;
    }
    bool has_new_scope = false;
    for (const auto& project : projects_) {
      has_new_scope = project->take_new_scope() || has_new_scope;
    }
    const std::vector<std::string> candidates =
        has_new_scope ? seams_.watcher.folders()
                      : std::vector<std::string>(entered_.begin(), entered_.end());
    for (const std::string& folder : candidates) {
      if (!is_needed(folder)) {
        seams_.watcher.remove(folder);
      }
    }
    entered_.clear();
  }

  bool is_needed(const std::string& folder) const {
    return config_.scope().needs(folder) || program_.needs(folder) ||
           std::any_of(projects_.begin(), projects_.end(), [&](const auto& project) {
             return project->scope().needs(folder);
           });
  }

  /// Builds all that happened until now.
  void catch_up() {
    look(Watcher::Look::thorough);
    for (const auto& project : projects_) {
      if (project->retry_ns()) {
        project->try_again();
      }
    }
    if (has_pending()) {
      build_pending();
    }
  }

  void settle_next() {
    for (const auto& project : projects_) {
      if (project->needs_settling()) {
        settle(*project);
        return;
      }
    }
  }

  void settle_all() {
    for (const auto& project : projects_) {
      if (project->needs_settling()) {
        settle(*project);
      }
    }
  }

  void settle(WatchedProject& project) {
    const base::Result<artifact::OutputChanges> changes = project.settle();
    for (std::string& text : project.session().take_warnings()) {
      seams_.observer.on_remark(
          {WatchRemarkKind::saved_state, project.config().name, std::move(text)});
    }
    if (!changes) {
      seams_.observer.on_remark({WatchRemarkKind::output_failure,
                                 project.config().name,
                                 "The outputs are not complete: " + changes.error().message});
      project.retry_at(now_ns() + request_.times.retry_ns);
      return;
    }
    seams_.observer.on_idle({project.config(), project.session().snapshot(), *changes});
  }

  // The program itself.

  void watch_program() {
    if (request_.program.empty()) {
      return;
    }
    if (const auto status = seams_.files.status(request_.program)) {
      program_stamp_ = status->stamp;
    }
    program_.add_folder(std::string(base::parent_path(request_.program)));
    program_.finish();
  }

  void expect_program() {
    if (!request_.program.empty()) {
      program_due_ns_ = now_ns() + k_program_quiet_ns;
    }
  }

  bool is_program_replaced() {
    if (!program_due_ns_ || now_ns() < *program_due_ns_) {
      return false;
    }
    if (seams_.commands.is_half_asked()) {
      expect_program();
      return false;
    }
    program_due_ns_.reset();
    const auto status = seams_.files.status(request_.program);
    constexpr std::uint32_t k_any_execute = 0111;
    return status && status->kind == base::FileKind::regular && status->stamp.size_bytes > 0 &&
           (status->mode & k_any_execute) != 0 && status->stamp != program_stamp_;
  }

  WatchRequest request_;
  WatchSeams seams_;
  GitWatch git_;
  /// Folders that came to be and are watched since, until it is known who needs them.
  std::set<std::string> entered_;
  WatchedConfig config_;
  /// The folder of the program, which whoever installs another one may put in a new place first.
  WatchScope program_;
  Config current_;
  std::vector<std::unique_ptr<WatchedProject>> projects_;
  FeedbackGuard feedback_;
  std::optional<Burst> burst_;
  /// Files of the burst that are away, or are being written.
  std::set<std::string> unsure_;
  /// Files that the burst began with making.
  std::set<std::string> made_;
  std::optional<std::int64_t> burst_begin_ns_;
  /// Said of this burst.
  bool has_lost_track_ = false;
  bool is_git_at_work_ = false;
  bool is_ready_ = false;
  std::int64_t last_build_ns_ = 0;
  std::int64_t retry_after_ns_ = request_.times.retry_ns;
  std::optional<base::FileStamp> program_stamp_;
  std::optional<std::int64_t> program_due_ns_;
};

WatchLoop::WatchLoop(WatchRequest request, const WatchSeams& seams)
    : run_(std::make_unique<Run>(std::move(request), seams)) {}

WatchLoop::~WatchLoop() = default;

WatchEnd WatchLoop::run() {
  return run_->run();
}

}  // namespace session
