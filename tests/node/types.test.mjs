// Emitted declarations type-check under the strictest settings, whatever the exports are called.
import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

import { definition, emit, temporary_folder } from "./support/emit.mjs";
import { graphql, skip_without_packages, typescript } from "./support/packages.mjs";

const k_node_modules = fileURLToPath(new URL("node_modules", import.meta.url));

// Reserved words, globals, names that our own code might use, and names that are no identifiers.
const k_names = [
  "Ordinary", "_under", "delete", "default", "import", "class", "await", "yield", "let", "static", "enum", "async",
  "undefined", "NaN", "Infinity", "eval", "arguments", "Map", "Object", "Error", "Promise", "Symbol", "globalThis",
  "exports", "require", "module", "DocumentNode", "found", "own", "names", "collect", "message", "document", "stub",
  "type", "declare", "of", "get", "set", "as", "from", "constructor", "toString", "then", "name", "length",
  "Twice", "Twice$1", "Both$operation", "anonymous$0123abcd", "user.queries.byId", "a b", "größe", "日本", "1st",
  "it's \"quoted\" \\", "with\nbreak", "\u2028",
];

function file_of(kind) {
  return k_names.map((name, i) => definition(kind === "query" ? `query Q${i} { a ...F${i} }` : `fragment F${i} on T { f ...Shared }`, name));
}

function project() {
  return {
    "src/queries.ts": file_of("query"),
    "src/fragments.ts": file_of("fragment"),
    "src/both.ts": [...file_of("query").slice(0, 3), { name: "Broken", stub: "message" }].map((item) =>
      item.text ? { ...item, text: item.text.replace(/F\d+/, "Shared").replace(/Q(\d+)/, "B$1") } : item,
    ),
    "src/shared.ts": [definition("fragment Shared on T { s }")],
  };
}

function type_check(files, options) {
  const program = typescript.createProgram(files, {
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    verbatimModuleSyntax: true,
    isolatedModules: true,
    target: typescript.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
    types: [],
    ...options,
  });
  return typescript
    .getPreEmitDiagnostics(program)
    .map(({ file, messageText }) => `${file?.fileName ?? ""}: ${typescript.flattenDiagnosticMessageText(messageText, "\n")}`);
}

function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

function specifier(from, to) {
  const path = relative(dirname(from), to);
  return JSON.stringify(path.startsWith("../") ? path : `./${path}`);
}

function user_code(from, paths) {
  const lines = ['import type { DocumentNode } from "graphql";'];
  Object.values(paths).forEach((path, i) => lines.push(`import * as m${i} from ${specifier(from, path)};`));
  // A CommonJS module has itself as default export beside its names.
  lines.push("type Named<T> = { [K in Exclude<keyof T, 'default'>]: T[K] };");
  lines.push("export const all: readonly [Named<typeof m0>, Named<typeof m1>, Named<typeof m2>, Named<typeof m3>] = [m0, m1, m2, m3];");
  lines.push("export const same: ReadonlyArray<Readonly<Record<string, DocumentNode>>> = all;");
  lines.push("export const one: DocumentNode = m1.Ordinary;");
  lines.push("// @ts-expect-error there is no such definition");
  lines.push("export const none = m1.Ordinaty;");
  return lines.join("\n");
}

const k_modes = {
  bundler: { module: "ESNext", moduleResolution: "Bundler" },
  nodenext: { module: "NodeNext", moduleResolution: "NodeNext" },
};

describe("emitted declarations", { skip: skip_without_packages }, () => {
  for (const [mode, { module, moduleResolution }] of Object.entries(k_modes)) {
    for (const format of ["esm", "cjs"]) {
      test(`of ${format} modules type-check with ${mode}`, (t) => {
        const folder = temporary_folder(t);
        symlinkSync(k_node_modules, join(folder, "node_modules"));
        const paths = emit(join(folder, ".builder"), format, project());
        const main = join(folder, "src", "main.mts");
        write(main, user_code(main, paths));

        const declarations = Object.values(paths).map((path) => path.replace(/\.([mc])js$/, ".d.$1ts"));
        assert.deepEqual(
          type_check([main, ...declarations], {
            module: typescript.ModuleKind[module],
            moduleResolution: typescript.ModuleResolutionKind[moduleResolution],
          }),
          [],
        );
      });
    }
  }

  for (const format of ["esm", "cjs"]) {
    test(`name exactly what a ${format} module exports, with any name`, async (t) => {
      const paths = emit(temporary_folder(t), format, project());

      const queries = await load(paths["src/queries.ts"], format);
      const fragments = await load(paths["src/fragments.ts"], format);

      k_names.forEach((name, i) => {
        assert.equal(graphql.print(queries[name]), graphql.print(graphql.parse(`query Q${i} { a ...F${i} } fragment F${i} on T { f ...Shared } fragment Shared on T { s }`)), name);
        assert.equal(fragments[name].definitions[0].name.value, `F${i}`);
      });
      const exported = Object.keys(fragments).filter((name) => !name.startsWith("$$"));
      assert.deepEqual(exported.sort(), [...k_names].sort());
    });
  }

  test("are silent where graphql is missing and libraries are not checked", (t) => {
    const folder = temporary_folder(t);
    const paths = emit(join(folder, ".builder"), "esm", { "a.ts": [definition("query Q { a }")] });
    const main = join(folder, "main.mts");
    write(main, `import { Q } from ${specifier(main, paths["a.ts"])};\nexport const q: unknown = Q;`);
    const options = { module: typescript.ModuleKind.NodeNext, moduleResolution: typescript.ModuleResolutionKind.NodeNext };

    assert.deepEqual(type_check([main], { ...options, skipLibCheck: true }), []);
    assert.match(type_check([main], options).join("\n"), /a\.ts\.d\.mts: Cannot find module 'graphql'/);
  });
});

async function load(path, format) {
  if (format === "esm") {
    return import(pathToFileURL(path));
  }
  return createRequire(import.meta.url)(path);
}
