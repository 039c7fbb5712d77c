// `builder validate` without a project, and `builder init --from`.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { diagnostics_of, ids_of, k_binary, run, small_project, temporary_folder, write_files } from "./support/project.mjs";

const k_schema = "type Query { me: User }\ntype User { id: ID! name: String }\n";

test("validate --schema: documents are validated each by itself, without a config", (t) => {
  const root = temporary_folder(t);
  write_files(root, { "s.graphql": k_schema, "a.graphql": "{ me { nam } }\n", "b.graphql": "{ me { id } }\n", "c.graphql": "{ me {\n" });

  const result = run(root, ["validate", "--schema", "s.graphql", "a.graphql", "b.graphql", "c.graphql", "--format", "json"]);

  assert.equal(result.code, 1, result.text);
  assert.deepEqual(
    diagnostics_of(result).map(({ path, message, start }) => ({ path, message, start })),
    [
      {
        path: "a.graphql",
        message: 'Cannot query field "nam" on type "User". Did you mean "name"?',
        start: { line: 1, column: 8 },
      },
      { path: "c.graphql", message: "Syntax Error: Expected Name, found <EOF>.", start: { line: 2, column: 1 } },
    ],
  );
  assert.equal(run(root, ["validate", "--schema", "s.graphql", "b.graphql"]).code, 0);
  assert.ok(!existsSync(join(root, ".builder")) && !existsSync(join(root, ".cache")));
});

test("validate --schema: a document that cannot be read is an error, and names stay on their line", (t) => {
  const root = temporary_folder(t);
  write_files(root, { "s.graphql": k_schema, "two\nlines.graphql": "{ you }", "b.graphql": "{ me { id } }" });

  const result = run(root, ["validate", "--schema", "s.graphql", "gone.graphql", "two\nlines.graphql", "b.graphql"]);

  assert.equal(result.code, 1, result.text);
  assert.match(result.text, /The file cannot be read: No such file or directory\. \[UnreadableFile\]\n {2}gone\.graphql\n/);
  assert.match(result.text, /\n {2}two\\nlines\.graphql:1:3\n/);
  assert.match(result.text, /Found 2 errors/);
});

test("validate --batch: every line is answered at once, before the next one is sent", async (t) => {
  const child = spawn(k_binary, ["validate", "--batch"], { stdio: ["pipe", "pipe", "inherit"] });
  t.after(() => child.kill());
  let received = "";
  let wake = () => {};
  child.stdout.setEncoding("utf8").on("data", (data) => {
    received += data;
    wake();
  });
  const ask = async (request) => {
    child.stdin.write(`${JSON.stringify(request)}\n`);
    while (!received.includes("\n")) {
      await new Promise((resolve) => (wake = resolve));
    }
    const [line] = received.split("\n", 1);
    received = received.slice(line.length + 1);
    return JSON.parse(line);
  };

  assert.deepEqual(await ask({ schema: k_schema, source: "{me{id}}" }), { errors: [], printed: "{\n  me {\n    id\n  }\n}" });
  assert.deepEqual(await ask({ schema: k_schema, source: "{ me { id }" }), {
    errors: [{ message: "Syntax Error: Expected Name, found <EOF>.", locations: [{ line: 1, column: 12 }] }],
  });
  child.stdin.end();
  const code = await new Promise((resolve) => child.once("close", resolve));
  assert.equal(code, 0);
  assert.equal(received, "");
});

test("init --from runs a config that is code, and the next run builds with what it wrote", (t) => {
  const root = small_project(t, {
    "codegen.mjs": 'console.log("noise");\nexport default { schema: "schema.graphql", documents: ["src/**/*.ts"], generates: {} };\n',
  });

  const result = run(root, ["init", "--from", "codegen.mjs", "--force"]);

  assert.equal(result.code, 0, result.text);
  assert.equal(readFileSync(join(root, "builder.config.json"), "utf8"), '{\n  "schema": "schema.graphql",\n  "include": "src/**/*.ts"\n}\n');
  assert.equal(run(root).code, 0);
  assert.deepEqual(ids_of(root), ["src/good.ts::Good"]);
});

test("output into a pipe that is closed ends the program quietly", async (t) => {
  const root = small_project(t, { "src/wrong.ts": 'import { gql } from "graphql-tag";\ngql`query Wrong { nothing }`;\n' });
  const child = spawn(k_binary, [], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.destroy();
  let errors = "";
  child.stderr.on("data", (data) => (errors += data));
  const code = await new Promise((resolve) => child.once("close", resolve));

  assert.equal(code, 1);
  assert.equal(errors, "");
});
