// What stops a build as a whole: a clear message, the right exit code, and outputs as they were.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";

import { mount_small_disk, unprivileged_wrapper } from "./support/privileges.mjs";
import {
  k_binary,
  k_small_files,
  on_end,
  run,
  small_project,
  snapshot,
  temporary_folder,
  write_files,
} from "./support/project.mjs";

/** Builds a good project, lets `spoil` spoil it, builds again; the outputs must not have changed. */
function assert_refused(t, { spoil, args = [], code, messages }) {
  const root = small_project(t);
  assert.equal(run(root).code, 0);
  const before = snapshot(join(root, ".builder"));
  spoil(root);

  const result = run(root, args);

  assert.equal(result.code, code, result.text);
  for (const message of messages) {
    assert.match(result.text, message);
  }
  assert.deepEqual(snapshot(join(root, ".builder")), before);
}

const k_schema = k_small_files["schema.graphql"];

const k_cases = [
  {
    name: "a config that is no JSON, with the position",
    spoil: (root) => write_files(root, { "builder.config.json": '{\n  "schema": ,\n}\n' }),
    code: 2,
    messages: [/builder\.config\.json:2:13/],
  },
  {
    name: "a config with a wrong key and a wrong value, both at once, with a suggestion",
    spoil: (root) => write_files(root, { "builder.config.json": '{\n  "shema": "schema.graphql",\n  "include": 3\n}\n' }),
    code: 2,
    messages: [/builder\.config\.json:2:3/, /Did you mean "schema"/, /builder\.config\.json:3:14/],
  },
  {
    name: "an empty config file",
    spoil: (root) => write_files(root, { "builder.config.json": "" }),
    code: 2,
    messages: [/builder\.config\.json:1:1/],
  },
  {
    name: "a config file that is named but is not there",
    spoil: () => {},
    args: ["--config", "other.json"],
    code: 2,
    messages: [/other\.json/],
  },
  {
    name: "no config and no schema",
    spoil: (root) => {
      rmSync(join(root, "builder.config.json"));
      rmSync(join(root, "schema.graphql"));
    },
    code: 2,
    messages: [/builder init|builder\.config\.json/, /schema/],
  },
  {
    name: "no config and two schemas, which are listed",
    spoil: (root) => {
      rmSync(join(root, "builder.config.json"));
      write_files(root, { "api/second.graphql": "type Query { other: Int }\n" });
    },
    code: 2,
    messages: [/schema\.graphql/, /api\/second\.graphql/],
  },
  {
    name: "only a config that is code",
    spoil: (root) => {
      rmSync(join(root, "builder.config.json"));
      write_files(root, { "codegen.ts": 'export default { schema: "schema.graphql" };\n' });
    },
    code: 2,
    messages: [/builder init --from/],
  },
  {
    name: "a schema that is not there",
    spoil: (root) => rmSync(join(root, "schema.graphql")),
    code: 2,
    messages: [/schema\.graphql/],
  },
  {
    name: "an empty schema",
    spoil: (root) => write_files(root, { "schema.graphql": "# nothing\n" }),
    code: 1,
    messages: [/schema\.graphql/],
  },
  {
    name: "a schema with a syntax error, with the position",
    spoil: (root) => write_files(root, { "schema.graphql": `${k_schema}type Post {\n  title String\n}\n` }),
    code: 1,
    messages: [/schema\.graphql:11:9/, /Syntax Error: Expected ":", found Name "String"/],
  },
  {
    name: "a schema with unknown types, all of them",
    spoil: (root) => write_files(root, { "schema.graphql": `${k_schema}type Post {\n  a: Usr\n  b: Nope\n}\n` }),
    code: 1,
    messages: [/Unknown type "Usr"\. Did you mean "User"\?/, /Unknown type "Nope"/],
  },
  {
    name: "a schema without a query type",
    spoil: (root) => write_files(root, { "schema.graphql": "type User {\n  id: ID\n}\n" }),
    code: 1,
    messages: [/Query root type must be provided/],
  },
  {
    name: "an introspection result that is no JSON",
    spoil: (root) => {
      write_files(root, { "schema.json": '{ "__schema": ', "builder.config.json": '{ "schema": "schema.json" }' });
    },
    code: 1,
    messages: [/schema\.json/],
  },
  {
    name: "two schemas that claim one file",
    spoil: (root) =>
      write_files(root, {
        "builder.config.json": JSON.stringify({
          schemas: {
            one: { schema: "schema.graphql", include: ["src/**"] },
            two: { schema: "schema.graphql", include: ["src/*.ts"] },
          },
          include: ["src/**/*.ts"],
        }),
      }),
    code: 2,
    messages: [/src\/good\.ts/, /one/, /two/],
  },
  {
    name: "an out folder that holds the sources",
    spoil: () => {},
    args: ["--out", "."],
    code: 2,
    messages: [/out/],
  },
  {
    name: "no definition in the whole project",
    spoil: (root) => write_files(root, { "src/good.ts": "export {};\n" }),
    code: 2,
    messages: [/[Nn]o (GraphQL )?definition/],
  },
];

describe("a build is refused for", () => {
  for (const { name, ...row } of k_cases) {
    test(name, (t) => assert_refused(t, row));
  }
});

