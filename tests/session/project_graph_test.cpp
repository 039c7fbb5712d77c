// What people are told of the definitions of a project.

#include "session/project_graph.h"

#include <doctest/doctest.h>

#include "session/builder_session.h"
#include "tests/session/small_config.h"
#include "tests/support/frozen_clock.h"
#include "tests/support/memory_file_system.h"

using session::BuilderSession;
using session::BuildResult;
using session::DefinitionFilter;
using session::Explanation;
using session::GraphNode;
using session::ProjectConfig;
using support::FrozenClock;
using support::MemoryFileSystem;

namespace {

void put_graph_project(MemoryFileSystem& disk) {
  disk.put("/app/schema.graphql", "type Query { me: User }\ntype User { id: ID! name: String }\n");
  disk.put("/app/src/card.ts", "gql`fragment Card on User { id ...Name }`;\n");
  disk.put("/app/src/name.ts",
           "gql`fragment Name on User { name }`;\ngql`query Name { me { id } }`;\n");
  disk.put("/app/src/pages/page.ts", "gql`query Page { me { ...Card } }`;\n");
  disk.put("/app/src/pages/wrong.ts", "gql`query Wrong { me { nam } }`;\n");
  disk.tick();
}

class Session {
 public:
  explicit Session(MemoryFileSystem& disk, bool is_read_only = false)
      : session_(small_config(), options(is_read_only), {disk, clock_}) {
    build = session_.build_initial();
    static_cast<void>(session_.settle());
  }
  BuilderSession* operator->() { return &session_; }

  session::SessionBuild build;

 private:
  static session::SessionOptions options(bool is_read_only) {
    session::SessionOptions options;
    options.uses_cache = true;
    options.is_read_only = is_read_only;
    return options;
  }

  FrozenClock clock_;
  BuilderSession session_;
};

std::string ids_of(const std::vector<GraphNode>& nodes) {
  std::string text;
  for (const GraphNode& node : nodes) {
    text += node.id + " ";
  }
  return text;
}

}  // namespace

