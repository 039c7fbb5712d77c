// `builder --watch`: from a change on disk to outputs and events. Nothing here sleeps; every test
// ends with the question whether the outputs are those of a clean build.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";

import { copy_of_fixture, ids_of, k_binary, k_small_files, on_end, pure_outputs, run, small_project, temporary_folder, write_files } from "./support/project.mjs";
import { builds_in, check_settled, start_watching, watch } from "./support/watcher.mjs";

const k_good = k_small_files["src/good.ts"];
const query = (name, field = "id") => `export const ${name.toUpperCase()} = gql\`query ${name} { me { ${field} } }\`;\n`;

/** The one build among `events`. */
function only_build(events) {
  const builds = builds_in(events);
  assert.equal(builds.length, 1, JSON.stringify(builds, null, 1));
  return builds[0];
}

function diagnostics_in(events) {
  return events.filter(({ event }) => event === "diagnostic").map(({ code, path }) => `${code} ${path}`);
}

test("an edit is one generation: its delta, its build, and then all is on disk", async (t) => {
  const root = small_project(t, { "src/other.ts": query("Other") });
  const watcher = await watch(t, root);
  await watcher.settled();

  writeFileSync(join(root, "src/good.ts"), k_good.replace("id", "name"));
  const events = await watcher.generation();

  const build = only_build(events);
  assert.deepEqual([build.generation, build.outcome, build.reason, build.paths], [2, "built", "changes", ["src/good.ts"]]);
  assert.deepEqual(build.written, ["modules/src/good.ts.mjs"]);
  const delta = events.find(({ event }) => event === "delta");
  assert.deepEqual(delta.sources.map(({ path }) => path), ["src/good.ts"]);
  assert.deepEqual(Object.keys(delta.delta.updated), ["src/good.ts::Good"]);
  await check_settled(t, watcher);
  const { files } = JSON.parse(readFileSync(join(root, ".builder/positions.json"), "utf8"));
  assert.equal(files["src/good.ts"].fingerprint, delta.sources[0].fingerprint);
  assert.deepEqual(await watcher.end(), { code: 0, signal: null });
});

test("an error is told until it is repaired, with the whole set each time", async (t) => {
  const root = small_project(t, { "src/other.ts": query("Other") });
  const watcher = await watch(t, root);

  write_files(root, { "src/good.ts": k_good.replace("id", "idd") });
  const broken = await watcher.generation();
  write_files(root, { "src/other.ts": query("Other", "nam") });
  const both = await watcher.generation();
  write_files(root, { "src/good.ts": k_good });
  const one = await watcher.generation();
  write_files(root, { "src/other.ts": query("Other") });
  const repaired = await watcher.generation();

  assert.deepEqual(diagnostics_in(broken), ["FieldsOnCorrectType src/good.ts"]);
  assert.equal(only_build(broken).outcome, "errors");
  assert.deepEqual(diagnostics_in(both), ["FieldsOnCorrectType src/good.ts", "FieldsOnCorrectType src/other.ts"]);
  assert.deepEqual(diagnostics_in(one), ["FieldsOnCorrectType src/other.ts"]);
  assert.deepEqual(diagnostics_in(repaired), []);
  assert.equal(only_build(repaired).outcome, "built");
  await check_settled(t, watcher);
});

test("files come and go, whole folders too", async (t) => {
  const root = small_project(t);
  const watcher = await watch(t, root);

  write_files(root, { "src/a/b/c/deep.ts": query("Deep"), "src/a/b/near.ts": query("Near") });
  await watcher.sync();
  assert.deepEqual((await check_settled(t, watcher), ids_of(root)), ["src/a/b/c/deep.ts::Deep", "src/a/b/near.ts::Near", "src/good.ts::Good"]);
  renameSync(join(root, "src/a/b"), join(root, "src/moved"));
  await check_settled(t, watcher);
  assert.deepEqual(ids_of(root), ["src/good.ts::Good", "src/moved/c/deep.ts::Deep", "src/moved/near.ts::Near"]);
  // What is moved out and edited there is no source any more.
  renameSync(join(root, "src/moved"), join(root, "away"));
  appendFileSync(join(root, "away/near.ts"), query("Away"));
  await check_settled(t, watcher);
  assert.deepEqual(ids_of(root), ["src/good.ts::Good"]);
  renameSync(join(root, "away"), join(root, "src/back"));
  await check_settled(t, watcher);
  rmSync(join(root, "src/back"), { recursive: true });
  await check_settled(t, watcher);
  assert.deepEqual(ids_of(root), ["src/good.ts::Good"]);
});

