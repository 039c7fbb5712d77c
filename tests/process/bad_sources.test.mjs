// What is wrong with one file: a diagnostic for it, and everything else is built.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";

import { unprivileged_wrapper } from "./support/privileges.mjs";
import { diagnostics_of, ids_of, on_end, run, small_project, write_files } from "./support/project.mjs";

const k_import = 'import { gql } from "graphql-tag";\n';

/**
 * Runs in `root`: the diagnostics must name `path` with `code` (null: no diagnostic at all), the
 * exit code must fit them, and the good definition and `ids` must be built.
 */
function assert_rest_built(root, { path, code, severity = "error", ids = [], message = /./ }, options) {
  const result = run(root, ["--format", "json"], options);
  const diagnostics = diagnostics_of(result);
  const found = diagnostics.map((one) => [one.path, one.code, one.severity].join(" "));
  assert.deepEqual(found, code === null ? [] : [[path, code, severity].join(" ")], result.text);
  for (const one of diagnostics) {
    assert.match(one.message, message);
  }
  assert.equal(result.code, diagnostics.some((one) => one.severity === "error") ? 1 : 0, result.text);
  assert.deepEqual(ids_of(root), ["src/good.ts::Good", ...ids].sort());
}

/** A half-typed attribute: tree-sitter's TSX grammar chews on this for minutes. */
const k_half_typed = `${k_import}
type Part = { id: string; type: string; text?: string };

export const PART = gql\`query Part { me { name } }\`;

export function Parts({ parts, onPick }: { parts: Part[]; onPick: (id: string) => void }) {
  return (
    <div className="parts">
      {parts.map((part) => (
        <span null / 2 + className={part.type} key={part.id} onClick={() => onPick(part.id)}>
          {part.text ? <b className={part.type}>{part.text}</b> : <i>{part.type}</i>}
          {part.type === "a" && <a href={part.id}>{part.text}</a>}
          {part.type === "b" ? (
            <em className={part.type} title={part.text}>{part.text}</em>
          ) : (
            <Other value={part.text} onChange={(value) => onPick(value)}>{part.id}</Other>
          )}
        </span>
      ))}
    </div>
  );
}
`;

const k_text_cases = [
  {
    name: "a binary file named .ts",
    content: Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 167 + (i >> 3)) % 256)),
    code: "BinaryFile",
  },
  {
    name: "a program file named .ts whose bytes hold the word gql and zeros",
    content: Buffer.concat([Buffer.from("\x7fELF\0\0gql`query X { me { id } }`\0"), Buffer.alloc(2000, 0xff)]),
    code: "BinaryFile",
  },
  {
    name: "invalid UTF-8 in a template",
    content: Buffer.concat([Buffer.from(`${k_import}gql\`query Bad { user(name: "`), Buffer.from([0xc3, 0x28]), Buffer.from("\") { id } }`;\n")]),
    code: "InvalidUtf8",
  },
  {
    name: "a template without an end",
    content: `${k_import}export const A = gql\`\n  query Open {\n    me { id }\n  }\n`,
    code: "UnterminatedTemplate",
  },
  {
    name: "syntax errors before and behind a valid template",
    content: `${k_import}const = ;\nfunction (\nexport const A = gql\`query Amid { me { id } }\`;\nclass { ] }\nif (\n`,
    code: null,
    ids: ["src/bad.ts::Amid"],
  },
  {
    name: "an interpolation of an unknown value",
    content: `${k_import}const make = () => "id";\nexport const A = gql\`query Made { me { \${make()} } }\`;\n`,
    code: "UnresolvedInterpolation",
  },
  {
    name: "an interpolation of a name that is nowhere",
    content: `${k_import}import { PARTS } from "./missing";\nexport const A = gql\`query Made { me { id } } \${PARTS}\`;\n`,
    code: "UnresolvedInterpolation",
    message: /"\.\/missing" cannot be found/,
  },
  {
    name: "a tag from an unknown package",
    content: 'import { gql } from "unheard-of";\nexport const A = gql`query Unheard { me { id } }`;\n',
    code: "UnknownTag",
    severity: "warning",
    message: /unheard-of/,
  },
  {
    name: "a GraphQL syntax error",
    content: `${k_import}export const A = gql\`query Broken { me { id }\`;\n`,
    code: "SyntaxError",
    message: /Syntax Error: Expected Name, found <EOF>\./,
  },
  {
    name: "an unknown field, with a suggestion",
    content: `${k_import}export const A = gql\`query Wrong { me { nam } }\`;\n`,
    code: "FieldsOnCorrectType",
    message: /Cannot query field "nam" on type "User"\. Did you mean "name"\?/,
  },
  {
    name: "an unknown fragment",
    content: `${k_import}export const A = gql\`query Wrong { me { ...Nowhere } }\`;\n`,
    code: "KnownFragmentNames",
    message: /Unknown fragment "Nowhere"\./,
  },
  {
    name: "documents and type definitions in one template",
    content: `${k_import}export const A = gql\`query Mixed { me { id } } type Extra { id: ID }\`;\n`,
    code: "ExecutableDefinitions",
  },
];

