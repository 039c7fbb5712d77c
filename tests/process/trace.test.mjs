// `--trace`: what the time of a build went into.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { run, small_project } from "./support/project.mjs";

const k_files = { "src/page.ts": "export const PAGE = gql`query Page { me { id } }`;\n" };

test("--trace writes spans that a viewer of traces reads, and nothing else changes", (t) => {
  const root = small_project(t, k_files);

  const built = run(root, ["--trace", "trace.json"]);

  assert.equal(built.code, 0);
  const events = JSON.parse(readFileSync(join(root, "trace.json"), "utf8")).traceEvents;
  const names = new Set(events.map(({ name }) => name));
  for (const name of ["schema", "scan", "read", "hash", "parse", "resolve", "link", "validate", "emit", "write", "save"]) {
    assert.ok(names.has(name), `no span ${name} among ${[...names].join(", ")}`);
  }
  for (const event of events) {
    assert.deepEqual(Object.keys(event), ["ph", "pid", "tid", "name", "ts", "dur"]);
    assert.ok(event.ts >= 0 && event.dur >= 0);
  }
  assert.match(run(root).stdout, /up to date/);
});

test("A trace that cannot be written is an error of output", (t) => {
  const root = small_project(t, k_files);

  const built = run(root, ["--trace", "none/trace.json"]);

  assert.equal(built.code, 3);
  assert.match(built.stderr, /^error: cannot write the trace: /m);
  assert.match(built.stdout, /^Built /m);
});
