// A process that finds nothing changed loads nothing. It must find whatever changed, and must not
// take for a change what is none.

#include <functional>

#include <doctest/doctest.h>

#include "session/builder_session.h"
#include "tests/support/frozen_clock.h"
#include "tests/support/memory_file_system.h"

using session::BuilderSession;
using session::BuildResult;
using session::ProjectConfig;
using session::SessionBuild;
using support::FrozenClock;
using support::MemoryFileSystem;
using support::Operation;

namespace {

using Files = std::map<std::string, std::string>;

ProjectConfig config(const std::string& out_dir = "/app/.builder") {
  ProjectConfig project;
  project.root = "/app";
  project.schemas = {{"default", {"schema/*.graphql"}, {}}};
  project.include = {"src/**"};
  project.out_dir = out_dir;
  project.cache_dir = "/app/.cache/builder";
  return project;
}

void put_unchanged_project(MemoryFileSystem& disk) {
  disk.put("/app/schema/a.graphql",
           "type Query { me: User }\ntype User { id: ID! name: String }\n");
  disk.put("/app/tsconfig.json", R"({ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } })");
  disk.put("/app/src/lib/index.ts", "export * from '../card';\n");
  disk.put("/app/src/card.ts", "export const CARD = gql`fragment Card on User { id }`;\n");
  disk.put("/app/src/page.ts",
           "import { CARD } from '@/lib';\nimport { x } from 'ui';\n"
           "export const PAGE = gql`query Page { me { ...Card } } ${CARD}`;\n");
  disk.put("/app/src/ui.ts",
           "import { FIELD } from 'ui';\nexport const U = gql`query Ui { me { ${FIELD} } }`;\n");
  disk.put("/app/src/wrong.ts", "export const W = gql`query Wrong { me { nam } }`;\n");
  disk.put("/app/packages/ui/package.json", R"({ "name": "ui", "main": "./index.ts" })");
  disk.put("/app/packages/ui/index.ts", "export const FIELD = 'name';\n");
  disk.put_symlink("/app/node_modules/ui", "../packages/ui");
  disk.put("/app/package.json", R"({ "workspaces": ["packages/*"] })");
  disk.tick();
}

struct FreshProcess {
  SessionBuild build;
  /// Whether it went the long way.
  bool has_loaded = false;
  /// Files that were opened, apart from the saved state.
  std::size_t files_opened = 0;
};

FreshProcess run_process(MemoryFileSystem& disk, const ProjectConfig& project = config()) {
  FrozenClock clock;
  session::SessionOptions options;
  options.uses_cache = true;
  options.is_one_shot = true;
  disk.clear_log();
  BuilderSession session(project, options, {disk, clock});
  FreshProcess process;
  process.build = session.build_initial();
  static_cast<void>(session.settle());
  process.has_loaded = session.snapshot().files > 0;
  for (const support::Access& access : disk.log()) {
    const bool is_open =
        access.operation == Operation::read || access.operation == Operation::open_file;
    if (is_open && !access.path.starts_with("/app/.cache")) {
      ++process.files_opened;
    }
  }
  CHECK(session.take_warnings().empty());
  return process;
}

Files outputs_of(const MemoryFileSystem& disk, const std::string& folder) {
  Files outputs;
  for (const auto& [path, content] : disk.files_below(folder)) {
    const std::string name = path.substr(folder.size());
    if (name != "/report.json" && name != "/.gitignore") {
      outputs.emplace(name, content);
    }
  }
  return outputs;
}

/// Settled so that the next process would find nothing changed.
void settle(MemoryFileSystem& disk) {
  for (int i = 0; i < 3; ++i) {
    run_process(disk);
    disk.tick();
  }
}

struct Change {
  const char* name;
  std::function<void(MemoryFileSystem&)> apply;
};

const Change k_changes[] = {
    {"an edit",
     [](auto& disk) {
       disk.put("/app/src/card.ts", "export const CARD = gql`fragment Card on User { name }`;\n");
     }},
    {"an edit of equal size, dated back",
     [](auto& disk) {
       const auto old = disk.entry("/app/src/wrong.ts")->stamp.modified_ns;
       disk.put("/app/src/wrong.ts", "export const W = gql`query Wrong { me { nme } }`;\n");
       disk.set_modified_ns("/app/src/wrong.ts", old);
     }},
    {"a new file",
     [](auto& disk) {
       disk.put("/app/src/new.ts", "export const N = gql`query New { me { id } }`;\n");
     }},
    {"a new file in a new folder",
     [](auto& disk) {
       disk.put("/app/src/a/b/new.ts", "export const N = gql`query New { me { id } }`;\n");
     }},
    {"a file that is gone", [](auto& disk) { disk.erase("/app/src/wrong.ts"); }},
    {"a folder that is gone", [](auto& disk) { disk.erase("/app/src/lib"); }},
    {"a folder under another name", [](auto& disk) { disk.move("/app/src/lib", "/app/src/libs"); }},
    {"a file that hides another one",
     [](auto& disk) {
       disk.put("/app/src/lib.ts", "export const CARD = gql`fragment Other on User { id }`;\n");
     }},
    {"the schema",
     [](auto& disk) {
       disk.put("/app/schema/a.graphql",
                "type Query { me: User }\ntype User { id: ID! nam: Int }\n");
     }},
    {"another schema file",
     [](auto& disk) { disk.put("/app/schema/b.graphql", "extend type User { nam: Int }\n"); }},
    {"where a path alias leads",
     [](auto& disk) {
       disk.put("/app/tsconfig.json",
                R"({ "compilerOptions": { "paths": { "@/*": ["./lib/*"] } } })");
     }},
    {"a config nearer to the file", [](auto& disk) { disk.put("/app/src/tsconfig.json", "{}"); }},
    {"where a package begins",
     [](auto& disk) {
       disk.put("/app/packages/ui/other.ts", "export const FIELD = 'id';\n");
       disk.put("/app/packages/ui/package.json", R"({ "name": "ui", "main": "./other.ts" })");
     }},
    {"a constant of another package",
     [](auto& disk) { disk.put("/app/packages/ui/index.ts", "export const FIELD = 'id';\n"); }},
    {"a link that leads elsewhere",
     [](auto& disk) {
       disk.put("/app/packages/uj/package.json", R"({ "name": "ui", "main": "./index.ts" })");
       disk.put("/app/packages/uj/index.ts", "export const FIELD = 'id';\n");
       disk.erase("/app/node_modules/ui");
       disk.put_symlink("/app/node_modules/ui", "../packages/uj");
     }},
    {"a folder that became a link",
     [](auto& disk) {
       disk.move("/app/src/lib", "/app/other");
       disk.put_symlink("/app/src/lib", "../other");
     }},
    {"an output that is gone",
     [](auto& disk) { disk.erase("/app/.builder/modules/src/card.ts.mjs"); }},
    {"an output that was edited",
     [](auto& disk) { disk.put("/app/.builder/modules/src/card.ts.mjs", "x"); }},
    {"the artifact", [](auto& disk) { disk.put("/app/.builder/artifact.json", "{}"); }},
    {"all outputs", [](auto& disk) { disk.erase("/app/.builder"); }},
    {"a killed run",
     [](auto& disk) { disk.put("/app/.builder/.builder-journal", "\"modules/src/x.mjs\"\n"); }},
};

}  // namespace

TEST_SUITE("session/unchanged") {
  TEST_CASE("where nothing changed, no file is opened and nothing loaded, and all is said again") {
    MemoryFileSystem disk;
    put_unchanged_project(disk);
    const FreshProcess first = run_process(disk);
    disk.tick();
    settle(disk);

    const FreshProcess process = run_process(disk);

    CHECK_FALSE(process.has_loaded);
    CHECK(process.files_opened == 0);
    CHECK(process.build.outcome == BuildResult::Outcome::has_errors);
    CHECK(process.build.report.diagnostics == first.build.report.diagnostics);
    CHECK(process.build.report.error_count == 1);
    CHECK(process.build.report.files_scanned == first.build.report.files_scanned);
    CHECK(process.build.report.operations == first.build.report.operations);
    CHECK(process.build.report.cache_hits == 6);
    CHECK(process.build.report.is_up_to_date());
    CHECK(process.build.is_committed);
    CHECK(process.build.delta.empty());
    CHECK(process.build.delta.base == first.build.delta.target);
  }

  TEST_CASE("whatever changes is found") {
    for (const Change& change : k_changes) {
      SUBCASE(change.name) {
        MemoryFileSystem disk;
        put_unchanged_project(disk);
        settle(disk);
        change.apply(disk);
        disk.tick();

        const FreshProcess process = run_process(disk);

        CHECK(process.has_loaded);
        const ProjectConfig clean = config("/clean");
        FrozenClock clock;
        const BuildResult expected = session::build_once(clean, {}, {disk, clock});
        CHECK(process.build.outcome == expected.outcome);
        CHECK(process.build.report.diagnostics == expected.report.diagnostics);
        CHECK(outputs_of(disk, "/app/.builder") == outputs_of(disk, "/clean"));
      }
    }
  }

  TEST_CASE("after an edit a few files are read, whose stamps prove nothing yet") {
    MemoryFileSystem disk;
    put_unchanged_project(disk);
    settle(disk);
    disk.put("/app/src/card.ts", "export const CARD = gql`fragment Card on User { name }`;\n");
    CHECK(run_process(disk).build.report.written ==
          std::vector<std::string>{"modules/src/card.ts.mjs"});

    const FreshProcess next = run_process(disk);

    CHECK_FALSE(next.has_loaded);
    // The source, and the outputs that the last build wrote.
    CHECK(next.files_opened == 6);
    SUBCASE("one of which may have changed in the same tick of the clock") {
      disk.put("/app/src/card.ts", "export const CARD = gql`fragment Card on User { nick }`;\n");
    }
    SUBCASE("or an output") {
      disk.put("/app/.builder/modules/src/card.ts.mjs",
               disk.content("/app/.builder/modules/src/card.ts.mjs")->replace(0, 2, "/ "));
    }
    CHECK(run_process(disk).has_loaded);
    const ProjectConfig clean = config("/clean");
    FrozenClock clock;
    static_cast<void>(session::build_once(clean, {}, {disk, clock}));
    CHECK(outputs_of(disk, "/app/.builder") == outputs_of(disk, "/clean"));
  }

  TEST_CASE("of many files whose stamps prove nothing it takes new stamps") {
    MemoryFileSystem disk;
    put_unchanged_project(disk);
    for (int i = 0; i < 70; ++i) {
      disk.put("/app/src/plain" + std::to_string(i) + ".ts", "export const x = 1;\n");
    }
    run_process(disk);

    CHECK(run_process(disk).has_loaded);
    disk.tick();
    CHECK(run_process(disk).has_loaded);
    CHECK_FALSE(run_process(disk).has_loaded);
  }

  TEST_CASE("what is no change is none") {
    const Change changes[] = {
        {"a file that came and went",
         [](auto& disk) {
           disk.put("/app/src/.card.ts.swp", "");
           disk.erase("/app/src/.card.ts.swp");
         }},
        {"something beside the project", [](auto& disk) { disk.put("/other/file.ts", ""); }},
        {"a foreign file among the outputs",
         [](auto& disk) { disk.put("/app/.builder/mine", ""); }},
    };
    for (const Change& change : changes) {
      SUBCASE(change.name) {
        MemoryFileSystem disk;
        put_unchanged_project(disk);
        settle(disk);
        change.apply(disk);
        disk.tick();

        CHECK_FALSE(run_process(disk).has_loaded);
      }
    }
  }

  TEST_CASE("a session that was left alone can be updated all the same") {
    MemoryFileSystem disk;
    put_unchanged_project(disk);
    settle(disk);
    FrozenClock clock;
    session::SessionOptions options;
    options.uses_cache = true;
    options.is_one_shot = true;
    BuilderSession session(config(), options, {disk, clock});
    const SessionBuild first = session.build_initial();
    REQUIRE(session.snapshot().files == 0);
    disk.put("/app/src/card.ts", "export const CARD = gql`fragment Card on User { name }`;\n");
    session::ChangeSet changes;
    changes.updated = {"src/card.ts"};

    const SessionBuild build = session.update(changes);

    CHECK(build.compiled.size() == 2);
    CHECK(build.delta.base == first.delta.target);
  }

  TEST_CASE("a look that failed is not trusted") {
    MemoryFileSystem disk;
    put_unchanged_project(disk);
    disk.put("/app/src/closed/x.ts", "gql`query Closed { me { id } }`;\n");
    disk.set_mode("/app/src/closed", 0);
    settle(disk);

    CHECK(run_process(disk).has_loaded);
  }
}
