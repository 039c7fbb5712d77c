// The fixture as a whole: what a build of it says, and that graphql-js agrees.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";

import { content_hashes } from "./oracle/content_hash.mjs";
import { expected_elements, load_schemas } from "./oracle/expected_elements.mjs";
import { source_definitions } from "./oracle/source_definitions.mjs";
import { graphql, skip_without_packages } from "./support/packages.mjs";
import { copy_of_fixture, k_fixture, pure_outputs, read_json, run, write_files } from "./support/project.mjs";

const k_expected = join(k_fixture, "expected");

function read_lines(path) {
  return readFileSync(path, "utf8").split("\n").filter((line) => line !== "");
}

describe("the fixture", () => {
  const after_all = [];
  let result;
  let out_dir;
  let artifact;

  before(
    (t) => {
      const root = copy_of_fixture({ after: (done) => after_all.push(done) });
      result = run(root);
      out_dir = join(root, ".builder");
      artifact = read_json(out_dir, "artifact.json");
    },
  );
  after(() => after_all.forEach((done) => done()));

  test("builds without an error and with the one warning that it is meant to have", () => {
    assert.equal(result.code, 0, result.text);
    assert.equal(result.text.match(/^.*\bwarning\b.*UnknownTag|UnknownTag.*\bwarning\b/gm)?.length, 1, result.text);
    assert.match(result.text, /src\/lib\/status-page\.ts/);
    assert.match(result.text, /nano-graphql-client/);
  });

  test("has exactly the ids that were written down by hand", () => {
    assert.deepEqual(Object.keys(artifact.elements), read_lines(join(k_expected, "ids.txt")));
  });

  test("says what TypeScript and graphql-js make of the sources", { skip: skip_without_packages }, () => {
    const hand = read_json(k_expected, "oracle.json");
    const expected = expected_elements(source_definitions(k_fixture, hand), hand);

    const actual = Object.entries(artifact.elements).map(([id, { type, prebuild, metadata }]) => [
      id,
      { type, sourcePath: metadata.sourcePath, prebuild },
    ]);

    assert.deepEqual(Object.fromEntries(actual), expected);
  });

  test("has documents that are valid and printed as graphql-js prints", { skip: skip_without_packages }, () => {
    const schemas = load_schemas(k_fixture, read_json(k_expected, "oracle.json"));
    for (const [id, { type, prebuild }] of Object.entries(artifact.elements)) {
      const document = graphql.parse(prebuild.document);
      const names = document.definitions.slice(1).map(({ name }) => name.value);
      assert.equal(graphql.print(document), prebuild.document, id);
      assert.deepEqual(names, [...names].sort(), id);
      if (type === "operation") {
        assert.deepEqual(graphql.validate(schemas[prebuild.schemaLabel], document), [], id);
        const digest = createHash("sha256").update(prebuild.document).digest("hex");
        assert.equal(prebuild.documentId, `sha256:${digest}`, id);
      }
    }
  });

  test("lists every id of the artifact in the manifest, once, beside a chunk that is there", () => {
    const manifest = read_json(out_dir, "manifest.json");
    const outputs = pure_outputs(out_dir);

    assert.deepEqual(
      manifest.chunks.flatMap(({ canonicalIds }) => canonicalIds).sort(),
      Object.keys(artifact.elements).sort(),
    );
    const modules = Object.keys(outputs).filter((path) => /\.[cm]js$/.test(path));
    assert.deepEqual(manifest.chunks.map(({ outputPath }) => outputPath).sort(), modules.sort());
  });

  test("emits modules whose documents print as the artifact has them", { skip: skip_without_packages }, async () => {
    const { chunks } = read_json(out_dir, "manifest.json");
    const printed = {};
    for (const { sourcePath, outputPath, canonicalIds } of chunks) {
      const module = await import(pathToFileURL(join(out_dir, outputPath)).href);
      for (const id of canonicalIds) {
        const document = module[id.slice(sourcePath.length + "::".length)];
        // A fragment's module has what it spreads too, which the artifact has elsewhere.
        const is_fragment = artifact.elements[id].type === "fragment";
        printed[id] = graphql.print(is_fragment ? document.definitions[0] : document);
      }
    }
    const stated = Object.entries(artifact.elements).map(([id, { prebuild }]) => [id, prebuild.document]);
    assert.deepEqual(printed, Object.fromEntries(stated));
  });

  test("says where the templates are", () => {
    const { files } = read_json(out_dir, "positions.json");
    const ids = [];
    for (const [path, { templates }] of Object.entries(files)) {
      const source = readFileSync(join(k_fixture, path));
      for (const { start, end, ids: of_template } of templates) {
        const text = source.subarray(start, end).toString();
        for (const id of of_template) {
          const name = id.split("::")[1].replace(/\$.*/, "");
          assert.ok(name === "anonymous" || text.includes(name), `${id}: ${text}`);
        }
        ids.push(...of_template);
      }
    }
    assert.deepEqual(ids.sort(), Object.keys(artifact.elements).sort());
  });

  test("hashes prebuilds and chunks as docs/formats.md says", (t) => {
    const { chunks } = read_json(out_dir, "manifest.json");
    const elements = Object.values(artifact.elements);
    const texts = [
      ...elements.map(({ prebuild }) => JSON.stringify(prebuild)),
      ...chunks.map(({ outputPath }) => readFileSync(join(out_dir, outputPath), "utf8")),
    ];
    const hashes = content_hashes(texts);
    if (hashes === null) {
      t.skip("skipped: python3 or libxxhash is not installed");
      return;
    }
    const stated = [...elements.map(({ metadata }) => metadata.contentHash), ...chunks.map(({ contentHash }) => contentHash)];
    assert.deepEqual(stated, hashes);
  });

  test("has exactly the outputs that were reviewed", () => {
    const folder = join(k_expected, "output");
    const outputs = pure_outputs(out_dir);
    if (process.env.BUILDER_UPDATE_EXPECTED) {
      rmSync(folder, { recursive: true, force: true });
      write_files(folder, outputs);
    }
    assert.deepEqual(outputs, pure_outputs(folder));
  });
});
