// The fixtures in the composer dialect: what a build of them says, and that graphql-js agrees.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import { graphql, skip_without_packages } from "./support/packages.mjs";
import { copy_of_fixture, pure_outputs, read_json, run, write_files } from "./support/project.mjs";

const k_apps = [
  {
    name: "small-app",
    types: { model: 1, slice: 2, operation: 2 },
    operations: { query: 1, mutation: 1 },
    schema_types: 3,
  },
  {
    name: "medium-app",
    types: { model: 3, slice: 6, operation: 6 },
    operations: { query: 3, mutation: 2, subscription: 1 },
    schema_types: 12,
  },
  {
    name: "large-app",
    types: { model: 7, slice: 16, operation: 16 },
    operations: { query: 9, mutation: 5, subscription: 2 },
    schema_types: 28,
  },
];

const fixture = (name) => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));

function count(items) {
  const counts = {};
  for (const item of items) {
    counts[item] = (counts[item] ?? 0) + 1;
  }
  return counts;
}

function build(t, name) {
  const root = copy_of_fixture(t, name, fixture(name));
  const result = run(root);
  const out_dir = join(root, ".builder");
  return { root, result, out_dir, artifact: read_json(out_dir, "artifact.json") };
}

/** The same code with comments, imports and arrow functions at every place where they can stand. */
function with_noise(text) {
  let count = 0;
  const noise = () => {
    const unrelated = `const unrelated${count} = (a) => (b) => a + b;`;
    return `${unrelated}\nimport { z as z${count++} } from "zod"; // A comment.\n`;
  };
  const lines = text.split("\n").map((line) =>
    /^(export|const|import|\/\*\*)/.test(line) && !line.startsWith(" ")
      ? `${noise()}/* here */ ${line}`
      : line.replace(/([,([{]|=>)$/, "$1 // beside { (").replaceAll("({ f }) =>", "({ f /* fields */ }) =>"),
  );
  return `${lines.join("\n")}${noise()}`;
}

for (const app of k_apps) {
  describe(app.name, () => {
    test("builds without a diagnostic, to what was reviewed", (t) => {
      const { result, out_dir, artifact } = build(t, app.name);

      assert.equal(result.code, 0, result.text);
      assert.doesNotMatch(result.text, /error|warning/i);
      const elements = Object.values(artifact.elements);
      assert.deepEqual(count(elements.map(({ type }) => type)), app.types);
      const operations = elements.filter(({ type }) => type === "operation");
      assert.deepEqual(count(operations.map(({ prebuild }) => prebuild.operationType)), app.operations);
      assert.ok(elements.every(({ dialect }) => dialect === "composer"));

      const expected = join(fixture(app.name), "expected/output");
      const outputs = pure_outputs(out_dir);
      if (process.env.BUILDER_UPDATE_EXPECTED) {
        rmSync(expected, { recursive: true, force: true });
        write_files(expected, outputs);
      }
      assert.deepEqual(outputs, pure_outputs(expected));
    });

    test("has documents that graphql-js finds valid", { skip: skip_without_packages }, (t) => {
      const { root, artifact } = build(t, app.name);
      const schema = graphql.buildSchema(readFileSync(join(root, "schema.graphql"), "utf8"));
      const own_types = Object.values(schema.getTypeMap()).filter(
        (type) => !graphql.isSpecifiedScalarType(type) && !graphql.isIntrospectionType(type),
      );
      assert.equal(own_types.length, app.schema_types);

      for (const [id, { type, prebuild }] of Object.entries(artifact.elements)) {
        if (type !== "operation") {
          continue;
        }
        const document = graphql.parse(prebuild.document);
        const [definition] = document.definitions;
        assert.deepEqual(graphql.validate(schema, document), [], id);
        assert.equal(graphql.print(document), prebuild.document, id);
        assert.ok(definition.selectionSet.selections.length > 0, id);
        assert.deepEqual(
          prebuild.variableNames,
          definition.variableDefinitions.map(({ variable }) => variable.name.value),
          id,
        );
        const digest = createHash("sha256").update(prebuild.document).digest("hex");
        assert.equal(prebuild.documentId, `sha256:${digest}`, id);
      }
    });

    test("does not change with unrelated code", (t) => {
      const { root, out_dir } = build(t, app.name);
      const before = pure_outputs(out_dir);
      for (const path of readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })) {
        if (!path.endsWith(".ts")) {
          continue;
        }
        const file = join(root, "src", path);
        writeFileSync(file, with_noise(readFileSync(file, "utf8")));
      }

      const result = run(root);

      assert.equal(result.code, 0, result.text);
      const after = pure_outputs(out_dir);
      // The one output that speaks of places.
      delete before["positions.json"];
      delete after["positions.json"];
      assert.deepEqual(after, before);
    });
  });
}
