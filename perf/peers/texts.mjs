// usage: node texts.mjs NODE_MODULES relay|codegen OUT ARTIFACT
//
// Compares the operations that a peer wrote to the folder OUT with those of the builder's ARTIFACT,
// each as the text that goes to a server, and prints as JSON how many mean the same.
//
// Peers add fields that nobody wrote: what is only theirs may be `id`, `__typename`, and inline
// fragments that hold nothing else. All that is ours must be theirs. What has no order in GraphQL is
// compared in any.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [modules, kind, out, artifact] = process.argv.slice(2);
const graphql = createRequire(join(modules, "/"))("graphql");

function is_added(node) {
  if (node.kind !== "Field") {
    return node.kind === "InlineFragment" && node.selectionSet.selections.every(is_added);
  }
  const name = node.name.value;
  return node.alias ? name === "__typename" && /^__is[A-Z]/.test(node.alias.value) : name === "id" || name === "__typename";
}

// A node without what is selected from it.
function head_of(node) {
  const variables = node.variableDefinitions?.map(graphql.print).sort() ?? [];
  return [graphql.print({ ...node, variableDefinitions: [], selectionSet: undefined }), ...variables].join("\n");
}

function is_same(ours, theirs) {
  return !ours.selectionSet || are_same(ours.selectionSet.selections, theirs.selectionSet.selections);
}

// Each of ours is one of theirs, and nobody wrote the rest.
function are_same(ours, theirs) {
  const left = theirs.map((node) => [head_of(node), node]);
  for (const node of ours) {
    const head = head_of(node);
    const at = left.findIndex(([other, one]) => other === head && is_same(node, one));
    if (at < 0) {
      return false;
    }
    left.splice(at, 1);
  }
  return left.every(([, node]) => is_added(node));
}

function* relay_documents() {
  for (const name of readdirSync(out).filter((file) => file.endsWith(".graphql.ts"))) {
    const text = /^ *"text": (".*"),?$/m.exec(readFileSync(join(out, name), "utf8"));
    if (text) {
      yield graphql.parse(JSON.parse(text[1]));
    }
  }
}

function* codegen_documents() {
  const module = readFileSync(join(out, "graphql.ts"), "utf8");
  for (const [, node] of module.matchAll(/^export const \w+ = (\{.*\}) as unknown as DocumentNode/gm)) {
    yield JSON.parse(node);
  }
}

function operations_of(documents) {
  const texts = new Map();
  for (const document of documents) {
    const operation = document.definitions.find((one) => one.kind === "OperationDefinition");
    if (operation) {
      texts.set(operation.name.value, document.definitions);
    }
  }
  return texts;
}

const elements = Object.values(JSON.parse(readFileSync(artifact, "utf8")).elements);
const ours = operations_of(
  elements.filter((one) => one.type === "operation").map((one) => graphql.parse(one.prebuild.document)),
);
const theirs = operations_of(kind === "relay" ? relay_documents() : codegen_documents());
const different = [...new Set([...ours.keys(), ...theirs.keys()])].filter(
  (name) => !ours.has(name) || !theirs.has(name) || !are_same(ours.get(name), theirs.get(name)),
);
if (ours.size === 0) {
  different.push("there is no operation");
}
console.log(JSON.stringify({ ours: ours.size, theirs: theirs.size, different: different.sort() }));
