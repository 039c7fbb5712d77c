#include "session/config/evaluate_script.h"

#include <string_view>

#include "base/child_process.h"
#include "base/source_path.h"

namespace session::config {
namespace {

/// Stands before the result, for a config may print what it likes.
constexpr std::string_view k_marker =
    "\x1e"
    "builder-config:";

/// Run as `node -e SCRIPT FILE MARKER`.
constexpr const char* k_script = R"js(
const [file, marker] = process.argv.slice(1);
const { readFileSync } = require("node:fs");
const Module = require("node:module");
const { pathToFileURL } = require("node:url");
const project_require = Module.createRequire(file);
console.log = console.info = console.debug = console.error;

// Each returns the module, or throws.
const by_node = () => import(pathToFileURL(file).href);
const through_commonjs = (transpile) => {
  for (const extension of [".ts", ".mts", ".cts", ".js", ".mjs"]) {
    Module._extensions[extension] = (module, path) => {
      const code = readFileSync(path, "utf8");
      const is_own = !path.includes("/node_modules/");
      module._compile(is_own ? transpile(code, path) : code, path);
    };
  }
  return project_require(file);
};
const by_typescript = () => {
  const ts = project_require("typescript");
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2020, esModuleInterop: true };
  return through_commonjs((code, fileName) => ts.transpileModule(code, { compilerOptions, fileName }).outputText);
};
const by_esbuild = () => {
  const esbuild = project_require("esbuild");
  return through_commonjs((code) => esbuild.transformSync(code, { loader: "ts", format: "cjs", target: "es2020" }).code);
};
const by_jiti = async () => {
  const jiti = project_require("jiti");
  const create = jiti.createJiti ?? jiti.default ?? jiti;
  const load = create(file, { interopDefault: true });
  return load.import ? load.import(file) : load(file);
};
const by_tsx = () => project_require("tsx/cjs/api").require(file, file);

const is_missing_tool = (error) =>
  error?.code === "MODULE_NOT_FOUND" && /Cannot find module '(typescript|esbuild|jiti|tsx)/.test(error.message);

async function load() {
  const is_typescript = /\.[cm]?ts$/.test(file);
  const ways = is_typescript ? [by_node, by_typescript, by_esbuild, by_jiti, by_tsx] : [by_node];
  let first_error;
  for (const way of ways) {
    try {
      return await way();
    } catch (error) {
      const is_unable = way === by_node && is_typescript && error?.code === "ERR_UNKNOWN_FILE_EXTENSION";
      if (!is_unable && !is_missing_tool(error)) {
        first_error ??= error;
      }
    }
  }
  throw first_error ?? new Error(
    `Node ${process.versions.node} does not read TypeScript, and the project has none of typescript, esbuild, jiti and tsx`);
}

load()
  .then(async (loaded) => {
    let config = loaded;
    for (let i = 0; i < 3 && config && typeof config === "object" && "default" in config; i += 1) {
      config = config.default;
    }
    config = await (typeof config === "function" ? config() : config);
    process.stdout.write(marker + JSON.stringify(config ?? null), () => process.exit(0));
  })
  .catch((error) => {
    console.error(error?.message ?? String(error));
    process.exit(1);
  });
)js";

/// What Node said, without stack and repeated lines.
std::string first_lines(std::string_view text) {
  constexpr int k_lines = 5;
  std::size_t end = 0;
  for (int line = 0; line < k_lines && end < text.size(); ++line) {
    end = std::min(text.find('\n', end), text.size() - 1) + 1;
  }
  std::string result(text.substr(0, end));
  while (!result.empty() && result.back() == '\n') {
    result.pop_back();
  }
  return result;
}

}  // namespace

base::Result<std::string> evaluate_script(const std::string& absolute_path) {
  base::ChildRequest request;
  request.command = {"node", "-e", k_script, absolute_path, std::string(k_marker)};
  request.working_dir = std::string(base::parent_path(absolute_path));
  const base::Result<base::ChildOutcome> outcome = base::run_child(request);
  if (!outcome.has_value()) {
    return outcome.error().code == base::ErrorCode::not_found
               ? base::fail(base::ErrorCode::invalid_config,
                            "it is code, and there is no `node` to run it with")
               : base::fail(base::ErrorCode::invalid_config, outcome.error().message);
  }
  const std::size_t marker = outcome->output.rfind(k_marker);
  if (outcome->exit_code != 0 || marker == std::string::npos) {
    return base::fail(base::ErrorCode::invalid_config,
                      "Node says: " + first_lines(outcome->error_output));
  }
  return outcome->output.substr(marker + k_marker.size());
}

}  // namespace session::config
