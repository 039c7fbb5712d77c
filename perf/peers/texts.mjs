// usage: node texts.mjs NODE_MODULES relay|codegen OUT ARTIFACT
//
// Compares the operations that a peer wrote to the folder OUT with those of the builder's ARTIFACT,
// each as the text that goes to a server, and prints as JSON how many mean the same.
//
// Peers add fields that nobody wrote, so `id` and `__typename` are left out of all selections, with
// inline fragments that hold nothing else; what has no order in GraphQL is sorted.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [modules, kind, out, artifact] = process.argv.slice(2);
const graphql = createRequire(join(modules, "/"))("graphql");

function is_added(node) {
  if (node.kind !== "Field") {
    return node.kind === "InlineFragment" && !node.selectionSet;
  }
  const name = node.name.value;
  return node.alias ? name === "__typename" && /^__is[A-Z]/.test(node.alias.value) : name === "id" || name === "__typename";
}
const by_text = (nodes) =>
  nodes
    .map((node) => [graphql.print(node), node])
    .sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
    .map(([, node]) => node);

function normalized(document) {
  const plain = graphql.visit(document, {
    SelectionSet: {
      leave(node) {
        const selections = by_text(node.selections.filter((selection) => !is_added(selection)));
        return selections.length > 0 ? { ...node, selections } : null;
      },
    },
    OperationDefinition: {
      leave: (node) => ({ ...node, variableDefinitions: by_text(node.variableDefinitions ?? []) }),
    },
  });
  return by_text(plain.definitions).map(graphql.print).join("\n");
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
      texts.set(operation.name.value, normalized(document));
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
  (name) => ours.get(name) !== theirs.get(name),
);
console.log(JSON.stringify({ ours: ours.size, theirs: theirs.size, different: different.sort() }));
