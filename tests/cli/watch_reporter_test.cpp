#include "cli/watch/watch_reporter.h"

#include <array>
#include <string>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

#include <doctest/doctest.h>

#include "tests/cli/samples.h"

namespace {

using Outcome = session::BuildResult::Outcome;
using session::WatchReason;

/// A reporter whose outputs are read back. The pipes hold what a test writes.
class Report {
 public:
  explicit Report(cli::WatchTelling telling)
      : out_(make_pipe(0)),
        err_(make_pipe(1)),
        reporter_(std::move(telling), {}, {"/repo"}, out_, err_, nullptr) {}
  Report(const Report&) = delete;
  Report& operator=(const Report&) = delete;
  ~Report() {
    for (const auto& ends : pipes_) {
      ::close(ends[0]);
      ::close(ends[1]);
    }
  }

  cli::WatchReporter& reporter() { return reporter_; }

  std::string build(const session::SessionBuild& build,
                    WatchReason reason,
                    std::vector<std::string> paths = {}) {
    session::ProjectConfig project;
    project.name = build.report.project;
    project.root = "/repo/app";
    reporter_.on_build({project, build, reason, std::move(paths), 5'000'000, 1'500'000});
    return out();
  }

  std::string out() { return read(pipes_[0][0]); }
  std::string err() { return read(pipes_[1][0]); }

 private:
  int make_pipe(std::size_t index) {
    REQUIRE(::pipe2(pipes_[index].data(), O_CLOEXEC | O_NONBLOCK) == 0);
    return pipes_[index][1];
  }

  static std::string read(int descriptor) {
    std::array<char, 65536> buffer{};
    const ssize_t count = ::read(descriptor, buffer.data(), buffer.size());
    return count > 0 ? std::string(buffer.data(), static_cast<std::size_t>(count)) : std::string();
  }

  std::array<std::array<int, 2>, 2> pipes_{};
  cli::Output out_;
  cli::Output err_;
  cli::WatchReporter reporter_;
};

session::LocatedDiagnostic error_at(std::uint32_t line, const std::string& message) {
  session::LocatedDiagnostic diagnostic;
  diagnostic.code = "Rule";
  diagnostic.message = message;
  diagnostic.place = samples::place_in("src/a.ts", {line, 1}, {line, 2}, {{line, "x", 1}});
  return diagnostic;
}

session::SessionBuild build_with(std::vector<session::LocatedDiagnostic> diagnostics,
                                 std::uint64_t generation = 1) {
  session::SessionBuild build;
  build.outcome = diagnostics.empty() ? Outcome::built : Outcome::has_errors;
  build.is_committed = true;
  build.generation = generation;
  build.delta.generation = generation;
  build.report.generation = generation;
  build.report.error_count = diagnostics.size();
  build.report.diagnostics = std::move(diagnostics);
  return build;
}

cli::WatchTelling telling(cli::Format format, bool quiet = false) {
  cli::WatchTelling telling;
  telling.output.format = format;
  telling.output.quiet = quiet;
  return telling;
}

const std::string k_first = "error: First. [Rule]\n  app/src/a.ts:1:1\n  > 1 | x\n      | ^\n\n";
const std::string k_second = "error: Second. [Rule]\n  app/src/a.ts:3:1\n  > 3 | x\n      | ^\n\n";

/// The `event` of each line, with its generation.
std::string names_of(const std::string& events) {
  std::string names;
  for (std::size_t at = events.find("{\"event\":\""); at != std::string::npos;
       at = events.find("\n{\"event\":\"", at + 1)) {
    const std::size_t begin = events.find(':', at) + 2;
    const std::string generation = "\"generation\":";
    names += events.substr(begin, events.find('"', begin) - begin) + " " +
             events.substr(events.find(generation, at) + generation.size(), 1) + "\n";
  }
  return names;
}

}  // namespace