TEST_SUITE("session/project_graph") {
  TEST_CASE("a graph has every definition with its state and what it uses") {
    MemoryFileSystem disk;
    put_graph_project(disk);
    Session session(disk);

    const std::vector<GraphNode> nodes = session::project_graph(session->project(), std::nullopt);

    const base::SourcePath name("src/name.ts");
    const std::vector<GraphNode> expected{
        {"src/card.ts::Card",
         base::SourcePath("src/card.ts"),
         "fragment",
         "good",
         {"src/name.ts::Name"}},
        {"src/name.ts::Name", name, "fragment", "good", {}},
        {"src/name.ts::Name$operation", name, "operation", "good", {}},
        {"src/pages/page.ts::Page",
         base::SourcePath("src/pages/page.ts"),
         "operation",
         "good",
         {"src/card.ts::Card"}},
        {"src/pages/wrong.ts::Wrong",
         base::SourcePath("src/pages/wrong.ts"),
         "definition",
         "failed",
         {}}};
    CHECK(nodes == expected);
  }

  TEST_CASE("a filter keeps what matches and what that needs") {
    MemoryFileSystem disk;
    put_graph_project(disk);
    Session session(disk);
    struct Row {
      const char* pattern;
      const char* expected;
    };
    const Row rows[] = {
        {"src/pages/page.ts",
         "src/card.ts::Card src/name.ts::Name src/name.ts::Name$operation "
         "src/pages/page.ts::Page "},
        {"src/pages",
         "src/card.ts::Card src/name.ts::Name src/name.ts::Name$operation src/pages/page.ts::Page "
         "src/pages/wrong.ts::Wrong "},
        {"::Wr*", "src/pages/wrong.ts::Wrong "},
        {"src/*.ts::Name", "src/name.ts::Name src/name.ts::Name$operation "},
        {"**/pages/**::Card", ""},
        {"lib/**", ""},
    };
    for (const Row& row : rows) {
      SUBCASE(row.pattern) {
        const auto filter = DefinitionFilter::parse("/app", row.pattern);
        REQUIRE(filter.has_value());
        CHECK(ids_of(session::project_graph(session->project(), *filter)) == row.expected);
      }
    }
    CHECK_FALSE(DefinitionFilter::parse("/app", "").has_value());
    CHECK_FALSE(DefinitionFilter::parse("/app", "::@(a/b)").has_value());
  }

  TEST_CASE("a definition is found by the end of its id") {
    MemoryFileSystem disk;
    put_graph_project(disk);
    Session session(disk);
    const auto find = [&](const std::string& text) {
      std::string found;
      for (const std::string& id : session::find_definitions(session->project(), text)) {
        found += id + " ";
      }
      return found;
    };

    CHECK(find("src/card.ts::Card") == "src/card.ts::Card ");
    CHECK(find("card.ts::Card") == "src/card.ts::Card ");
    CHECK(find("Card") == "src/card.ts::Card ");
    CHECK(find("Name") == "src/name.ts::Name ");
    CHECK(find("ard") == "");
    CHECK(find("") == "");
  }

  TEST_CASE("an explanation says what a definition depends on and why it was compiled last") {
    MemoryFileSystem disk;
    put_graph_project(disk);
    { Session session(disk); }
    disk.tick();
    disk.put("/app/src/name.ts",
             "gql`fragment Name on User { name id }`;\ngql`query Name { me { id } }`;\n");
    disk.tick();
    { Session session(disk); }
    disk.tick();
    { Session session(disk); }

    Session session(disk, true);

    CHECK(session.build.compiled.empty());
    const Explanation card = session::explain(
        session->project(), session->schemas(), session->reasons(), "src/card.ts::Card");
    const Explanation expected{{"src/card.ts::Card",
                                base::SourcePath("src/card.ts"),
                                "fragment",
                                "good",
                                {"src/name.ts::Name"}},
                               "",
                               "modules/src/card.ts.mjs",
                               {"src/pages/page.ts::Page"},
                               card.depends_on,
                               "the fragment \"Name\""};
    CHECK(card == expected);
    const auto depends_on = [&](const char* what) {
      return std::find(card.depends_on.begin(), card.depends_on.end(), what) !=
             card.depends_on.end();
    };
    CHECK(depends_on("the fragment \"Name\""));
    CHECK(depends_on("\"User.id\" of the schema \"default\""));
    const Explanation wrong = session::explain(
        session->project(), session->schemas(), session->reasons(), "src/pages/wrong.ts::Wrong");
    CHECK(wrong.reason.empty());
    CHECK(wrong.failure == "Cannot query field \"nam\" on type \"User\". Did you mean \"name\"?");
  }

  TEST_CASE("who only wants to know writes nothing, and still sees what changed") {
    MemoryFileSystem disk;
    put_graph_project(disk);
    { Session session(disk); }
    disk.tick();
    disk.put("/app/src/card.ts", "gql`fragment Card on User { id }`;\n");
    disk.tick();
    const auto before = disk.files_below("/app");
    disk.clear_log();

    Session session(disk, true);

    CHECK(session.build.compiled.size() == 2);
    CHECK_FALSE(session.build.is_committed);
    CHECK(disk.files_below("/app") == before);
    CHECK(disk.count(support::Operation::write_file) == 0);
    CHECK(disk.count(support::Operation::append) == 0);
    MemoryFileSystem empty;
    put_graph_project(empty);
    { Session unwritten(empty, true); }
    CHECK(empty.files_below("/app/.cache").empty());
    CHECK(empty.files_below("/app/.builder").empty());
  }

  TEST_CASE("a filtered build emits what matches, and validates all") {
    MemoryFileSystem disk;
    put_graph_project(disk);
    FrozenClock clock;
    session::BuildRequest request;
    request.filter = "::Page";

    const BuildResult result = session::build_once(small_config(), request, {disk, clock});

    CHECK(result.outcome == BuildResult::Outcome::has_errors);
    CHECK(result.report.error_count == 1);
    CHECK(result.report.operations == 2);
    std::string written;
    for (const std::string& path : result.report.written) {
      written += path.ends_with(".mjs") ? path + " " : "";
    }
    CHECK(written ==
          "modules/src/card.ts.mjs modules/src/name.ts.mjs modules/src/pages/page.ts.mjs ");
    const std::string artifact = disk.content("/app/.builder/artifact.json").value();
    CHECK(artifact.find("::Page") != std::string::npos);
    CHECK(artifact.find("::Wrong") == std::string::npos);
    request.filter = "::Nix";
    CHECK(session::build_once(small_config(), request, {disk, clock}).outcome ==
          BuildResult::Outcome::refused);
  }
}
