#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "cli/options.h"
#include "cli/output.h"
#include "cli/project_run.h"
#include "cli/render_json.h"
#include "cli/reporter.h"
#include "cli/terminal_progress.h"
#include "cli/watch/watch_text.h"
#include "session/watch/watch_observer.h"

namespace cli {

/// What a watcher's user wants to hear.
struct WatchTelling {
  OutputOptions output;
  bool has_stats = false;
  bool explains = false;
};

/// Tells what a watcher does: to people, as what changed from one generation to the next; to
/// programs, as events that leave nothing out.
class WatchReporter final : public session::WatchObserver {
 public:
  /// `progress` may be null. All references must outlive the reporter.
  WatchReporter(WatchTelling telling,
                const TextStyle& style,
                PathDisplay paths,
                Output& out,
                Output& err,
                TerminalProgress* progress);

  void on_config(const session::ConfigResult& config) override;
  void on_ready() override;
  void on_build(const session::WatchBuild& build) override;
  void on_idle(const session::WatchIdle& idle) override;
  void on_remark(const session::WatchRemark& remark) override;
  void on_sync(std::uint64_t number) override;
  void on_rejected(const std::string& complaint) override;

  /// The last outputs of some project could not be written.
  bool has_failed_outputs() const { return !failed_outputs_.empty(); }

  /// New diagnostics that are shown in full after one build; the rest is counted.
  static constexpr std::size_t k_most_in_full = 20;

 private:
  /// What is known of one project.
  struct Told {
    KnownDiagnostics diagnostics;
    std::string error;
  };

  bool is_json() const { return telling_.output.format == Format::json; }
  std::uint64_t generation() const;
  void tell_events(const session::WatchBuild& build, const ProjectRun& run);
  void tell_people_of_config(const session::ConfigResult& config, bool is_news);
  void tell_people(const ProjectRun& run, KnownDiagnostics::Set set);
  void tell_fresh(const DiagnosticNews& news, const std::string& root);
  void clear_progress();
  void forget_gone_projects();

  WatchTelling telling_;
  PathDisplay paths_;
  Palette palette_;
  HumanRenderer human_;
  Reporter reporter_;
  Output& out_;
  Output& err_;
  TerminalProgress* progress_;
  std::vector<WatchedProject> projects_;
  bool has_said_how_to_end_ = false;
  /// By project, that of the last build.
  std::map<std::string, std::uint64_t> generations_;
  std::map<std::string, Told> told_;
  std::vector<session::LocatedDiagnostic> config_problems_;
  bool is_config_broken_ = false;
  /// Names of projects.
  std::set<std::string> failed_outputs_;
};

}  // namespace cli
