// What could not be built says so when it is used, and not before.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";

import { definition, emit, temporary_folder } from "./support/emit.mjs";
import { graphql, skip_without_packages } from "./support/packages.mjs";

const k_message = 'Cannot query field "nmae" on type "User". Did you mean "name"?';

async function load_stub(t, format) {
  const files = { "src/a.ts": [{ name: "Broken", stub: k_message }, definition("query Fine { a }")] };
  return import(pathToFileURL(emit(temporary_folder(t), format, files)["src/a.ts"]));
}

describe("stubs", () => {
  for (const format of ["esm", "cjs"]) {
    test(`throw their message when they are read, in ${format}`, async (t) => {
      const { Broken, Fine } = await load_stub(t, format);
      const failure = { message: `${k_message} (src/a.ts)` };

      assert.equal(Fine.kind, "Document");
      for (const use of [
        () => Broken.kind,
        () => Broken.definitions,
        () => JSON.stringify(Broken),
        () => ({ ...Broken }),
        () => structuredClone(Broken),
      ]) {
        assert.throws(use, failure);
      }
    });
  }

  test("throw in what the reference does with documents", { skip: skip_without_packages }, async (t) => {
    const { Broken } = await load_stub(t, "esm");
    const schema = graphql.buildSchema("type Query { a: Int }");

    assert.throws(() => graphql.print(Broken), /Did you mean "name"/);
    assert.throws(() => graphql.validate(schema, Broken), /Did you mean "name"/);
    assert.throws(() => graphql.execute({ schema, document: Broken }), /Did you mean "name"/);
  });

  test("can be passed on, compared, awaited and looked at", async (t) => {
    const { Broken } = await load_stub(t, "esm");

    assert.equal(typeof Broken, "object");
    assert.equal(await Broken, Broken);
    assert.equal(new Map([[Broken, 1]]).get(Broken), 1);
    assert.deepEqual(Object.keys(Broken), ["kind", "definitions"]);
    assert.equal(Broken.$$typeof, undefined);
  });
});
