// What a run keeps for the next one: it may only ever save work.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import {
  copy_of_fixture,
  events_of,
  k_binary,
  pure_outputs,
  read_json,
  run,
  small_project,
  snapshot,
  write_files,
} from "./support/project.mjs";

const k_cache = ".cache/builder";
const k_has_strace = spawnSync("strace", ["-V"]).status === 0;

function build_event_of(result) {
  return events_of(result).find(({ event }) => event === "build");
}

/** The outputs of a build that knows nothing of earlier ones, of the same inputs. */
function clean_outputs(root) {
  const out = join(root, "..", "clean");
  run(root, ["--no-incremental", "--out", out, "--quiet"]);
  const outputs = pure_outputs(out);
  rmSync(out, { recursive: true });
  return outputs;
}

/** Lets time pass for the file system, so that what was written is older than the next scan. */
function settle(root) {
  run(root, ["--quiet"]);
  run(root, ["--quiet"]);
}

/** The sources below `folder` that a run opened, by what the kernel saw. */
function files_opened(root, folder, args = []) {
  const log = join(root, k_cache, "strace.log");
  run(root, args, { wrapper: ["strace", "-f", "-qq", "-e", "trace=openat", "-o", log] });
  const text = readFileSync(log, "utf8");
  rmSync(log);
  return text
    .split("\n")
    .filter((line) => line.includes(join(root, folder)) && /\.tsx?"/.test(line));
}

test("a second run knows every file and opens none of them", (t) => {
  const root = copy_of_fixture(t);
  const first = build_event_of(run(root, ["--format", "json"]));
  settle(root);

  const result = run(root, ["--format", "json"]);
  const second = build_event_of(result);

  assert.equal(first.counts.hits, 0);
  assert.equal(first.counts.misses, first.counts.filesScanned);
  assert.deepEqual(
    [second.counts.hits, second.counts.misses, second.counts.rehashed, second.counts.filesRead],
    [first.counts.filesScanned, 0, 0, 0],
  );
  assert.equal(second.counts.definitionsCompiled, 0);
  assert.deepEqual([second.written, second.removed], [[], []]);
  assert.deepEqual([second.counts.errors, second.counts.warnings], [first.counts.errors, first.counts.warnings]);
  if (k_has_strace) {
    // Where something came to a folder around the project, as other tests make it, warnings are
    // told anew, with the lines of their files.
    const shown = events_of(result).filter(({ event }) => event === "diagnostic").map(({ path }) => path);
    const others = (folder) => files_opened(root, folder).filter((line) => !shown.some((path) => line.includes(`/${path}"`)));
    assert.equal(shown.length, 1);
    assert.deepEqual(others("src/"), []);
    assert.deepEqual(others("packages/"), []);
  }
});

test("an edit is read, and no other file", (t) => {
  const root = copy_of_fixture(t);
  run(root);
  settle(root);
  const edited = "packages/money/src/fragments.ts";
  write_files(root, {
    [edited]:
      'import { gql } from "graphql-tag";\n\nexport const MONEY_FRAGMENT = gql`fragment MoneyParts on Money { amount }`;\n',
  });

  const opened = k_has_strace ? files_opened(root, "packages/") : undefined;
  const outputs = pure_outputs(join(root, ".builder"));

  assert.ok(!opened || opened.every((line) => line.includes(edited)), opened?.join("\n"));
  assert.deepEqual(outputs, clean_outputs(root));
});

test("--no-cache and --no-incremental leave the cache folder alone", (t) => {
  const root = small_project(t);
  for (const flag of ["--no-cache", "--no-incremental"]) {
    assert.equal(run(root, [flag]).code, 0);
    assert.ok(!existsSync(join(root, ".cache")), flag);
  }
  run(root);
  const before = snapshot(join(root, k_cache));
  for (const flag of ["--no-cache", "--no-incremental", "--check", "--debug-dir=debug"]) {
    const result = run(root, [flag, "--format", "json"]);
    assert.equal(build_event_of(result)?.counts.hits ?? 0, 0, flag);
  }
  assert.deepEqual(snapshot(join(root, k_cache)), before);
});

test("--cache-dir says where, for each project", (t) => {
  const root = small_project(t, {
    "builder.config.json":
      '{ "schema": "schema.graphql", "projects": { "a": { "include": ["src/**"] }, "b": { "include": ["lib/**"] } } }',
    "lib/b.ts": "export const B = gql`query B { me { id } }`;\n",
  });

  const result = run(root, ["--cache-dir", "kept"]);

  assert.equal(result.code, 0, result.text);
  assert.deepEqual(readdirSync(join(root, "kept")).sort(), ["a", "b"]);
  assert.ok(existsSync(join(root, "kept/a/state.snapshot")));
  assert.ok(!existsSync(join(root, ".cache")));
});

test("builder cache tells what is there, clears it, and tidies up", (t) => {
  const root = small_project(t);
  assert.match(run(root, ["cache"]).stdout, /^Cache \.cache\/builder: nothing is kept\n$/);
  run(root);

  const info = run(root, ["cache", "info"]);
  const [event] = events_of(run(root, ["cache", "info", "--format", "json"]));
  writeFileSync(join(root, k_cache, "mine.txt"), "mine");
  const gc = run(root, ["cache", "gc"]);
  const cleared = run(root, ["cache", "clear"]);

  assert.match(info.stdout, /the next build begins with it\n {2}snapshot: [\d,]+ bytes; log: [\d,]+ bytes\n/);
  assert.match(info.stdout, /\n {2}files: +1 entry, /);
  assert.equal(event.event, "cache");
  assert.equal(event.state, "usable");
  assert.equal(event.tables.find(({ name }) => name === "files").entries, 1);
  assert.equal(gc.code, 0, gc.text);
  assert.match(cleared.stdout, /: \d files deleted, [\d,]+ bytes freed\n$/);
  assert.deepEqual(readdirSync(join(root, k_cache)), ["mine.txt"]);
  assert.match(run(root).stdout, /up to date/);
});

test("a state of another config is not used, and nobody is bothered by it", (t) => {
  const root = small_project(t);
  run(root);
  write_files(root, { "builder.config.json": '{ "schema": "schema.graphql", "include": ["src/**"] }\n' });

  const info = run(root, ["cache", "info"]);
  const result = run(root, ["--format", "json"]);

  assert.match(info.stdout, /starts without it: another version of builder, or another config, left it/);
  assert.equal(result.stderr, "");
  assert.equal(build_event_of(result).counts.hits, 0);
});

test("a damaged state is one warning, and the outputs are right", (t) => {
  const root = small_project(t);
  run(root);
  const path = join(root, k_cache, "state.snapshot");
  const bytes = readFileSync(path);
  bytes[bytes.length - 20] ^= 1;
  writeFileSync(path, bytes);
  write_files(root, { "src/new.ts": "export const NEW = gql`query New { me { name } }`;\n" });

  const result = run(root);

  assert.equal(result.code, 0, result.text);
  assert.match(result.stderr, /^warning: [^\n]+\n$/);
  assert.deepEqual(pure_outputs(join(root, ".builder")), clean_outputs(root));
  assert.equal(run(root).stderr, "");
});

test("--show-cache, and warnings, in every format", (t) => {
  const root = small_project(t);
  run(root);
  writeFileSync(join(root, k_cache, "state.snapshot"), "builder state");

  const json = events_of(run(root, ["--format", "json", "--show-cache"]));

  assert.deepEqual(json.map(({ event }) => event), ["warning", "build", "cache"]);
  assert.equal(json[2].state, "usable");
  writeFileSync(join(root, k_cache, "state.snapshot"), "builder state");
  assert.match(run(root, ["--format", "github"]).stdout, /^::warning::/);
  assert.match(run(root, ["--show-cache"]).stdout, /1 of 1 file unchanged\)\nCache \.cache\/builder: /);
});

