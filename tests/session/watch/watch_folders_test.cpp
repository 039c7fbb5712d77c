// Which folders a watching loop hears of, as they come and go.

#include <algorithm>

#include <doctest/doctest.h>

#include "tests/session/watch/watch_stage.h"
#include "tests/support/printers.h"

using stage::Stage;
using stage::text;
using stage::told_after_start;

namespace {

using Log = std::vector<std::string>;

}  // namespace

TEST_SUITE("session/watch_folders") {
  TEST_CASE("files that are no inputs lead to nothing") {
    Stage stage;
    stage.at(1000, [&] {
      stage.disk.clear_log();
      for (const char* name : {"4913", ".a.ts.swp", "a.ts~", "#a.ts#", "app.log", "a.css"}) {
        stage.save(std::string("/app/src/") + name, "text");
        stage.save(std::string("/app/src/") + name, "other text");
        stage.erase(std::string("/app/src/") + name);
      }
    });

    CHECK(text(told_after_start(stage.run())) == text({}));
    CHECK(stage.disk.count(support::Operation::list) == 0);
    CHECK(stage.disk.count(support::Operation::read) == 0);
  }

  TEST_CASE("of folders above the root those count that an import means") {
    Stage stage;
    stage.disk.put("/app/tsconfig.json",
                   R"({"compilerOptions": {"paths": {"@x/*": ["../aliased/*"]}}})");
    stage.disk.put("/app/src/a.ts",
                   "import { A } from '../../shared';\nimport { B } from '@x/in';\n"
                   "gql`query A { ${A} }`;\ngql`query B { ${B} }`;\n");
    stage.disk.put("/app/src/b.ts", "");
    stage.disk.tick();
    stage.at(1000, [&] {
      stage.disk.put("/other/index.ts", "");
      stage.put_folder("/other");
    });
    stage.at(2000, [&] {
      stage.disk.put("/shared/index.ts", "export const A = 'a';");
      stage.put_folder("/shared");
    });
    stage.at(3000, [&] {
      stage.disk.put("/aliased/in.ts", "export const B = 'b';");
      stage.put_folder("/aliased");
    });

    const Log log = stage.run();

    CAPTURE(text(log));
    CHECK(std::count_if(log.begin(), log.end(), [](const auto& line) {
            return line.starts_with("1005");
          }) == 0);
    const std::string artifact = stage.output("artifact.json");
    CHECK(artifact.find("query A {\\n  a") != std::string::npos);
    CHECK(artifact.find("query B {\\n  b") != std::string::npos);
  }

  TEST_CASE("new folders are built with all that is in them") {
    Stage stage;
    stage.at(1000, [&] {
      stage.disk.put("/app/src/new/in/n.ts", "gql`query N { a }`;");
      stage.put_folder("/app/src/new");
    });
    stage.at(2000, [&] { stage.save("/app/src/new/in/n.ts", "gql`query N { b }`;"); });

    CHECK(text(told_after_start(stage.run())) ==
          text({"1005 changes src/new = +src/new/in/n.ts::N",
                "1065 idle",
                "2005 changes src/new/in/n.ts = ~src/new/in/n.ts::N",
                "2065 idle"}));
  }

  TEST_CASE("new folders that hold no inputs are not watched for long") {
    Stage stage;
    stage.at(1000, [&] {
      stage.disk.put("/app/docs/in/n.txt", "text");
      stage.put_folder("/app/docs");
    });

    CHECK(text(told_after_start(stage.run())) == text({}));
    for (const std::string& folder : stage.watcher.folders()) {
      CHECK(folder != "/app/docs");
      CHECK(folder != "/app/docs/in");
    }
  }

  TEST_CASE("folders that a new config does not name are not watched any more") {
    Stage stage;
    stage.disk.put("/app/src/deep/c.ts", "gql`query C { a }`;");
    stage.disk.tick();
    stage.at(1000, [&] {
      stage.save("/app/builder.config.json",
                 R"({"schema": "schema.graphql", "include": ["src/*.ts"]})");
    });

    CHECK(stage.run().size() == 7);
    const Log folders = stage.watcher.folders();
    CHECK(std::find(folders.begin(), folders.end(), "/app/src") != folders.end());
    CHECK(std::find(folders.begin(), folders.end(), "/app/src/deep") == folders.end());
  }

  TEST_CASE("a folder that is needed again is looked at again, since nobody watched it") {
    Stage stage;
    stage.disk.put("/app/src/deep/c.ts", "export const NAME = 'a';");
    stage.disk.tick();
    const std::string narrow = R"({"schema": "schema.graphql", "include": ["src/*.ts"]})";
    stage.at(1000, [&] { stage.save("/app/builder.config.json", narrow); });
    stage.at(2000, [&] {
      stage.save("/app/src/a.ts", "import { NAME } from './deep/c';\ngql`query A { ${NAME} }`;");
      // While the build that asks for the folder runs, and nobody watches it.
      stage.on_next_write = [&] { stage.save("/app/src/deep/c.ts", "export const NAME = 'b';"); };
    });

    stage.run();

    CHECK(stage.output("artifact.json").find("query A {\\n  b") != std::string::npos);
  }

  TEST_CASE("a source folder may go and come again") {
    Stage stage;
    stage.at(1000, [&] { stage.erase_folder("/app/src"); });
    stage.at(2000, [&] {
      stage.disk.put("/app/src/b.ts", "gql`query B { a }`;");
      stage.put_folder("/app/src");
    });
    stage.at(3000, [&] { stage.save("/app/src/b.ts", "gql`query B { b }`;"); });

    const Log log = told_after_start(stage.run());

    CAPTURE(text(log));
    REQUIRE(log.size() == 5);
    CHECK(log[0].substr(0, 20) == "1005 changes src | n");
    CHECK(log[1] == "2005 changes src src/b.ts = ~src/b.ts::B -src/a.ts::A");
    CHECK(log[3] == "3005 changes src/b.ts = ~src/b.ts::B");
  }

  TEST_CASE("whichever link of a chain is pointed elsewhere, what it leads to now is built") {
    struct Case {
      const char* link;
      const char* target;
      std::string told;
    };
    const std::vector<Case> cases = {
        // The first link to a folder.
        {"/app/src/lib", "../../data/two", "changes src/lib = ~src/lib/c.ts::C"},
        // One between the name and the folder.
        {"/data/current", "two", "reconcile = ~src/lib/c.ts::C"},
        // One that a target goes through.
        {"/data/deep", "real2", "reconcile = ~src/more/d.ts::D"},
        // One between the name and a file.
        {"/data/file", "four/e.ts", "reconcile = ~src/e.ts::E"},
    };
    for (const Case& example : cases) {
      CAPTURE(std::string(example.link));
      Stage stage;
      stage.disk.put("/data/one/c.ts", "gql`query C { a }`;");
      stage.disk.put("/data/two/c.ts", "gql`query C { a b }`;");
      stage.disk.put_symlink("/data/current", "one");
      stage.disk.put_symlink("/app/src/lib", "../../data/current");
      stage.disk.put("/data/real/now/d.ts", "gql`query D { a }`;");
      stage.disk.put("/data/real2/now/d.ts", "gql`query D { a b }`;");
      stage.disk.put_symlink("/data/deep", "/data/real");
      stage.disk.put_symlink("/app/src/more", "../../data/deep/now");
      stage.disk.put("/data/three/e.ts", "gql`query E { a }`;");
      stage.disk.put("/data/four/e.ts", "gql`query E { a b }`;");
      stage.disk.put_symlink("/data/file", "three/e.ts");
      stage.disk.put_symlink("/app/src/e.ts", "/data/file");
      stage.disk.tick();
      stage.at(1000, [&] { stage.relink(example.link, example.target); });

      const Log log = stage.run();

      CAPTURE(text(log));
      REQUIRE(log.size() == 6);
      CHECK(log[4].substr(5) == example.told);
    }
  }

  TEST_CASE("what a link leads to is an input under whatever name it has") {
    struct Case {
      const char* name;
      std::function<void(Stage& stage)> set_up;
      std::function<void(Stage& stage)> happen;
      /// What is told first, without its time.
      std::string told;
    };
    const std::vector<Case> cases = {
        {"a source of another extension",
         [](Stage& stage) {
           stage.disk.put("/data/c.gen", "gql`query C { a }`;");
           stage.disk.put_symlink("/app/src/c.ts", "/data/c.gen");
         },
         [](Stage& stage) { stage.save("/data/c.gen", "gql`query C { b }`;"); },
         "reconcile = ~src/c.ts::C"},
        {"a schema of another extension",
         [](Stage& stage) {
           stage.disk.put("/data/s.txt", "type Query { a: Int b: Int }\n");
           stage.disk.erase("/app/schema.graphql");
           stage.disk.put_symlink("/app/schema.graphql", "/data/s.txt");
         },
         [](Stage& stage) { stage.save("/data/s.txt", "type Query { a: Int }\n"); },
         "reconcile = -src/b.ts::B | Cannot query field \"b\" on type \"Query\". Did you mean "
         "\"a\"?"},
        {"a config",
         [](Stage& stage) {
           stage.disk.put("/data/c.json",
                          R"({"schema": "schema.graphql", "include": ["src/**/*.ts"]})");
           stage.disk.erase("/app/builder.config.json");
           stage.disk.put_symlink("/app/builder.config.json", "/data/c.json");
         },
         [](Stage& stage) {
           stage.save("/data/c.json", R"({"schema": "schema.graphql", "include": ["src/b.ts"]})");
         },
         "config"},
        {"a source that comes after the link",
         [](Stage& stage) { stage.disk.put_symlink("/app/src/c.ts", "/data/deep/c.ts"); },
         [](Stage& stage) {
           stage.disk.put("/data/deep/c.ts", "gql`query C { b }`;");
           stage.put_folder("/data");
         },
         "reconcile = +src/c.ts::C"},
        {"a link between that comes late",
         [](Stage& stage) {
           stage.disk.put("/data/one/c.ts", "gql`query C { a }`;");
           stage.disk.put_symlink("/app/src/lib", "/data/current");
         },
         [](Stage& stage) { stage.link("/data/current", "one"); },
         "reconcile = +src/lib/c.ts::C"},
        {"a folder above that goes away",
         [](Stage& stage) {
           stage.disk.put("/data/deep/c.ts", "gql`query C { a }`;");
           stage.disk.put_symlink("/app/src/lib", "/data/deep");
         },
         [](Stage& stage) { stage.erase_folder("/data"); },
         "changes ../data = -src/lib/c.ts::C"},
        {"a schema that goes away",
         [](Stage& stage) {
           stage.disk.put("/data/s.graphql", "type Query { a: Int b: Int }\n");
           stage.disk.erase("/app/schema.graphql");
           stage.disk.put_symlink("/app/schema.graphql", "/data/s.graphql");
         },
         [](Stage& stage) { stage.erase("/data/s.graphql"); },
         "config: The schema file \"schema.graphql\" does not exist."},
    };
    for (const Case& example : cases) {
      CAPTURE(std::string(example.name));
      Stage stage;
      example.set_up(stage);
      stage.disk.tick();
      stage.at(1000, [&] {
        stage.disk.tick();
        example.happen(stage);
      });

      Log log = stage.run();

      CAPTURE(text(log));
      const auto idle = std::find(log.begin(), log.end(), "60 idle");
      REQUIRE(idle != log.end());
      REQUIRE(idle + 1 != log.end());
      CHECK((idle + 1)->substr(5) == example.told);
    }
  }

  TEST_CASE("a file in the place of a folder ends what was in it") {
    Stage stage;
    stage.disk.put("/app/src/B/x.ts", "gql`query X { a }`;");
    stage.disk.put("/app/schema/one.graphql", "type Query { a: Int b: Int }\n");
    stage.disk.put("/app/schema/two/more.graphql", "extend type Query { c: Int }\n");
    stage.disk.put("/app/src/c.ts", "gql`query C { c }`;");
    stage.disk.put("/app/builder.config.json",
                   R"({"schema": "schema/**", "include": ["src/**/*.ts"]})");
    stage.disk.tick();
    const auto replace = [&](const std::string& folder) {
      stage.disk.erase(folder);
      stage.disk.put(folder, "x");
      stage.disk.tick();
      stage.watcher.tell(folder, discovery::FileEvent::Kind::folder);
      stage.watcher.tell(folder, discovery::FileEvent::Kind::created);
      stage.watcher.tell(folder, discovery::FileEvent::Kind::content);
    };
    stage.at(1000, [&] { replace("/app/src/B"); });
    stage.at(2000, [&] { replace("/app/schema/two"); });

    const Log log = stage.run();

    CAPTURE(text(log));
    REQUIRE(log.size() == 8);
    CHECK(log[4].ends_with("= -src/B/x.ts::X"));
    CHECK(log[6].find("Cannot query field \"c\"") != std::string::npos);
  }

  TEST_CASE("a file that was not there is noticed where a module was looked for") {
    Stage stage;
    stage.disk.put("/app/src/a.ts", "import { F } from './f';\ngql`query A { a ...F } ${F}`;");
    stage.disk.put("/app/src/b.ts", "gql`query B { b }`;\n");
    stage.disk.tick();
    stage.at(1000, [&] {
      stage.save("/app/src/f.ts", "export const F = gql`fragment F on Query { b }`;");
    });

    const Log log = stage.run();

    CAPTURE(text(log));
    REQUIRE(log.size() == 6);
    CHECK(log[4] == "1005 changes src/f.ts = +src/a.ts::A +src/f.ts::F");
  }

  TEST_CASE("a package that a new import leads to is watched from then on") {
    Stage stage;
    stage.disk.put("/lib/f.ts", "export const NAME = 'a';");
    stage.at(1000, [&] {
      stage.save("/app/src/a.ts", "import { NAME } from '../../lib/f';\ngql`query A { ${NAME} }`;");
    });
    stage.at(2000, [&] { stage.save("/lib/f.ts", "export const NAME = 'b';"); });

    CHECK(text(told_after_start(stage.run())) == text({"1005 changes src/a.ts =",
                                                       "1065 idle",
                                                       "2005 changes ../lib/f.ts = ~src/a.ts::A",
                                                       "2065 idle"}));
  }
}
