// Options, formats and exit codes of the real program.
import { spawnSync } from "node:child_process";
import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";

import {
  copy_of_fixture,
  diagnostics_of,
  events_of,
  ids_of,
  k_small_files,
  run,
  small_project,
  snapshot,
  write_files,
} from "./support/project.mjs";

const k_wrong = 'import { gql } from "graphql-tag";\n\nexport const A = gql`\n  query Wrong {\n    me { nam }\n  }\n`;\n';
const k_unknown_tag = 'import { gql } from "unheard-of";\nexport const A = gql`query Unheard { me { id } }`;\n';
const k_unknown_files = {
  "src/unknown.ts": k_unknown_tag,
  "package.json": '{ "dependencies": { "unheard-of": "1.0.0" } }\n',
};
const k_committed = k_small_files["builder.config.json"].replace("{", '{ "commitOutputs": true,');

describe("usage", () => {
  const k_cases = [
    { name: "an unknown option has a suggestion", args: ["--chek"], code: 2, message: /--chek.*\n?.*--check/ },
    { name: "an unknown command has a suggestion", args: ["valdate"], code: 2, message: /validate/ },
    { name: "an unknown format lists those that exist", args: ["--format", "xml"], code: 2, message: /human.*json.*github/ },
    { name: "a number of threads is a number", args: ["--threads", "many"], code: 2, message: /--threads/ },
    { name: "help is no error", args: ["--help"], code: 0, message: /--max-warnings/ },
    { name: "the version is no error", args: ["--version"], code: 0, message: /\d+\.\d+\.\d+/ },
  ];
  for (const { name, args, code, message } of k_cases) {
    test(name, (t) => {
      const root = small_project(t);

      const result = run(root, args);

      assert.equal(result.code, code, result.text);
      assert.match(result.text, message);
      assert.ok(!existsSync(join(root, ".builder")));
    });
  }
});

test("--paranoid compares the readers of source files before it builds", (t) => {
  const root = small_project(t);
  assert.equal(run(root, ["--paranoid"]).code, 0);

  // No JavaScript: nothing can be assigned to a sum, and the grammar takes the assignment for a part of it.
  write_files(root, { "src/odd.ts": "const a = b + c = gql`d`;\n" });
  assert.throws(
    () => run(root, ["--paranoid"]),
    /exit code 70[^]*readers of source files disagree: src\/odd\.ts:1:19: /,
  );
});

test("human: a diagnostic has its place, the line, a caret and a suggestion", (t) => {
  const root = small_project(t, { "src/wrong.ts": k_wrong });

  const result = run(root);

  assert.equal(result.code, 1, result.text);
  assert.match(result.text, /src\/wrong\.ts:5:10/);
  assert.match(result.text, /5 \S*\s*me \{ nam \}/);
  assert.match(result.text, /\^/);
  assert.match(result.text, /Did you mean "name"\?/);
  assert.doesNotMatch(result.text, /\u001b/, "no colour without a terminal");
});

test("json: every line is an event, with protocol and generation; the build has all diagnostics", (t) => {
  const root = small_project(t, { "src/wrong.ts": k_wrong, ...k_unknown_files });

  const result = run(root, ["--format", "json"]);

  assert.equal(result.code, 1, result.text);
  assert.equal(result.stderr, "");
  for (const event of events_of(result)) {
    assert.equal(typeof event.event, "string");
    assert.equal(typeof event.protocol, "number");
    assert.equal(typeof event.generation, "number");
  }
  const found = diagnostics_of(result).map(({ path, code, severity, start, end }) => ({ path, code, severity, start, end }));
  assert.deepEqual(found, [
    {
      path: "src/unknown.ts",
      code: "UnknownTag",
      severity: "warning",
      start: { line: 2, column: 18 },
      end: { line: 2, column: 21 },
    },
    {
      path: "src/wrong.ts",
      code: "FieldsOnCorrectType",
      severity: "error",
      start: { line: 5, column: 10 },
      end: { line: 5, column: 13 },
    },
  ]);
});

