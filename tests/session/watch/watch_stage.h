#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "discovery/watch/watcher.h"
#include "session/watch/watch_loop.h"
#include "tests/support/memory_file_system.h"

/// A watching loop on a disk in memory, with a clock that moves when the loop waits. A test says
/// what happens when; run() plays it, and gives the log of what the loop told.
namespace stage {

/// Tells of what the test makes happen, as inotify would: of folders that are watched only.
class HandWatcher final : public discovery::Watcher {
 public:
  explicit HandWatcher(support::MemoryFileSystem& disk) : disk_(disk) {}

  base::Status add(const std::string& folder) override;
  void remove(const std::string& folder) override { folders_.erase(folder); }
  void enter(discovery::FolderTrees trees) override { trees_ = std::move(trees); }
  std::vector<std::string> folders() const override { return {folders_.begin(), folders_.end()}; }
  discovery::WatchNews take(Look look) override;
  int descriptor() const override { return -1; }
  std::optional<std::int64_t> due_in_ns() const override { return std::nullopt; }

  /// Something happened at the path, which is as it is now on the disk.
  void tell(const std::string& path, discovery::FileEvent::Kind kind);
  void lose_events() { news_.has_lost_events = true; }

 private:
  support::MemoryFileSystem& disk_;
  std::set<std::string> folders_;
  discovery::FolderTrees trees_;
  discovery::WatchNews news_;
};

class Stage final : public session::Waiter,
                    public session::WatchCommands,
                    public session::WatchObserver,
                    public session::ProgressSink,
                    public base::Clock {
 public:
  /// With a small project in `/app`.
  Stage();

  support::MemoryFileSystem disk;
  HandWatcher watcher;
  session::WatchRequest request;

  /// Has `action` done `ms` milliseconds after the loop began to wait for the first time, as soon
  /// as it waits then or later. At the end of the last one the loop has a minute more.
  void at(std::int64_t ms, std::function<void()> action);

  // What happens, to be called in actions.
  void save(const std::string& path, const std::string& text);
  /// Opens a new file, and goes on writing.
  void make(const std::string& path);
  void link(const std::string& path, const std::string& target);
  /// Points a link elsewhere, as `ln -sfn` does.
  void relink(const std::string& path, const std::string& target);
  void move(const std::string& from, const std::string& to);
  void erase(const std::string& path);
  void erase_folder(const std::string& path);
  void put_folder(const std::string& path);
  /// Moves a folder in, in which the file at `path` is a program.
  void put_program(const std::string& folder, const std::string& path, const std::string& text);
  void ask(Asked more);

  /// Done when the loop tells of its next build, before it goes on.
  std::function<void()> on_next_build;

  /// Done when the next build has read all that it was told of, and looks for what that imports.
  std::function<void()> on_next_resolve;

  /// Done when the next build writes: everything was read by then.
  std::function<void()> on_next_write;

  /// One line per thing told, each with the milliseconds since the first wait, those of the start
  /// left out.
  std::vector<std::string> run();
  session::WatchEnd end = session::WatchEnd::asked;

  std::string output(const std::string& name) const;

  // The seams.
  void wait(const std::vector<int>& descriptors, std::optional<std::int64_t> timeout_ns) override;
  int descriptor() const override { return -1; }
  Asked take() override { return std::exchange(asked_, {}); }
  void on_config(const session::ConfigResult& config) override;
  void on_ready() override;
  void on_build(const session::WatchBuild& told) override;
  void on_idle(const session::WatchIdle& idle) override;
  void on_remark(const session::WatchRemark& remark) override;
  void on_sync(std::uint64_t number) override;
  void on_rejected(const std::string& complaint) override;
  std::int64_t now_ns() override { return now_ns_; }
  void begin_phase(std::string_view name, std::uint64_t total) override;
  void advance(std::uint64_t /*count*/) override {}

 private:
  void log(const std::string& text);
  void pass(std::int64_t until_ns);

  std::int64_t now_ns_ = 0;
  /// When the loop began to wait; before that nothing is logged with a time.
  std::optional<std::int64_t> begin_ns_;
  std::multimap<std::int64_t, std::function<void()>> actions_;
  Asked asked_;
  std::vector<std::string> log_;
};

/// One line each, so that a failure shows where it differs.
std::string text(const std::vector<std::string>& log);

/// What was told after the start, and after what the start had left for later. Checks the start.
std::vector<std::string> told_after_start(const std::vector<std::string>& log);

/// Another content of the stage's `src/a.ts`.
inline const std::string k_a2 = "gql`query A { a b }`;\n";

}  // namespace stage
