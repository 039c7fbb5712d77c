// Emitted documents run against a real GraphQL server over HTTP: as modules, and out of bundles.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";

import { definition, emit, temporary_folder } from "./support/emit.mjs";
import { esbuild, graphql, rollup, skip_without_packages } from "./support/packages.mjs";

const k_files = {
  "src/user.ts": ["fragment UserName on User { name ...UserId }"],
  "src/id.ts": ["fragment UserId on User { id }", "fragment Twice on User { ...UserName }"],
  "src/app.ts": [
    "query GetUser($id: ID!) { user(id: $id) { ...Twice } }",
    'mutation Rename($id: ID!, $to: String = "nobody") { rename(id: $id, to: $to) { ...UserName } }',
  ],
};

const k_schema = `
  type User { id: ID! name: String! }
  type Query { user(id: ID!): User }
  type Mutation { rename(id: ID!, to: String): User }`;

function start_server() {
  const { createHandler } = createRequire(import.meta.url)("graphql-http/lib/use/http");
  const users = new Map([["1", { id: "1", name: "Ada" }]]);
  const rootValue = {
    user: ({ id }) => users.get(id),
    rename: ({ id, to }) => Object.assign(users.get(id), { name: to }),
  };
  const server = createServer(createHandler({ schema: graphql.buildSchema(k_schema), rootValue }));
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

describe("emitted documents", { skip: skip_without_packages }, () => {
  let server;
  before(async () => {
    server = skip_without_packages ? null : await start_server();
  });
  after(() => server?.close());

  async function send(document, variables) {
    const response = await fetch(`http://127.0.0.1:${server.address().port}/`, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ query: graphql.print(document), variables }),
    });
    return response.json();
  }

  async function check({ GetUser, Rename }) {
    assert.deepEqual(await send(Rename, { id: "1" }), { data: { rename: { name: "nobody", id: "1" } } });
    assert.deepEqual(await send(Rename, { id: "1", to: "Ada" }), { data: { rename: { name: "Ada", id: "1" } } });
    assert.deepEqual(await send(GetUser, { id: "1" }), { data: { user: { name: "Ada", id: "1" } } });
  }

  for (const format of ["esm", "cjs"]) {
    test(`run as ${format} modules`, async (t) => {
      const paths = emit(temporary_folder(t), format, files());

      await check(await import(pathToFileURL(paths["src/app.ts"])));
    });

    test(`run out of a bundle by esbuild of ${format} modules`, async (t) => {
      const folder = temporary_folder(t);
      const outfile = join(folder, "bundle.mjs");
      await esbuild.build({ ...entry(folder, format), bundle: true, format: "esm", minify: true, outfile });

      await check(await import(pathToFileURL(outfile)));
    });
  }

  test("run out of a bundle by rollup", async (t) => {
    const folder = temporary_folder(t);
    const file = join(folder, "bundle.mjs");
    const bundle = await rollup.rollup({ input: entry(folder, "esm").entryPoints[0], logLevel: "silent" });
    await bundle.write({ file, format: "es" });

    await check(await import(pathToFileURL(file)));
  });
});

function files() {
  return Object.fromEntries(Object.entries(k_files).map(([source, texts]) => [source, texts.map((text) => definition(text))]));
}

// An application that imports two documents.
function entry(folder, format) {
  const paths = emit(folder, format, files());
  const path = join(folder, "main.mjs");
  writeFileSync(path, `export { GetUser, Rename } from ${JSON.stringify(paths["src/app.ts"])};\n`);
  return { entryPoints: [path] };
}
