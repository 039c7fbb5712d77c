// A session that begins with what an earlier one left must do less work, and come to the same.

#include <algorithm>
#include <cstdlib>
#include <set>

#include <doctest/doctest.h>

#include "base/state_store.h"
#include "session/builder_session.h"
#include "session/saved/session_state.h"
#include "tests/session/small_config.h"
#include "tests/support/faulty_file_system.h"
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

void put_restart_project(MemoryFileSystem& disk) {
  disk.put("/app/schema.graphql", "type Query { me: User }\ntype User { id: ID! name: String }\n");
  disk.put("/app/src/card.ts",
           "import { gql } from 'graphql-tag';\n"
           "export const CARD = gql`fragment Card on User { id name }`;\n");
  disk.put("/app/src/page.ts",
           "import { gql } from 'graphql-tag';\nimport { CARD } from './card';\n"
           "export const PAGE = gql`query Page { me { ...Card } } ${CARD}`;\n");
  disk.put("/app/src/plain.ts", "export const x = 1;\n");
}

/// In the composer dialect: a module that exports the composer, and a constant of another file.
void put_compositions(MemoryFileSystem& disk) {
  disk.put("/app/src/gql.ts", "export { gql as compose } from './graphql-system';\n");
  disk.put("/app/src/names.ts", "export const NAME = 'Composed';\nexport const other = f();\n");
  disk.put("/app/src/model.ts",
           "import { compose } from './gql';\n"
           "export const user = compose.default(({ model }) =>\n"
           "  model.User({}, ({ f }) => [f.id()], (x) => x));\n");
  disk.put("/app/src/operation.ts",
           "import { compose } from './gql';\nimport { NAME } from './names';\n"
           "import * as models from './model';\n"
           "export const composed = compose.default(({ operation, slice }) =>\n"
           "  operation.query({ operationName: NAME || 'None' }, () => ({\n"
           "    me: slice.query({}, ({ f }) => [f.me()(() => [models.user.fragment()])],\n"
           "      ({ select }) => select(['$.me'], (x) => x)).build() })));\n");
}

struct Process {
  SessionBuild build;
  std::vector<std::string> warnings;
};

/// One life of the program: it starts, builds, and ends.
Process run_process(base::FileSystem& disk, const ProjectConfig& project = small_config()) {
  FrozenClock clock;
  BuilderSession session(project, {1, true}, {disk, clock});
  Process process;
  process.build = session.build_initial();
  static_cast<void>(session.settle());
  process.warnings = session.take_warnings();
  return process;
}

Files outputs_in(const MemoryFileSystem& disk, const std::string& folder) {
  Files outputs = disk.files_below(folder);
  outputs.erase(folder + "/report.json");
  return outputs;
}

/// What a build from nothing makes of the same files, under the same names.
Files clean_outputs(const MemoryFileSystem& disk) {
  MemoryFileSystem other;
  for (const auto& [path, content] : disk.files_below("/app")) {
    if (!path.starts_with("/app/.")) {
      other.put(path, content);
    }
  }
  FrozenClock clock;
  session::build_once(small_config(), {}, {other, clock});
  return outputs_in(other, "/app/.builder");
}

/// Each once, sorted.
std::string sources_opened(const MemoryFileSystem& disk) {
  std::set<std::string> names;
  for (const support::Access& access : disk.log()) {
    const bool is_open =
        access.operation == Operation::read || access.operation == Operation::open_file;
    if (is_open && access.path.starts_with("/app/src/")) {
      names.insert(access.path.substr(std::string("/app/src/").size()));
    }
  }
  std::string text;
  for (const std::string& name : names) {
    text += name + " ";
  }
  return text;
}

std::size_t changes_to_the_disk(const MemoryFileSystem& disk) {
  std::size_t count = 0;
  for (const Operation operation : {Operation::write,
                                    Operation::write_file,
                                    Operation::rename,
                                    Operation::append,
                                    Operation::remove_file,
                                    Operation::remove_directory}) {
    count += disk.count(operation);
  }
  return count;
}

}  // namespace

