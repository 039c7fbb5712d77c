// Modules that import each other in circles load in any order, and whatever loads them.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";

import { definition, emit, temporary_folder } from "./support/emit.mjs";
import { graphql, skip_without_packages, typescript } from "./support/packages.mjs";

// Two files that need each other's fragments, in both directions, through a third one that closes
// another circle; no fragment reaches itself.
const k_circle = {
  "src/a.ts": ["query QA { ...A1 ...B1 }", "fragment A1 on T { a1 ...B2 }", "fragment A2 on T { a2 }"],
  "src/b.ts": ["query QB { ...B1 ...A2 }", "fragment B1 on T { b1 ...A2 ...C1 }", "fragment B2 on T { b2 ...C2 }"],
  "src/deep/c.ts": ["query QC { ...C1 ...A1 }", "fragment C1 on T { c1 }", "fragment C2 on T { c2 ...A2 }"],
};
const k_closures = {
  QA: ["QA", "A1", "A2", "B1", "B2", "C1", "C2"],
  QB: ["QB", "A2", "B1", "C1"],
  QC: ["QC", "A1", "A2", "B2", "C1", "C2"],
  A1: ["A1", "A2", "B2", "C2"],
  B1: ["B1", "A2", "C1"],
  C2: ["C2", "A2"],
};

function permutations(items) {
  return items.length < 2
    ? [items]
    : items.flatMap((item, i) => permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]));
}

const k_files = Object.fromEntries(
  Object.entries(k_circle).map(([source, texts]) => [source, texts.map((text) => definition(text))]),
);

function texts(paths) {
  return Object.fromEntries(Object.entries(paths).map(([source, path]) => [source, readFileSync(path, "utf8")]));
}

function names_of(document) {
  return document.definitions.map(({ name }) => name.value);
}

// A program of its own for each order: a module is evaluated once in a process.
function run(folder, name, code) {
  const path = join(folder, name);
  writeFileSync(path, code);
  const result = spawnSync(process.execPath, [path], { encoding: "utf8" });
  assert.equal(result.status, 0, result.stderr);
  return JSON.parse(result.stdout);
}

const k_names_of = "const names = (all) => Object.fromEntries(Object.entries(all).map(([key, { definitions }]) => [key, definitions.map(({ name }) => name.value)]));";

function expected_names() {
  const spread = { A2: ["A2"], C1: ["C1"], B2: ["B2", "A2", "C2"] };
  return Object.fromEntries(Object.entries({ ...k_closures, ...spread }).sort());
}

function sorted(object) {
  return Object.fromEntries(Object.entries(object).sort());
}

describe("modules in circles", () => {
  for (const order of permutations(Object.keys(k_circle))) {
    test(`load as ES modules in the order ${order.join(", ")}`, (t) => {
      const folder = temporary_folder(t);
      const paths = emit(folder, "esm", k_files);
      const imports = order.map((source, i) => `import * as m${i} from ${JSON.stringify(pathToFileURL(paths[source]))};`);
      // Read at once, while this module is evaluated.
      const code = `${imports.join("\n")}\n${k_names_of}\nconst all = { ...m0, ...m1, ...m2 };
        for (const key of Object.keys(all)) if (key.startsWith("$$")) delete all[key];
        console.log(JSON.stringify(names(all)));`;

      assert.deepEqual(sorted(run(folder, "main.mjs", code)), expected_names());
    });

    test(`load as CommonJS in the order ${order.join(", ")}`, (t) => {
      const folder = temporary_folder(t);
      const paths = emit(folder, "cjs", k_files);
      const requires = order.map((source) => `...require(${JSON.stringify(paths[source])})`);
      const code = `${k_names_of}\nconst all = { ${requires.join(", ")} };
        for (const key of Object.keys(all)) if (key.startsWith("$$")) delete all[key];
        console.log(JSON.stringify(names(all)));`;

      assert.deepEqual(sorted(run(folder, "main.cjs", code)), expected_names());
    });
  }

  for (const order of permutations(Object.keys(k_circle))) {
    test(`load when a compiler made CommonJS of them, in the order ${order.join(", ")}`, { skip: skip_without_packages }, (t) => {
      // Imports are then variables that stay undefined until their require() returns, as in webpack.
      const folder = temporary_folder(t);
      const paths = emit(folder, "esm", k_files);
      for (const [source, path] of Object.entries(paths)) {
        const { outputText } = typescript.transpileModule(readFileSync(path, "utf8"), {
          compilerOptions: { module: typescript.ModuleKind.CommonJS, target: typescript.ScriptTarget.ES2022 },
        });
        paths[source] = path.replace(/mjs$/, "cjs");
        writeFileSync(paths[source], outputText.replaceAll('.mjs"', '.cjs"'));
      }
      const requires = order.map((source) => `...require(${JSON.stringify(paths[source])})`);
      const code = `${k_names_of}\nconst all = { ${requires.join(", ")} };
        for (const key of Object.keys(all)) if (key.startsWith("$$")) delete all[key];
        console.log(JSON.stringify(names(all)));`;

      assert.deepEqual(sorted(run(folder, "main.cjs", code)), expected_names());
    });
  }

  test("print as text that the reference validates", { skip: skip_without_packages }, async (t) => {
    const paths = emit(temporary_folder(t), "esm", k_files);
    const schema = graphql.buildSchema("type Query { a1: Int a2: Int b1: Int b2: Int c1: Int c2: Int }");
    const { QA } = await import(pathToFileURL(paths["src/a.ts"]));

    const text = graphql.print(QA).replaceAll("on T", "on Query");

    assert.deepEqual(graphql.validate(schema, graphql.parse(text)), []);
    assert.deepEqual(names_of(QA), k_closures.QA);
  });

  test("can be imported by name from CommonJS modules", (t) => {
    const folder = temporary_folder(t);
    const paths = emit(folder, "cjs", k_files);
    const code = `import { QA } from ${JSON.stringify(pathToFileURL(paths["src/a.ts"]))};
      console.log(JSON.stringify(QA.definitions.map(({ name }) => name.value)));`;

    assert.deepEqual(run(folder, "main.mjs", code), k_closures.QA);
  });

  test("an edit of what a fragment spreads changes its own module alone", (t) => {
    const folder = temporary_folder(t);
    const before = texts(emit(join(folder, "before"), "esm", k_files));
    const edited = structuredClone(k_files);
    edited["src/b.ts"][2].text = "fragment B2 on T { b2 other ...C1 ...A2 }";

    const after = texts(emit(join(folder, "after"), "esm", edited));

    const changed = Object.keys(before).filter((source) => before[source] !== after[source]);
    assert.deepEqual(changed, ["src/b.ts"]);
  });
});
