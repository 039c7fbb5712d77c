// What the program says of a project when it is asked: which definition uses which, and why one was
// compiled. It writes nothing on the way.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { copy_of_fixture, events_of, read_json, run, small_project, snapshot, write_files } from "./support/project.mjs";

const k_files = {
  "src/card.ts": "export const CARD = gql`fragment Card on User { id }`;\n",
  "src/page.ts": "export const PAGE = gql`query Page { me { ...Card } }`;\n",
};

test("--explain names each definition that was compiled and what had changed", (t) => {
  const root = small_project(t, k_files);
  assert.match(run(root, ["--explain"]).stdout, /^ {2}Everything was compiled: nothing was known of an earlier build\.\n/);
  assert.match(run(root, ["--explain"]).stdout, /^ {2}Nothing was compiled: /);
  write_files(root, { "src/card.ts": "export const CARD = gql`fragment Card on User { name }`;\n" });

  const human = run(root, ["--explain", "--no-cache"]);
  const [event] = events_of(run(root, ["--explain", "--format", "json"]));

  assert.match(human.stdout, /Everything was compiled/);
  assert.deepEqual(event.compiled.map(({ id }) => id), ["src/card.ts::Card", "src/page.ts::Page"]);
  assert.deepEqual(event.compiled[1].cause, 'the fragment "Card"');
  assert.equal(event.compiledAll, false);
});

test("builder explain remembers why, and neither it nor graph writes anything", (t) => {
  const root = small_project(t, k_files);
  run(root);
  write_files(root, { "src/card.ts": "export const CARD = gql`fragment Card on User { name }`;\n" });
  run(root);
  run(root);
  const before = snapshot(root);

  const page = run(root, ["explain", "Page"]);
  const [event] = events_of(run(root, ["explain", "src/good.ts::Good", "--format", "json"]));
  const graph = JSON.parse(run(root, ["graph"]).stdout);
  const unknown = run(root, ["explain", "Pag"]);

  assert.equal(page.code, 0, page.text);
  assert.match(page.stdout, /^src\/page\.ts::Page: operation, built\n {2}compiled last because the fragment "Card" had changed\n/);
  assert.match(page.stdout, /\n {2}uses:\n {4}src\/card\.ts::Card\n/);
  assert.equal(event.reason, "");
  assert.deepEqual(graph.nodes.map(({ id }) => id), ["src/card.ts::Card", "src/good.ts::Good", "src/page.ts::Page"]);
  assert.equal(unknown.code, 2);
  assert.match(unknown.stderr, /there is no definition "Pag"\. Did you mean "Page"\?/);
  assert.deepEqual(snapshot(root), before);
});

test("builder graph prints what Graphviz and mermaid read", (t) => {
  const root = copy_of_fixture(t);

  const dot = run(root, ["graph", "--format", "dot"]);
  const mermaid = run(root, ["graph", "--format", "mermaid", "--graph-filter", "src/catalog"]);

  assert.equal(dot.code, 0, dot.text);
  assert.match(dot.stdout, /^digraph builder \{\n[^]*\}\n$/);
  assert.match(mermaid.stdout, /^flowchart LR\n/);
  assert.ok(mermaid.stdout.length < dot.stdout.length);
  assert.deepEqual(readdirSync(root).filter((name) => name === ".cache" || name === ".builder"), []);
});

test("a broken schema ends both with its diagnostics", (t) => {
  const root = small_project(t, { "schema.graphql": "type Query { me: Nobody }\n" });

  for (const command of [["graph"], ["explain", "Good"]]) {
    const result = run(root, command);
    assert.equal(result.code, 1, result.text);
    assert.match(result.stdout, /Unknown type|Nobody/);
  }
});

test("--graph-filter emits a part of the project into a folder of its own", (t) => {
  const root = small_project(t, k_files);

  const part = run(root, ["--graph-filter", "src/page.ts", "--out", "part"]);

  assert.equal(part.code, 0, part.text);
  assert.deepEqual(Object.keys(read_json(root, "part/artifact.json").elements), ["src/card.ts::Card", "src/page.ts::Page"]);
  assert.deepEqual(readdirSync(join(root, "part/modules/src")).sort(), [
    "card.ts.d.mts",
    "card.ts.mjs",
    "page.ts.d.mts",
    "page.ts.mjs",
  ]);
  assert.equal(run(root, ["--graph-filter", "src/page.ts", "--out", ".builder"]).code, 2);
  assert.equal(run(root, ["--graph-filter", "src/page.ts"]).code, 2);
  assert.equal(run(root, ["--graph-filter", "::Nobody", "--out", "part"]).code, 2);
});
