// The fixture's emitted modules at work: loaded in any order, type-checked, executed, bundled.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createServer } from "node:http";
import { readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";

import { esbuild, graphql, rollup, skip_without_packages, typescript } from "../node/support/packages.mjs";
import { load_schemas } from "./oracle/expected_elements.mjs";
import { copy_of_fixture, k_fixture, read_json, run } from "./support/project.mjs";

const k_node_modules = fileURLToPath(new URL("../node/node_modules", import.meta.url));
const k_orders = 4;

/** Builds a copy of the fixture whose modules have `format`: what it emitted, and where. */
function build(t, format) {
  const root = copy_of_fixture(t);
  const config = join(root, "builder.config.json");
  const text = readFileSync(config, "utf8");
  writeFileSync(config, text.replace("{", `{ "moduleFormat": "${format}",`));
  const result = run(root);
  assert.equal(result.code, 0, result.text);
  const out_dir = join(root, ".builder");
  const { chunks } = read_json(out_dir, "manifest.json");
  const { elements } = read_json(out_dir, "artifact.json");
  return { root, out_dir, chunks, elements };
}

/** `items` in an order that only `seed` decides, by Fisher and Yates. */
function shuffled(items, seed) {
  const result = [...items];
  let state = seed;
  for (let i = result.length - 1; i > 0; i -= 1) {
    // The constants of Numerical Recipes.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const j = state % (i + 1);
    [result[i], result[j]] = [result[j], result[i]];
  }
  return result;
}

/** The code of a program that loads `chunks` in their order, then prints canonical id -> document. */
function loader({ out_dir }, chunks, format) {
  const lines = chunks.map(({ outputPath }, i) => {
    const path = join(out_dir, outputPath);
    return format === "esm"
      ? `import * as m${i} from ${JSON.stringify(pathToFileURL(path).href)};`
      : `const m${i} = require(${JSON.stringify(path)});`;
  });
  const loaded = chunks.map(({ sourcePath, canonicalIds }, i) =>
    canonicalIds.map((id) => {
      const name = id.slice(`${sourcePath}::`.length);
      return `all[${JSON.stringify(id)}] = m${i}[${JSON.stringify(name)}];`;
    }),
  );
  return [...lines, "const all = {};", ...loaded.flat(), "process.stdout.write(JSON.stringify(all));"].join("\n");
}

/** A text's definitions in one order, so that texts can be compared whatever theirs is. */
function by_name(document) {
  return document.definitions.map((definition) => graphql.print(definition)).sort();
}

function declarations_below(out_dir) {
  return readdirSync(join(out_dir, "modules"), { recursive: true })
    .filter((path) => /\.d\.[cm]ts$/.test(path))
    .sort()
    .map((path) => join(out_dir, "modules", path));
}

/** The messages of `tsc --strict --noEmit` over `files`. */
function type_check(files, module, moduleResolution) {
  const program = typescript.createProgram(files, {
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    target: typescript.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts"],
    types: [],
    module: typescript.ModuleKind[module],
    moduleResolution: typescript.ModuleResolutionKind[moduleResolution],
  });
  return typescript
    .getPreEmitDiagnostics(program)
    .map(({ file, messageText }) => `${file?.fileName ?? ""}: ${typescript.flattenDiagnosticMessageText(messageText, " ")}`);
}

/** A file of an application that names every export, and one that is not there. */
function consumer({ root, chunks }) {
  const lines = ['import type { DocumentNode } from "graphql";'];
  chunks.forEach(({ outputPath }, i) => lines.push(`import * as m${i} from "./.builder/${outputPath}";`));
  lines.push("export const all: readonly DocumentNode[] = [");
  chunks.forEach(({ sourcePath, canonicalIds }, i) =>
    canonicalIds.forEach((id) => lines.push(`  m${i}[${JSON.stringify(id.slice(`${sourcePath}::`.length))}],`)),
  );
  lines.push("];", "// @ts-expect-error there is no such definition", "export const none = m0.NoSuchDefinition;");
  const path = join(root, "consumer.mts");
  writeFileSync(path, lines.join("\n"));
  return path;
}

/** Canonical id -> document, for a whole build. */
async function load_documents({ out_dir, chunks }, format) {
  const require = createRequire(import.meta.url);
  const documents = {};
  for (const { sourcePath, outputPath, canonicalIds } of chunks) {
    const path = join(out_dir, outputPath);
    const module = format === "esm" ? await import(pathToFileURL(path)) : require(path);
    for (const id of canonicalIds) {
      documents[id] = module[id.slice(`${sourcePath}::`.length)];
    }
  }
  return documents;
}

/** A shop with one product, by the fixture's own schema, on a port of its own. */
function start_server() {
  const require = createRequire(join(k_node_modules, "../package.json"));
  const { createHandler } = require("graphql-http/lib/use/http");
  const schema = load_schemas(k_fixture, read_json(k_fixture, "expected/oracle.json")).default;
  const euros = (amount) => ({ amount, currency: "EUR" });
  const rope = { __typename: "Product", id: "p1", slug: "rope", title: "Rope", isInCart: false, price: euros(4.5) };
  Object.assign(rope, {
    images: ({ first }) => [{ url: ({ width, format }) => `rope-${width}.${format}`, alt: null }].slice(0, first),
    description: ({ format }) => `${format}: twelve metres`,
    category: { id: "c2", name: "Deck", parent: { id: "c1", name: "Ship", parent: null } },
    priceHistory: ({ last }) => [{ at: `${last} days ago`, price: euros(5), product: rope }],
    reviews: ({ first }) => ({ average: first, nodes: [{ id: "r1", stars: 5, text: null }] }),
    related: () => [rope],
  });
  const rootValue = {
    product: ({ slug }) => (slug === "rope" ? rope : null),
    addToCart: ({ input: { quantity, note } }) => ({
      cart: { id: "cart", lines: [{ id: "l1", quantity, item: rope }], total: euros(4.5 * quantity) },
      errors: [{ __typename: "OutOfStockError", message: note, path: ["quantity"], available: 1 }],
    }),
  };
  const server = createServer(createHandler({ schema, rootValue }));
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

const k_sent = {
  Query: "src/catalog/product-page-query.ts::ProductPage",
  Mutation: "src/checkout/mutations.ts::AddToCart",
};

/** Sends a query and a mutation, and checks what a shop with one product says. */
async function check_requests(server, { Query, Mutation }) {
  const send = async (document, variables) => {
    const response = await fetch(`http://127.0.0.1:${server.address().port}/`, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ query: graphql.print(document), variables }),
    });
    return response.json();
  };
  const link = { id: "p1", slug: "rope", title: "Rope" };
  const card = { ...link, images: [{ url: "rope-320.WEBP", alt: null }], price: { amount: 4.5, currency: "EUR" } };

  assert.deepEqual(await send(Query, { slug: "rope", reviews: 2 }), {
    data: {
      product: {
        ...card,
        priceHistory: [{ at: "3 days ago", price: { amount: 5, currency: "EUR" }, product: link }],
        description: "HTML: twelve metres",
        isInCart: false,
        category: { id: "c2", name: "Deck", parent: { id: "c1", name: "Ship", parent: null } },
        reviews: { average: 2, nodes: [{ id: "r1", stars: 5, text: null }] },
        related: [card],
      },
    },
  });
  assert.deepEqual(await send(Query, { slug: "sail" }), { data: { product: null } });
  assert.deepEqual(await send(Mutation, { productId: "p1", quantity: 3 }), {
    data: {
      addToCart: {
        cart: {
          id: "cart",
          lines: [{ id: "l1", quantity: 3, item: { __typename: "Product", price: card.price, ...link } }],
          total: { amount: 13.5, currency: "EUR" },
        },
        errors: [{ message: 'A gift?\n"Yes"', path: ["quantity"], available: 1 }],
      },
    },
  });
}

