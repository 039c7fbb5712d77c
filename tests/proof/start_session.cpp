#include <iterator>
#include <utility>

#include "session/builder_session.h"
#include "session/config_loader.h"
#include "tests/proof/clean_build.h"
#include "tests/proof/subject.h"
#include "tests/support/frozen_clock.h"

namespace proof {
namespace {

using Outcome = session::BuildResult::Outcome;

void append(std::vector<std::string>& to, const std::vector<std::string>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

void append_counter(std::string& text, const char* name, std::uint64_t count) {
  text.append(name).append(" ").append(std::to_string(count)).append("\n");
}

std::string counters_text(const session::BuildReport& report) {
  std::string text;
  append_counter(text, "hits", report.cache_hits);
  append_counter(text, "misses", report.cache_misses);
  append_counter(text, "skips", report.cache_skips);
  append_counter(text, "rehashed", report.cache_rehashed);
  append_counter(text, "parsed", report.files_parsed);
  return text;
}

// Does what a watcher's loop does around a session: reads the config again before each build, and
// tells the session of edits that it could not be told of in time.
class SessionSubject final : public Subject {
 public:
  SessionSubject(WatchedFileSystem& files, std::string root, bool is_one_shot)
      : files_(files), root_(std::move(root)), is_one_shot_(is_one_shot) {}

  SubjectBuild build(const Touched& touched) override {
    note(touched);
    session::ConfigRequest request;
    request.working_dir = root_;
    const session::ConfigResult config = session::load_config(files_, request);
    // Only the session's own reading is counted.
    files_.take_reads();
    if (!config.config) {
      return refusal(config.problems);
    }
    const session::ProjectConfig& project = config.config->projects.front();
    const bool is_first = !session_;
    if (is_first) {
      session::SessionOptions options;
      options.uses_cache = true;
      options.is_one_shot = is_one_shot_;
      session_ = std::make_unique<session::BuilderSession>(
          project, options, session::BuildSeams{files_, clock_});
    } else if (session_->config() != project) {
      session_->reconfigure(project);
    }
    session::SessionBuild built = is_first ? session_->build_initial() : session_->update(changes_);
    changes_ = {};
    return result_of(std::move(built));
  }

 private:
  void note(const Touched& touched) {
    append(changes_.added, touched.added);
    append(changes_.updated, touched.updated);
    append(changes_.removed, touched.removed);
    changes_.is_everything = changes_.is_everything || touched.is_overflow;
  }

  static SubjectBuild refusal(const std::vector<session::LocatedDiagnostic>& problems) {
    SubjectBuild build;
    build.outcome = Outcome::refused;
    build.diagnostics = problems;
    return build;
  }

  SubjectBuild result_of(session::SessionBuild built) {
    SubjectBuild build;
    build.outcome = built.outcome;
    build.error = built.error;
    build.diagnostics = std::move(built.report.diagnostics);
    build.counters = counters_text(built.report);
    for (const builder::CompiledReason& reason : built.compiled) {
      build.recompiled.push_back(reason.id);
    }
    if (built.is_committed) {
      build.delta = std::move(built.delta);
    }
    const auto settled = session_->settle();
    if (!settled) {
      build.outcome = Outcome::failed;
      build.error = settled.error();
    }
    return build;
  }

  WatchedFileSystem& files_;
  std::string root_;
  bool is_one_shot_;
  support::FrozenClock clock_;
  std::unique_ptr<session::BuilderSession> session_;
  session::ChangeSet changes_;
};

}  // namespace

std::unique_ptr<Subject> start_session(WatchedFileSystem& files, const std::string& root) {
  return std::make_unique<SessionSubject>(files, root, false);
}

std::unique_ptr<Subject> start_one_shot(WatchedFileSystem& files, const std::string& root) {
  return std::make_unique<SessionSubject>(files, root, true);
}

}  // namespace proof
