#include "cli/render_graph.h"

#include <doctest/doctest.h>

#include "cli/render_cache.h"

using session::GraphNode;
using Form = cli::GraphCommand::Form;

namespace {

std::vector<GraphNode> nodes() {
  const base::SourcePath path("src/a \"b\".ts");
  return {{"src/a \"b\".ts::Card", path, "fragment", "failed", {}},
          {"src/a \"b\".ts::Page<#1>", path, "operation", "good", {"src/a \"b\".ts::Card"}}};
}

}  // namespace

TEST_SUITE("cli/render_graph") {
  TEST_CASE("a graph in each form, with names that need quoting") {
    CHECK(cli::graph_text(nodes(), Form::json) ==
          R"({
  "version": 1,
  "nodes": [
    {"id":"src/a \"b\".ts::Card","path":"src/a \"b\".ts","type":"fragment","state":"failed","uses":[]},
    {"id":"src/a \"b\".ts::Page<#1>","path":"src/a \"b\".ts","type":"operation","state":"good","uses":["src/a \"b\".ts::Card"]}
  ]
}
)");
    CHECK(cli::graph_text(nodes(), Form::dot) ==
          R"(digraph builder {
  rankdir=LR;
  node [fontname="sans-serif"];
  "src/a \"b\".ts::Card" [label="Card - src/a \"b\".ts", color=red];
  "src/a \"b\".ts::Page<#1>" [label="Page<#1> - src/a \"b\".ts", shape=box];
  "src/a \"b\".ts::Page<#1>" -> "src/a \"b\".ts::Card";
}
)");
    CHECK(cli::graph_text(nodes(), Form::mermaid) ==
          R"(flowchart LR
  n0(["Card<br/>src/a #quot;b#quot;.ts"]):::broken
  n1["Page#lt;#35;1#gt;<br/>src/a #quot;b#quot;.ts"]
  n1 --> n0
  classDef broken stroke:#c00
)");
    CHECK(cli::graph_text({}, Form::json) == "{\n  \"version\": 1,\n  \"nodes\": []\n}\n");
  }

  TEST_CASE("an explanation for people and for programs") {
    session::Explanation explanation;
    explanation.node = nodes().front();
    explanation.failure = "No such field.";
    explanation.used_by = {"src/c.ts::C"};
    explanation.depends_on = {"the fragment \"Name\""};
    explanation.reason = "the fragment \"Name\"";

    CHECK(cli::explanation_text(explanation) ==
          "src/a \"b\".ts::Card: fragment, not built: No such field.\n"
          "  compiled last because the fragment \"Name\" had changed\n"
          "  used by:\n"
          "    src/c.ts::C\n"
          "  depends on:\n"
          "    the fragment \"Name\"\n");
    CHECK(cli::explanation_event(explanation) ==
          R"({"event":"explain","protocol":1,"generation":0,"id":"src/a \"b\".ts::Card",)"
          R"("path":"src/a \"b\".ts","type":"fragment","state":"failed","uses":[],)"
          R"("failure":"No such field.","reason":"the fragment \"Name\"","module":"",)"
          R"("usedBy":["src/c.ts::C"],"dependsOn":["the fragment \"Name\""]})"
          "\n");
    explanation.node.state = "good";
    explanation.reason.clear();
    explanation.module = "modules/src/a.ts.mjs";
    explanation.used_by.clear();
    explanation.depends_on.clear();
    CHECK(cli::explanation_text(explanation) ==
          "src/a \"b\".ts::Card: fragment, built\n"
          "  compiled last because nothing had been known of it\n"
          "  module: modules/src/a.ts.mjs\n");
  }
}

TEST_SUITE("cli/render_cache") {
  TEST_CASE("a cache that is useless says why") {
    cli::CacheReport report;
    report.project = "shop";
    report.info.folder = "/app/.cache/builder";
    report.info.use = session::CacheUse::useless;
    report.info.reason = "it is damaged";
    report.info.snapshot_bytes = 1234;

    CHECK(cli::cache_text(report, {"/app"}) ==
          "[shop] Cache .cache/builder: the next build starts without it: it is damaged\n"
          "  snapshot: 1,234 bytes; log: 0 bytes\n");
    CHECK(cli::cache_event(report, {"/app"}) ==
          R"({"event":"cache","protocol":1,"generation":0,"project":"shop",)"
          R"("folder":".cache/builder","state":"useless","reason":"it is damaged",)"
          R"("snapshotBytes":1234,"logBytes":0,"tables":[]})"
          "\n");
    report.cleared = base::ClearedState{1, 1234, true};
    CHECK(cli::cache_text(report, {"/app"}) ==
          "[shop] Cache .cache/builder: 1 file deleted, 1,234 bytes freed\n");
  }
}
