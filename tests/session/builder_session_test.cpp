// A session must make what a clean build of the same files makes, whatever led there.

#include "session/builder_session.h"

#include <algorithm>
#include <random>

#include <doctest/doctest.h>

#include "session/build_once.h"
#include "tests/session/small_config.h"
#include "tests/support/frozen_clock.h"
#include "tests/support/memory_file_system.h"

using session::BuilderSession;
using session::BuildResult;
using session::ChangeSet;
using session::ProjectConfig;
using session::SessionBuild;
using support::FrozenClock;

namespace {

using Files = std::map<std::string, std::string>;

/// What a person can see of a build.
struct Seen {
  int outcome = 0;
  std::string error;
  std::vector<std::string> diagnostics;
  Files outputs;

  friend bool operator==(const Seen&, const Seen&) = default;
};

std::string to_text(const session::LocatedPlace& place) {
  return place.path.text() + ":" + std::to_string(place.start.line) + ":" +
         std::to_string(place.start.column) + "-" + std::to_string(place.end.line) + ":" +
         std::to_string(place.end.column) + " " + place.message;
}

std::vector<std::string> diagnostics_of(const session::BuildReport& report) {
  std::vector<std::string> texts;
  for (const session::LocatedDiagnostic& diagnostic : report.diagnostics) {
    std::string text = std::string(base::to_text(diagnostic.severity)) + " " + diagnostic.code +
                       " " + diagnostic.message + " @" + to_text(diagnostic.place) +
                       " blocked=" + std::to_string(diagnostic.blocked);
    for (const session::LocatedPlace& place : diagnostic.related) {
      text += " | " + to_text(place);
    }
    texts.push_back(std::move(text));
  }
  return texts;
}

Files outputs_in(const support::MemoryFileSystem& disk, const std::string& folder) {
  Files outputs;
  for (const auto& [path, content] : disk.files_below(folder)) {
    const std::string name = path.substr(folder.size() + 1);
    // The report tells of times and of work, which differ.
    if (name != "report.json") {
      outputs.emplace(name, content);
    }
  }
  return outputs;
}

std::string one_text(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) {
    text += line + "\n";
  }
  return text;
}

std::string one_text(const Files& files) {
  std::string text;
  for (const auto& [path, content] : files) {
    text += "=== " + path + "\n" + content;
  }
  return text;
}

std::string error_text(const std::optional<base::Error>& error) {
  return error ? error->message : std::string();
}

class Project {
 public:
  Project() : session_(small_config(), {2}, {disk, clock_}) {}

  SessionBuild update(const ChangeSet& changes) {
    SessionBuild build = update_only(changes);
    CHECK(settle().has_value());
    return build;
  }
  SessionBuild update_only(const ChangeSet& changes) { return session_.update(changes); }
  base::Result<artifact::OutputChanges> settle() { return session_.settle(); }

  /// Of the session's last build.
  Seen seen(const SessionBuild& build) const {
    return {static_cast<int>(build.outcome),
            error_text(build.error),
            diagnostics_of(build.report),
            outputs_in(disk, "/app/.builder")};
  }

  /// What a build from nothing makes of the same files; where it commits nothing, `before`.
  Seen clean(const Files& before) {
    ProjectConfig project = small_config();
    project.out_dir = "/clean";
    disk.erase("/clean");
    const BuildResult result = session::build_once(project, {}, {disk, clock_});
    Seen seen{static_cast<int>(result.outcome),
              error_text(result.error),
              diagnostics_of(result.report),
              outputs_in(disk, "/clean")};
    seen.outputs.erase(".gitignore");
    if (!seen.outputs.empty()) {
      seen.outputs[".gitignore"] = outputs_in(disk, "/app/.builder")[".gitignore"];
    } else {
      seen.outputs = before;
    }
    return seen;
  }

  support::MemoryFileSystem disk;

 private:
  FrozenClock clock_;
  BuilderSession session_;
};

std::vector<std::string> ids_of(const SessionBuild& build) {
  std::vector<std::string> ids;
  for (const builder::CompiledReason& reason : build.compiled) {
    ids.push_back(reason.id);
  }
  return ids;
}

ChangeSet updated(std::vector<std::string> paths) {
  ChangeSet changes;
  changes.updated = std::move(paths);
  return changes;
}

const char* const k_session_schema =
    "type Query { me: User users(first: Int): [User!]! node: Node }\n"
    "interface Node { id: ID! }\n"
    "type User implements Node { id: ID! name: String! friend: User }\n"
    "type Photo implements Node { id: ID! url: String }\n";

