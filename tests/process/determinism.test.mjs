// The outputs are a function of the inputs: not of the folder, threads, directory order, locale or
// of what else the program had to read.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";

import { list_files } from "./oracle/source_definitions.mjs";
import { copy_of_fixture, pure_outputs, run, temporary_folder, write_files } from "./support/project.mjs";

/** Pseudo-random and the same every time: a failure must be repeatable. */
function shuffled(items, seed) {
  const random = () => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) / 2 ** 32;
  return items
    .map((item) => [random(), item])
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
}

/** Where a Turkish locale lies that was compiled for this test; absent where that is not possible. */
function turkish_locale(t) {
  const folder = temporary_folder(t);
  const made = spawnSync("localedef", ["-i", "tr_TR", "-f", "UTF-8", join(folder, "tr_TR.UTF-8")]);
  return made.status === 0 ? { LOCPATH: folder } : {};
}

describe("the outputs do not depend on", () => {
  const after_all = [];
  let expected;

  before(() => {
    const root = copy_of_fixture({ after: (done) => after_all.push(done) });
    run(root);
    expected = pure_outputs(join(root, ".builder"));
  });
  after(() => after_all.forEach((done) => done()));

  const outputs_of = (root, args, options) => {
    const result = run(root, args, options);
    assert.equal(result.code, 0, result.text);
    return pure_outputs(join(root, ".builder"));
  };

  test("the root folder", (t) => {
    const root = copy_of_fixture(t, "another folder/with ünïcode & spaces");
    assert.deepEqual(outputs_of(root), expected);
    for (const [path, text] of Object.entries(expected)) {
      assert.ok(!text.includes("builder-process-"), `${path} holds an absolute path`);
    }
  });

  for (const threads of ["1", "2", "7"]) {
    test(`${threads} thread(s)`, (t) => {
      assert.deepEqual(outputs_of(copy_of_fixture(t), ["--threads", threads]), expected);
    });
  }

  for (const seed of [1, 2]) {
    test(`the order in which directories list their files (${seed})`, (t) => {
      const original = copy_of_fixture(t);
      const root = join(temporary_folder(t), "app");
      for (const path of shuffled(list_files(original, ["."]), seed)) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        cpSync(join(original, path), join(root, path));
      }
      assert.deepEqual(outputs_of(root), expected);
    });
  }

  for (const locale of ["C", "tr_TR.UTF-8"]) {
    test(`the locale ${locale}`, (t) => {
      const env = { LC_ALL: locale, LANG: locale, ...(locale === "C" ? {} : turkish_locale(t)) };
      assert.deepEqual(outputs_of(copy_of_fixture(t), [], { env }), expected);
    });
  }

  test("the time zone, the user's name and the home folder", (t) => {
    const env = { TZ: "Asia/Kathmandu", USER: "İlker", HOME: "/nonexistent" };
    assert.deepEqual(outputs_of(copy_of_fixture(t), [], { env }), expected);
  });

  test("how much of a file had to be read: files without GraphQL that import and name everything", (t) => {
    const root = copy_of_fixture(t);
    // Each of these words and imports asks for more facts of files that have none of their own.
    write_files(root, {
      "src/zz/importer.ts":
        'import { isSlug } from "@/lib/format";\nimport * as sql from "../lib/sql";\nexport * from "@/lib/apollo";\n' +
        "export const gqlWords = [isSlug, sql, `graphql gql`];\n",
    });
    for (const name of ["format", "sql", "apollo"]) {
      const path = join(root, `src/lib/${name}.ts`);
      writeFileSync(path, `${readFileSync(path, "utf8")}// gql graphql GraphQL\n`);
    }
    assert.deepEqual(outputs_of(root), expected);
  });

  test("what an earlier build left behind", (t) => {
    const root = copy_of_fixture(t);
    const path = join(root, "src/pricing/fragments.ts");
    const original = readFileSync(path);
    writeFileSync(path, "export {};\n");
    run(root);
    writeFileSync(path, original);
    assert.deepEqual(outputs_of(root), expected);
  });
});
