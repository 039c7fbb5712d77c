// What artifact.json must say, put together from the definitions that source_definitions.mjs found.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { graphql } from "../support/packages.mjs";

export function load_schemas(root, hand) {
  const schemas = {};
  for (const [label, folder_or_file] of Object.entries(hand.schemas)) {
    const path = join(root, folder_or_file);
    const files = path.endsWith(".graphql")
      ? [path]
      : readdirSync(path).sort().map((name) => join(path, name));
    const sdl = files.map((file) => readFileSync(file, "utf8")).join("\n");
    schemas[label] = graphql.buildSchema(sdl);
  }
  return schemas;
}

function spreads_of(node) {
  const names = new Set();
  graphql.visit(node, { FragmentSpread: (spread) => void names.add(spread.name.value) });
  return names;
}

/** A fragment's name means the one of its own file, else the only one of its schema. */
function find_fragment(definitions, user, name) {
  const candidates = definitions.filter(
    ({ node, schema }) =>
      node.kind === "FragmentDefinition" && node.name.value === name && schema === user.schema,
  );
  const found = candidates.find(({ path }) => path === user.path) ?? candidates[0];
  if (!found) {
    throw new Error(`${user.path} spreads ${name}, which is nowhere`);
  }
  return found;
}

/** `definition` and every fragment that it reaches, the latter in name order. */
export function closure(definitions, definition) {
  const fragments = new Map();
  const queue = [definition];
  while (queue.length > 0) {
    const user = queue.pop();
    for (const name of spreads_of(user.node)) {
      if (!fragments.has(name)) {
        const fragment = find_fragment(definitions, user, name);
        fragments.set(name, fragment.node);
        queue.push(fragment);
      }
    }
  }
  const names = [...fragments.keys()].sort((a, b) => (a < b ? -1 : 1));
  return { kind: "Document", definitions: [definition.node, ...names.map((name) => fragments.get(name))] };
}

function prebuild_of(definitions, definition) {
  const { node, schema } = definition;
  if (node.kind === "FragmentDefinition") {
    return {
      typename: node.typeCondition.name.value,
      fragmentName: node.name.value,
      schemaLabel: schema,
      document: graphql.print(node),
    };
  }
  const document = graphql.print(closure(definitions, definition));
  return {
    operationType: node.operation,
    operationName: node.name?.value ?? null,
    schemaLabel: schema,
    variableNames: (node.variableDefinitions ?? []).map(({ variable }) => variable.name.value),
    document,
    documentId: `sha256:${createHash("sha256").update(document).digest("hex")}`,
  };
}

/** Canonical id -> `{ type, sourcePath, prebuild }`, sorted by id. */
export function expected_elements(definitions, hand) {
  const elements = [];
  for (const definition of definitions) {
    const { path, node } = definition;
    const is_fragment = node.kind === "FragmentDefinition";
    let name = node.name?.value ?? hand.anonymous[path];
    const has_namesake = definitions.some(
      (other) => other !== definition && other.path === path && other.node.name?.value === name,
    );
    if (has_namesake && !is_fragment) {
      name += "$operation";
    }
    elements.push([
      `${path}::${name}`,
      {
        type: is_fragment ? "fragment" : "operation",
        sourcePath: path,
        prebuild: prebuild_of(definitions, definition),
      },
    ]);
  }
  elements.sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return Object.fromEntries(elements);
}
