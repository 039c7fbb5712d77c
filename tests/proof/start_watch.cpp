#include <algorithm>
#include <array>
#include <condition_variable>
#include <limits>
#include <mutex>
#include <thread>
#include <utility>

#include <unistd.h>

#include "base/check.h"
#include "base/clock.h"
#include "discovery/watch/local_watcher.h"
#include "session/watch/watch_loop.h"
#include "tests/proof/subject.h"

namespace proof {
namespace {

using Outcome = session::BuildResult::Outcome;

/// What the test asks of a loop on another thread, through a pipe as a signal handler would.
class PipeCommands final : public session::WatchCommands {
 public:
  PipeCommands() { base::check(::pipe(ends_.data()) == 0, "the system has pipes"); }
  PipeCommands(const PipeCommands&) = delete;
  PipeCommands& operator=(const PipeCommands&) = delete;
  ~PipeCommands() override {
    ::close(ends_[0]);
    ::close(ends_[1]);
  }

  void ask(const Asked& more) {
    const std::lock_guard<std::mutex> lock(mutex_);
    asked_.requests.insert(asked_.requests.end(), more.requests.begin(), more.requests.end());
    asked_.ends = asked_.ends || more.ends;
    base::check(::write(ends_[1], "x", 1) == 1, "the loop reads its pipe");
  }

  int descriptor() const override { return ends_[0]; }

  Asked take() override {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (asked_.requests.empty() && !asked_.ends) {
      return {};
    }
    std::array<char, 64> buffer{};
    base::check(::read(ends_[0], buffer.data(), buffer.size()) > 0, "somebody asked");
    return std::exchange(asked_, {});
  }

 private:
  std::array<int, 2> ends_{};
  std::mutex mutex_;
  Asked asked_;
};

/// Holds what a consumer of the loop's events holds.
class Listener final : public session::WatchObserver {
 public:
  explicit Listener(base::FileSystem& files) : files_(files) {}

  void on_config(const session::ConfigResult& config) override {
    refusal_.reset();
    if (!config.config) {
      refusal_.emplace();
      refusal_->outcome = Outcome::refused;
      refusal_->diagnostics = config.problems;
    }
  }
  void on_ready() override {}
  void on_build(const session::WatchBuild& told) override {
    build_.outcome = told.build.outcome;
    build_.error = told.build.error;
    build_.diagnostics = told.build.report.diagnostics;
    is_committed_ = told.build.is_committed;
    if (is_committed_) {
      if (generation_ == 0 && told.build.delta.base) {
        // The process goes on where another one ended: what that one left is still there.
        artifact_ = artifact::read_artifact(text_of(told.project, "artifact.json")).value();
        manifest_ = artifact::read_manifest(text_of(told.project, "manifest.json")).value();
      }
      apply(told.build.delta);
      generation_ = told.build.generation;
    }
  }
  void on_idle(const session::WatchIdle& /*idle*/) override {}
  void on_remark(const session::WatchRemark& remark) override {
    if (remark.kind == session::WatchRemarkKind::output_failure) {
      build_.outcome = Outcome::failed;
    }
  }
  void on_sync(std::uint64_t number) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    synced_ = number;
    has_synced_.notify_all();
  }

  void on_rejected(const std::string& complaint) override { base::check(false, complaint.c_str()); }

  void wait_for(std::uint64_t number) {
    std::unique_lock<std::mutex> lock(mutex_);
    has_synced_.wait(lock, [&] { return synced_ >= number; });
  }

  /// To be called while the loop waits.
  SubjectBuild build() const {
    if (refusal_) {
      return *refusal_;
    }
    SubjectBuild build = build_;
    if (problem_) {
      build.outcome = Outcome::failed;
      build.error = base::Error{base::ErrorCode::corrupt, *problem_};
    }
    if (is_committed_) {
      build.delta = artifact::whole_delta({artifact_, manifest_});
      build.delta->generation = generation_;
    }
    return build;
  }

 private:
  void apply(const artifact::Delta& delta) {
    const auto artifact = artifact::apply_delta(artifact_, delta);
    const auto manifest = artifact::apply_delta(manifest_, delta);
    if (!artifact || !manifest) {
      problem_ = (artifact ? manifest.error() : artifact.error()).message;
      return;
    }
    artifact_ = *artifact;
    manifest_ = *manifest;
  }

  std::string text_of(const session::ProjectConfig& project, const std::string& name) {
    constexpr std::uint64_t k_limit_bytes = 1U << 30U;
    std::string text;
    base::check(files_.read(project.out_dir + "/" + name, text, k_limit_bytes).has_value(),
                "a delta with a base applies to what is there");
    return text;
  }

  base::FileSystem& files_;
  std::optional<SubjectBuild> refusal_;
  SubjectBuild build_;
  artifact::Artifact artifact_;
  artifact::Manifest manifest_;
  std::uint64_t generation_ = 0;
  bool is_committed_ = false;
  /// What is wrong with a delta.
  std::optional<std::string> problem_;
  std::mutex mutex_;
  std::condition_variable has_synced_;
  std::uint64_t synced_ = 0;
};

/// A loop on a thread of its own, that builds when it is asked to and never by itself: so a step
/// that is to be broken off is one build, as the proof supposes. What it builds it knows from
/// events alone.
class WatchSubject final : public Subject {
 public:
  WatchSubject(WatchedFileSystem& files,
               std::string root,
               const discovery::LocalWatcherOptions& options)
      : watcher_(discovery::make_local_watcher(files, clock_, options)),
        listener_(files),
        loop_(request(std::move(root)),
              {files, clock_, *watcher_, waiter_, commands_, listener_, nullptr}),
        thread_([this] { loop_.run(); }) {}
  WatchSubject(const WatchSubject&) = delete;
  WatchSubject& operator=(const WatchSubject&) = delete;
  ~WatchSubject() override {
    commands_.ask({{}, true});
    thread_.join();
  }

  SubjectBuild build(const Touched& /*touched*/) override {
    // The second one builds what the first one led to; after the third that is settled.
    for (int i = 0; i < 3; ++i) {
      ++number_;
      commands_.ask({{{number_, {}}}, false});
      listener_.wait_for(number_);
    }
    return listener_.build();
  }

 private:
  static session::WatchRequest request(std::string root) {
    constexpr std::int64_t k_never = std::numeric_limits<std::int64_t>::max() / 4;
    session::WatchRequest request;
    request.config.working_dir = std::move(root);
    request.session.uses_cache = true;
    request.times.quiet_ns = k_never;
    request.times.cap_ns = k_never;
    request.times.large_quiet_ns = k_never;
    request.times.large_cap_ns = k_never;
    request.times.retry_ns = k_never;
    request.times.idle_ns = 0;
    return request;
  }

  base::SteadyClock clock_;
  std::unique_ptr<discovery::Watcher> watcher_;
  session::PollWaiter waiter_;
  PipeCommands commands_;
  Listener listener_;
  std::uint64_t number_ = 0;
  session::WatchLoop loop_;
  std::thread thread_;
};

}  // namespace

StartSubject start_watch(const discovery::LocalWatcherOptions& options) {
  return [options](WatchedFileSystem& files, const std::string& root) {
    return std::make_unique<WatchSubject>(files, root, options);
  };
}

}  // namespace proof