/** The file of an application that imports one query and one mutation. */
function bundle_entry({ root, chunks }) {
  const lines = Object.entries(k_sent).map(([exported, id]) => {
    const { sourcePath, outputPath } = chunks.find(({ canonicalIds }) => canonicalIds.includes(id));
    const name = id.slice(`${sourcePath}::`.length);
    return `export { ${name} as ${exported} } from "./.builder/${outputPath}";`;
  });
  const path = join(root, "entry.mjs");
  writeFileSync(path, lines.join("\n"));
  return path;
}

async function bundle_by_esbuild(entry, outfile) {
  await esbuild.build({ entryPoints: [entry], bundle: true, minify: true, format: "esm", target: "es2022", outfile });
}

async function bundle_by_rollup(input, file) {
  const bundle = await rollup.rollup({ input, logLevel: "silent" });
  await bundle.write({ file, format: "es" });
}

// Rollup reads CommonJS through a plugin only.
const k_bundlers = {
  esm: { esbuild: bundle_by_esbuild, rollup: bundle_by_rollup },
  cjs: { esbuild: bundle_by_esbuild },
};

for (const format of ["esm", "cjs"]) {
  describe(`the fixture's ${format} modules`, { skip: skip_without_packages }, () => {
    const after_all = [];
    let fixture;
    let server;

    before(async () => {
      if (!skip_without_packages) {
        fixture = build({ after: (action) => after_all.push(action) }, format);
        symlinkSync(k_node_modules, join(fixture.root, "node_modules"));
        server = await start_server();
      }
    });
    after(() => {
      server?.close();
      after_all.forEach((action) => action());
    });

    for (let seed = 1; seed <= k_orders; seed += 1) {
      test(`load in the shuffled order ${seed}, and hold the artifact's documents`, async () => {
        const order = shuffled(fixture.chunks, seed);
        assert.notDeepEqual(order, fixture.chunks);
        const program = join(fixture.root, `load${seed}.${format === "esm" ? "mjs" : "cjs"}`);
        writeFileSync(program, loader(fixture, order, format));

        const { stdout } = await promisify(execFile)(process.execPath, [program], { maxBuffer: 1 << 28 });
        const documents = JSON.parse(stdout);

        assert.deepEqual(Object.keys(documents).sort(), Object.keys(fixture.elements));
        for (const [id, { type, prebuild }] of Object.entries(fixture.elements)) {
          // A fragment's element is its own text, without what it spreads.
          const definitions = documents[id].definitions.slice(0, type === "fragment" ? 1 : Infinity);
          assert.deepEqual(by_name({ ...documents[id], definitions }), by_name(graphql.parse(prebuild.document)), id);
        }
      });
    }

    test("are valid against their schemas", async () => {
      const schemas = load_schemas(k_fixture, read_json(k_fixture, "expected/oracle.json"));
      // A fragment that stands alone is unused by nature.
      const for_fragments = graphql.specifiedRules.filter(({ name }) => name !== "NoUnusedFragmentsRule");
      const documents = await load_documents(fixture, format);
      for (const [id, { type, prebuild }] of Object.entries(fixture.elements)) {
        const rules = type === "fragment" ? for_fragments : graphql.specifiedRules;
        assert.deepEqual(graphql.validate(schemas[prebuild.schemaLabel], documents[id], rules), [], id);
      }
    });

    for (const [resolution, module] of [["Bundler", "ESNext"], ["NodeNext", "NodeNext"]]) {
      test(`type-check strictly, with what uses them, as ${resolution} resolves`, () => {
        const declarations = declarations_below(fixture.out_dir);

        assert.equal(declarations.length, fixture.chunks.length);
        assert.deepEqual(type_check([consumer(fixture), ...declarations], module, resolution), []);
      });
    }

    test("run against a server", async () => {
      const documents = await load_documents(fixture, format);

      await check_requests(server, { Query: documents[k_sent.Query], Mutation: documents[k_sent.Mutation] });
    });

    for (const [bundler, bundle] of Object.entries(k_bundlers[format])) {
      test(`run against a server, out of a bundle by ${bundler}`, async () => {
        const file = join(fixture.root, `${bundler}.mjs`);
        await bundle(bundle_entry(fixture), file);

        await check_requests(server, await import(pathToFileURL(file)));
      });
    }
  });
}