test("json: a broken config is an event too", (t) => {
  const root = small_project(t, { "builder.config.json": "{" });

  const result = run(root, ["--format", "json"]);

  assert.equal(result.code, 2, result.text);
  assert.ok(events_of(result).length > 0);
  assert.match(result.stdout, /builder\.config\.json/);
});

test("github: a diagnostic is an annotation", (t) => {
  const root = small_project(t, { "src/wrong.ts": k_wrong, ...k_unknown_files });

  const result = run(root, ["--format", "github"]);

  assert.equal(result.code, 1, result.text);
  assert.match(result.stdout, /^::error file=src\/wrong\.ts,line=5,(endLine=5,)?col=10[^:]*::Cannot query field "nam"/m);
  assert.match(result.stdout, /^::warning file=src\/unknown\.ts,line=2,/m);
});

test("--max-warnings: more warnings than that are exit code 1, and all is built", (t) => {
  const root = small_project(t, { ...k_unknown_files });

  assert.equal(run(root, ["--max-warnings", "1"]).code, 0);
  const result = run(root, ["--max-warnings", "0"]);

  assert.equal(result.code, 1, result.text);
  assert.match(result.text, /warning/);
  assert.deepEqual(ids_of(root), ["src/good.ts::Good"]);
});

test("--quiet: silence where all is well, errors where not, no warnings", (t) => {
  const root = small_project(t, { ...k_unknown_files });
  assert.equal(run(root, ["--quiet"]).text, "");
  write_files(root, { "src/wrong.ts": k_wrong });

  const result = run(root, ["--quiet"]);

  assert.equal(result.code, 1);
  assert.match(result.text, /Cannot query field "nam"/);
  assert.doesNotMatch(result.text, /unheard-of/);
});

test("--out: outputs go there", (t) => {
  const root = small_project(t);

  assert.equal(run(root, ["--out", "build/graphql"]).code, 0);

  assert.deepEqual(ids_of(root, "build/graphql"), ["src/good.ts::Good"]);
  assert.ok(!existsSync(join(root, ".builder")));
});

test("--entry: only these files are read", (t) => {
  const root = small_project(t, {
    "src/a/one.ts": k_small_files["src/good.ts"].replace("Good", "One"),
    "src/b/two.ts": k_small_files["src/good.ts"].replace("Good", "Two"),
  });

  const result = run(root, ["--entry", "src/a/**", "--entry", "src/good.ts"]);

  assert.equal(result.code, 0, result.text);
  assert.deepEqual(ids_of(root), ["src/a/one.ts::One", "src/good.ts::Good"]);
});

describe("projects", () => {
  const k_files = {
    "builder.config.json": JSON.stringify({
      projects: {
        shop: { root: "shop", schema: "../schema.graphql", include: ["src/**"] },
        blog: { root: "blog", schema: "../schema.graphql", include: ["src/**"] },
      },
    }),
    "shop/src/s.ts": k_small_files["src/good.ts"].replace("Good", "Shop"),
    "blog/src/b.ts": k_small_files["src/good.ts"].replace("Good", "Blog"),
  };

  test("all are built", (t) => {
    const root = small_project(t, k_files);
    const result = run(root);
    assert.equal(result.code, 0, result.text);
    assert.deepEqual(ids_of(root, "shop/.builder"), ["src/s.ts::Shop"]);
    assert.deepEqual(ids_of(root, "blog/.builder"), ["src/b.ts::Blog"]);
  });

  test("-p builds one", (t) => {
    const root = small_project(t, k_files);
    const result = run(root, ["-p", "blog"]);
    assert.equal(result.code, 0, result.text);
    assert.ok(!existsSync(join(root, "shop/.builder")));
    assert.deepEqual(ids_of(root, "blog/.builder"), ["src/b.ts::Blog"]);
  });

  test("-p with an unknown name suggests one", (t) => {
    const result = run(small_project(t, k_files), ["-p", "blg"]);
    assert.equal(result.code, 2, result.text);
    assert.match(result.text, /blog/);
  });
});