test("a file in the way of the out folder is named", (t) => {
  const root = small_project(t, { taken: "a file" });

  const result = run(root, ["--out", "taken"]);

  assert.equal(result.code, 3, result.text);
  assert.match(result.text, /taken/);
});

test("an out folder without permission to write is named, and stays as it was", (t) => {
  const wrapper = unprivileged_wrapper();
  if (wrapper === null) {
    t.skip("skipped: root cannot become another user here");
    return;
  }
  const root = small_project(t);
  const out_dir = join(root, ".builder");
  run(root);
  write_files(root, { "src/good.ts": k_small_files["src/good.ts"].replace("id", "name") });
  const folders = spawnSync("find", [root, "-type", "d"], { encoding: "utf8" }).stdout.trim().split("\n");
  folders.forEach((folder) => chmodSync(folder, 0o555));
  on_end(t, () => folders.forEach((folder) => chmodSync(folder, 0o755)));
  const before = snapshot(out_dir);

  const result = run(root, [], { wrapper });

  assert.equal(result.code, 3, result.text);
  assert.match(result.text, /\.builder.*[Pp]ermission denied/);
  assert.deepEqual(snapshot(out_dir), before);
});

test("a full disk is said, nothing is half written, and with room again the build succeeds", (t) => {
  const disk = join(temporary_folder(t), "disk");
  if (!mount_small_disk(t, disk, 512)) {
    t.skip("skipped: this user may not mount a small file system");
    return;
  }
  write_files(disk, k_small_files);
  assert.equal(run(disk).code, 0);
  const out_dir = join(disk, ".builder");
  const before = snapshot(out_dir);
  const fields = Array.from({ length: 300 }, (_, i) => `f${i}: name`).join(" ");
  write_files(disk, { "src/more.ts": `import { gql } from "graphql-tag";\ngql\`query More { me { ${fields} } }\`;\n` });
  spawnSync("dd", ["if=/dev/zero", `of=${join(disk, "ballast")}`, "bs=1024"]);

  const full = run(disk);

  assert.equal(full.code, 3, full.text);
  assert.match(full.text, /No space left on device/i);
  assert.deepEqual(snapshot(out_dir), before);

  rmSync(join(disk, "ballast"));
  const again = run(disk);
  assert.equal(again.code, 0, again.text);
  assert.ok("modules/src/more.ts.mjs" in snapshot(out_dir));
});

test("a limit on the size of files is said, and the outputs stay", (t) => {
  const root = small_project(t);
  run(root);
  const before = snapshot(join(root, ".builder"));
  const fields = Array.from({ length: 2000 }, (_, i) => `f${i}: name`).join(" ");
  write_files(root, { "src/more.ts": `import { gql } from "graphql-tag";\ngql\`query More { me { ${fields} } }\`;\n` });
  // The signal that the limit sends is ignored, so the write fails instead.
  const wrapper = ["sh", "-c", 'trap "" XFSZ; ulimit -f 4; exec "$0" "$@"'];

  const result = run(root, [], { wrapper });

  assert.equal(result.code, 3, result.text);
  assert.match(result.text, /File too large/i);
  assert.deepEqual(snapshot(join(root, ".builder")), before);
});

test("another writer on the same out folder is named by its process id", async (t) => {
  const root = small_project(t);
  run(root);
  const out_dir = join(root, ".builder");
  write_files(root, { "src/good.ts": k_small_files["src/good.ts"].replace("id", "name") });
  const before = snapshot(out_dir);
  const holder = spawn("flock", ["--no-fork", out_dir, "sh", "-c", "echo locked; exec sleep 60"], { stdio: ["ignore", "pipe", "ignore"] });
  on_end(t, () => holder.kill());
  const started = await new Promise((resolve) => {
    holder.stdout.once("data", () => resolve(true));
    holder.once("error", () => resolve(false));
  });
  if (!started) {
    t.skip("skipped: flock(1) is not installed");
    return;
  }

  const result = run(root);

  assert.equal(result.code, 3, result.text);
  assert.match(result.text, new RegExp(`in use by.*\\b${holder.pid}\\b`));
  assert.deepEqual(snapshot(out_dir), before);
});

test("two runs at once both end well or say why, and leave a whole output", async (t) => {
  const root = small_project(t);
  const runs = Array.from({ length: 4 }, () => {
    const child = spawn(k_binary, [], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    let text = "";
    child.stdout.on("data", (data) => (text += data));
    child.stderr.on("data", (data) => (text += data));
    return new Promise((resolve) => child.once("close", (code) => resolve({ code, text })));
  });

  for (const { code, text } of await Promise.all(runs)) {
    assert.ok(code === 0 || (code === 3 && /in use by/.test(text)), `${code}: ${text}`);
  }

  const last = run(root);
  assert.equal(last.code, 0, last.text);
  assert.match(last.text, /up to date/);
});

test("a folder in the place of an output file is named", (t) => {
  const root = small_project(t);
  mkdirSync(join(root, ".builder/artifact.json/in-the-way"), { recursive: true });
  writeFileSync(join(root, ".builder/artifact.json/in-the-way/file"), "");

  const result = run(root);

  assert.equal(result.code, 3, result.text);
  assert.match(result.text, /artifact\.json/);
});