TEST_SUITE("cli/watch_reporter") {
  TEST_CASE("errors are shown when they come, not while they stay, and their repair is told") {
    Report listener(telling(cli::Format::human));

    CHECK(listener.build(build_with({error_at(1, "First.")}), WatchReason::initial) ==
          k_first + "Found 1 error; nothing was built (1.5 ms)\n");
    CHECK(listener.build(build_with({error_at(2, "First."), error_at(3, "Second.")}),
                         WatchReason::changes,
                         {"src/a.ts"}) ==
          k_second + "src/a.ts: outputs stay as they are; 2 errors (1.5 ms)\n");
    CHECK(listener.build(build_with({error_at(3, "Second.")}),
                         WatchReason::changes,
                         {"src/a.ts", "src/b.ts"}) ==
          "src/a.ts, src/b.ts: outputs stay as they are; 1 error, 1 repaired (1.5 ms)\n");
    CHECK(listener.build(build_with({}), WatchReason::changes, {"src/a.ts"}) ==
          "src/a.ts: outputs stay as they are; the error is repaired (1.5 ms)\n");
    CHECK(listener.build(build_with({error_at(1, "First.")}), WatchReason::changes, {"src/a.ts"}) ==
          k_first + "src/a.ts: outputs stay as they are; 1 error (1.5 ms)\n");
  }

  TEST_CASE("what a build that ended early does not tell is not repaired, and not new behind it") {
    Report listener(telling(cli::Format::human));
    listener.build(build_with({error_at(1, "First.")}), WatchReason::initial);
    session::SessionBuild early = build_with({error_at(7, "The schema is broken.")});
    early.is_committed = false;

    CHECK(listener.build(early, WatchReason::changes, {"schema.graphql"})
              .ends_with("schema.graphql: outputs stay as they are; 1 error (1.5 ms)\n"));
    CHECK(listener.build(
              build_with({error_at(1, "First.")}), WatchReason::changes, {"schema.graphql"}) ==
          "schema.graphql: outputs stay as they are; 1 error, 1 repaired (1.5 ms)\n");
  }

  TEST_CASE("however much happens, little is said") {
    Report listener(telling(cli::Format::human));
    session::SessionBuild many = build_with({});
    many.report.project = "web";
    many.report.definitions_compiled = 1500;
    many.report.written.assign(3000, "a.mjs");
    many.report.removed = {"b.mjs"};
    CHECK(listener.build(
              many, WatchReason::changes, std::vector<std::string>(10'000, "src/a\n.ts")) ==
          "[web] src/a\\n.ts and 9,999 more changes: 1,500 definitions compiled, 3,000 files "
          "written, 1 removed (1.5 ms)\n");
    CHECK(listener.build(build_with({}), WatchReason::reconcile) ==
          "Looked at everything: outputs stay as they are (1.5 ms)\n");
    session::SessionBuild found = build_with({});
    found.sources = {{base::SourcePath("src/a.ts"), std::nullopt}};
    CHECK(listener.build(found, WatchReason::reconcile) ==
          "src/a.ts: outputs stay as they are (1.5 ms)\n");

    std::vector<session::LocatedDiagnostic> errors;
    for (std::uint32_t line = 1; line <= 1025; ++line) {
      errors.push_back(error_at(line, std::to_string(line)));
    }
    const std::string flood =
        listener.build(build_with(errors), WatchReason::changes, {"schema.graphql"});
    CHECK(flood.find("error: 20 [Rule]") != std::string::npos);
    CHECK(flood.find("error: 21 [Rule]") == std::string::npos);
    CHECK(
        flood.ends_with("... and 1,005 more; `builder validate` shows all.\n\n"
                        "schema.graphql: outputs stay as they are; 1,025 errors (1.5 ms)\n"));
  }

  TEST_CASE("--quiet leaves errors") {
    Report listener(telling(cli::Format::human, true));
    session::LocatedDiagnostic warning = error_at(1, "Careful.");
    warning.severity = base::Severity::warning;

    listener.reporter().on_ready();
    CHECK(listener.build(build_with({error_at(1, "First."), warning}), WatchReason::initial) ==
          k_first);
    CHECK(listener.build(build_with({}), WatchReason::changes, {"src/a.ts"}).empty());
    listener.reporter().on_remark({session::WatchRemarkKind::polling, "", "Slow."});
    CHECK(listener.err().empty());
  }

  TEST_CASE("a failure is told once, as long as it is the same") {
    Report listener(telling(cli::Format::human));
    session::SessionBuild build;
    build.outcome = Outcome::failed;
    build.error = base::Error{base::ErrorCode::io, "cannot write a: no space"};

    CHECK(listener.build(build, WatchReason::changes, {"src/a.ts"}) ==
          "src/a.ts: nothing was built (1.5 ms)\n");
    CHECK(listener.err() == "error: cannot write a: no space\n");
    listener.build(build, WatchReason::changes, {"src/a.ts"});
    CHECK(listener.err().empty());
  }

  TEST_CASE("a broken config is told, and what becomes of the project") {
    Report listener(telling(cli::Format::human));
    session::ConfigResult broken;
    broken.problems = {samples::without_place()};
    session::ConfigResult fine;
    fine.config.emplace();

    listener.reporter().on_config(broken);
    CHECK(listener.err() ==
          "error: No config was found:\n  100% of it. [Config]\n\n"
          "Nothing is built until the config is repaired.\n");
    listener.reporter().on_config(fine);
    CHECK(listener.err().empty());
    CHECK(listener.out() == "The config is repaired.\n");
    listener.reporter().on_config(fine);
    CHECK(listener.out().empty());
    listener.reporter().on_config(broken);
    CHECK(listener.err().ends_with("Nothing is built until the config is repaired.\n"));
  }

  TEST_CASE("events: the delta first, then the whole set of diagnostics, closed by the build") {
    Report listener(telling(cli::Format::json));

    CHECK(names_of(listener.build(build_with({error_at(1, "First.")}), WatchReason::initial)) ==
          "delta 1\ndiagnostic 1\nbuild 1\n");
    CHECK(names_of(listener.build(build_with({error_at(2, "First."), error_at(3, "Second.")}, 2),
                                  WatchReason::changes)) ==
          "delta 2\ndiagnostic 2\ndiagnostic 2\nbuild 2\n");
    CHECK(names_of(listener.build(build_with({}, 2), WatchReason::changes)) == "build 2\n");
    session::SessionBuild failed;
    failed.outcome = Outcome::failed;
    CHECK(names_of(listener.build(failed, WatchReason::changes)) == "build 2\n");
  }

  TEST_CASE("events: the rest carries the last generation") {
    Report listener(telling(cli::Format::json));
    listener.build(build_with({}, 4), WatchReason::initial);

    listener.reporter().on_ready();
    listener.reporter().on_remark({session::WatchRemarkKind::lost_events, "", "Look."});
    listener.reporter().on_sync(9);
    listener.reporter().on_rejected("No.");
    CHECK(names_of(listener.out()) == "ready 4\nwarning 4\nsync 4\nrejected 4\n");
    session::ConfigResult broken;
    broken.problems = {samples::without_place()};
    listener.reporter().on_config(broken);
    listener.reporter().on_config(broken);
    listener.reporter().on_config({session::Config(), {}});
    CHECK(names_of(listener.out()) == "config 4\nconfig 0\n");
    CHECK(listener.err().empty());
  }
}