void put_small_project(support::MemoryFileSystem& disk) {
  disk.put("/app/schema.graphql", k_session_schema);
  disk.put("/app/src/card.ts",
           "import { gql } from 'graphql-tag';\n"
           "export const CARD = gql`fragment Card on User { id name }`;\n");
  disk.put("/app/src/page.ts",
           "import { gql } from 'graphql-tag';\nimport { CARD } from './card';\n"
           "export const PAGE = gql`query Page { me { ...Card } } ${CARD}`;\n");
  disk.put(
      "/app/src/other.ts",
      "import { gql } from 'graphql-tag';\nexport const OTHER = gql`query Other { me { id } }`;\n");
}

/// Turns random numbers into edits of a project of a few files, all of which know of each other.
class RandomEditor {
 public:
  RandomEditor(support::MemoryFileSystem& disk, unsigned seed) : disk_(disk), random_(seed) {}

  /// One edit; the paths that it touched.
  std::vector<std::string> edit() {
    if (below(6) == 0) {
      disk_.tick();
    }
    switch (below(12)) {
      case 0:
        return {write("/app/schema.graphql", random_schema())};
      case 1: {
        const std::string path = random_path();
        disk_.erase(path);
        return {path};
      }
      case 2: {
        const std::string from = random_path();
        const std::string to = random_path();
        if (from == to || !disk_.content(from)) {
          return {from};
        }
        disk_.move(from, to);
        return {from, to};
      }
      case 3:
        return {write(
            "/app/tsconfig.json",
            below(2) == 0 ? "{}" : "{\"compilerOptions\":{\"paths\":{\"@/*\":[\"./src/*\"]}}}")};
      default:
        return {write(random_path(), random_module())};
    }
  }

 private:
  unsigned below(unsigned limit) { return static_cast<unsigned>(random_() % limit); }

  std::string write(const std::string& path, const std::string& text) {
    disk_.put(path, text);
    return path;
  }

  std::string pick(const std::vector<std::string>& choices) {
    return choices[below(static_cast<unsigned>(choices.size()))];
  }

  std::string random_path() {
    return pick({"/app/src/a.ts",
                 "/app/src/b.ts",
                 "/app/src/c.tsx",
                 "/app/src/d/index.ts",
                 "/app/src/d.ts",
                 "/app/src/e.graphql",
                 "/app/src/tag.ts",
                 "/app/lib/f.ts"});
  }

  std::string random_schema() {
    std::string text = k_session_schema;
    switch (below(6)) {
      case 0:
        return text + "type Extra { id: ID }\n";
      case 1:
        return text + "type Broken { id: Missing }\n";
      case 2:
        return text + "type Video implements Node { id: ID! }\n";
      case 3:
        text.replace(text.find(" name: String!"), 14, " title: String");
        return text;
      default:
        return text;
    }
  }

  std::string fragment_name() { return pick({"A", "B", "C", "D"}); }

  std::string selection() {
    std::string text = "{ " + pick({"id", "id name", "name", "friend { id }", "nam", "id: name"});
    for (unsigned n = below(3); n > 0; --n) {
      text += below(6) == 0 ? " ...${" + fragment_name() + "}" : " ..." + fragment_name();
    }
    return text + " }";
  }

  std::string document(const std::string& name) {
    switch (below(5)) {
      case 0:
        return "query " + name + " { me " + selection() + " }";
      case 1:
        return "query " + name + "($n: Int) { users(first: $n) " + selection() + " }";
      case 2:
        return "fragment " + name + " on " + pick({"User", "Node", "Photo", "Query"}) + " " +
               selection();
      case 3:
        return "fragment " + name + " on User { id ...";
      default:
        return "fragment " + name + " on User " + selection();
    }
  }

  std::string specifier() {
    return pick(
        {"./a", "./b", "./c", "./d", "./e.graphql", "@/a", "@/d", "../lib/f", "./tag", "../src/b"});
  }

  std::string random_module() {
    std::string text = pick({"", "// a comment\n", "\n\n"});
    text += pick({"import { gql } from 'graphql-tag';\n",
                  "import { gql } from './tag';\n",
                  "import { q as gql } from './tag';\n",
                  "import { q } from './tag';\n",
                  "import gql from 'unknown-tag';\n"});
    for (unsigned n = below(3); n > 0; --n) {
      text += pick({"import { A, B } from '" + specifier() + "';\n",
                    "import * as C from '" + specifier() + "';\n",
                    "export * from '" + specifier() + "';\n",
                    "export { A as D } from '" + specifier() + "';\n",
                    "import D from '" + specifier() + "';\n"});
    }
    text += pick({"",
                  "",
                  "export const q = gql;\n",
                  "export { gql } from 'graphql-tag';\n",
                  "export { gql as q } from 'graphql-tag';\n",
                  "export const D = 'A';\n"});
    for (unsigned n = below(4); n > 0; --n) {
      const std::string name = fragment_name();
      const std::string tag = below(5) == 0 ? "q" : "gql";
      text += "export const " + name + " = " + tag + "`" + document(name) +
              (below(4) == 0 ? " ${" + fragment_name() + "}" : std::string()) + "`;\n";
    }
    return text;
  }

