// What a watching loop does, and when: on a disk in memory, with a clock that moves when the loop
// waits. tests/proof/watch_lives_test.cpp says whether what it builds is right.

#include "session/watch/watch_loop.h"

#include <doctest/doctest.h>

#include "tests/session/watch/watch_stage.h"
#include "tests/support/printers.h"

using session::WatchEnd;
using stage::k_a2;
using stage::Stage;
using stage::text;
using stage::told_after_start;

namespace {

using Log = std::vector<std::string>;

}  // namespace

TEST_SUITE("session/watch_loop") {
  TEST_CASE("a save is built when it is over, and the rest is written when nothing else comes") {
    Stage stage;
    stage.at(1000, [&] { stage.save("/app/src/a.ts", k_a2); });

    CHECK(text(told_after_start(stage.run())) ==
          text({"1005 changes src/a.ts = ~src/a.ts::A", "1065 idle"}));
    CHECK(stage.output("artifact.json").find("  a\\n  b") != std::string::npos);
  }

  TEST_CASE("however an editor saves, and however long the disk takes, it is one generation") {
    struct Style {
      const char* name;
      std::vector<std::function<void(Stage& stage)>> steps;
    };
    const std::string file = "/app/src/a.ts";
    const std::vector<Style> styles = {
        {"in place", {[&](Stage& stage) { stage.save(file, k_a2); }}},
        {"vim: a try, a backup, a new file",
         {[&](Stage& stage) { stage.save("/app/src/.a.ts.swp", ""); },
          [&](Stage& stage) {
            stage.save("/app/src/4913", "");
            stage.erase("/app/src/4913");
            stage.move(file, file + "~");
          },
          [&](Stage& stage) { stage.make(file); },
          [&](Stage& stage) { stage.save(file, k_a2); },
          [&](Stage& stage) { stage.erase(file + "~"); }}},
        {"emacs: a lock, a backup, a new file",
         {[&](Stage& stage) { stage.link("/app/src/.#a.ts", "somebody@here.1:2"); },
          [&](Stage& stage) { stage.move(file, file + "~"); },
          [&](Stage& stage) { stage.make(file); },
          [&](Stage& stage) { stage.save(file, k_a2); },
          [&](Stage& stage) { stage.erase("/app/src/.#a.ts"); }}},
        {"JetBrains: a new file beside, the old one aside",
         {[&](Stage& stage) { stage.save(file + "___jb_tmp___", k_a2); },
          [&](Stage& stage) { stage.move(file, file + "___jb_old___"); },
          [&](Stage& stage) { stage.move(file + "___jb_tmp___", file); },
          [&](Stage& stage) { stage.erase(file + "___jb_old___"); }}},
        {"a new file beside, which is a source by its name",
         {[&](Stage& stage) { stage.save("/app/src/a.tmp.ts", k_a2); },
          [&](Stage& stage) { stage.move("/app/src/a.tmp.ts", file); }}},
        {"gone and new",
         {[&](Stage& stage) { stage.erase(file); }, [&](Stage& stage) { stage.save(file, k_a2); }}},
    };
    for (const int pause_ms : {1, 4, 30}) {
      for (const Style& style : styles) {
        // A file that is complete cannot be told from one that is about to be moved away.
        if (pause_ms == 30 && std::string(style.name).starts_with("a new file beside")) {
          continue;
        }
        CAPTURE(style.name);
        CAPTURE(pause_ms);
        Stage stage;
        for (std::size_t i = 0; i < style.steps.size(); ++i) {
          stage.at(1000 + static_cast<int>(i) * pause_ms, [&, i] { style.steps[i](stage); });
        }

        const Log log = told_after_start(stage.run());

        CAPTURE(text(log));
        CHECK(log.size() == 2);
        CHECK(log.front().ends_with(" = ~src/a.ts::A"));
      }
    }
  }

  TEST_CASE("a file that is deleted is waited for a moment") {
    Stage stage;
    stage.at(1000, [&] { stage.erase("/app/src/a.ts"); });

    CHECK(text(told_after_start(stage.run())) ==
          text({"1050 changes src/a.ts = -src/a.ts::A", "1110 idle"}));
  }

  TEST_CASE("at the start everything is built, and the outputs are complete") {
    Stage stage;

    CHECK(text(told_after_start(stage.run())) == text({}));
    CHECK(stage.output("artifact.json").find("query B") != std::string::npos);
  }

  TEST_CASE("few changes that go on are not waited for without end") {
    Stage stage;
    for (int ms = 1000; ms < 1100; ms += 4) {
      stage.at(ms, [&, ms] {
        stage.save("/app/src/a.ts", "gql`query A { n" + std::to_string(ms) + ": a }`;");
      });
    }

    const Log log = told_after_start(stage.run());

    CHECK(text(log) == text({"1050 changes src/a.ts = ~src/a.ts::A",
                             "1101 changes src/a.ts = ~src/a.ts::A",
                             "1161 idle"}));
  }

  TEST_CASE("many changes are one build, though whoever makes them pauses") {
    Stage stage;
    for (int i = 0; i < 200; ++i) {
      const std::string name = std::to_string(i);
      stage.at(i < 20 ? 1000 + i : 1020 + 7 * (i - 20), [&, name] {
        stage.save("/app/src/n" + name + ".ts", "gql`query N" + name + " { a }`;");
      });
    }

    const Log log = told_after_start(stage.run());

    CAPTURE(text(log));
    REQUIRE(log.size() == 2);
    CHECK(log[0].substr(0, 40) == "2323 changes src/n0.ts src/n1.ts src/n10");
  }

  TEST_CASE("while git is at work nothing is built") {
    Stage stage;
    stage.disk.put("/app/.git/HEAD", "");
    stage.at(1000, [&] {
      stage.disk.put("/app/.git/index.lock", "");
      stage.save("/app/src/a.ts", k_a2);
    });
    stage.at(1700, [&] { stage.save("/app/src/b.ts", "gql`query B { a }`;"); });
    stage.at(3000, [&] { stage.disk.erase("/app/.git/index.lock"); });

    CHECK(text(told_after_start(stage.run())) ==
          text({"3000 changes src/a.ts src/b.ts = ~src/a.ts::A ~src/b.ts::B", "3060 idle"}));
  }

  TEST_CASE("a lock that a killed git left is waited for once") {
    Stage stage;
    stage.disk.put("/app/.git/index.lock", "");
    stage.at(1000, [&] { stage.save("/app/src/a.ts", k_a2); });
    stage.at(9000, [&] { stage.save("/app/src/a.ts", "gql`query A { b }`;"); });

    CHECK(text(told_after_start(stage.run())) == text({"3000 changes src/a.ts = ~src/a.ts::A",
                                                       "3060 idle",
                                                       "9005 changes src/a.ts = ~src/a.ts::A",
                                                       "9065 idle"}));
  }

  TEST_CASE("between the steps of a rebase more patience is shown") {
    Stage stage;
    stage.disk.put("/elsewhere/rebase-merge/done", "");
    stage.disk.put("/app/.git", "gitdir: ../elsewhere\n");
    stage.at(1000, [&] { stage.save("/app/src/a.ts", k_a2); });
    stage.at(1090, [&] { stage.save("/app/src/a.ts", "gql`query A { b }`;"); });

    CHECK(text(told_after_start(stage.run())) ==
          text({"1190 changes src/a.ts = ~src/a.ts::A", "1250 idle"}));
  }

  TEST_CASE("a barrier is answered once all that came before is built, without patience") {
    Stage stage;
    stage.at(1000, [&] {
      stage.save("/app/src/a.ts", k_a2);
      stage.ask({{{7, ""}, {{}, "what?"}, {8, ""}}, false});
    });
    stage.at(2000, [&] { stage.ask({{{9, ""}}, false}); });

    CHECK(text(told_after_start(stage.run())) == text({"1000 changes src/a.ts = ~src/a.ts::A",
                                                       "1000 sync 7",
                                                       "1000 rejected: what?",
                                                       "1000 sync 8",
                                                       "1060 idle",
                                                       "2000 sync 9"}));
  }

  TEST_CASE("before it ends the loop builds and writes what is left") {
    Stage stage;
    stage.at(1000, [&] {
      stage.save("/app/src/a.ts", k_a2);
      stage.ask({{{1, ""}}, true});
    });

    CHECK(text(told_after_start(stage.run())) ==
          text({"1000 changes src/a.ts = ~src/a.ts::A", "1000 sync 1", "1000 idle"}));
    CHECK(stage.end == WatchEnd::asked);
  }

  TEST_CASE("a change that comes during a build is built after it") {
    Stage stage;
    stage.at(1000, [&] {
      stage.save("/app/src/a.ts", k_a2);
      stage.on_next_build = [&] { stage.save("/app/src/b.ts", "gql`query B { a }`;"); };
    });

    CHECK(text(told_after_start(stage.run())) == text({"1005 changes src/a.ts = ~src/a.ts::A",
                                                       "1010 changes src/b.ts = ~src/b.ts::B",
                                                       "1070 idle"}));
  }

  // Whoever follows an import finds it, whoever listed the folder did not.
  TEST_CASE("a file that only half of a build saw is looked at as if nobody knew it") {
    Stage stage;
    stage.at(1000, [&] {
      stage.save("/app/src/a.ts", "import { F } from './f';\ngql`query A { ...F } ${F}`;\n");
      stage.on_next_resolve = [&] {
        stage.save("/app/src/f.ts", "export const F = gql`fragment F on Query { a }`;\n");
      };
    });

    std::vector<std::string> log = told_after_start(stage.run());

    REQUIRE(!log.empty());
    log.erase(log.begin());
    CHECK(text(log) == text({"1010 changes src/f.ts = +src/a.ts::A +src/f.ts::F", "1070 idle"}));
  }

  TEST_CASE("what nobody told is found when events were lost") {
    Stage stage;
    stage.at(1000, [&] {
      stage.disk.tick();
      stage.disk.put("/app/src/a.ts", k_a2);
      stage.watcher.lose_events();
    });
    stage.at(1010, [&] { stage.watcher.lose_events(); });

    CHECK(text(told_after_start(stage.run())) ==
          text({"1000 remark: The system dropped file events",
                "1060 reconcile = ~src/a.ts::A",
                "1120 idle"}));
  }

  TEST_CASE("a schema may break and be mended") {
    Stage stage;
    stage.at(1000, [&] { stage.save("/app/schema.graphql", "type Query { a: "); });
    stage.at(2000, [&] { stage.save("/app/src/a.ts", "gql`query A { c }`;"); });
    stage.at(3000, [&] { stage.save("/app/schema.graphql", "type Query { a: Int c: Int }\n"); });

    const Log log = told_after_start(stage.run());

    CAPTURE(text(log));
    REQUIRE(log.size() == 3);
    CHECK(log[0] == "1005 changes schema.graphql | Syntax Error: Expected Name, found <EOF>.");
    CHECK(log[1].substr(0, 62) == "3005 changes schema.graphql = ~src/a.ts::A -src/b.ts::B | Cann");
  }

  TEST_CASE("another config takes effect at once, a broken one when it is mended") {
    Stage stage;
    stage.at(1000, [&] {
      stage.save("/app/builder.config.json",
                 R"({"schema": "schema.graphql", "include": ["src/a.ts"]})");
    });
    stage.at(2000, [&] { stage.save("/app/builder.config.json", "{"); });
    stage.at(3000, [&] { stage.save("/app/src/a.ts", k_a2); });
    stage.at(4000, [&] {
      stage.save("/app/builder.config.json",
                 R"({"schema": "schema.graphql", "include": ["src/*.ts"]})");
    });

    const Log log = told_after_start(stage.run());

    CAPTURE(text(log));
    REQUIRE(log.size() == 7);
    CHECK(log[0] == "1005 config");
    CHECK(log[1] == "1005 initial = -src/b.ts::B");
    CHECK(log[2] == "1065 idle");
    CHECK(log[3].substr(0, 12) == "2005 config:");
    CHECK(log[4] == "4005 config");
    CHECK(log[5] == "4005 initial = +src/b.ts::B ~src/a.ts::A");
  }

  TEST_CASE("projects may come, change and go") {
    Stage stage;
    const auto project = [](const std::string& name, const std::string& include) {
      return "\"" + name + R"(": {"schema": "schema.graphql", "include": ["src/)" + include +
             R"("], "outDir": ".out-)" + name + "\"}";
    };
    stage.disk.put("/app/builder.config.json", "{\"projects\": {" + project("x", "a.ts") + "}}");
    stage.disk.tick();
    stage.at(1000, [&] {
      stage.save("/app/builder.config.json",
                 "{\"projects\": {" + project("x", "a.ts") + "," + project("y", "b.ts") + "}}");
    });
    stage.at(2000, [&] { stage.save("/app/src/b.ts", "gql`query B { a }`;"); });
    stage.at(3000, [&] {
      stage.save("/app/builder.config.json", "{\"projects\": {" + project("y", "b.ts") + "}}");
    });
    stage.at(4000, [&] {
      stage.save("/app/src/a.ts", k_a2);
      stage.save("/app/src/b.ts", "gql`query B { b }`;");
    });

    CHECK(text(stage.run()) == text({"config",
                                     "x initial = +src/a.ts::A",
                                     "ready",
                                     "60 idle x",
                                     "1005 config",
                                     "1005 x initial =",
                                     "1005 y initial = +src/b.ts::B",
                                     "1005 ready",
                                     "1065 idle x",
                                     "1065 idle y",
                                     "2005 y changes src/b.ts = ~src/b.ts::B",
                                     "2065 idle y",
                                     "3005 config",
                                     "3005 idle x",
                                     "3005 y initial =",
                                     "3005 ready",
                                     "3065 idle y",
                                     "4005 y changes src/a.ts src/b.ts = ~src/b.ts::B",
                                     "4065 idle y"}));
  }

  TEST_CASE("without a config at the start it waits for one") {
    Stage stage;
    stage.disk.put("/app/builder.config.json", "{");
    stage.disk.tick();
    stage.at(1000, [&] {
      stage.save("/app/builder.config.json",
                 R"({"schema": "schema.graphql", "include": ["src/a.ts"]})");
    });

    const Log log = stage.run();

    CAPTURE(text(log));
    REQUIRE(log.size() == 5);
    CHECK(log[0].substr(0, 7) == "config:");
    CHECK(log[2] == "1005 initial = +src/a.ts::A");
    CHECK(log[3] == "1005 ready");
  }

  TEST_CASE("an output that somebody deletes or edits is made again") {
    Stage stage;
    stage.at(1000, [&] { stage.erase("/app/.builder/modules/src/a.ts.mjs"); });
    stage.at(2000, [&] { stage.save("/app/.builder/artifact.json", "{}"); });
    stage.at(3000, [&] { stage.erase_folder("/app/.builder"); });

    const Log log = told_after_start(stage.run());

    CHECK(text(log) == text({"1050 changes .builder/modules/src/a.ts.mjs =",
                             "1110 idle",
                             "2005 changes .builder/artifact.json =",
                             "2065 idle",
                             "3005 changes .builder =",
                             "3065 idle"}));
    CHECK(stage.output("artifact.json").find("query B") != std::string::npos);
    CHECK(stage.output("modules/src/a.ts.mjs") != "none");
  }

  TEST_CASE("so is one that got another text of the same length before the clock moved") {
    Stage stage;
    const std::string path = "/app/.builder/modules/src/a.ts.mjs";
    std::string before;
    stage.at(1000, [&] {
      before = stage.output("modules/src/a.ts.mjs");
      std::string edited = before;
      edited[before.find("query") + 1] = '?';
      const auto stamp = stage.disk.entry(path)->stamp;
      stage.disk.put(path, edited);
      REQUIRE(stage.disk.entry(path)->stamp == stamp);
      stage.watcher.tell(path, discovery::FileEvent::Kind::content);
    });

    CHECK(text(told_after_start(stage.run())) ==
          text({"1005 changes .builder/modules/src/a.ts.mjs =", "1065 idle"}));
    CHECK(stage.output("modules/src/a.ts.mjs") == before);
  }

  TEST_CASE("so is the file that hides outputs from git, also one of an earlier session") {
    for (const bool is_earlier : {false, true}) {
      CAPTURE(is_earlier);
      Stage stage;
      if (is_earlier) {
        Stage first;
        first.run();
        for (const auto& [path, content] : first.disk.files_below("/app/.builder")) {
          stage.disk.put(path, content);
        }
      }
      stage.at(1000, [&] { stage.erase("/app/.builder/.gitignore"); });

      CHECK(text(told_after_start(stage.run())) ==
            text({"1050 changes .builder/.gitignore =", "1110 idle"}));
      CHECK(stage.output(".gitignore") != "none");
    }
  }

  TEST_CASE("an out folder that is a link is followed to where it leads now") {
    Stage stage;
    stage.disk.put_directory("/out/one");
    stage.disk.put_directory("/out/two");
    stage.disk.put_symlink("/app/.builder", "/out/one");
    stage.at(1000, [&] { stage.relink("/app/.builder", "/out/two"); });
    stage.at(2000, [&] { stage.erase("/app/.builder"); });

    const Log log = stage.run();

    CAPTURE(text(log));
    CHECK(stage.disk.content("/out/one/artifact.json") ==
          stage.disk.content("/out/two/artifact.json"));
    CHECK(stage.output("artifact.json") == stage.disk.content("/out/two/artifact.json"));
  }

  TEST_CASE("a link in the place of a folder of outputs may go away") {
    Stage stage;
    const std::string folder = "/app/.builder/modules/src";
    stage.at(1000, [&] {
      stage.disk.move(folder, "/out");
      stage.watcher.tell(folder, discovery::FileEvent::Kind::folder);
      stage.link(folder, "/out");
    });
    stage.at(2000, [&] { stage.erase(folder); });

    const Log log = told_after_start(stage.run());

    CAPTURE(text(log));
    CHECK(stage.output("modules/src/a.ts.mjs") != "none");
    CHECK(stage.disk.entry(folder)->kind == base::FileKind::directory);
  }

  TEST_CASE("what could not be written when all was quiet is written later") {
    Stage stage;
    const std::string obstacle = "/app/.builder/.manifest.json.tmp";
    stage.at(1000, [&] {
      stage.disk.put_directory(obstacle);
      stage.save("/app/src/a.ts", k_a2);
    });
    stage.at(4500, [&] { stage.disk.erase(obstacle); });

    const Log log = told_after_start(stage.run());

    CAPTURE(text(log));
    CHECK(log.back().ends_with(" idle"));
    CHECK(stage.output("artifact.json").find("  a\\n  b") != std::string::npos);
  }

  TEST_CASE("so is one in a folder that came with a new source") {
    Stage stage;
    stage.at(1000, [&] {
      stage.disk.put("/app/src/new/n.ts", "gql`query N { a }`;");
      stage.put_folder("/app/src/new");
    });
    stage.at(2000, [&] { stage.erase("/app/.builder/modules/src/new/n.ts.mjs"); });

    CHECK(text(told_after_start(stage.run())) ==
          text({"1005 changes src/new = +src/new/n.ts::N",
                "1065 idle",
                "2050 changes .builder/modules/src/new/n.ts.mjs =",
                "2110 idle"}));
  }

  TEST_CASE("who changes outputs whenever they are written is left alone after a while") {
    Stage stage;
    const std::string output = "/app/.builder/modules/src/a.ts.mjs";
    std::function<void()> format = [&] {
      stage.save(output, "formatted");
      stage.on_next_build = format;
    };
    stage.at(1000, format);
    stage.at(9000, [&] {
      stage.on_next_build = nullptr;
      stage.save("/app/src/b.ts", "gql`query B { a }`;");
    });

    const Log log = told_after_start(stage.run());

    std::string restored;
    for (const char* ms : {"1005", "1010", "1015", "1020", "1025"}) {
      restored += std::string("\n") + ms + " changes .builder/modules/src/a.ts.mjs =";
    }
    CHECK(text(log) == restored + text({"1025 remark: Builds lead to builds",
                                        "1085 idle",
                                        "9005 changes src/b.ts = ~src/b.ts::B",
                                        "9005 reconcile =",
                                        "9065 idle"}));
    CHECK(stage.output("modules/src/a.ts.mjs") != "formatted");
  }

  TEST_CASE("a build that the disk made fail is tried again") {
    Stage stage;
    stage.at(1000, [&] {
      stage.disk.fail(support::Operation::write_file,
                      "/app/.builder/modules/src/.builder-tmp-a.ts.mjs",
                      {base::ErrorCode::io, "no"});
      stage.disk.set_capacity_bytes(1);
      stage.save("/app/src/a.ts", k_a2);
    });
    stage.at(3500, [&] { stage.disk.set_capacity_bytes(1U << 30U); });

    const Log log = told_after_start(stage.run());

    CAPTURE(text(log));
    REQUIRE(log.size() >= 2);
    CHECK(log[0].substr(0, 27) == "1005 changes src/a.ts | can");
    CHECK(log[log.size() - 2] == "4015 reconcile = ~src/a.ts::A");
  }

  TEST_CASE("a folder that another session holds is taken soon after it is let go") {
    Stage stage;
    REQUIRE(stage.disk.create_directories("/app/.builder").has_value());
    auto lock = stage.disk.lock_directory("/app/.builder");
    REQUIRE(lock.has_value());
    stage.at(20'500, [&] { lock->reset(); });

    const Log log = stage.run();

    CAPTURE(text(log));
    REQUIRE(log.size() >= 2);
    CHECK(log[log.size() - 2].substr(0, 15) == "21105 reconcile");
  }

  TEST_CASE("so is the first one, less and less often") {
    Stage stage;
    stage.disk.set_capacity_bytes(1);
    stage.at(3500, [&] { stage.disk.set_capacity_bytes(1U << 30U); });

    const Log log = stage.run();

    CAPTURE(text(log));
    REQUIRE(log.size() == 5);
    CHECK(log[1].substr(0, 11) == "initial | c");
    CHECK(log[3] == "6010 reconcile = +src/a.ts::A +src/b.ts::B");
  }

  TEST_CASE("a program that was replaced is to be started again") {
    Stage stage;
    stage.disk.put("/bin/builder", "one");
    stage.disk.set_mode("/bin/builder", 0755);
    stage.request.program = "/bin/builder";
    stage.disk.tick();
    stage.at(1000, [&] {
      stage.save("/bin/builder", "two");
      stage.save("/app/src/a.ts", k_a2);
    });

    CHECK(text(told_after_start(stage.run())) ==
          text({"1005 changes src/a.ts = ~src/a.ts::A", "1065 idle"}));
    CHECK(stage.end == WatchEnd::program_changed);
  }

  TEST_CASE("also one whose folder was deleted and installed again") {
    Stage stage;
    const std::string program = "/lib/builder/bin/builder";
    stage.put_program("/lib/builder", program, "one");
    stage.request.program = program;
    stage.disk.tick();
    stage.at(1000, [&] { stage.erase_folder("/lib/builder"); });
    stage.at(2000, [&] { stage.put_program("/lib/builder", program, "two"); });

    CHECK(text(told_after_start(stage.run())) == text({}));
    CHECK(stage.end == WatchEnd::program_changed);
  }

  TEST_CASE("a repository that is made later is known, too") {
    Stage stage;
    stage.at(1000, [&] { stage.save("/app/src/a.ts", "gql`query A { b }`;\n"); });
    stage.at(2000, [&] {
      stage.disk.put("/app/.git/index.lock", "");
      stage.save("/app/src/a.ts", k_a2);
    });
    stage.at(2500, [&] { stage.disk.erase("/app/.git/index.lock"); });

    const Log log = told_after_start(stage.run());
    REQUIRE(log.size() == 4);
    CHECK(log[2].substr(0, 2) == "25");
  }
}
