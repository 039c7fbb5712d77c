// The state machine of the sessions, outside of the process: somebody else works on a real folder
// at full speed, and once he stops, the outputs are those of a clean build, and whoever followed
// the deltas holds the artifact that is on disk.
//
// BUILDER_OPERATIONS=N says how many steps each way of watching lives through, BUILDER_SEED=N with
// which seed they begin: tools/torture --watch.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { pure_outputs, run, temporary_folder } from "./support/project.mjs";
import { watch } from "./support/watcher.mjs";

const k_writer = process.env.BUILDER_RANDOM_WRITER;
const k_skip = k_writer && existsSync(k_writer) ? false : "skipped: BUILDER_RANDOM_WRITER names no program";
const k_operations = Number(process.env.BUILDER_OPERATIONS ?? 40);
const k_first_seed = Number(process.env.BUILDER_SEED ?? 1);
/** After so many steps all is compared. */
const k_steps_a_round = Math.max(20, k_operations / 20);
/** Half of all random schemas are broken. */
const k_most_repairs = 20;
/** More events than the kernel keeps: each file is one to make and one to close. */
const k_flood_files = 9000;

/** Lets the writer work; resolves to what it put into the out folder by hand. */
function write(box, seed, what) {
  return new Promise((resolve, reject) => {
    const child = spawn(k_writer, [box, String(seed), String(what)], { stdio: ["ignore", "pipe", "inherit"] });
    let text = "";
    child.stdout.on("data", (data) => (text += data));
    child.on("error", reject);
    child.on("close", (code) => (code === 0 ? resolve(text.split("\n").filter(Boolean)) : reject(new Error(`random_writer: ${code}`))));
  });
}

/** What a build of a copy makes; null where it makes nothing. */
function clean_outputs(t, box) {
  const copy = join(temporary_folder(t), "box");
  mkdirSync(copy);
  // The watching process may still be writing outputs and state.
  const k_all_but_those = 'tar -C "$1" --exclude=./project/.builder --exclude=./project/.cache -cf - . | tar -C "$2" -xf -';
  assert.equal(spawnSync("sh", ["-c", k_all_but_those, "sh", box, copy]).status, 0);
  const root = join(copy, "project");
  const { code, text } = run(root, ["--no-incremental", "--quiet"]);
  assert.ok(code <= 2, text);
  const outputs = existsSync(join(root, ".builder/artifact.json")) ? pure_outputs(join(root, ".builder")) : null;
  rmSync(copy, { recursive: true });
  return outputs;
}

/** Says whether there was something to compare. */
async function check(t, box, watcher, by_hand) {
  const expected = clean_outputs(t, box);
  if (expected === null) {
    // Then nothing is written, not even what somebody deleted before the last build was complete.
    await watcher.sync();
    return false;
  }
  await watcher.settled();
  const actual = pure_outputs(join(box, "project/.builder"));
  // Nobody's: put there by hand after it was given up; or given up because somebody spoilt the
  // manifest, which says what is ours (decision 0036).
  const has_lost_record = by_hand.has(".builder/manifest.json") || by_hand.has(".builder");
  for (const path of Object.keys(actual)) {
    if (!(path in expected) && (has_lost_record || by_hand.has(`.builder/${path}`))) {
      delete actual[path];
      rmSync(join(box, "project/.builder", path));
    }
  }
  by_hand.clear();
  assert.deepEqual(actual, expected);
  assert.equal(watcher.consumer.artifact_text(), readFileSync(join(box, "project/.builder/artifact.json"), "utf8"));
  assert.deepEqual(watcher.consumer.manifest_chunks(), JSON.parse(actual["manifest.json"]).chunks);
  return true;
}

/** While nobody reads, so many things happen that the kernel drops some. */
async function flood(box, watcher, seed) {
  const folder = join(box, "project/src");
  watcher.signal("SIGSTOP");
  mkdirSync(folder, { recursive: true });
  for (let i = 0; i < k_flood_files; ++i) {
    closeSync(openSync(join(folder, `flood${i}.txt`), "w"));
  }
  const by_hand = await write(box, seed, 10);
  for (let i = 0; i < k_flood_files; ++i) {
    rmSync(join(folder, `flood${i}.txt`), { force: true });
  }
  watcher.signal("SIGCONT");
  return by_hand;
}

async function live(t, { args = [], wrapper = [], each_round } = {}) {
  const box = temporary_folder(t);
  const by_hand = new Set();
  const note = (paths) => paths.forEach((path) => by_hand.add(path));
  note(await write(box, k_first_seed, 0));
  const watcher = await watch(t, join(box, "project"), args, { wrapper });
  let compared = 0;
  for (let done = 0, seed = k_first_seed; done < k_operations; done += k_steps_a_round, seed += 3) {
    note(await write(box, seed + (done > 0 ? 1 : 0), Math.min(k_steps_a_round, k_operations - done)));
    if (each_round) {
      note(await each_round(box, watcher, seed + 1000));
    }
    let is_compared = await check(t, box, watcher, by_hand);
    for (let repair = 0; !is_compared && repair < k_most_repairs; ++repair) {
      note(await write(box, seed + 3000 + repair, "repair"));
      is_compared = await check(t, box, watcher, by_hand);
    }
    compared += is_compared ? 1 : 0;
  }
  t.diagnostic(`${k_operations} operations, ${compared} comparisons, ${watcher.consumer.deltas_applied} deltas`);
  assert.equal(compared, Math.ceil(k_operations / k_steps_a_round));
  assert.deepEqual(await watcher.end(), { code: 0, signal: null });
  return watcher;
}

test("told by events", { skip: k_skip }, (t) => live(t));

test("told by events, many of which are lost", { skip: k_skip }, async (t) => {
  const watcher = await live(t, { each_round: flood });
  assert.ok(watcher.events.some(({ event, kind }) => event === "warning" && kind === "lostEvents"));
});

test("found by looking", { skip: k_skip }, (t) => live(t, { args: ["--poll"] }));

// A user namespace has a limit of its own, so that the machine's stays as it is.
const k_few_watches = ["unshare", "--user", "--map-root-user", "sh", "-c", 'echo 9 > /proc/sys/user/max_inotify_watches && exec "$@"', "sh"];
const k_can_limit = spawnSync(k_few_watches[0], [...k_few_watches.slice(1), "true"]).status === 0;

test("told by fewer events than there are folders", { skip: k_skip || (k_can_limit ? false : "skipped: no user namespaces here") }, async (t) => {
  const watcher = await live(t, { wrapper: k_few_watches });
  assert.ok(watcher.events.some(({ event, kind }) => event === "warning" && kind === "polling"));
});