TEST_SUITE("session/restart") {
  TEST_CASE("without a change nothing is opened, compiled or written") {
    MemoryFileSystem disk;
    put_restart_project(disk);
    disk.tick();
    const Process first = run_process(disk);
    disk.tick();
    // The outputs were younger than the scan that made them: now they are looked at once more.
    run_process(disk);
    disk.tick();
    disk.clear_log();

    const Process process = run_process(disk);

    CHECK(process.warnings.empty());
    CHECK(process.build.outcome == BuildResult::Outcome::built);
    CHECK(process.build.compiled.empty());
    CHECK(process.build.report.written.empty());
    CHECK(process.build.report.cache_hits == 3);
    CHECK(process.build.report.files_read == 0);
    CHECK(sources_opened(disk) == "");
    CHECK(changes_to_the_disk(disk) == 0);
    CHECK(process.build.delta.base == first.build.delta.target);
    CHECK(process.build.delta.target == first.build.delta.target);
    CHECK(process.build.delta.empty());
  }

  TEST_CASE("after an edit exactly the edited file is opened, and exactly its users compiled") {
    MemoryFileSystem disk;
    put_restart_project(disk);
    disk.tick();
    const Process first = run_process(disk);
    disk.tick();
    disk.put("/app/src/card.ts",
             "import { gql } from 'graphql-tag';\n"
             "export const CARD = gql`fragment Card on User { id }`;\n");
    disk.tick();
    disk.clear_log();

    const Process process = run_process(disk);

    CHECK(sources_opened(disk) == "card.ts ");
    CHECK(process.build.compiled.size() == 2);
    CHECK(process.build.report.written == std::vector<std::string>{"modules/src/card.ts.mjs"});
    CHECK(process.build.delta.base == first.build.delta.target);
    CHECK(process.build.delta.elements.updated.size() == 2);
    CHECK(outputs_in(disk, "/app/.builder") == clean_outputs(disk));
  }

  TEST_CASE("compositions are found again without opening or compiling anything") {
    MemoryFileSystem disk;
    put_restart_project(disk);
    put_compositions(disk);
    disk.tick();
    const Process first = run_process(disk);
    disk.tick();
    run_process(disk);
    disk.tick();
    disk.clear_log();

    const Process process = run_process(disk);

    CHECK(first.build.report.operations == 2);
    CHECK(process.build.compiled.empty());
    CHECK(process.build.report.cache_hits == 7);
    CHECK(sources_opened(disk) == "");
    CHECK(changes_to_the_disk(disk) == 0);
    CHECK(process.build.delta.target == first.build.delta.target);
  }

  TEST_CASE("after a restart, what composes a changed file is compiled, and nothing else") {
    struct Row {
      const char* name;
      const char* path;
      const char* content;
      std::vector<std::string> compiled;
      const char* opened;
    };
    const std::string operation = "src/operation.ts::composed";
    const Row rows[] = {
        {"a constant", "names.ts", "export const NAME = 'Renamed';\n", {operation}, "names.ts "},
        {"a model",
         "model.ts",
         "import { compose } from './gql';\n"
         "export const user = compose.default(({ model }) =>\n"
         "  model.User({}, ({ f }) => [f.name()], (x) => x));\n",
         {"src/model.ts::user", operation},
         "model.ts "},
        // Its users are read anew, less far than before.
        {"the composer is no longer exported",
         "gql.ts",
         "export const compose = 1;\n",
         {},
         "gql.ts model.ts names.ts operation.ts "},
        {"a file that needed no reading takes part",
         "plain.ts",
         "import { compose } from './gql';\n"
         "export const n = compose.default(({ model }) => model.User({}, ({ f }) => [f.id()]));\n",
         {"src/plain.ts::n"},
         "plain.ts "},
    };
    for (const Row& row : rows) {
      SUBCASE(row.name) {
        MemoryFileSystem disk;
        put_restart_project(disk);
        put_compositions(disk);
        disk.tick();
        run_process(disk);
        disk.tick();
        disk.put(std::string("/app/src/") + row.path, row.content);
        disk.tick();
        disk.clear_log();

        const Process process = run_process(disk);

        std::vector<std::string> compiled;
        for (const builder::CompiledReason& reason : process.build.compiled) {
          compiled.push_back(reason.id);
        }
        CHECK(compiled == row.compiled);
        CHECK(sources_opened(disk) == row.opened);
        CHECK(outputs_in(disk, "/app/.builder") == clean_outputs(disk));
      }
    }
  }

  TEST_CASE("a project that was moved with its cache is as it was") {
    MemoryFileSystem disk;
    put_restart_project(disk);
    disk.tick();
    const Files before = [&] {
      run_process(disk);
      return disk.files_below("/app/.builder");
    }();
    disk.tick();
    disk.move("/app", "/other");

    const Process process = run_process(disk, small_config("/other"));

    CHECK(process.warnings.empty());
    CHECK(process.build.compiled.empty());
    CHECK(process.build.report.cache_hits == 3);
    CHECK(process.build.report.written.empty());
    CHECK(disk.files_below("/other/.builder").size() == before.size());
  }

  TEST_CASE("nothing of a failed build is kept as if it had been committed") {
    MemoryFileSystem disk;
    put_restart_project(disk);
    disk.tick();
    run_process(disk);
    disk.tick();
    disk.put("/app/src/card.ts",
             "import { gql } from 'graphql-tag';\n"
             "export const CARD = gql`fragment Card on User { id }`;\n");
    disk.tick();
    disk.fail(Operation::write_file,
              "/app/.builder/modules/src/.card.ts.mjs.tmp",
              {base::ErrorCode::io, "no space left"});
    CHECK(run_process(disk).build.outcome == BuildResult::Outcome::failed);
    disk.tick();
    disk.put("/app/src/card.ts",
             "import { gql } from 'graphql-tag';\n"
             "export const CARD = gql`fragment Card on User { name }`;\n");
    disk.fail(Operation::write_file,
              "/app/.builder/modules/src/.card.ts.mjs.tmp",
              {base::ErrorCode::io, "no space left"},
              0);

    MemoryFileSystem healthy;
    for (const auto& [path, content] : disk.files_below("/app")) {
      healthy.put(path, content);
    }
    healthy.tick();
    run_process(healthy);

    CHECK(outputs_in(healthy, "/app/.builder") == clean_outputs(healthy));
  }

  TEST_CASE("a process that is killed at any call leaves a state that the next one can use") {
    for (std::size_t calls = 0;; ++calls) {
      CAPTURE(calls);
      MemoryFileSystem disk;
      put_restart_project(disk);
      disk.tick();
      run_process(disk);
      disk.tick();
      disk.put("/app/src/card.ts",
               "import { gql } from 'graphql-tag';\n"
               "export const CARD = gql`fragment Card on User { id }`;\n");
      disk.put("/app/src/new.ts",
               "import { gql } from 'graphql-tag';\n"
               "export const N = gql`query New { me { id } }`;\n");
      disk.tick();
      support::FaultyFileSystem faulty(disk, calls, support::FaultyFileSystem::Fault::forever);
      run_process(faulty);
      disk.tick();
      if (calls % 2 == 0) {
        disk.erase("/app/src/new.ts");
      }

      const Process process = run_process(disk);

      CHECK(process.build.outcome == BuildResult::Outcome::built);
      REQUIRE(outputs_in(disk, "/app/.builder") == clean_outputs(disk));
      if (!faulty.has_failed()) {
        break;
      }
    }
  }

  TEST_CASE("a saved state that is cut anywhere, or has any bit flipped, is as none, said once") {
    MemoryFileSystem disk;
    disk.put("/app/schema.graphql", "type Query { a: Int b: Int }\n");
    disk.put("/app/src/a.ts", "export const A = gql`query A { a }`;\n");
    disk.put("/app/src/b.ts", "gql`fragment B on Query { b }`;\n");
    disk.tick();
    run_process(disk);
    disk.tick();
    // A snapshot, and a log with one record.
    disk.put("/app/src/a.ts", "export const A = gql`query A { b }`;\n");
    disk.tick();
    run_process(disk);
    disk.tick();
    disk.put("/app/src/a.ts", "export const A = gql`query A { a b }`;\n");
    const Files expected = clean_outputs(disk);
    const Files state = disk.files_below("/app/.cache");
    const Files outputs = disk.files_below("/app/.builder");
    std::size_t warned = 0;
    std::size_t warm = 0;
    const auto check = [&](const std::string& damaged, const std::string& bytes) {
      disk.erase("/app/.cache");
      for (const auto& [path, content] : state) {
        disk.put(path, path == damaged ? bytes : content);
      }
      for (const auto& [path, content] : outputs) {
        disk.put(path, content);
      }

      const Process process = run_process(disk);

      REQUIRE(process.build.outcome == BuildResult::Outcome::built);
      REQUIRE(outputs_in(disk, "/app/.builder") == expected);
      REQUIRE(process.warnings.size() <= 1);
      const bool is_warm = process.build.report.cache_hits > 0;
      // Who is warned starts cold.
      REQUIRE_FALSE((is_warm && !process.warnings.empty()));
      warned += process.warnings.size();
      warm += is_warm ? 1 : 0;
    };
    // All of them take two minutes; base/state_damage does so for the store alone.
    const std::size_t bits = std::getenv("BUILDER_EVERY_BIT") == nullptr ? 29 : 1;
    for (const auto& [path, content] : state) {
      if (!path.starts_with("/app/.cache/state.")) {
        continue;
      }
      CAPTURE(path);
      for (std::size_t size = 0; size < content.size(); ++size) {
        CAPTURE(size);
        check(path, content.substr(0, size));
      }
      for (std::size_t bit = 0; bit < content.size() * 8; bit += bits) {
        CAPTURE(bit);
        std::string bent = content;
        bent[bit / 8] = static_cast<char>(bent[bit / 8] ^ (1 << (bit % 8)));
        check(path, bent);
      }
    }
    CHECK(warned > 1000);
    CHECK(warm > 1000);
  }

  TEST_CASE("rows that lie, with right checksums, do no harm") {
    MemoryFileSystem disk;
    put_restart_project(disk);
    put_compositions(disk);
    disk.tick();
    run_process(disk);
    disk.tick();
    disk.put("/app/src/plain.ts", "import { CARD } from './card';\nexport const x = CARD;\n");
    const auto original = disk.files_below("/app/.cache");
    struct Row {
      base::StateTable table;
      std::string key;
      std::string value;
    };
    std::vector<Row> rows;
    const base::StateIdentity identity = session::state_identity(small_config());
    {
      const base::StateStore store = base::StateStore::open(disk, "/app/.cache", identity);
      for (std::uint8_t table = 0; table < 7; ++table) {
        REQUIRE(store
                    .for_each(base::StateTable{table},
                              [&](std::string_view key, std::string_view value) {
                                rows.push_back({base::StateTable{table},
                                                std::string(key),
                                                std::string(value)});
                              })
                    .has_value());
      }
    }
    REQUIRE(rows.size() > 15);
    for (const Row& row : rows) {
      CAPTURE(static_cast<int>(row.table));
      CAPTURE(row.key);
      const std::size_t step =
          std::getenv("BUILDER_EVERY_BIT") == nullptr ? 1 + row.value.size() / 40 : 1;
      for (std::size_t at = 0; at <= row.value.size(); at += step) {
        for (const auto& [path, content] : original) {
          disk.put(path, content);
        }
        base::StateStore store = base::StateStore::open(disk, "/app/.cache", identity);
        if (at == row.value.size()) {
          store.erase(row.table, row.key);
        } else {
          std::string value = row.value;
          value[at] = static_cast<char>(value[at] + 1);
          store.put(row.table, row.key, value);
        }
        REQUIRE(store.commit().has_value());
        // What it builds is the liar's affair; that it ends is ours.
        run_process(disk);
      }
    }
  }
}
