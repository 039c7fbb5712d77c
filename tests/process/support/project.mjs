// Temporary projects, and runs of the real program in them.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const k_binary = process.env.BUILDER_BINARY;
if (!k_binary || !existsSync(k_binary)) {
  throw new Error("BUILDER_BINARY must name the program to test");
}

/** Long enough for a sanitizer build on a busy machine; a hang must still fail. */
const k_timeout_ms = 60_000;

export const k_fixture = fileURLToPath(new URL("../../../fixtures/tagged-app", import.meta.url));

const actions_by_test = new WeakMap();

/** Does `action` when the test `t` ends, the last one first: what was mounted is unmounted before
 * its folder is removed. */
export function on_end(t, action) {
  if (!actions_by_test.has(t)) {
    actions_by_test.set(t, []);
    t.after(() => actions_by_test.get(t).reverse().forEach((one) => one()));
  }
  actions_by_test.get(t).push(action);
}

/** A new folder that is gone when the test `t` ends. */
export function temporary_folder(t) {
  const folder = mkdtempSync(join(tmpdir(), "builder-process-"));
  // Other users must get in: some tests run the program as one.
  chmodSync(folder, 0o755);
  on_end(t, () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes `files` (path -> text or bytes) below `root`. */
export function write_files(root, files) {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

export const k_small_files = {
  "builder.config.json": '{ "schema": "schema.graphql", "include": ["src/**/*.{ts,tsx}"] }\n',
  "schema.graphql": "type Query {\n  me: User\n  user(name: String): User\n}\n\ntype User {\n  id: ID!\n  name: String!\n}\n",
  "src/good.ts":
    'import { gql } from "graphql-tag";\n\nexport const GOOD = gql`\n  query Good {\n    me {\n      id\n    }\n  }\n`;\n',
};

/** A project with one schema and one valid query, `src/good.ts::Good`, and `files` besides. */
export function small_project(t, files = {}) {
  const root = temporary_folder(t);
  write_files(root, { ...k_small_files, ...files });
  return root;
}

/** A copy of a fixture's inputs, without what a build in place may have left there. */
export function copy_of_fixture(t, name = "app", fixture = k_fixture) {
  const root = join(temporary_folder(t), name);
  const left_out = new Set([".builder", ".cache", "expected"]);
  cpSync(fixture, root, {
    recursive: true,
    filter: (path) => !left_out.has(path.slice(fixture.length + 1)),
  });
  return root;
}

/**
 * Runs the program in `root`: `{ code, stdout, stderr, text }`, `text` being both outputs.
 * Throws if it hangs or dies of a signal, and where a sanitizer or the program itself finds an
 * internal error: no test expects that.
 */
export function run(root, args = [], { env = {}, wrapper = [], input } = {}) {
  const [command, ...rest] = [...wrapper, k_binary, ...args];
  const child = spawnSync(command, rest, {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "", ...env },
    input,
    maxBuffer: 1 << 28,
    timeout: k_timeout_ms,
    killSignal: "SIGKILL",
  });
  const { status: code, signal, stdout, stderr, error } = child;
  const text = `${stdout}${stderr}`;
  if (error || signal || code === 70 || code > 128 || /ERROR: \w+Sanitizer|runtime error:/.test(stderr)) {
    const reason = error?.message ?? signal ?? `exit code ${code}`;
    throw new Error(`${[command, ...rest].join(" ")}: ${reason}\n${text}`);
  }
  return { code, stdout, stderr, text };
}

/** Path -> hash, modification time and inode of every file below `folder`. */
export function snapshot(folder) {
  const files = {};
  const visit = (relative) => {
    for (const name of readdirSync(join(folder, relative)).sort()) {
      const path = relative ? `${relative}/${name}` : name;
      const status = lstatSync(join(folder, path), { bigint: true });
      if (status.isDirectory()) {
        visit(path);
      } else {
        const hash = createHash("sha256").update(readFileSync(join(folder, path))).digest("hex");
        files[path] = { hash, modified_ns: status.mtimeNs, inode: status.ino };
      }
    }
  };
  if (existsSync(folder)) {
    visit("");
  }
  return files;
}

/** Outputs that are a pure function of the inputs: path -> text. */
export function pure_outputs(out_dir) {
  // `.gitignore` is constant, and would hide the expected outputs from git if it stood among them.
  const impure = new Set([".gitignore", "report.json", "delta.json"]);
  const outputs = {};
  for (const path of Object.keys(snapshot(out_dir))) {
    if (!impure.has(path)) {
      outputs[path] = readFileSync(join(out_dir, path), "utf8");
    }
  }
  return outputs;
}

export function read_json(...path) {
  return JSON.parse(readFileSync(join(...path), "utf8"));
}

export function ids_of(root, out_dir = ".builder") {
  return Object.keys(read_json(root, out_dir, "artifact.json").elements);
}

/** The events of a run with `--format json`. */
export function events_of({ stdout }) {
  return stdout.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
}

/** The diagnostics of a run of one build with `--format json`. */
export function diagnostics_of(result) {
  return events_of(result).filter(({ event }) => event === "diagnostic");
}