describe("a diagnostic for the file, and the rest is built:", () => {
  for (const { name, content, ...expected } of k_text_cases) {
    test(name, (t) => {
      const root = small_project(t, { "src/bad.ts": content });
      write_files(root, { "package.json": '{ "dependencies": { "unheard-of": "1.0.0" } }\n' });
      assert_rest_built(root, { path: "src/bad.ts", ...expected });
    });
  }

  test("a half-typed element that would hold the parser for minutes", (t) => {
    const root = small_project(t, { "src/half.tsx": k_half_typed });
    assert_rest_built(root, { path: "src/half.tsx", code: "ParseLimitExceeded" });
  });

  test("a file of 100 MB", (t) => {
    const root = small_project(t, { "src/huge.ts": k_import });
    truncateSync(join(root, "src/huge.ts"), 100 << 20);
    assert_rest_built(root, { path: "src/huge.ts", code: "FileTooLarge" });
  });

  test("a file that may not be read", (t) => {
    const wrapper = unprivileged_wrapper();
    if (wrapper === null) {
      t.skip("skipped: root cannot become another user here");
      return;
    }
    const root = small_project(t, { "src/secret.ts": k_import });
    spawnSync("chmod", ["-R", "a+rwX", root]);
    chmodSync(join(root, "src/secret.ts"), 0);
    if (wrapper.length > 0) {
      spawnSync("chown", ["-R", "65534", root]);
    }
    assert_rest_built(
      root,
      { path: "src/secret.ts", code: "UnreadableFile", message: /[Pp]ermission denied/ },
      { wrapper },
    );
  });

  test("a FIFO named .ts", (t) => {
    const root = small_project(t);
    const made = spawnSync("mkfifo", [join(root, "src/pipe.ts")]);
    assert.equal(made.status, 0);
    assert_rest_built(root, { path: "src/pipe.ts", code: "UnreadableFile" });
  });

  test("symlinks to each other", (t) => {
    const root = small_project(t);
    symlinkSync("b.ts", join(root, "src/a.ts"));
    symlinkSync("a.ts", join(root, "src/b.ts"));
    const result = run(root, ["--format", "json"]);
    assert.deepEqual(diagnostics_of(result).map(({ path }) => path), ["src/a.ts", "src/b.ts"], result.text);
    assert.deepEqual(ids_of(root), ["src/good.ts::Good"]);
  });

  test("a symlink to nothing", (t) => {
    const root = small_project(t);
    symlinkSync("nowhere.ts", join(root, "src/dangling.ts"));
    assert_rest_built(root, { path: "src/dangling.ts", code: "UnreadableFile" });
  });

  test("a file name that is not UTF-8", (t) => {
    const root = small_project(t);
    const name = Buffer.concat([Buffer.from(join(root, "src/caf")), Buffer.from([0xe9]), Buffer.from(".ts")]);
    writeFileSync(name, `${k_import}export const A = gql\`query Cafe { me { id } }\`;\n`);
    const result = run(root, ["--format", "json"]);
    const diagnostics = diagnostics_of(result);
    assert.deepEqual(diagnostics.map(({ code }) => code), ["InvalidFileName"], result.text);
    assert.match(diagnostics[0].path, /src\/caf.*\.ts/);
    assert.deepEqual(ids_of(root), ["src/good.ts::Good"]);
  });
});

test("a folder that links to its parent is walked once", (t) => {
  const root = small_project(t);
  symlinkSync("..", join(root, "src/loop"));
  symlinkSync("src", join(root, "again"));
  assert_rest_built(root, { code: null });
});

test("an error in a fragment is reported once, with the count of what it blocks", (t) => {
  const users = Object.fromEntries(
    Array.from({ length: 5 }, (_, i) => [
      `src/user${i}.ts`,
      `${k_import}export const A = gql\`query User${i} { me { ...Parts } }\`;\n`,
    ]),
  );
  const root = small_project(t, {
    ...users,
    "src/parts.ts": `${k_import}export const P = gql\`fragment Parts on User { nope }\`;\n`,
  });

  assert_rest_built(root, { path: "src/parts.ts", code: "FieldsOnCorrectType" });

  assert.match(run(root).text, /5 (other )?definitions/);
  assert.ok(existsSync(join(root, ".builder/modules/src/user0.ts.mjs")), "a stub stands for what is not built");
});

test("files that vanish and come back while they are read never stop a build", async (t) => {
  const root = small_project(t);
  const flicker = `
    const { writeFileSync, rmSync, mkdirSync } = require("fs");
    for (let i = 0; ; i++) {
      const folder = "src/f" + (i % 7);
      mkdirSync(folder, { recursive: true });
      for (let k = 0; k < 20; k++)
        writeFileSync(folder + "/" + k + ".ts", 'import { gql } from "graphql-tag"; export const A = gql\`query F' + (i % 7) + '_' + k + ' { me { id } }\`;');
      rmSync(folder, { recursive: true, force: true });
    }`;
  const child = spawn(process.execPath, ["-e", flicker], { cwd: root, stdio: "ignore" });
  on_end(t, () => child.kill("SIGKILL"));

  for (let i = 0; i < 15; ++i) {
    const result = run(root);
    assert.ok([0, 1].includes(result.code), `${result.code}: ${result.text}`);
    assert.ok(ids_of(root).includes("src/good.ts::Good"));
  }

  child.kill("SIGKILL");
  await new Promise((resolve) => child.once("close", resolve));
  spawnSync("sh", ["-c", "rm -rf src/f?"], { cwd: root });
  assert_rest_built(root, { code: null });
});

test("a source that is a folder, and an empty one, are no reason to stop", (t) => {
  const root = small_project(t, { "src/folder.ts/inner.ts": "export {};\n", "src/empty.ts": "" });
  write_files(root, { "src/only-bom.ts": "\ufeff" });
  assert_rest_built(root, { code: null });
});