test("the folder of all sources is deleted and made again, moved away and back", async (t) => {
  const root = small_project(t);
  const watcher = await watch(t, root);
  const before = pure_outputs(join(root, ".builder"));

  rmSync(join(root, "src"), { recursive: true });
  const gone = await watcher.generation();
  // Where nothing is found nothing is built, and what was there stays.
  assert.equal(only_build(gone).outcome, "refused");
  assert.deepEqual(pure_outputs(join(root, ".builder")), before);
  write_files(root, { "src/new.ts": query("New") });
  await check_settled(t, watcher);
  assert.deepEqual(ids_of(root), ["src/new.ts::New"]);

  renameSync(join(root, "src"), join(root, "../elsewhere"));
  on_end(t, () => rmSync(join(root, "../elsewhere"), { recursive: true, force: true }));
  await watcher.sync();
  renameSync(join(root, "../elsewhere"), join(root, "src"));
  write_files(root, { "src/last.ts": query("Last") });
  await check_settled(t, watcher);
  assert.deepEqual(ids_of(root), ["src/last.ts::Last", "src/new.ts::New"]);
});

describe("editors", () => {
  const k_path = "src/good.ts";
  const k_text = k_good.replace("id", "name");
  const k_styles = [
    {
      name: "vim: the old file is renamed to a backup",
      save: (root) => {
        writeFileSync(join(root, "src/4913"), "");
        unlinkSync(join(root, "src/4913"));
        renameSync(join(root, k_path), join(root, `${k_path}~`));
        writeFileSync(join(root, k_path), k_text);
        unlinkSync(join(root, `${k_path}~`));
      },
    },
    {
      name: "vim: with a swap file that is always written to",
      save: (root) => {
        writeFileSync(join(root, "src/.good.ts.swp"), "b0VIM");
        renameSync(join(root, k_path), join(root, `${k_path}~`));
        writeFileSync(join(root, k_path), k_text);
        appendFileSync(join(root, "src/.good.ts.swp"), "more");
        unlinkSync(join(root, `${k_path}~`));
        unlinkSync(join(root, "src/.good.ts.swp"));
      },
    },
    {
      name: "emacs: a lock that is a link to nowhere, a backup, and a rename",
      save: (root) => {
        symlinkSync("me@machine.1234:5678", join(root, "src/.#good.ts"));
        writeFileSync(join(root, "src/#good.ts#"), k_text);
        cpSync(join(root, k_path), join(root, `${k_path}~`));
        writeFileSync(join(root, "src/good.tmp"), k_text);
        renameSync(join(root, "src/good.tmp"), join(root, k_path));
        unlinkSync(join(root, "src/#good.ts#"));
        unlinkSync(join(root, "src/.#good.ts"));
      },
    },
    {
      name: "VS Code: truncated and written in place, twice",
      save: (root) => {
        writeFileSync(join(root, k_path), "");
        writeFileSync(join(root, k_path), k_text);
      },
    },
    {
      name: "JetBrains: ___jb_tmp___ and ___jb_old___",
      save: (root) => {
        writeFileSync(join(root, `${k_path}___jb_tmp___`), k_text);
        renameSync(join(root, k_path), join(root, `${k_path}___jb_old___`));
        renameSync(join(root, `${k_path}___jb_tmp___`), join(root, k_path));
        unlinkSync(join(root, `${k_path}___jb_old___`));
      },
    },
    {
      name: "gedit and others: a hidden temporary file and a rename",
      save: (root) => {
        writeFileSync(join(root, "src/.goutputstream-A1B2C3"), k_text);
        renameSync(join(root, "src/.goutputstream-A1B2C3"), join(root, k_path));
      },
    },
  ];
  for (const { name, save } of k_styles) {
    test(name, async (t) => {
      const root = small_project(t);
      const watcher = await watch(t, root);

      save(root);
      const events = await watcher.generation();

      const build = only_build(events);
      assert.deepEqual([build.generation, build.outcome], [2, "built"]);
      assert.match(readFileSync(join(root, ".builder/modules/src/good.ts.mjs"), "utf8"), /name/);
      await check_settled(t, watcher);
    });
  }
});

