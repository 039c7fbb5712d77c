#include "cli/render_json.h"

#include <string>

#include <doctest/doctest.h>

#include "tests/cli/samples.h"

using cli::ProjectRun;
using session::BuildMode;
using session::BuildResult;

namespace {

base::Fingerprint number(std::uint64_t low) {
  return {0, low};
}

artifact::Element element(const std::string& id, const std::string& prebuild) {
  artifact::Element element;
  element.id = id;
  element.type = artifact::ElementType::operation;
  element.dialect = "tag";
  element.prebuild = prebuild;
  element.source_path = base::SourcePath("src/a.ts");
  element.content_hash = number(7);
  return element;
}

}  // namespace

TEST_SUITE("cli/render_json") {
  TEST_CASE("a build is one line with all that is known, behind a line for each diagnostic") {
    ProjectRun run = samples::run_of(BuildMode::write, BuildResult::Outcome::has_errors);
    session::BuildReport& report = run.result.report;
    report.error_count = 1;
    report.warning_count = 1;
    report.diagnostics = {samples::wrong_field(), samples::duplicate()};
    report.written = {"a.mjs"};

    CHECK(cli::build_event(run, {"/repo"}) ==
          R"({"event":"build","protocol":1,"generation":1,"project":"","root":"app",)"
          R"("outcome":"errors","counts":{"errors":1,"warnings":1,"filesScanned":10000,)"
          R"("filesRead":0,"filesParsed":0,"hits":0,"misses":0,"skips":0,"rehashed":0,)"
          R"("definitionsCompiled":0,"operations":1,"fragments":1200,)"
          R"("definitionsNotBuilt":0,"outputsUnchanged":0},"written":["a.mjs"],"removed":[],)"
          R"("microseconds":1230000})"
          "\n");
    CHECK(cli::diagnostic_events(report) ==
          R"({"event":"diagnostic","protocol":1,"generation":1,"project":"",)"
          R"("code":"FieldsOnCorrectType",)"
          R"("severity":"error","message":"Cannot query field \"nam\" on type \"User\". Did you )"
          R"(mean \"name\"?","path":"src/wrong.ts","start":{"line":10,"column":10},)"
          R"("end":{"line":10,"column":13},"related":[],"blocked":0})"
          "\n"
          R"({"event":"diagnostic","protocol":1,"generation":1,"project":"",)"
          R"("code":"DuplicateDefinition","severity":"warning","message":"There are two )"
          R"(fragments named \"F\".\nBoth are the same.","path":"a,b:c.ts",)"
          R"("start":{"line":1,"column":1},"end":{"line":2,"column":2},"related":[{)"
          R"("message":"first defined here","path":"b.ts","start":{"line":3,"column":1},)"
          R"("end":{"line":3,"column":4}}],"blocked":1234})"
          "\n");
  }

  TEST_CASE("a build of a watcher says what it was for") {
    ProjectRun run = samples::run_of(BuildMode::write, BuildResult::Outcome::built);
    run.trigger = {session::WatchReason::changes, {"src/a.ts"}, 6'000'000};

    CHECK(cli::build_event(run, {"/repo"})
              .find(R"("outcome":"built","reason":"changes","paths":["src/a.ts"],)"
                    R"("settleMicroseconds":6000,"counts")") != std::string::npos);
  }

  TEST_CASE("a failure is an event, and so are remarks on the config") {
    CHECK(cli::failed_event("No.", 2, {samples::without_place()}) ==
          R"({"event":"failed","protocol":1,"generation":0,"message":"No.","exitCode":2,)"
          R"("diagnostics":[{"code":"Config","severity":"error","message":"No config was )"
          R"(found:\n100% of it.","path":null,"start":null,"end":null,"related":[],)"
          R"("blocked":0}]})"
          "\n");
    CHECK(cli::config_event({}, 3) ==
          R"({"event":"config","protocol":1,"generation":3,"diagnostics":[]})"
          "\n");
    CHECK(cli::warning_event({session::WatchRemarkKind::lost_events, "web", "Look."}, 4) ==
          R"({"event":"warning","protocol":1,"generation":4,"project":"web",)"
          R"("kind":"lostEvents","message":"Look."})"
          "\n");
  }

  TEST_CASE("file names that are not UTF-8 still give JSON") {
    ProjectRun run = samples::run_of(BuildMode::write, BuildResult::Outcome::built);
    run.result.report.written = {"\xFF.mjs"};

    CHECK(cli::build_event(run, {"/repo"}).find("\"written\":[\"\uFFFD.mjs\"]") !=
          std::string::npos);
  }

  TEST_CASE("a delta keeps the bytes of its elements on one line") {
    artifact::Delta delta;
    delta.base = number(1);
    delta.target = number(2);
    delta.generation = 5;
    delta.schemas = {{"default", "ab"}};
    delta.elements.added = {
        element("src/a.ts::A", R"({"document":"query A {\n  a\n}","metadata":{"n":1.50}})")};
    delta.chunks.removed = {"src/\"b\".ts"};

    CHECK(cli::delta_event("web",
                           delta,
                           {{base::SourcePath("src/a.ts"), number(9)},
                            {base::SourcePath("src/\"b\".ts"), std::nullopt}}) ==
          R"({"event":"delta","protocol":1,"generation":5,"project":"web",)"
          R"("base":"00000000000000000000000000000001",)"
          R"("target":"00000000000000000000000000000002",)"
          R"("sources":[{"path":"src/a.ts","fingerprint":"00000000000000000000000000000009"},)"
          R"({"path":"src/\"b\".ts","fingerprint":null}],)"
          R"("delta":{"version": 1,"generation": 5,)"
          R"("base": "00000000000000000000000000000001",)"
          R"("target": "00000000000000000000000000000002",)"
          R"("schemas": {"default": {"hash":"ab"}},)"
          R"("added": {"src/a.ts::A": {"id":"src/a.ts::A","type":"operation","dialect":"tag",)"
          R"("prebuild":{"document":"query A {\n  a\n}","metadata":{"n":1.50}},)"
          R"("metadata":{"sourcePath":"src/a.ts",)"
          R"("contentHash":"00000000000000000000000000000007"}}},"updated": {},"removed": [],)"
          R"("chunks": {"added": [],"updated": [],"removed": ["src/\"b\".ts"]}}})"
          "\n");
    delta.base.reset();
    CHECK(cli::delta_event("", delta, {}).find(R"("base":null,)") != std::string::npos);
  }

  TEST_CASE("what else a watcher says") {
    CHECK(cli::ready_event(
              {{"web", "/repo/app", "/repo/app/.builder"}, {"", "/repo", "/out"}}, 2, {"/repo"}) ==
          R"({"event":"ready","protocol":1,"generation":2,"projects":[)"
          R"({"project":"web","root":"app","outDir":"app/.builder"},)"
          R"({"project":"","root":".","outDir":"../out"}]})"
          "\n");
    CHECK(cli::idle_event("web", 3, number(10)) ==
          R"({"event":"idle","protocol":1,"generation":3,"project":"web",)"
          R"("artifact":"0000000000000000000000000000000a"})"
          "\n");
    CHECK(cli::sync_event(7, 3) == R"({"event":"sync","protocol":1,"generation":3,"sync":7})"
                                   "\n");
    CHECK(cli::rejected_event("No.", 3) ==
          R"({"event":"rejected","protocol":1,"generation":3,"message":"No."})"
          "\n");
  }
}
