// A service builds whenever it is asked, and when it returns everything is on disk.

#include "session/builder_service.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "artifact/artifact.h"
#include "session/build_id.h"
#include "session/report_json.h"
#include "tests/session/small_config.h"
#include "tests/support/frozen_clock.h"
#include "tests/support/memory_file_system.h"

using session::BuilderService;
using session::BuildResult;
using session::ChangeSet;
using session::ProjectConfig;
using session::SessionBuild;
using session::SessionOptions;
using support::FrozenClock;
using support::MemoryFileSystem;

namespace {

SessionOptions options() {
  SessionOptions options;
  options.uses_cache = true;
  options.writes_delta = true;
  return options;
}

/// A report without what is not known before it is written.
nlohmann::json pure_report(const std::string& text) {
  nlohmann::json report = nlohmann::json::parse(text);
  report.erase("phases");
  report.erase("microseconds");
  return report;
}

nlohmann::json told_of(const SessionBuild& build) {
  return pure_report(session::report_json(build.report));
}

class Service {
 public:
  Service() : service_(small_config(), options(), {disk, clock_}) {
    disk.put("/app/schema.graphql", "type Query { a: Int b: Int }\n");
    disk.put("/app/src/a.ts", "gql`query A { a }`;\n");
    disk.put("/app/src/b.ts", "gql`query B { b }`;\n");
    disk.tick();
  }

  std::string text_of(const std::string& path) { return disk.files_below("/app/.builder")[path]; }
  artifact::Artifact artifact() {
    return artifact::read_artifact(text_of("/app/.builder/artifact.json")).value();
  }
  artifact::Delta delta() {
    return artifact::read_delta(text_of("/app/.builder/delta.json")).value();
  }
  nlohmann::json told() { return pure_report(text_of("/app/.builder/report.json")); }

  MemoryFileSystem disk;
  BuilderService& operator*() { return service_; }
  BuilderService* operator->() { return &service_; }

 private:
  FrozenClock clock_;
  BuilderService service_;
};

}  // namespace

TEST_SUITE("session/builder_service") {
  TEST_CASE("after each build the outputs and the delta that leads to them are on disk") {
    Service service;
    CHECK(service->session() == nullptr);

    const SessionBuild first = service->build();

    CHECK(first.outcome == BuildResult::Outcome::built);
    CHECK(first.report.written == std::vector<std::string>{".gitignore",
                                                           "artifact.json",
                                                           "delta.json",
                                                           "manifest.json",
                                                           "modules/src/a.ts.d.mts",
                                                           "modules/src/a.ts.mjs",
                                                           "modules/src/b.ts.d.mts",
                                                           "modules/src/b.ts.mjs",
                                                           "positions.json",
                                                           "report.json"});
    const artifact::Artifact before = service.artifact();
    CHECK_FALSE(service.delta().base.has_value());
    service.disk.put("/app/src/a.ts", "gql`query A { a b }`;\n");
    ChangeSet changes;
    changes.updated = {"src/a.ts"};

    const SessionBuild second = service->update(changes);

    CHECK(second.generation == 2);
    CHECK(second.report.cache_skips == 1);
    CHECK(second.report.cache_misses == 1);
    CHECK(second.report.written == std::vector<std::string>{"artifact.json",
                                                            "delta.json",
                                                            "manifest.json",
                                                            "modules/src/a.ts.mjs",
                                                            "positions.json",
                                                            "report.json"});
    const auto applied = artifact::apply_delta(before, service.delta());
    REQUIRE(applied.has_value());
    CHECK(artifact::artifact_json(*applied) == service.text_of("/app/.builder/artifact.json"));
    CHECK(service->take_warnings().empty());
  }

  TEST_CASE("a delta that was taken away is not missed, and an empty one is not written") {
    Service service;
    service->build();
    service.disk.erase("/app/.builder/delta.json");
    service.disk.tick();

    // Where there is none, one that says nothing is better than none.
    CHECK(service->build().report.written == std::vector<std::string>{"delta.json"});
    CHECK(service.delta().empty());
    CHECK(service->build().report.written.empty());
  }

  TEST_CASE("a delta stays where builds run without the option") {
    Service service;
    service->build();
    service.disk.erase("/app/.builder/delta.json");
    service.disk.tick();
    service->build();
    const auto outputs = service.disk.files_below("/app/.builder");
    FrozenClock clock;
    SessionOptions without = options();
    without.writes_delta = false;

    BuilderService next(small_config(), without, {service.disk, clock});

    CHECK(next.build().report.removed.empty());
    CHECK(service.disk.files_below("/app/.builder") == outputs);
  }

  TEST_CASE("the report on disk is that of the build, also of one that writes everything") {
    Service service;
    service.disk.put("/app/src/b.ts", "gql`query B { c }`;\n");

    const SessionBuild first = service->build();

    CHECK(service.told() == told_of(first));
    CHECK(service.told()["counters"]["errors"] == 1);
    CHECK(service.told()["counters"]["misses"] == 2);
    service.disk.put("/app/src/b.ts", "gql`query B { b }`;\n");
    const SessionBuild second = service->build();
    CHECK(service.told() == told_of(second));
    CHECK(service.told()["counters"]["errors"] == 0);
  }

  TEST_CASE("another version of the analyser starts from scratch, our own does not") {
    Service service;
    service->build();
    ChangeSet changes;
    changes.metadata.analyzer_version = session::build_id();
    CHECK(service->update(changes).compiled.empty());
    changes.metadata.analyzer_version = "another";

    const SessionBuild build = service->update(changes);

    CHECK(build.report.cache_hits == 0);
    CHECK(build.report.cache_misses == 2);
    CHECK(build.compiled.size() == 2);
    CHECK(build.report.written.empty());
    // Also where a session begins with that.
    FrozenClock clock;
    BuilderService next(small_config(), options(), {service.disk, clock});
    CHECK(next.update(changes).report.cache_hits == 0);
  }

  TEST_CASE("another hash of the schema has its files read again, although nobody named them") {
    Service service;
    service->build();
    service.disk.put("/app/schema.graphql", "type Query { a: Int }\n");
    ChangeSet changes;
    CHECK(service->update(changes).outcome == BuildResult::Outcome::built);
    changes.metadata.schema_hash = "another";

    const SessionBuild build = service->update(changes);

    CHECK(build.outcome == BuildResult::Outcome::has_errors);
    CHECK(build.report.definitions_failed == 1);
  }

  TEST_CASE("what cannot be settled is a failure") {
    Service service;
    service->build();
    service.disk.put("/app/src/a.ts", "gql`query A { a b }`;\n");
    service.disk.fail(support::Operation::write_file,
                      "/app/.builder/.artifact.json.tmp",
                      {base::ErrorCode::io, "no space left"});

    const SessionBuild build = service->build();

    CHECK(build.outcome == BuildResult::Outcome::failed);
    CHECK(build.error->message == "no space left");
    CHECK(build.is_committed);
  }
}
