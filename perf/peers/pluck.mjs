// usage: node pluck.mjs NODE_MODULES SOURCES OUT
//
// Takes the templates out of every TypeScript file below SOURCES with graphql-tag-pluck, as
// graphql-codegen does, and writes how many there are to OUT/templates.json.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [modules, sources, out] = process.argv.slice(2);
const { gqlPluckFromCodeStringSync } = createRequire(join(modules, "/"))("@graphql-tools/graphql-tag-pluck");

let files = 0;
let templates = 0;
for (const name of readdirSync(sources, { recursive: true }).sort()) {
  if (/\.tsx?$/.test(name)) {
    const path = join(sources, name);
    ++files;
    templates += gqlPluckFromCodeStringSync(path, readFileSync(path, "utf8")).length;
  }
}
mkdirSync(out, { recursive: true });
writeFileSync(join(out, "templates.json"), JSON.stringify({ files, templates }));
