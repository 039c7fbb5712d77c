// Emits modules into folders that go when the test ends.
import { spawnSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const k_program = process.env.BUILDER_EMIT_MODULES;

/** A new empty folder. */
export function temporary_folder(t) {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "builder-node-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Emits `files` (source path -> list of exports; see emit_modules.cpp) and says where each module is. */
export function emit(folder, format, files) {
  const result = spawnSync(k_program, [folder], {
    input: JSON.stringify({ format, files }),
    encoding: "utf8",
  });
  if (result.status !== 0) {
    throw new Error(`emit_modules failed: ${result.error ?? result.stderr}`);
  }
  const paths = JSON.parse(result.stdout);
  return Object.fromEntries(Object.entries(paths).map(([source, path]) => [source, join(folder, path)]));
}

/** An export of the definition in `text`, under its own name or another one. */
export function definition(text, name = /(?:query|mutation|subscription|fragment)\s+(\w+)/.exec(text)[1]) {
  return { name, text };
}