test("git checkout of many files is one settled build", async (t) => {
  const root = small_project(t, { ".gitignore": ".builder\n.cache\n" });
  const git = (...args) => {
    const result = spawnSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false", ...args], { cwd: root, encoding: "utf8" });
    assert.equal(result.status, 0, `${args.join(" ")}: ${result.stderr}${result.error ?? ""}`);
  };
  const files = (field) => Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`src/d${i % 20}/f${i}.ts`, query(`F${i}`, field)]));
  git("init", "-q", "-b", "one");
  write_files(root, files("id"));
  git("add", ".");
  git("commit", "-qm", "one");
  git("checkout", "-qb", "two");
  write_files(root, files("name"));
  rmSync(join(root, "src/d3"), { recursive: true });
  write_files(root, { "src/new/only.ts": query("Only") });
  git("add", ".");
  git("commit", "-qm", "two");
  const watcher = await watch(t, root);

  git("checkout", "-q", "one");
  const events = await watcher.generation();

  assert.ok(builds_in(events).length <= 2, "a checkout is not built file by file");
  await check_settled(t, watcher);
  git("checkout", "-q", "two");
  await check_settled(t, watcher);
  git("stash", "-q");
  git("checkout", "-q", "one");
  git("checkout", "-q", "two");
  await check_settled(t, watcher);
});

// In namespaces of its own, so that anybody may mount something there.
const k_mounting = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", 'mount -t tmpfs none src/disk && cp more.ts src/disk && exec "$@"', "sh"];
const k_can_mount = spawnSync(k_mounting[0], ["--user", "--map-root-user", "--mount", "sh", "-c", "mount -t tmpfs none /mnt"]).status === 0;

test("a disk that is taken away", { skip: k_can_mount ? false : "skipped: no disks can be mounted here" }, async (t) => {
  const root = small_project(t, { "more.ts": query("More"), "src/disk/below.ts": query("Below") });
  const watcher = await watch(t, root, [], { wrapper: k_mounting });
  assert.deepEqual(ids_of(root), ["src/disk/more.ts::More", "src/good.ts::Good"]);

  const done = spawnSync("nsenter", ["-t", String(watcher.pid), "--user", "--mount", "--preserve-credentials", "umount", join(root, "src/disk")], { encoding: "utf8" });
  assert.equal(done.status, 0, done.stderr);
  await watcher.settled();

  assert.deepEqual(ids_of(root), ["src/disk/below.ts::Below", "src/good.ts::Good"]);
  await check_settled(t, watcher);
});

