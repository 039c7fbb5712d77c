// npm packages that tests compare with. They are installed in tests/node by tools/setup; a test
// that needs one says so and is skipped where they are missing.
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const require = createRequire(fileURLToPath(new URL("../../node/package.json", import.meta.url)));

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

/** For node:test: false, or why a test of the packages is skipped. */
export const skip_without_packages =
  graphql && typescript ? false : "skipped: the packages of tests/node are not installed (run tools/setup)";
