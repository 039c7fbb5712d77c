// usage: node graphql_js.mjs PACKAGE SCHEMA DOCUMENTS
//
// The same work as perf_micro, done by graphql-js: prints the best of some rounds in milliseconds of
// processor time, after one that lets the engine compile what is hot.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [package_folder, schema_path, documents_path] = process.argv.slice(2);
const graphql = createRequire(import.meta.url)(package_folder);
const schema_text = readFileSync(schema_path, "utf8");
const texts = JSON.parse(readFileSync(documents_path, "utf8"));

const k_rounds = 3;

function best_of(work) {
  work();
  let best = Infinity;
  for (let round = 0; round < k_rounds; ++round) {
    const begin = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(begin);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}

const load = () => {
  const schema = graphql.buildSchema(schema_text);
  graphql.assertValidSchema(schema);
  return schema;
};
const schema = load();
const documents = texts.map((text) => graphql.parse(text));
const errors = documents.reduce((sum, document) => sum + graphql.validate(schema, document).length, 0);
const result = {
  load_schema: best_of(load),
  parse_documents: best_of(() => texts.forEach((text) => graphql.parse(text))),
  print_documents: best_of(() => documents.forEach((document) => graphql.print(document))),
  validate_documents: best_of(() => documents.forEach((document) => graphql.validate(schema, document))),
  errors,
};
console.log(JSON.stringify(result));
