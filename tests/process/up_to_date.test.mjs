// A second run of the same project says that there is nothing to do, and does nothing.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";

import { copy_of_fixture, run, snapshot, write_files } from "./support/project.mjs";

test("a second run says that all is up to date and touches no output", (t) => {
  const root = copy_of_fixture(t);
  const first = run(root);
  const before = snapshot(join(root, ".builder"));

  const second = run(root);

  assert.equal(first.code, 0, first.text);
  assert.doesNotMatch(first.text, /up to date/);
  assert.equal(second.code, 0, second.text);
  assert.match(second.text, /up to date/);
  assert.deepEqual(snapshot(join(root, ".builder")), before);
});

test("an edit rewrites the outputs that it reaches and no other", (t) => {
  const root = copy_of_fixture(t);
  run(root);
  const before = snapshot(join(root, ".builder"));
  write_files(root, {
    "packages/money/src/fragments.ts":
      'import { gql } from "graphql-tag";\n\nexport const MONEY_FRAGMENT = gql`fragment MoneyParts on Money { amount }`;\n',
  });

  const second = run(root);

  assert.equal(second.code, 0, second.text);
  const after = snapshot(join(root, ".builder"));
  const written = Object.keys(after).filter((path) => after[path].modified_ns !== before[path]?.modified_ns);
  assert.deepEqual(
    written.filter((path) => path.startsWith("modules/")),
    ["modules/packages/money/src/fragments.ts.mjs"],
  );
});

test("outputs that somebody damaged or deleted are written again, and no others", (t) => {
  const root = copy_of_fixture(t);
  run(root);
  const out_dir = join(root, ".builder");
  const before = snapshot(out_dir);
  const damaged = "modules/src/catalog/fragments.ts.mjs";
  write_files(out_dir, { [damaged]: "export {};\n" });

  const second = run(root);

  assert.equal(second.code, 0, second.text);
  const after = snapshot(out_dir);
  assert.equal(after[damaged].hash, before[damaged].hash);
  const written = Object.keys(after).filter((path) => after[path].modified_ns !== before[path].modified_ns);
  assert.deepEqual(written.filter((path) => path !== "report.json"), [damaged]);
});

test("the chunk of a file that is gone goes too, and what is not ours stays", (t) => {
  const root = copy_of_fixture(t);
  run(root);
  const out_dir = join(root, ".builder");
  write_files(out_dir, { "modules/src/mine.txt": "not yours" });
  write_files(root, { "src/server/feed.ts": "export {};\n" });

  const second = run(root);

  assert.equal(second.code, 0, second.text);
  const after = Object.keys(snapshot(out_dir));
  assert.ok(!after.some((path) => path.includes("server/feed")), after.join("\n"));
  assert.ok(after.includes("modules/src/mine.txt"));
});
