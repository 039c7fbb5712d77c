#include "cli/watch/watch_reporter.h"

#include <algorithm>
#include <utility>

namespace cli {

WatchReporter::WatchReporter(WatchTelling telling,
                             const TextStyle& style,
                             PathDisplay paths,
                             Output& out,
                             Output& err,
                             TerminalProgress* progress)
    : telling_(telling),
      paths_(paths),
      palette_(style),
      human_(style, paths),
      reporter_(telling_.output, style, std::move(paths), out, err),
      out_(out),
      err_(err),
      progress_(progress) {}

std::uint64_t WatchReporter::generation() const {
  std::uint64_t last = 0;
  for (const auto& [project, number] : generations_) {
    last = std::max(last, number);
  }
  return last;
}

void WatchReporter::clear_progress() {
  if (progress_ != nullptr) {
    progress_->clear();
  }
}

void WatchReporter::on_config(const session::ConfigResult& config) {
  clear_progress();
  const bool is_news = config.problems != config_problems_;
  config_problems_ = config.problems;
  if (config.config) {
    projects_.clear();
    for (const session::ProjectConfig& project : config.config->projects) {
      projects_.push_back({project.name, project.root, project.out_dir});
    }
    forget_gone_projects();
  }
  if (is_json()) {
    // Told when the last problem is gone, too.
    out_.write(is_news ? config_event(config.problems, generation()) : std::string());
  } else {
    tell_people_of_config(config, is_news);
  }
}

void WatchReporter::tell_people_of_config(const session::ConfigResult& config, bool is_news) {
  if (is_news) {
    reporter_.config_problems(config.problems);
  }
  const bool was_broken = std::exchange(is_config_broken_, !config.config);
  if (is_config_broken_ && is_news) {
    err_.write("Nothing is built until the config is repaired.\n");
  } else if (was_broken && !is_config_broken_ && !telling_.output.quiet) {
    out_.write("The config is repaired.\n");
  }
}

void WatchReporter::forget_gone_projects() {
  const auto is_gone = [this](const auto& entry) {
    return std::none_of(projects_.begin(), projects_.end(), [&](const WatchedProject& project) {
      return project.name == entry.first;
    });
  };
  std::erase_if(told_, is_gone);
  std::erase_if(generations_, is_gone);
}

void WatchReporter::on_ready() {
  clear_progress();
  if (is_json()) {
    out_.write(ready_event(projects_, generation(), paths_));
  } else if (!telling_.output.quiet && !std::exchange(has_said_how_to_end_, true)) {
    out_.write("Watching for changes; Ctrl-C ends.\n");
  }
}

void WatchReporter::on_build(const session::WatchBuild& build) {
  clear_progress();
  if (build.build.outcome == session::BuildResult::Outcome::failed) {
    failed_outputs_.insert(build.project.name);
  } else {
    failed_outputs_.erase(build.project.name);
  }
  ProjectRun run;
  run.root = build.project.root;
  run.out_dir = build.project.out_dir;
  run.result = {build.build.outcome, build.build.report, build.build.error};
  run.result.report.generation =
      std::max(build.build.report.generation, generations_[build.project.name]);
  run.result.report.wall_ns = build.build_ns;
  run.explains = telling_.explains;
  run.compiled = session::describe(build.build.compiled);
  run.trigger = {build.reason, build.paths, build.settle_ns};
  if (is_json()) {
    tell_events(build, run);
  } else {
    if (build.paths.empty()) {
      // Everything was looked at; who edited a file wants to read its name all the same.
      for (const session::ChangedSource& source : build.build.sources) {
        run.trigger->paths.push_back(source.path.text());
      }
    }
    tell_people(
        run,
        build.build.is_committed ? KnownDiagnostics::Set::full : KnownDiagnostics::Set::partial);
  }
  generations_[build.project.name] = run.result.report.generation;
}

void WatchReporter::tell_events(const session::WatchBuild& build, const ProjectRun& run) {
  const session::BuildReport& report = run.result.report;
  const bool is_new =
      build.build.is_committed && (build.reason == session::WatchReason::initial ||
                                   build.build.generation != generations_[build.project.name]);
  // First what somebody is waiting for.
  if (is_new) {
    out_.write(delta_event(report.project, build.build.delta, build.build.sources));
  }
  out_.write(diagnostic_events(report) + build_event(run, paths_));
}

void WatchReporter::tell_people(const ProjectRun& run, KnownDiagnostics::Set set) {
  const session::BuildReport& report = run.result.report;
  Told& told = told_[report.project];
  const DiagnosticNews news = told.diagnostics.update(report.diagnostics, set);
  tell_fresh(news, run.root);
  const std::string error = run.result.error ? run.result.error->message : std::string();
  if (!error.empty() && error != told.error) {
    err_.write(human_.failure(error));
  }
  told.error = error;
  out_.write(human_.reasons(run));
  if (telling_.has_stats) {
    out_.write(human_.stats(report));
  }
  if (!telling_.output.quiet) {
    out_.write(run.trigger->reason == session::WatchReason::initial
                   ? human_.summary(run)
                   : generation_line(run, news.repaired, palette_));
  }
}

void WatchReporter::tell_fresh(const DiagnosticNews& news, const std::string& root) {
  std::size_t shown = 0;
  std::size_t left = 0;
  for (const session::LocatedDiagnostic* diagnostic : news.fresh) {
    if (telling_.output.quiet && diagnostic->severity != base::Severity::error) {
      continue;
    }
    if (shown == k_most_in_full) {
      ++left;
      continue;
    }
    out_.write(human_.diagnostic(*diagnostic, root));
    ++shown;
  }
  if (left > 0) {
    out_.write("... and " + with_separators(left) + " more; `builder validate` shows all.\n\n");
  }
}

void WatchReporter::on_idle(const session::WatchIdle& idle) {
  clear_progress();
  failed_outputs_.erase(idle.project.name);
  if (is_json()) {
    out_.write(
        idle_event(idle.project.name, idle.snapshot.generation, idle.snapshot.artifact_hash));
  }
}

void WatchReporter::on_remark(const session::WatchRemark& remark) {
  clear_progress();
  if (remark.kind == session::WatchRemarkKind::output_failure) {
    failed_outputs_.insert(remark.project);
  }
  if (is_json()) {
    out_.write(warning_event(remark, generation()));
  } else if (!telling_.output.quiet) {
    err_.write(human_.warning(remark.project.empty() ? remark.text
                                                     : "[" + remark.project + "] " + remark.text));
  }
}

void WatchReporter::on_sync(std::uint64_t number) {
  out_.write(sync_event(number, generation()));
}

void WatchReporter::on_rejected(const std::string& complaint) {
  out_.write(rejected_event(complaint, generation()));
}

}  // namespace cli