describe("--check", () => {
  test("differences are listed, are exit code 1, and nothing is written", (t) => {
    const root = small_project(t, { "builder.config.json": k_committed });

    const result = run(root, ["--check"]);

    assert.equal(result.code, 1, result.text);
    assert.match(result.text, /modules\/src\/good\.ts\.mjs/);
    assert.ok(!existsSync(join(root, ".builder")));
  });

  test("outputs that fit are exit code 0", (t) => {
    const root = small_project(t, { "builder.config.json": k_committed });
    run(root);
    const before = snapshot(root);

    const result = run(root, ["--check"]);

    assert.equal(result.code, 0, result.text);
    assert.deepEqual(snapshot(root), before);
  });

  test("an output that was edited, and one that is left over, are differences", (t) => {
    const root = small_project(t, { "builder.config.json": k_committed, "src/old.ts": k_small_files["src/good.ts"].replace("Good", "Old") });
    run(root);
    const path = join(root, ".builder/modules/src/good.ts.mjs");
    writeFileSync(path, `${readFileSync(path, "utf8")}// edited\n`);
    write_files(root, { "src/old.ts": "export {};\n" });
    const before = snapshot(root);

    const result = run(root, ["--check"]);

    assert.equal(result.code, 1, result.text);
    assert.match(result.text, /good\.ts\.mjs/);
    assert.match(result.text, /old\.ts\.mjs/);
    assert.deepEqual(snapshot(root), before);
  });

  test("outputs that are not meant to be committed cannot be checked", (t) => {
    const root = small_project(t);
    run(root);

    const result = run(root, ["--check"]);

    assert.equal(result.code, 2, result.text);
    assert.match(result.text, /without "commitOutputs": true/);
    assert.doesNotMatch(result.text, /git ignores/);
  });

  test("an out folder that git ignores cannot be checked", (t) => {
    const root = small_project(t, { "builder.config.json": k_committed, ".gitignore": "# ours\n.builder/\n" });
    if (spawnSync("git", ["init", "--quiet", root]).status !== 0) {
      return t.skip("there is no git");
    }
    run(root);

    const result = run(root, ["--check"]);

    assert.equal(result.code, 2, result.text);
    assert.match(result.text, /git ignores \.builder because of \.gitignore:2:\.builder\//);
  });
});

describe("validate", () => {
  test("checks the whole project and writes nothing", (t) => {
    const root = copy_of_fixture(t);

    const result = run(root, ["validate"]);

    assert.equal(result.code, 0, result.text);
    assert.ok(!existsSync(join(root, ".builder")));
    assert.ok(!existsSync(join(root, ".cache")));
  });

  test("finds what a build finds", (t) => {
    const root = small_project(t, { "src/wrong.ts": k_wrong });

    const result = run(root, ["validate"]);

    assert.equal(result.code, 1, result.text);
    assert.match(result.text, /src\/wrong\.ts:5:10/);
    assert.ok(!existsSync(join(root, ".builder")));
  });
});

test("init writes a config that the next run builds with, and never over another one", (t) => {
  const root = small_project(t);
  rmSync(join(root, "builder.config.json"));

  const written = run(root, ["init"]);

  assert.equal(written.code, 0, written.text);
  assert.equal(run(root).code, 0);
  assert.deepEqual(ids_of(root), ["src/good.ts::Good"]);

  const config = readFileSync(join(root, "builder.config.json"), "utf8");
  const again = run(root, ["init"]);
  assert.equal(again.code, 2, again.text);
  assert.equal(readFileSync(join(root, "builder.config.json"), "utf8"), config);
});

test("without a config, one schema that is found by its content is enough", (t) => {
  const root = small_project(t);
  rmSync(join(root, "builder.config.json"));

  const result = run(root);

  assert.equal(result.code, 0, result.text);
  assert.deepEqual(ids_of(root), ["src/good.ts::Good"]);
});

test("the out folder keeps itself out of git, unless outputs are committed", (t) => {
  const ignored = small_project(t);
  run(ignored);
  assert.equal(readFileSync(join(ignored, ".builder/.gitignore"), "utf8").includes("*"), true);

  const committed = small_project(t, { "builder.config.json": k_committed });
  run(committed);
  assert.ok(!existsSync(join(committed, ".builder/.gitignore")));
});