test("a cache that cannot be written is one warning, and everything is built", (t) => {
  const root = small_project(t);
  run(root);
  // Everybody may have put anything there.
  chmodSync(join(root, k_cache), 0o777);

  const result = run(root);

  assert.equal(result.code, 0, result.text);
  assert.match(result.stderr, /^warning: [^\n]+\n$/);
  assert.match(result.stdout, /up to date/);
});

test("--write-delta writes what leads from one artifact to the next", (t) => {
  const root = small_project(t);
  run(root, ["--write-delta"]);
  const whole = read_json(root, ".builder/delta.json");
  write_files(root, { "src/new.ts": "export const NEW = gql`query New { me { name } }`;\n" });

  run(root, ["--write-delta"]);
  const delta = read_json(root, ".builder/delta.json");
  const bytes = readFileSync(join(root, ".builder/delta.json"));
  run(root, ["--write-delta"]);

  assert.equal(whole.base, null);
  assert.deepEqual(Object.keys(whole.added), ["src/good.ts::Good"]);
  assert.equal(delta.base, whole.target);
  assert.deepEqual(Object.keys(delta.added), ["src/new.ts::New"]);
  assert.deepEqual(readFileSync(join(root, ".builder/delta.json")), bytes);
  assert.equal(run(root, ["--write-delta", "--no-incremental"]).code, 2);
  // Whoever has applied it may delete it.
  rmSync(join(root, ".builder/delta.json"));
  assert.match(run(root).stdout, /up to date/);
});

test("several processes at once never spoil anything", async (t) => {
  const root = copy_of_fixture(t);
  const start = () =>
    new Promise((resolve) => {
      const child = spawn(k_binary, ["--quiet"], { cwd: root, stdio: "ignore" });
      child.on("exit", (code, signal) => resolve(signal ?? code));
    });
  const codes = new Set();
  for (let round = 0; round < 6; ++round) {
    write_files(root, { "src/extra.ts": `export const E = gql\`query Extra${round} { __typename }\`;\n` });
    for (const code of await Promise.all([start(), start(), start(), start()])) {
      codes.add(code);
    }
  }

  const last = run(root);

  // Who finds another one writing says so and leaves.
  assert.deepEqual([...codes].filter((code) => code !== 0 && code !== 3), []);
  assert.equal(last.code, 0, last.text);
  assert.equal(last.stderr, "");
  assert.deepEqual(pure_outputs(join(root, ".builder")), clean_outputs(root));
});

test("a process that is killed at any time leaves what the next one can use", async (t) => {
  const root = copy_of_fixture(t);
  run(root);
  for (let round = 0; round < 25; ++round) {
    write_files(root, { [`src/extra${round % 3}.ts`]: `export const E = gql\`query Extra${round} { __typename }\`;\n` });
    await new Promise((resolve) => {
      const child = spawn(k_binary, ["--quiet"], { cwd: root, stdio: "ignore" });
      child.on("exit", resolve);
      setTimeout(() => child.kill("SIGKILL"), round);
    });
  }

  const result = run(root);

  assert.equal(result.code, 0, result.text);
  assert.equal(result.stderr, "");
  assert.deepEqual(pure_outputs(join(root, ".builder")), clean_outputs(root));
});

test("what was kept of a project that moved is used where it is now", (t) => {
  const root = copy_of_fixture(t);
  run(root);
  settle(root);
  const moved = join(root, "..", "moved");
  assert.equal(spawnSync("mv", [root, moved]).status, 0);

  const event = build_event_of(run(moved, ["--format", "json"]));

  assert.equal(event.counts.misses, 0);
  assert.deepEqual(event.written, []);
});
