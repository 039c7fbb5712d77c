// Emitted nodes are what graphql-js's parser makes: strictly equal, key by key.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";

import { definition, emit, temporary_folder } from "./support/emit.mjs";
import { graphql, skip_without_packages } from "./support/packages.mjs";

const k_texts = [
  "query Plain { a }",
  "query Shapes($a: Int, $b: [Int!]! = [1, 2], $c: [[In]] = {x: 1}) { a }",
  "query Directives($a: Int = 1 @d(x: \"y\") @e) @op(a: $a) @op { f @include(if: true) }",
  "mutation Mutate { a }",
  "subscription Subscribe { a }",
  "query Aliases { a: b c d: e { f: g } }",
  "query Arguments($v: Int) { f(i: -1, e: 1.5e3, s: \"t\", b: true, c: false, n: null, k: ENUM, v: $v) }",
  "query Lists { f(a: [], b: [[1], []], c: {}, d: {x: {y: [$z]}, __proto__: 1}) }",
  'query Strings { f(a: "\\u00e9\\n\\"\\\\\\/\\u{1F600}", b: "", c: "\u2028 é 😀") }',
  'query Blocks { f(a: """\n  one\n    two\n\n  """, b: """ x """, c: """""", d: """a\\"""b\\n""") }',
  "query Inline { ... { a } ... on T { b } ... @skip(if: true) { c } ... on T @d { e } }",
  "query Deep { a { b { c { d { e { f { g { h } } } } } } } }",
  '"described" query Described("the variable" $a: Int) { a }',
  '"""\nblock\n  description\n"""\nquery BlockDescribed { a }',
  "query Keywords { query mutation fragment on: true null type on }",
  "fragment Plain1 on T { a }",
  '"of a fragment" fragment Described1 on T @d(a: 1) @e { a b: c(x: 1) }',
];

function import_all(paths) {
  return Promise.all(Object.values(paths).map((path) => import(pathToFileURL(path))));
}

describe("emitted nodes", { skip: skip_without_packages }, () => {
  for (const format of ["esm", "cjs"]) {
    test(`equal those of the reference, in ${format}`, async (t) => {
      const files = { "src/all.ts": k_texts.map((text) => definition(text)) };
      files["src/anonymous.ts"] = [definition("{ a }", "anonymous$01234567"), definition("query { a }", "other")];

      const [all, anonymous] = await import_all(emit(temporary_folder(t), format, files));

      for (const text of k_texts) {
        const expected = graphql.parse(text, { noLocation: true });
        const actual = all[definition(text).name];
        assert.deepStrictEqual(actual, expected, text);
        assert.equal(JSON.stringify(actual), JSON.stringify(expected), text);
        assert.deepEqual(keys_of(actual), keys_of(expected), text);
      }
      const expected = graphql.parse("{ a }", { noLocation: true });
      assert.deepStrictEqual(anonymous.anonymous$01234567, expected);
      assert.deepStrictEqual(anonymous.other, expected);
    });
  }

  test("of documents with fragments equal those of their text with the fragments in name order", async (t) => {
    const operation = "query Q { ...Zeta @include(if: true) x { ...Alpha } ...Zeta }";
    const fragments = [
      "fragment Alpha on T { a ...Mid }",
      "fragment Mid on T { m }",
      "fragment Zeta on T { z { ...Alpha ...__proto__ } }",
      "fragment __proto__ on T { p }",
    ];
    const order = ["Alpha", "Mid", "Zeta", "__proto__"];
    const files = { "a.ts": [definition(operation)], "b.ts": fragments.map((text) => definition(text)) };

    const [a, b] = await import_all(emit(temporary_folder(t), "esm", files));

    const text_of = (name) => fragments.find((text) => text.startsWith(`fragment ${name} `));
    assert.deepStrictEqual(a.Q, graphql.parse(`${operation} ${order.map(text_of).join("\n")}`, { noLocation: true }));
    assert.deepStrictEqual(b.Zeta, graphql.parse(["Zeta", "Alpha", "Mid", "__proto__"].map(text_of).join("\n"), { noLocation: true }));
    assert.deepStrictEqual(b.Mid, graphql.parse(text_of("Mid"), { noLocation: true }));
    assert.equal(a.Q.definitions, a.Q.definitions);
    assert.equal(a.Q.definitions[1], b.Alpha.definitions[0]);
  });

  test("survive being frozen, spread and cloned", async (t) => {
    const files = { "a.ts": ["query Q { ...A }", "fragment A on T { a ...B }", "fragment B on T { b }"].map((text) => definition(text)) };
    const [a] = await import_all(emit(temporary_folder(t), "esm", files));
    const expected = graphql.parse("query Q { ...A } fragment A on T { a ...B } fragment B on T { b }", { noLocation: true });

    assert.deepStrictEqual(Object.freeze(a.Q), expected);
    assert.deepStrictEqual({ ...a.Q }, expected);
    assert.deepStrictEqual(structuredClone(a.Q), expected);
  });
});

// Every object's keys in their order, all the way down.
function keys_of(value) {
  if (value === null || typeof value !== "object") {
    return value;
  }
  return Array.isArray(value)
    ? value.map(keys_of)
    : Object.keys(value).map((key) => [key, keys_of(value[key])]);
}
