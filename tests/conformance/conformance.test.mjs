// Compares the program, as its users call it, with graphql-js: on random texts, which graphql-js
// judges while the test runs, and on the recorded cases of its own suites where they are at hand.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { diagnostics_of, k_binary, run, temporary_folder, write_files } from "../process/support/project.mjs";
import { random_documents, random_schemas } from "./random_graphql.mjs";

const k_runner = process.env.BUILDER_CONFORMANCE;
const k_recorded = fileURLToPath(new URL("../../../shared/conformance", import.meta.url));
// Enough for each rule to be broken many times, few enough for sanitizer builds.
const k_seeds = Array.from({ length: 16 }, (_, i) => 1000 + i);

const require_package = createRequire(fileURLToPath(new URL("../node/package.json", import.meta.url)));
const is_installed = existsSync(fileURLToPath(new URL("../node/node_modules/graphql", import.meta.url)));
const skip_random = is_installed ? false : "skipped: the packages of tests/node are not installed (run tools/setup)";
const skip_recorded = existsSync(k_recorded) ? false : `skipped: ${k_recorded} is not there`;

const recorded = (name) => JSON.parse(readFileSync(join(k_recorded, name), "utf8"));

/** The answers of `builder validate --batch` to `requests`. */
function answers_to(requests) {
  const input = requests.map((request) => `${JSON.stringify(request)}\n`).join("");
  const result = spawnSync(k_binary, ["validate", "--batch"], { input, encoding: "utf8", maxBuffer: 1 << 28 });
  assert.equal(result.status, 0, result.stderr);
  const lines = result.stdout.trimEnd().split("\n");
  assert.equal(lines.length, requests.length);
  return lines.map((line) => JSON.parse(line));
}

/** An error as the program writes it. */
const plain = ({ message, locations }) => (locations?.length > 0 ? { message, locations } : { message });

function judge_by_runner(t, files) {
  const root = temporary_folder(t);
  write_files(root, Object.fromEntries(files.map((file, i) => [`${i}.json`, JSON.stringify(file)])));
  const result = spawnSync(k_runner, files.map((_, i) => join(root, `${i}.json`)), { encoding: "utf8", maxBuffer: 1 << 28 });
  assert.equal(result.status, 0, result.stdout.split("\n").filter((line) => !/ 0 different/.test(line)).join("\n"));
}

test("random documents: errors, their order and places, and the printed form are the reference's", { skip: skip_random }, (t) => {
  const graphql = require_package("graphql");
  const files = k_seeds.map((seed) => random_documents(graphql, seed, 40));
  judge_by_runner(t, files);

  const cases = files.flatMap(({ schema, documents }) => documents.filter((one) => !one.oracleThrows).map((one) => ({ schema, ...one })));
  const answers = answers_to(cases.map(({ schema, source }) => ({ schema, source })));
  cases.forEach((one, i) => {
    assert.deepEqual(answers[i].errors, one.errors.map(plain), `${one.schema}\n\n${one.source}`);
    assert.equal(answers[i].printed ?? null, one.printed, one.source);
  });
  // The texts are worth comparing: many are valid, many are not, and all common rules are broken.
  const messages = cases.flatMap(({ errors }) => errors.map(({ message }) => message.replaceAll(/"[^"]*"/g, '""')));
  assert.ok(cases.filter(({ errors }) => errors.length === 0).length > 40);
  assert.ok(new Set(messages).size > 60, String(new Set(messages).size));
});

test("random schemas: errors, their order and places, and printSchema are the reference's", { skip: skip_random }, (t) => {
  const graphql = require_package("graphql");
  const { validateSDL } = require_package("graphql/validation/validate");
  judge_by_runner(t, k_seeds.map((seed) => random_schemas(graphql, validateSDL, seed, 20)));
});

test("recorded suites: the runner finds no difference", { skip: skip_recorded }, () => {
  const files = readdirSync(k_recorded).filter((name) => name.endsWith(".json") && name !== "extraction.json");
  const result = spawnSync(k_runner, files.map((name) => join(k_recorded, name)), { encoding: "utf8", maxBuffer: 1 << 28 });
  assert.equal(result.status, 0, result.stdout);
});

test("recorded validations: --batch answers with the recorded lists", { skip: skip_recorded }, () => {
  const { cases, schemas } = recorded("validation.json");
  // Cases of experimental syntax and rules, of options and schemas that no request can ask for, and
  // those for which the whole list of rules was not recorded.
  const is_experimental = (one) => one.needs || one.parseOptions || /Defer|Stream/.test(one.suite) || one.expect.schemaError;
  const chosen = cases.filter((one) => {
    const { options, extensions } = schemas[one.schema];
    return !is_experimental(one) && !one.options && !options && !extensions && Array.isArray(one.allRules);
  });
  assert.ok(chosen.length > 0.7 * cases.length, String(chosen.length));
  const is_of_17 = (one) => one.authority === "17";
  const answers = answers_to(
    chosen.map((one) => ({ schema: schemas[one.schema].sdl, source: one.source, ...(is_of_17(one) ? { rules: "standard" } : {}) })),
  );
  chosen.forEach((one, i) => {
    assert.deepEqual(answers[i].errors, is_of_17(one) ? (one.allRules17 ?? one.allRules) : one.allRules, one.id);
  });
});

test("recorded validations: --format json reports the recorded lists, but for the checks that only 17 has", { skip: skip_recorded }, (t) => {
  const { cases, schemas } = recorded("validation.json");
  const root = temporary_folder(t);
  const k_of_17 = /is not supported by the schema|must not use `@skip` or `@include`/;
  let compared = 0;
  for (const name of [...new Set(cases.map((one) => one.schema))]) {
    const { sdl, options, extensions } = schemas[name];
    const chosen = cases.filter((one) => one.schema === name && one.authority === "16" && Array.isArray(one.allRules) && !one.options && !one.parseOptions);
    if (options || extensions || chosen.length === 0) {
      continue;
    }
    const files = chosen.map((one, i) => `${name}/${i}.graphql`);
    write_files(root, { [`${name}.graphql`]: sdl, ...Object.fromEntries(files.map((file, i) => [file, chosen[i].source])) });
    const diagnostics = diagnostics_of(run(root, ["validate", "--schema", `${name}.graphql`, ...files, "--format", "json"]));
    if (diagnostics.some(({ path }) => path === `${name}.graphql`)) {
      continue;
    }
    chosen.forEach((one, i) => {
      const errors = diagnostics.filter(({ path, message }) => path === files[i] && !k_of_17.test(message));
      assert.deepEqual(
        errors.map(({ message, start, related }) => ({ message, locations: [start, ...(related ?? []).map((place) => place.start)].filter(Boolean) })),
        one.allRules.map(({ message, locations }) => ({ message, locations: locations ?? [] })).filter(({ message }) => !k_of_17.test(message)),
        one.id,
      );
      ++compared;
    });
  }
  assert.ok(compared > 150, String(compared));
});
