// Compares our module resolver with TypeScript's own (moduleResolution "bundler") on generated
// projects. Run by hand:
//
//   node tests/discovery/differential/module_resolution.mjs PROBE TYPESCRIPT_DIR [SEED [ROUNDS]]
//
// PROBE is the built probe_modules, TYPESCRIPT_DIR the folder of npm's `typescript`. Prints every
// difference that is not intended (see docs/decisions/0026-module-resolution.md) and the counts;
// exits with 1 if there is one.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";

const [probe, typescript_dir, seed_text = "1", rounds_text = "50"] = process.argv.slice(2);
const ts = createRequire(import.meta.url)(join(typescript_dir, "lib/typescript.js"));

let state = Number(seed_text);
function random(below) {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) % below;
}
const pick = (list) => list[random(list.length)];
const maybe = (percent) => random(100) < percent;

const k_folders = ["", "src", "src/lib", "src/lib/deep", "gen", "gen/lib", "packages/ui", "packages/ui/src", "packages/ui/src/b"];
const k_stems = ["a", "b", "c", "index", "a.b", "x.js"];
const k_extensions = [".ts", ".tsx", ".js", ".jsx", ".mts", ".cts", ".mjs", ".cjs", ".json", ".d.ts"];

/** Writes a random project; returns its importers. */
function write_project(root) {
  const write = (path, text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), typeof text === "string" ? text : JSON.stringify(text));
  };
  for (const folder of k_folders) {
    for (let i = random(7); i > 0; --i) {
      const name = pick(k_stems) + pick(k_extensions);
      write(join(folder, name), name.endsWith(".json") ? "{}" : "export {};\n");
    }
    write(join(folder, "importer.ts"), "export {};\n");
  }
  for (const folder of ["src/lib", "gen", "src"]) {
    if (maybe(25)) {
      const entry = () => pick(["./a.js", "b", "./lib", "./index.d.ts", "./c.tsx", "./deep/a", "a.ts"]);
      write(join(folder, "package.json"), {
        ...(maybe(50) && { main: entry() }), ...(maybe(30) && { types: entry() }),
        ...(maybe(10) && { typings: entry() }),
      });
    }
  }
  const target = () => pick(["./src/a.js", "./src/index.ts", "./a.js", "./src/b/c.tsx", "./gone.js", null, "./src/index.d.ts", "./index.js"]);
  const conditions = () => (maybe(40) ? target() : maybe(30) ? [target(), target()].map((one) => one ?? "./x.js")
    : { ...(maybe(50) && { types: target() }), ...(maybe(30) && { require: target() }), ...(maybe(50) && { import: target() }), default: target() });
  write("packages/ui/package.json", {
    name: "@acme/ui",
    ...(maybe(50) && { main: pick(["./src/index.js", "index", "./src"]) }),
    ...(maybe(60) && {
      exports: maybe(20) ? (target() ?? "./index.js") : { ".": conditions(), "./b/*": pick(["./src/b/*.js", "./src/b/*.ts", "./src/b/*"]), "./a": conditions(), "./b/c": conditions() },
    }),
    imports: { "#a": conditions(), "#b/*": "./src/b/*.js", "#ui": "@acme/ui" },
  });
  mkdirSync(join(root, "node_modules/@acme"), { recursive: true });
  symlinkSync("../../packages/ui", join(root, "node_modules/@acme/ui"));
  write("node_modules/react/package.json", { name: "react", main: "index.js" });
  write("node_modules/react/index.js", "");
  const options = {
    ...(maybe(40) && { baseUrl: pick([".", "src", "gen"]) }),
    ...(maybe(30) && { rootDirs: ["src", "gen"] }),
    ...(maybe(70) && {
      paths: {
        "@/*": pick([["./src/*"], ["./gen/*", "./src/*"], ["./src/lib/*", "./gone/*"]]),
        "@/lib/*": ["./gen/lib/*"], exact: ["./src/a"], "exact/*": ["./src/*.ts", "./src/*"], "*/b": ["./src/*"],
      },
    }),
  };
  write("base.json", { compilerOptions: options });
  write("tsconfig.json", maybe(50) ? { extends: "./base.json" } : { compilerOptions: options });
  if (maybe(30)) {
    write("src/tsconfig.json", { extends: ["../base.json"], compilerOptions: { paths: { "@/*": ["./*"] } } });
  }
  return k_folders.map((folder) => join(folder, "importer.ts"));
}

