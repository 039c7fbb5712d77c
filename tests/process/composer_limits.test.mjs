// Definitions of the composer dialect that are large, deep or endless: a build of them ends soon.
import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";

import { read_json, run, temporary_folder, write_files } from "./support/project.mjs";

const k_schema = "type Query { users(ids: [ID!], first: Int): [User!]! }\ntype User { id: ID! best: User }\n";

/** Builds one operation that selects `fields`, after `code`: the run, and the document if there is one. */
function build(t, fields, code = "") {
  const root = temporary_folder(t);
  write_files(root, {
    "schema.graphql": k_schema,
    "builder.config.json": '{ "schema": "schema.graphql", "include": "src/**/*.ts" }',
    "src/a.ts":
      `import { gql } from "@/graphql-system";\n${code}\n` +
      `export const it = gql.default(({ operation, slice }) => operation.query({ operationName: "It" }, () => ({ a: slice.query({}, ({ f }) => [${fields}]).build() })));\n`,
  });
  const result = run(root);
  const { elements } = read_json(join(root, ".builder"), "artifact.json");
  return { ...result, document: elements["src/a.ts::it"]?.prebuild.document };
}

const repeat = (count, make) => Array.from({ length: count }, (_, i) => make(i)).join("");

describe("evaluation of the composer dialect ends", () => {
  test("with a literal of ten thousand elements", (t) => {
    const { code, text, document } = build(t, "f.users({ ids })(({ f }) => [f.id()])", `const ids = [${repeat(10_000, (i) => `"${i}",`)}];`);
    assert.equal(code, 0, text);
    assert.equal(document.match(/"\d+"/g).length, 10_000);
  });

  test("with ten thousand selections", (t) => {
    const fields = repeat(10_000, (i) => `f.users({ first: ${i} }, { alias: "u${i}" })(({ f }) => [f.id()]),`);
    const { code, text, document } = build(t, fields);
    // graphql-js compares no more of them than that, and neither do we.
    assert.ok(code === 0 || /Validation aborted|EvaluationLimit/.test(text), text.slice(0, 500));
    assert.ok(code === 1 || document.includes("a_u9999"));
  });

  test("with a template of ten thousand fields", (t) => {
    const fields = repeat(10_000, (i) => `u${i}: users(first: ${i}) { id } `);
    const { code, text, document } = build(
      t,
      "f.users()(({ f }) => [f.id()])",
      `export const whole = gql.default(({ query }) => query("Whole")\`{ ${fields} }\`());`,
    );
    assert.doesNotMatch(text, /EvaluationLimit/);
    // graphql-js compares no more of them than that, and neither do we.
    assert.ok(code === 0 || /Validation aborted/.test(text), text.slice(0, 500));
    assert.ok(document);
  });

  test("with ten thousand definitions in a file", (t) => {
    const code_of = repeat(10_000, (i) => `export const q${i} = gql.default(({ query }) => query("Q${i}")\`{ users { id } }\`());\n`);
    const begin = performance.now();
    const { code, text } = build(t, "f.users()(({ f }) => [f.id()])", code_of);
    assert.equal(code, 0, text.slice(0, 500));
    // Two seconds of an optimised build; what this looks for takes minutes.
    assert.ok(performance.now() - begin < 100_000);
  });

  test("with selections that nest too deep, which is said", (t) => {
    const { code, text } = build(t, `${"f.users()(({ f }) => [f.best()(({ f }) => [".repeat(1)}${"f.best()(({ f }) => [".repeat(500)}f.id()${"])".repeat(502)}`);
    assert.equal(code, 1, text.slice(0, 500));
    assert.match(text, /nested too deeply|nest more than|SyntaxError|gave up/);
  });

  test("with arrays that double", (t) => {
    const code_of = `const d0 = ["1", "2"];\n${repeat(60, (i) => `const d${i + 1} = [...d${i}, ...d${i}];\n`)}`;
    const { code, text } = build(t, "f.users({ ids: d60 })(({ f }) => [f.id()])", code_of);
    assert.equal(code, 1, text);
    assert.match(text, /EvaluationLimit/);
    assert.match(text, /500000 steps/);
  });

  test("with a function that calls itself", (t) => {
    const { code, text } = build(t, "f.users({ first: down(1) })(({ f }) => [f.id()])", "const down = (n) => down(n + 1);");
    assert.equal(code, 1, text);
    assert.match(text, /EvaluationLimit/);
    assert.match(text, /400 deep/);
  });
});
