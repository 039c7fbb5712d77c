// The npm packages that emitted modules are tried with. They are installed here by tools/setup; a
// test that needs one is skipped where it is missing.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

function load(name) {
  try {
    return require(name);
  } catch (error) {
    if (error.code === "MODULE_NOT_FOUND") {
      return null;
    }
    throw error;
  }
}

export const graphql = load("graphql");
export const typescript = load("typescript");
export const esbuild = load("esbuild");
export const rollup = load("rollup");

/** For node:test: false, or why a test is skipped. */
export const skip_without_packages =
  graphql && typescript && esbuild && rollup
    ? false
    : "skipped: the packages of tests/node are not installed (run tools/setup)";