function specifiers() {
  const name = () => pick([...k_stems, "lib", "b", "src", "deep", "gone"]) + pick(["", "", "", ".js", ".ts", ".jsx", ".tsx", ".mjs", ".cjs", ".mts", ".json"]);
  const list = [".", "..", "./", "../", "./lib/", "@acme/ui", "@acme/ui/a", "@acme/ui/src/a", "@acme/ui/b/c", "#a", "#b/a", "#ui", "#none", "react", "exact", "@/lib"];
  for (let i = 0; i < 40; ++i) {
    list.push(pick(["./", "../", "../../", "./lib/", "./b/", "@/", "@/lib/", "", "src/", "lib/", "exact/", "@acme/ui/b/", "#b/"]) + name());
  }
  return [...new Set(list)].filter((one) => one !== "");
}

const host = ts.sys;
const configs = new Map();
function options_for(root, importer) {
  const path = ts.findConfigFile(dirname(join(root, importer)), host.fileExists, "tsconfig.json");
  if (!configs.has(path)) {
    const parsed = ts.parseJsonConfigFileContent(ts.readConfigFile(path, host.readFile).config, host, dirname(path));
    configs.set(path, {
      ...parsed.options, allowJs: true, resolveJsonModule: true, module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler, target: ts.ScriptTarget.ESNext,
    });
  }
  return configs.get(path);
}

function theirs(root, importer, specifier) {
  const found = ts.resolveModuleName(specifier, join(root, importer), options_for(root, importer), host).resolvedModule;
  if (!found) {
    return "nothing\t";
  }
  const path = relative(root, realpathSync(found.resolvedFileName));
  if (path.startsWith("node_modules/")) {
    return `package\t${path.split("/")[1]}`;
  }
  return `${path.endsWith(".json") ? "other" : "source"}\t${path}`;
}

/** Differences that decision 0026 wants. */
function is_intended(specifier, ours, their) {
  const found_more = their.startsWith("nothing") && !ours.startsWith("nothing");
  return (
    // Scripts stand before declarations.
    (their.endsWith(".d.ts") && /\.[cm]?jsx?$/.test(ours)) ||
    // TypeScript looks into rootDirs for "./", but not for ".".
    (found_more && (specifier === "." || specifier === "..")) ||
    // The name of a package that is not there; decision 0051.
    (found_more && ours.startsWith("package")) ||
    // Below a folder with a package.json, where nothing else answers.
    (found_more && /^(src|lib|gen)\//.test(specifier))
  );
}

const totals = { requests: 0, found: 0, intended: 0, different: 0 };
for (let round = 0; round < Number(rounds_text); ++round) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "module_resolution.")));
  configs.clear();
  const requests = write_project(root).flatMap((importer) => specifiers().map((specifier) => [importer, specifier]));
  const answer = spawnSync(probe, [root], { input: requests.map((one) => one.join("\t") + "\n").join(""), encoding: "utf8", maxBuffer: 1 << 28 });
  const ours = answer.stdout.split("\n");
  requests.forEach(([importer, specifier], i) => {
    const their = theirs(root, importer, specifier);
    totals.requests += 1;
    totals.found += their.startsWith("nothing") ? 0 : 1;
    if (ours[i] === their) {
      return;
    }
    if (is_intended(specifier, ours[i], their)) {
      totals.intended += 1;
      return;
    }
    totals.different += 1;
    if (totals.different <= 40) {
      console.log(JSON.stringify({ round, importer, specifier, ours: ours[i], their }));
    }
  });
  rmSync(root, { recursive: true });
}
console.log(totals);
process.exit(totals.different === 0 && totals.found > 0 ? 0 : 1);
