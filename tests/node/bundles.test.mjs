// Bundlers keep what is used, drop the rest, and keep circles working.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";

import { definition, emit, temporary_folder } from "./support/emit.mjs";
import { esbuild, rollup, skip_without_packages } from "./support/packages.mjs";

const k_files = {
  "src/a.ts": [
    "query Used { ...UsedA }",
    "query Unused { ...UsedA ...UnusedA }",
    "query Plain { plain }",
    "fragment UsedA on T { used_field ...UsedB }",
    "fragment UnusedA on T { unused_field }",
  ].map((text) => definition(text)).concat({ name: "Broken", stub: "broken message" }),
  "src/b.ts": ["fragment UsedB on T { b_field ...UsedC }", "fragment UnusedB on T { unused_field ...UsedA }"].map((text) => definition(text)),
  // Closes the circle.
  "src/c.ts": ["fragment UsedC on T { c_field }", "query UnusedC { unused_field ...UnusedB ...Other }"].map((text) => definition(text)),
  "src/d.ts": [definition("fragment Other on T { unused_field }")],
};

const k_bundlers = {
  esbuild: async (entry, out, format) => {
    await esbuild.build({ entryPoints: [entry], bundle: true, format, outfile: out });
  },
  "esbuild, minified": async (entry, out, format) => {
    await esbuild.build({ entryPoints: [entry], bundle: true, minify: true, format, outfile: out });
  },
  rollup: async (entry, out, format) => {
    const bundle = await rollup.rollup({ input: entry, logLevel: "silent" });
    await bundle.write({ file: out, format });
  },
};

async function bundle(t, bundler, code, format = "esm") {
  const folder = temporary_folder(t);
  const paths = emit(folder, "esm", k_files);
  const entry = join(folder, "main.mjs");
  writeFileSync(entry, code((source) => JSON.stringify(paths[source])));
  const out = join(folder, format === "esm" ? "out.mjs" : "out.cjs");
  await k_bundlers[bundler](entry, out, format);
  const load = format === "esm" ? () => import(pathToFileURL(out)) : () => createRequire(out)(out);
  return { text: readFileSync(out, "utf8"), load };
}

function names_of({ definitions }) {
  return definitions.map(({ name }) => name.value);
}

describe("bundles", { skip: skip_without_packages }, () => {
  for (const bundler of Object.keys(k_bundlers)) {
    test(`by ${bundler} hold what is used and nothing else`, async (t) => {
      const { text, load } = await bundle(t, bundler, (path) => `export { Used } from ${path("src/a.ts")};`);

      assert.match(text, /used_field/);
      assert.match(text, /c_field/);
      assert.doesNotMatch(text, /unused_field|"plain"|broken message/);
      assert.deepEqual(names_of((await load()).Used), ["Used", "UsedA", "UsedB", "UsedC"]);
    });

    test(`by ${bundler} hold nothing of a module that is imported and not used`, async (t) => {
      const { text } = await bundle(t, bundler, (path) => `import { Used, Plain, Broken } from ${path("src/a.ts")}; import * as c from ${path("src/c.ts")}; export const one = 1;`);

      assert.doesNotMatch(text, /Document/);
    });

    for (const first of ["src/a.ts", "src/b.ts", "src/c.ts"]) {
      test(`by ${bundler} work when a circle is entered at ${first}`, async (t) => {
        const { load } = await bundle(t, bundler, (path) => `import ${path(first)};
          export { UnusedC } from ${path("src/c.ts")}; export { Used } from ${path("src/a.ts")}; export { UnusedB } from ${path("src/b.ts")};`, "cjs");

        const loaded = await load();
        assert.deepEqual(names_of(loaded.UnusedC), ["UnusedC", "Other", "UnusedB", "UsedA", "UsedB", "UsedC"]);
        assert.deepEqual(names_of(loaded.Used), ["Used", "UsedA", "UsedB", "UsedC"]);
        assert.deepEqual(names_of(loaded.UnusedB), ["UnusedB", "UsedA", "UsedB", "UsedC"]);
      });
    }
  }
});