test("inputs that are no sources: config, schema, tsconfig", async (t) => {
  const root = small_project(t, {
    "tsconfig.json": '{ "compilerOptions": { "paths": { "@lib/*": ["./lib/*"] } } }\n',
    "lib/name.ts": 'export const FIELD = "id";\n',
    "other/name.ts": 'export const FIELD = "name";\n',
    "src/uses.ts": 'import { FIELD } from "@lib/name";\nexport const U = gql`query U { me { ${FIELD} } }`;\n',
  });
  const watcher = await watch(t, root);
  await check_settled(t, watcher);

  write_files(root, { "tsconfig.json": '{ "compilerOptions": { "paths": { "@lib/*": ["./other/*"] } } }\n' });
  only_build(await watcher.generation());
  await check_settled(t, watcher);
  assert.match(readFileSync(join(root, ".builder/artifact.json"), "utf8"), /query U \{\\n {2}me \{\\n {4}name/);
  write_files(root, { "schema.graphql": "type Query { me: User }\ntype User { name: String! }\n" });
  const broken = await watcher.generation();
  assert.deepEqual(diagnostics_in(broken), ["FieldsOnCorrectType src/good.ts"]);
  write_files(root, { "schema.graphql": k_small_files["schema.graphql"] });
  assert.deepEqual(diagnostics_in(await watcher.generation()), []);
  write_files(root, { "builder.config.json": '{ "schema": "schema.graphql", "include": ["src/good.ts"], "moduleFormat": "cjs" }\n' });
  const build = only_build(await watcher.generation());
  assert.equal(build.reason, "initial");
  await check_settled(t, watcher);
  assert.ok(existsSync(join(root, ".builder/modules/src/good.ts.cjs")));
  assert.deepEqual(ids_of(root), ["src/good.ts::Good"]);
});

test("a broken config or schema ends nothing, and its repair is seen", async (t) => {
  const root = small_project(t);
  const watcher = await watch(t, root);
  await watcher.settled();
  const before = pure_outputs(join(root, ".builder"));

  write_files(root, { "builder.config.json": '{ "schema": ' });
  const events = await watcher.until(({ event }) => event === "config", "config");
  assert.equal(events.at(-1).diagnostics[0].path, "builder.config.json");
  // Nothing is built until it is repaired, and then all that happened meanwhile.
  write_files(root, { "src/new.ts": query("New") });
  assert.deepEqual(builds_in(await watcher.sync()), []);
  write_files(root, { "builder.config.json": k_small_files["builder.config.json"] });
  const repaired = await watcher.until(({ event }) => event === "config", "config");
  assert.deepEqual(repaired.at(-1).diagnostics, []);
  await check_settled(t, watcher);

  const outputs = pure_outputs(join(root, ".builder"));
  assert.notDeepEqual(outputs, before);
  write_files(root, { "schema.graphql": "type Query {" });
  assert.equal(only_build(await watcher.generation()).outcome, "errors");
  assert.deepEqual(pure_outputs(join(root, ".builder")), outputs);
  rmSync(join(root, "schema.graphql"));
  await watcher.sync();
  assert.deepEqual(pure_outputs(join(root, ".builder")), outputs);
  write_files(root, { "schema.graphql": k_small_files["schema.graphql"] });
  await check_settled(t, watcher);
});

test("a session begins with a broken config and waits for a better one", async (t) => {
  const root = small_project(t, { "builder.config.json": "{" });
  const watcher = start_watching(t, root);
  await watcher.until(({ event }) => event === "config", "config");

  write_files(root, { "builder.config.json": k_small_files["builder.config.json"] });
  await watcher.until(({ event }) => event === "build", "build");

  await check_settled(t, watcher);
  assert.deepEqual(await watcher.end(), { code: 0, signal: null });
});

test("outputs that somebody deletes or edits are restored, and nothing else happens", async (t) => {
  const root = small_project(t, { "src/other.ts": query("Other") });
  const watcher = await watch(t, root);
  await watcher.settled();
  const hash = watcher.consumer.hash;

  for (const output of ["modules/src/good.ts.mjs", "artifact.json", "manifest.json", "positions.json"]) {
    rmSync(join(root, ".builder", output));
    await watcher.generation();
    assert.ok(existsSync(join(root, ".builder", output)), output);
  }
  writeFileSync(join(root, ".builder/modules/src/other.ts.mjs"), "export {};\n");
  await watcher.generation();
  await check_settled(t, watcher);
  rmSync(join(root, ".builder"), { recursive: true });
  await watcher.generation();
  await check_settled(t, watcher);
  assert.equal(watcher.consumer.hash, hash);
});

test("a session whose outputs could not be written ends with 3", async (t) => {
  const root = small_project(t);
  const watcher = await watch(t, root);
  await watcher.settled();
  const output = join(root, ".builder/modules/src/good.ts.mjs");
  rmSync(output);
  mkdirSync(join(output, "occupied"), { recursive: true });
  write_files(root, { "src/good.ts": k_good.replace("id", "name") });

  await watcher.sync();

  assert.equal((await watcher.end()).code, 3);
});

test("outputs inside of a folder of sources are no loop", async (t) => {
  const root = small_project(t, {
    "builder.config.json": '{ "schema": "schema.graphql", "include": ["src/**/*"], "outDir": "src/generated" }\n',
  });
  const watcher = await watch(t, root);
  await watcher.settled();
  const told = watcher.events.length;

  await watcher.sync();
  await watcher.sync();
  assert.deepEqual(builds_in(watcher.events.slice(told)), []);
  write_files(root, { "src/good.ts": k_good.replace("id", "name") });
  only_build(await watcher.generation());
  await check_settled(t, watcher, { out_dir: "src/generated" });
});

test("several projects of one config, each with its own generations", async (t) => {
  const root = small_project(t, {
    "builder.config.json":
      '{ "schema": "schema.graphql", "projects": { "a": { "include": ["src/**"], "outDir": "out-a" }, "b": { "include": ["lib/**"], "outDir": "out-b" } } }',
    "lib/b.ts": query("B"),
  });
  const watcher = start_watching(t, root, ["-p", "a"]);
  await watcher.until(({ event }) => event === "ready", "ready");
  const both = run(root, ["--watch", "--stdin", "--format", "json"], { input: '{"sync":1}\n' });

  // The outputs of `a` are those of the other session.
  assert.equal(both.code, 3, both.text);
  const events = both.stdout.trim().split("\n").map((line) => JSON.parse(line));
  assert.deepEqual(builds_in(events).map(({ project }) => project), ["a", "b"]);
  assert.deepEqual(events.filter(({ event }) => event === "sync").map(({ sync }) => sync), [1]);
  assert.ok(existsSync(join(root, "out-b/artifact.json")));
  assert.deepEqual(await watcher.end(), { code: 0, signal: null });
});

describe("standard input", () => {
  test("each request is answered, in order, whatever stands between them", async (t) => {
    const root = small_project(t);
    const watcher = await watch(t, root);

    watcher.write('{"sync": 500}\nnonsense\n{"sync": 400}\n\u0000\n');
    watcher.write(`${"x".repeat(1 << 20)}\n{"sync":`);
    const events = await watcher.until(({ event, sync }) => event === "sync" && sync === 400, "sync 400");
    watcher.write(" 300}\n");
    events.push(...(await watcher.until(({ event, sync }) => event === "sync" && sync === 300, "sync 300")));

    assert.deepEqual(events.filter(({ event }) => event === "sync").map(({ sync }) => sync), [500, 400, 300]);
    assert.equal(events.filter(({ event }) => event === "rejected").length, 3);
    await check_settled(t, watcher);
  });

  test("a barrier comes behind every change that was made before it", async (t) => {
    const root = small_project(t);
    const watcher = await watch(t, root);
    for (let i = 0; i < 50; ++i) {
      write_files(root, { [`src/n${i}/f.ts`]: query(`N${i}`) });
      await watcher.sync();
      assert.ok(watcher.consumer.elements.has(`"src/n${i}/f.ts::N${i}"`), `${i}`);
    }
    await check_settled(t, watcher);
  });

  test("its end is the end, with everything on disk", async (t) => {
    const root = small_project(t);
    const watcher = await watch(t, root);
    await watcher.settled();
    write_files(root, { "src/new.ts": query("New") });
    await watcher.sync();

    assert.deepEqual(await watcher.end(), { code: 0, signal: null });

    assert.deepEqual(ids_of(root), ["src/good.ts::Good", "src/new.ts::New"]);
    assert.match(run(root).stdout, /up to date/);
  });
});

describe("ends", () => {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    test(`${signal}: everything is on disk, and the exit code is 0`, async (t) => {
      const root = small_project(t);
      const watcher = await watch(t, root);
      write_files(root, { "src/new.ts": query("New") });
      await watcher.sync();

      watcher.signal(signal);

      assert.deepEqual(await watcher.ended(), { code: 0, signal: null });
      assert.deepEqual(ids_of(root), ["src/good.ts::Good", "src/new.ts::New"]);
      assert.match(run(root).stdout, /up to date/);
    });
  }

  test("kill -9 at any time leaves what the next one can use", async (t) => {
    const root = copy_of_fixture(t);
    for (let round = 0; round < 4; ++round) {
      const watcher = await watch(t, root);
      write_files(root, { "src/extra.ts": query(`Extra${round}`, "__typename").replace("me {", "__typename #{").replace("} }", "}") });
      if (round % 2 === 0) {
        await watcher.sync();
      }
      watcher.kill();
      assert.deepEqual(await watcher.ended(), { code: null, signal: "SIGKILL" });
    }
    const watcher = await watch(t, root);
    await check_settled(t, watcher);
    assert.deepEqual(await watcher.end(), { code: 0, signal: null });
  });

  test("a reader of the output that goes away ends it", (t) => {
    const root = small_project(t);

    const shell = spawnSync("sh", ["-c", '"$BUILDER_BINARY" --watch | head -n 1; exit 0'], { cwd: root, encoding: "utf8", timeout: 60_000 });

    assert.equal(shell.status, 0, shell.stderr);
    assert.match(shell.stdout, /^Built 1 operation/);
  });
});

test("a second session on the same out folder is told who is there", async (t) => {
  const root = small_project(t);
  const first = await watch(t, root);
  const second = start_watching(t, root);
  const [build] = builds_in(await second.until(({ event }) => event === "build", "build"));

  assert.equal(build.outcome, "failed");
  assert.match(build.message, new RegExp(`is in use by process ${first.pid}$`));
  await check_settled(t, first);
  await first.end();
  // It tries again by itself.
  await second.until(({ event, outcome }) => event === "build" && outcome === "built", "a build");
  await check_settled(t, second);
  await second.end();
});

test("another program in the place of the running one takes over", async (t) => {
  const root = small_project(t);
  const program = join(temporary_folder(t), "builder");
  copyFileSync(k_binary, program);
  copyFileSync(k_binary, `${program}.next`);
  const watcher = await watch(t, root, [], { binary: program });
  const pid = watcher.pid;

  renameSync(`${program}.next`, program);
  await watcher.until(({ event }) => event === "ready", "ready again");

  write_files(root, { "src/new.ts": query("New") });
  only_build(await watcher.generation());
  await check_settled(t, watcher);
  assert.equal(watcher.pid, pid);
  assert.deepEqual(await watcher.end(), { code: 0, signal: null });
});

test("what cannot be started does not take over, and ends nothing", async (t) => {
  const root = small_project(t);
  const program = join(temporary_folder(t), "builder");
  copyFileSync(k_binary, program);
  const watcher = await watch(t, root, [], { binary: program });

  writeFileSync(`${program}.next`, "half of a program", { mode: 0o755 });
  renameSync(`${program}.next`, program);
  const told = await watcher.until(({ event }) => event === "warning", "warning");
  await watcher.until(({ event }) => event === "ready", "ready again");

  write_files(root, { "src/new.ts": query("New") });
  only_build(await watcher.generation());
  await check_settled(t, watcher);
  assert.deepEqual(told.at(-1), {
    event: "warning",
    protocol: 1,
    generation: 0,
    project: "",
    kind: "program",
    message: `${program} was replaced by what cannot be started; the one before goes on.`,
  });
  assert.deepEqual(await watcher.end(), { code: 0, signal: null });
});

test("--write-delta keeps the delta of the last generation that changed something", async (t) => {
  const root = small_project(t);
  const watcher = await watch(t, root, ["--write-delta"]);
  write_files(root, { "src/new.ts": query("New") });
  await watcher.generation();
  const delta = JSON.parse(readFileSync(join(root, ".builder/delta.json"), "utf8"));

  assert.equal(delta.generation, 2);
  assert.deepEqual(Object.keys(delta.added), ["src/new.ts::New"]);
  await check_settled(t, watcher);
});

test("changes are found by looking, too", async (t) => {
  const root = small_project(t);
  const watcher = await watch(t, root, ["--poll"]);

  write_files(root, { "src/new/deep.ts": query("Deep") });
  await watcher.until(({ event }) => event === "build", "build");
  rmSync(join(root, "src/good.ts"));
  await watcher.sync();

  await check_settled(t, watcher);
  assert.deepEqual(ids_of(root), ["src/new/deep.ts::Deep"]);
});

test("people are told what changed, once, and nothing of what stays", async (t) => {
  const root = small_project(t);
  const script = join(temporary_folder(t), "session.sh");
  writeFileSync(
    script,
    'mkfifo "$1"\n"$BUILDER_BINARY" --watch > "$1" 2>&1 &\npid=$!\nexec 3< "$1"\nread -r line <&3; echo "$line"\nread -r line <&3; echo "$line"\n' +
      "sed -i s/id/idd/ src/good.ts\nwhile read -r line <&3; do echo \"$line\"; case $line in *' 1 error '*) break ;; esac; done\n" +
      "sed -i s/idd/id/ src/good.ts\nwhile read -r line <&3; do echo \"$line\"; case $line in *repaired*) break ;; esac; done\n" +
      'kill -TERM $pid\nwait $pid\necho "exit $?"\n',
  );

  const shell = spawnSync("sh", [script, join(temporary_folder(t), "pipe")], { cwd: root, encoding: "utf8", timeout: 60_000 });

  const lines = shell.stdout.replace(/[\d.]+ ms/g, "N ms").split("\n");
  assert.match(lines[0], /^Built 1 operation and 0 fragments in 1 file/);
  assert.equal(lines[1], "Watching for changes; Ctrl-C ends.");
  assert.match(lines[2], /^error: Cannot query field "idd" on type "User"/);
  assert.ok(lines.includes("src/good.ts: 1 definition compiled, 1 file written; 1 error (N ms)"), shell.stdout);
  assert.ok(lines.includes("src/good.ts: 1 definition compiled, 1 file written; the error is repaired (N ms)"), shell.stdout);
  assert.equal(lines.at(-2), "exit 0", shell.stdout + shell.stderr);
});