  support::MemoryFileSystem& disk_;
  std::mt19937 random_;
};

}  // namespace

TEST_SUITE("session/builder_session") {
  TEST_CASE("the first build makes what a clean build makes, and its delta holds everything") {
    Project project;
    put_small_project(project.disk);

    const SessionBuild build = project.update(ChangeSet::everything());

    CHECK(project.seen(build) == project.clean({}));
    CHECK(build.generation == 1);
    CHECK_FALSE(build.delta.base.has_value());
    CHECK(build.delta.elements.added.size() == 3);
  }

  TEST_CASE("an edit of a fragment compiles the fragment and its users, and nothing else") {
    Project project;
    put_small_project(project.disk);
    project.update(ChangeSet::everything());
    project.disk.tick();
    project.disk.put("/app/src/card.ts",
                     "import { gql } from 'graphql-tag';\n"
                     "export const CARD = gql`fragment Card on User { id }`;\n");

    const SessionBuild build = project.update(updated({"src/card.ts"}));

    CHECK(ids_of(build) == std::vector<std::string>{"src/card.ts::Card", "src/page.ts::Page"});
    CHECK(build.report.written == std::vector<std::string>{"modules/src/card.ts.mjs"});
    CHECK(build.delta.elements.updated.size() == 2);
    CHECK(build.delta.chunks.updated.size() == 1);
    CHECK(project.seen(build) == project.clean({}));
  }

  TEST_CASE("a comment compiles nothing, and moves positions only") {
    Project project;
    put_small_project(project.disk);
    const SessionBuild first = project.update(ChangeSet::everything());
    project.disk.tick();
    project.disk.put("/app/src/card.ts",
                     "// a comment\nimport { gql } from 'graphql-tag';\n"
                     "export const CARD = gql`fragment Card on User { id name }`;\n");

    const SessionBuild build = project.update(updated({"src/card.ts"}));

    CHECK(ids_of(build).empty());
    CHECK(build.report.written.empty());
    CHECK(build.delta.elements.empty());
    CHECK(build.delta.base == first.delta.target);
    CHECK(project.seen(build) == project.clean({}));
  }

  TEST_CASE("to settle, what is there is spliced, and written whole where somebody was at it") {
    const char* const k_edits[] = {"", "{}", "a whole text instead of it"};
    for (const std::string name : {"artifact.json", "manifest.json", "positions.json"}) {
      for (const std::string edit : k_edits) {
        CAPTURE(name);
        CAPTURE(edit);
        Project project;
        put_small_project(project.disk);
        project.update(ChangeSet::everything());
        project.disk.tick();
        project.disk.put("/app/src/card.ts",
                         "import { gql } from 'graphql-tag';\n"
                         "export const CARD = gql`fragment Card on User { id }`;\n"
                         "export const MORE = gql`query More { me { ...Card } } ${CARD}`;\n");
        const SessionBuild build = project.update_only(updated({"src/card.ts"}));
        project.disk.tick();
        if (!edit.empty()) {
          project.disk.put("/app/.builder/" + name, edit);
        }
        project.disk.clear_log();

        const auto changes = project.settle();

        CHECK(changes->written ==
              std::vector<std::string>{
                  "artifact.json", "manifest.json", "positions.json", "report.json"});
        CHECK(project.seen(build) == project.clean({}));
      }
    }
  }

  TEST_CASE("where the name of a file has a colon, ids of others stand between its own") {
    Project project;
    put_small_project(project.disk);
    const auto update_and_compare = [&project](const ChangeSet& changes) {
      const SessionBuild build = project.update(changes);
      CHECK(project.seen(build) == project.clean({}));
    };
    const std::string text = "import { gql } from 'graphql-tag';\n";
    project.disk.put("/app/src/a.ts",
                     text +
                         "export const A = gql`query A { me { id } }`;\n"
                         "export const Z = gql`query z { me { id } }`;\n");
    update_and_compare(ChangeSet::everything());

    project.disk.put("/app/src/a.ts::b.ts",
                     text + "export const B = gql`query B { me { id } }`;\n");
    ChangeSet added;
    added.added = {"src/a.ts::b.ts"};
    update_and_compare(added);

    project.disk.tick();
    project.disk.put("/app/src/a.ts", text + "export const A = gql`query A { me { name } }`;\n");
    update_and_compare(updated({"src/a.ts"}));

    project.disk.erase("/app/src/a.ts::b.ts");
    ChangeSet removed;
    removed.removed = {"src/a.ts::b.ts"};
    update_and_compare(removed);
  }

  TEST_CASE("definitions of the composer dialect follow every file that they are made of") {
    const std::string composer = "import { gql } from '@/graphql-system';\n";
    const Files first = {
        {"/app/schema.graphql", k_session_schema},
        {"/app/lib/base.ts", "export const BASE = 2;\n"},
        {"/app/lib/index.ts", "import { BASE } from './base';\nexport const LIMIT = BASE * 2;\n"},
        {"/app/src/gql.ts", "export { gql as compose } from '@/graphql-system';\n"},
        {"/app/src/model.ts",
         composer + "export const user = gql.default(({ model }) => model.User({}, ({ f }) => "
                    "[f.id()], (x) => x));\n"},
        {"/app/src/slice.ts",
         "import { compose } from './gql';\nimport { user } from './model';\n"
         "import { LIMIT } from '../lib';\n"
         "export const users = compose.default(({ slice }) => slice.query({}, ({ f }) => "
         "[f.users({ first: LIMIT })(() => [user.fragment()])], ({ select }) => "
         "select(['$.users'], (x) => x)));\n"},
        {"/app/src/page.ts",
         composer + "import { users } from './slice';\n"
                    "export const page = gql.default(({ operation }) => operation.query({ "
                    "operationName: 'Page' }, () => ({ a: users.build() })));\n"},
        {"/app/src/plain.ts", "import { gql } from 'graphql-tag';\ngql`query P { me { id } }`;\n"},
    };
    struct Edit {
      const char* path;
      /// Null: the file goes.
      const char* text;
    };
    const Edit edits[] = {
        {"/app/lib/base.ts", "export const BASE = 3;\n"},
        {"/app/src/model.ts",
         "import { gql } from '@/graphql-system';\nexport const user = gql.default(({ model }) => "
         "model.User({}, ({ f }) => [f.id(), f.name()], (x) => x));\n"},
        {"/app/src/model.ts",
         "import { gql } from '@/graphql-system';\nexport const user = gql.default(({ model }) => "
         "model.User({}, ({ f }) => [f.nope()], (x) => x));\n"},
        {"/app/src/model.ts", nullptr},
        {"/app/src/gql.ts", "export const compose = 1;\n"},
        {"/app/lib/index.ts", "export const LIMIT = 'many';\n"},
        {"/app/lib/index.ts", nullptr},
        {"/app/lib/index/index.ts", "export const LIMIT = 1;\n"},
        {"/app/src/slice.ts", "export const users = 1;\n"},
        {"/app/src/page.ts", "// @generated\n"},
    };
    // Each edit, and back again.
    Project project;
    for (const auto& [path, text] : first) {
      project.disk.put(path, text);
    }
    Files before = project.seen(project.update(ChangeSet::everything())).outputs;
    CHECK(one_text(before).find("first: 4") != std::string::npos);
    const auto apply = [&](const std::string& path, const char* text) {
      CAPTURE(path);
      project.disk.tick();
      if (text == nullptr) {
        project.disk.erase(path);
      } else {
        project.disk.put(path, text);
      }
      const SessionBuild build = project.update(updated({path}));
      const Seen seen = project.seen(build);
      const Seen clean = project.clean(before);
      CHECK(seen.outcome == clean.outcome);
      CHECK(one_text(seen.diagnostics) == one_text(clean.diagnostics));
      CHECK(one_text(seen.outputs) == one_text(clean.outputs));
      before = seen.outputs;
    };
    for (const Edit& edit : edits) {
      apply(edit.path, edit.text);
      const auto old = first.find(edit.path);
      apply(edit.path, old == first.end() ? nullptr : old->second.c_str());
    }
    for (const Edit& edit : edits) {
      apply(edit.path, edit.text);
    }
  }

  TEST_CASE("random edits end where a clean build of the same files ends") {
    for (unsigned seed = 1; seed <= 10; ++seed) {
      CAPTURE(seed);
      Project project;
      project.disk.put("/app/schema.graphql", k_session_schema);
      project.disk.put("/app/src/tag.ts", "export { gql } from 'graphql-tag';\n");
      RandomEditor editor(project.disk, seed);
      Files before;
      for (unsigned step = 0; step < 40; ++step) {
        CAPTURE(step);
        std::vector<std::string> paths;
        for (unsigned edits = 1 + step % 3; edits > 0; --edits) {
          const std::vector<std::string> more = editor.edit();
          paths.insert(paths.end(), more.begin(), more.end());
        }

        const SessionBuild build = project.update(updated(paths));

        const Seen seen = project.seen(build);
        const Seen clean = project.clean(before);
        CHECK(seen.outcome == clean.outcome);
        CHECK(seen.error == clean.error);
        REQUIRE(one_text(seen.diagnostics) == one_text(clean.diagnostics));
        REQUIRE(one_text(seen.outputs) == one_text(clean.outputs));
        before = seen.outputs;
      }
    }
  }
}
