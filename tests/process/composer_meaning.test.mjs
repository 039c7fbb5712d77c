// What definitions of the composer dialect mean, told by documents that a person wrote: each pair
// is built for itself, and both must give the same document.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";

import { read_json, run, temporary_folder, write_files } from "./support/project.mjs";

const k_schema = `
directive @tag(name: String!) repeatable on FIELD | VARIABLE_DEFINITION | INLINE_FRAGMENT
type Query {
  user(id: ID!): User
  users(ids: [ID!], role: Role, roles: [Role!], first: Int = 10, filter: Filter): [User!]!
  node(id: ID!): Node
  search(text: String!, kind: Kind = ALL): [Hit!]!
  ratio(x: Float, deep: [[Int!]!], flag: Boolean, json: Json): Float
}
type Mutation { rename(input: Rename!): User  touch: Boolean }
type Subscription { renamed(id: ID!): User }
interface Node { id: ID! }
type User implements Node { id: ID! name(upper: Boolean): String! role: Role! friends(first: Int): [User!]! best: User address: Address }
type Address { city: String! street: String }
type Post implements Node { id: ID! title: String! author: User! }
union Hit = User | Post
enum Role { ADMIN GUEST }
enum Kind { ALL USER POST }
input Filter { role: Role  text: String  and: [Filter!]  range: Range }
input Range { from: Int  to: Int }
input Rename { id: ID!  name: String!  role: Role = GUEST }
scalar Json
`;

const k_shared = {
  "src/limits.ts": `
    export const LIMITS = { list: 5, names: ["a", "b"], role: "ADMIN", deep: { page: 2 }, none: null } as const;
    export const PAGE = LIMITS.list * 2 + 1;
    export const PREFIX = "user";
    export const ON = true;
    export enum Roles { Admin = "ADMIN", Guest = "GUEST" }
    export const FROZEN = Object.freeze({ ids: ["1", "2"], page: 8, connection: open() });
    export enum Sizes { Small, Large, Huge = 12 }
    export const pick = (flag) => (flag ? "ADMIN" : "GUEST");
    export default 7;
  `,
  "src/shared.ts": `
    import { gql } from "@/graphql-system";
    export const userModel = gql.default(({ model }) => model.User({}, ({ f }) => [f.id(), f.name()], (x) => x));
    export const friendModel = gql.default(({ model }, { $ }) =>
      model.User({ variables: [$("first").scalar("Int:?")] }, ({ f, $ }) => [f.id(), f.friends({ first: $.first })(() => [userModel.fragment()])], (x) => x));
    export const userSlice = gql.default(({ slice }, { $ }) =>
      slice.query({ variables: [$("id").scalar("ID:!")] }, ({ f, $ }) => [f.user({ id: $.id })(() => [userModel.fragment()])], ({ select }) => select(["$.user.name"], (x) => x)));
    export const usersSlice = gql.default(({ slice }, { $ }) =>
      slice.query({ variables: [$("role").enum("Role:?"), $("first").scalar("Int:?", { default: () => 3 })] },
        ({ f, $ }) => [f.users({ role: $.role, first: $.first })(({ f }) => [f.id()])], ({ select }) => select(["$.users"], (x) => x)));
    export const userFragment = gql.default(({ fragment }) => fragment("UserParts", "User")\`{ id name }\`());
    export const sizedFragment = gql.default(({ fragment }) => fragment("Sized", "User")\`($first: Int = 2) { friends(first: $first) { id } }\`());
    export const optionsFragment = gql.default(({ fragment }) => fragment("Few", "User")({ variables: "($first: Int = 4)", fields: ({ f, $ }) => ({ ...f("friends", { first: $.first }, { alias: "few" })(({ f }) => ({ id: true })) }) })());
    export const outerFragment = gql.default(({ fragment }) => fragment("Outer", "User")\`($size: Int) { best { ...\${sizedFragment} } friends(first: $size) { name } }\`());
    export const sizes = gql.default(({ define }) => define(() => ({ page: 30, role: "GUEST", fields: ({ f }) => ({ id: true, ...userFragment.spread() }) })));
    export default gql.default(({ model }) => model.Post({}, ({ f }) => [f.id(), f.title()], (x) => x));
  `,
  "src/index.ts": `export * from "./shared"; export { userModel as person, default as postModel } from "./shared"; export * as limits from "./limits";`,
};

const k_imports = `
import { gql } from "@/graphql-system";
import postModel, { friendModel, optionsFragment, outerFragment, sizedFragment, sizes, userFragment, userModel, userSlice, usersSlice } from "./shared";
import * as all from "./index";
import { person } from "./index";
import LAST, { FROZEN, LIMITS, ON, PAGE, PREFIX, Roles, Sizes, pick } from "./limits";
`;

/** Without variables. */
const plain = (fields) =>
  `({ operation, slice }) => operation.query({ operationName: NAME }, () => ({ a: slice.query({}, ({ f }) => ${fields}).build() }))`;

/** With one variable that is handed through. */
const through = (declaration, name, fields) =>
  `({ operation, slice }, { $, $: V }) => operation.query({ operationName: NAME, variables: [${declaration}] }, ({ $ }) => ({ a: slice.query({ variables: [${declaration.replace("$(", "V(")}] }, ({ f, $ }) => ${fields}).build({ ${name}: $.${name} }) }))`;

// name: [what is handed to gql.default, the document]
const k_pairs = {
  Leaf: [plain("[f.ratio()]"), "{ a_ratio: ratio }"],
  Typename: [plain("[f.__typename()]"), "{ a___typename: __typename }"],
  Nested: [
    plain(`[f.user({ id: "1" })(({ f }) => [f.id(), f.best()(({ f }) => [f.name(), f.address()(({ f }) => [f.city()])])])]`),
    `{ a_user: user(id: "1") { id best { name address { city } } } }`,
  ],
  Model: [plain(`[f.user({ id: "1" })(() => [userModel.fragment()])]`), `{ a_user: user(id: "1") { id name } }`],
  ModelInModel: [
    plain(`[f.user({ id: "1" })(() => [friendModel.fragment({ first: 4 })])]`),
    `{ a_user: user(id: "1") { id friends(first: 4) { id name } } }`,
  ],
  ModelDropsUnset: [
    plain(`[f.user({ id: "1" })(() => [friendModel.fragment()])]`),
    `{ a_user: user(id: "1") { id friends { id name } } }`,
  ],
  Slice: [
    `({ operation }, { $ }) => operation.query({ operationName: NAME, variables: [$("id").scalar("ID:!")] }, ({ $ }) => ({ me: userSlice.build({ id: $.id }) }))`,
    "($id: ID!) { me_user: user(id: $id) { id name } }",
  ],
  SeveralSlices: [
    `({ operation }, { $ }) => operation.query({ operationName: NAME, variables: [$("id").scalar("ID:!")] }, ({ $ }) => ({ one: userSlice.build({ id: $.id }), two: userSlice.build({ id: "2" }), rest: usersSlice.build({ role: "ADMIN" }) }))`,
    `($id: ID!) { one_user: user(id: $id) { id name } two_user: user(id: "2") { id name } rest_users: users(role: ADMIN, first: 3) { id } }`,
  ],
  Mutation: [
    `({ operation, slice }, { $ }) => operation.mutation({ operationName: NAME, variables: [$("id").scalar("ID:!"), $("name").scalar("String:!")] }, ({ $ }) => ({ r: slice.mutation({ variables: [$v.id, $v.name] }, ({ f, $ }) => [f.rename({ input: { id: $.id, name: $.name, role: "ADMIN" } })(({ f }) => [f.id()])]).build({ id: $.id, name: $.name }) }))`
      .replace("[$v.id, $v.name]", `[V("id").scalar("ID:!"), V("name").scalar("String:!")]`)
      .replace("{ $ }) =>", "{ $, $: V }) =>"),
    "($id: ID!, $name: String!) { r_rename: rename(input: { id: $id, name: $name, role: ADMIN }) { id } }",
    "mutation",
  ],
  MutationLeaf: [
    `({ operation, slice }) => operation.mutation({ operationName: NAME }, () => ({ m: slice.mutation({}, ({ f }) => [f.touch()]).build() }))`,
    "{ m_touch: touch }",
    "mutation",
  ],
  Subscription: [
    `({ operation, slice }) => operation.subscription({ operationName: NAME }, () => ({ s: slice.subscription({}, ({ f }) => [f.renamed({ id: "3" })(({ f }) => [f.name()])]).build() }))`,
    `{ s_renamed: renamed(id: "3") { name } }`,
    "subscription",
  ],
  Alias: [
    plain(`[f.user({ id: "1" }, { alias: "first" })(({ f }) => [f.name({ upper: true }, { alias: "loud" })])]`),
    `{ a_first: user(id: "1") { loud: name(upper: true) } }`,
  ],
  Directives: [
    through(`$("all").scalar("Boolean:!")`, "all", `[f.ratio(null, { directives: [$dir.include({ if: $.all }), $dir.tag({ name: "x" })] })]`).replace("({ operation, slice }", "({ operation, slice, $dir }"),
    `($all: Boolean!) { a_ratio: ratio @include(if: $all) @tag(name: "x") }`,
  ],
  DirectivesByName: [
    through(`$("all").scalar("Boolean:!")`, "all", `[f.ratio({}, { directives: { skip: { if: $.all } } })]`),
    "($all: Boolean!) { a_ratio: ratio @skip(if: $all) }",
  ],
  Nullable: [through(`$("x").scalar("Float:?")`, "x", "[f.ratio({ x: $.x })]"), "($x: Float) { a_ratio: ratio(x: $x) }"],
  ListOfNonNull: [
    through(`$("ids").scalar("ID:![]")`, "ids", "[f.users({ ids: $.ids })(({ f }) => [f.id()])]"),
    "($ids: [ID!]) { a_users: users(ids: $ids) { id } }",
  ],
  NonNullListOfNonNull: [
    through(`$("ids").scalar("ID:![]!")`, "ids", "[f.users({ ids: $.ids })(({ f }) => [f.id()])]"),
    "($ids: [ID!]!) { a_users: users(ids: $ids) { id } }",
  ],
  NestedLists: [
    through(`$("deep").scalar("Int:![]![]")`, "deep", "[f.ratio({ deep: $.deep })]"),
    "($deep: [[Int!]!]) { a_ratio: ratio(deep: $deep) }",
  ],
  EnumVariable: [
    through(`$("role").enum("Role:?", { default: () => "GUEST" })`, "role", "[f.users({ role: $.role })(({ f }) => [f.id()])]"),
    "($role: Role = GUEST) { a_users: users(role: $role) { id } }",
  ],
  InputVariable: [
    through(`$("filter").input("Filter:?", { default: () => ({ role: "ADMIN", range: { from: 1 } }) })`, "filter", "[f.users({ filter: $.filter })(({ f }) => [f.id()])]"),
    "($filter: Filter = { role: ADMIN, range: { from: 1 } }) { a_users: users(filter: $filter) { id } }",
  ],
  FalsyDefault: [
    through(`$("x").scalar("Float:?", { default: () => 0 })`, "x", "[f.ratio({ x: $.x })]"),
    "($x: Float = 0) { a_ratio: ratio(x: $x) }",
  ],
  ByField: [
    through(`$("id").byField("Query", "user", "id")`, "id", "[f.user({ id: $.id })(({ f }) => [f.id()])]"),
    "($id: ID!) { a_user: user(id: $id) { id } }",
  ],
  EnumLiteral: [plain(`[f.users({ role: "ADMIN", roles: ["GUEST", "ADMIN"] })(({ f }) => [f.id()])]`), "{ a_users: users(role: ADMIN, roles: [GUEST, ADMIN]) { id } }"],
  StringsStayStrings: [
    plain(`[f.users({ filter: { text: "ADMIN", and: [{ role: "GUEST" }] } })(({ f }) => [f.id()])]`),
    `{ a_users: users(filter: { text: "ADMIN", and: [{ role: GUEST }] }) { id } }`,
  ],
  Escapes: [plain(String.raw`[f.search({ text: "a\"\n\u00e9\u{1F600}" })({ User: ({ f }) => [f.id()] })]`), String.raw`{ a_search: search(text: "a\"\né😀") { ... on User { id } } }`],
  Numbers: [plain("[f.ratio({ x: -1.5e-3, deep: [[1, -2], []] })]"), "{ a_ratio: ratio(x: -0.0015, deep: [[1, -2], []]) }"],
  NullAndUndefined: [
    plain("[f.ratio({ x: null, flag: undefined, json: { a: undefined, b: [null, true] } })]"),
    "{ a_ratio: ratio(x: null, json: { b: [null, true] }) }",
  ],
  VariableInList: [through(`$("id").scalar("ID:!")`, "id", `[f.users({ ids: [$.id, "2"] })(({ f }) => [f.id()])]`), `($id: ID!) { a_users: users(ids: [$id, "2"]) { id } }`],
  Union: [
    plain(`[f.search({ text: "x", kind: "POST" })({ User: ({ f }) => [f.name()], Post: ({ f }) => [f.title(), f.author()(() => [userModel.fragment()])] })]`),
    `{ a_search: search(text: "x", kind: POST) { ... on User { name } ... on Post { title author { id name } } } }`,
  ],
  UnionTypename: [plain(`[f.search({ text: "x" })({ __typename: true, Post: () => [postModel.fragment()] })]`), `{ a_search: search(text: "x") { __typename ... on Post { id title } } }`],
  Interface: [plain(`[f.node({ id: "1" })(({ f }) => [f.id(), f.__typename()])]`), `{ a_node: node(id: "1") { id __typename } }`],
  InterfaceByType: [plain(`[f.node({ id: "1" })({ User: ({ f }) => [f.name()] })]`), `{ a_node: node(id: "1") { ... on User { name } } }`],
  ModelOfOtherType: [plain(`[f.node({ id: "1" })(() => [userModel.fragment()])]`), `{ a_node: node(id: "1") { ... on User { id name } } }`],
  RepeatedKey: [plain(`[f.user({ id: "1" })(({ f }) => [f.id(), userModel.fragment(), f.name()])]`), `{ a_user: user(id: "1") { id name } }`],
  Spread: [plain(`[...[f.ratio(), f.user({ id: "1" })(({ f }) => [...[f.id()], { ...f.name() }])]]`), `{ a_ratio: ratio a_user: user(id: "1") { id name } }`],
  Conditional: [plain("[ON ? f.ratio() : f.nope(), !ON && f.nope(), ON && f.__typename()]"), "{ a_ratio: ratio a___typename: __typename }"],
  Constants: [
    plain("[f.users({ first: LIMITS.list, roles: [LIMITS.role, Roles.Guest], filter: { text: LIMITS.names[1], range: { from: PAGE, to: LAST } } })(({ f }) => [f.id()])]"),
    `{ a_users: users(first: 5, roles: [ADMIN, GUEST], filter: { text: "b", range: { from: 11, to: 7 } }) { id } }`,
  ],
  Texts: [plain("[f.search({ text: `${PREFIX}-${LIMITS.deep.page}` + '!' })({ User: ({ f }) => [f.id()] })]"), `{ a_search: search(text: "user-2!") { ... on User { id } } }`],
  Functions: [plain("[f.users({ role: pick(LIMITS.list > 3), first: all.limits.PAGE })(({ f }) => [f.id()])]"), "{ a_users: users(role: ADMIN, first: 11) { id } }"],
  Barrel: [plain(`[f.user({ id: "1" })(() => [person.fragment()]), f.node({ id: "2" })(() => [all.postModel.fragment()])]`), `{ a_user: user(id: "1") { id name } a_node: node(id: "2") { ... on Post { id title } } }`],
  Template: ["({ query }) => query(NAME)`($id: ID!) { user(id: $id) { id name } }`()", "($id: ID!) { user(id: $id) { id name } }"],
  TemplateFragment: ["({ query }) => query(NAME)`{ user(id: \"1\") { ...${userFragment} role } }`()", `{ user(id: "1") { id name role } }`],
  TemplateMerges: ["({ query }) => query(NAME)`{ user(id: \"1\") { best { id } ...${userFragment} id best { name } } }`()", `{ user(id: "1") { best { id name } id name } }`],
  TemplateOtherType: ["({ query }) => query(NAME)`{ node(id: \"1\") { ...${userFragment} @tag(name: \"x\") } search(text: \"y\") { ...${userFragment} } }`()", `{ node(id: "1") { ... on User @tag(name: "x") { id name } } search(text: "y") { ... on User { id name } } }`],
  Lifted: ["({ query }) => query(NAME)`($id: ID!) { user(id: $id) { ...${sizedFragment} } }`()", "($id: ID!, $first: Int = 2) { user(id: $id) { friends(first: $first) { id } } }"],
  SpreadValues: ["({ query }) => query(NAME)`($n: Int) { user(id: \"1\") { ...${({ $ }) => sizedFragment.spread({ first: $.n })} } }`()", `($n: Int) { user(id: "1") { friends(first: $n) { id } } }`],
  SpreadLiteral: ["({ query }) => query(NAME)`{ user(id: \"1\") { ...${() => sizedFragment.spread({ first: 9 })} } }`()", `{ user(id: "1") { friends(first: 9) { id } } }`],
  SpreadDefault: ["({ query }) => query(NAME)`{ user(id: \"1\") { ...${() => sizedFragment.spread()} } }`()", `{ user(id: "1") { friends(first: 2) { id } } }`],
  Options: [
    `({ query }) => query(NAME)({ variables: "($id: ID!)", fields: ({ f, $ }) => ({ ...f("user", { id: $.id }, { alias: "me" })(({ f }) => ({ ...f("id")(), name: true, ...userFragment.spread() })), ...f("ratio")() }) })()`,
    "($id: ID!) { me: user(id: $id) { id name } ratio }",
  ],
  Colocate: [
    `({ query, $colocate }) => query(NAME)({ fields: ({ f }) => $colocate({ list: { ...f("users")(({ f }) => ({ ...f("id")() })) }, one: { ...f("ratio")() } }) })()`,
    "{ list_users: users { id } one_ratio: ratio }",
  ],
  OptionsFragment: [
    "({ query }) => query(NAME)`($n: Int) { user(id: \"1\") { ...${optionsFragment} best { ...${({ $ }) => optionsFragment.spread({ first: $.n })} @include(if: true) } } }`()",
    `($n: Int, $first: Int = 4) { user(id: "1") { few: friends(first: $first) { id } best { ... on User @include(if: true) { few: friends(first: $n) { id } } } } }`,
  ],
  Frozen: [plain(`[f.users({ ids: FROZEN.ids, first: FROZEN["page"] })(({ f }) => [f.id()])]`), `{ a_users: users(ids: ["1", "2"], first: 8) { id } }`],
  NumericEnum: [plain("[f.ratio({ json: [Sizes.Small, Sizes.Large, Sizes.Huge] })]"), "{ a_ratio: ratio(json: [0, 1, 12]) }"],
  Bits: [plain("[f.ratio({ json: [Sizes.Huge & 8, 1 << 4, ~0, PREFIX.length, LIMITS.none == null] })]"), "{ a_ratio: ratio(json: [8, 16, -1, 4, true]) }"],
  BlockString: ["({ query }) => query(NAME)`{ search(text: \"\"\"two\n  lines\"\"\") { ...on Post { id } } }`()", `{ search(text: """two\n  lines""") { ... on Post { id } } }`],
  Defined: [
    `({ query }) => query(NAME)({ fields: ({ f }) => ({ ...f("users", { first: sizes.value.page, role: sizes.value.role })(sizes.value.fields) }) })()`,
    "{ users(first: 30, role: GUEST) { id name } }",
  ],
  LabelledUnion: [plain(`[f.search({ text: "x" }, { alias: "hits" })({ User: () => [userModel.fragment()], Post: ({ f }) => [f.author()(({ f }) => [f.address()(({ f }) => [f.city()])])] })]`), `{ a_hits: search(text: "x") { ... on User { id name } ... on Post { author { address { city } } } } }`],
  TemplateDirectives: [
    "({ query }) => query(NAME)`($all: Boolean! = true) { user(id: \"1\") { ... @include(if: $all) { name } ...on User @skip(if: $all) { role } } }`()",
    `($all: Boolean! = true) { user(id: "1") { ... @include(if: $all) { name } ... on User @skip(if: $all) { role } } }`,
  ],
  TemplateMutation: ["({ mutation }) => mutation(NAME)`($id: ID!) { rename(input: { id: $id, name: \"x\" }) { ...${userFragment} } }`()", `($id: ID!) { rename(input: { id: $id, name: "x" }) { id name } }`, "mutation"],
  TemplateSubscription: ["({ subscription }) => subscription(NAME)`{ renamed(id: \"1\") { id } }`()", `{ renamed(id: "1") { id } }`, "subscription"],
  NestedLift: [
    "({ query }) => query(NAME)`{ user(id: \"1\") { ...${outerFragment} } }`()",
    `($size: Int, $first: Int = 2) { user(id: "1") { best { friends(first: $first) { id } } friends(first: $size) { name } } }`,
  ],
  Attached: ["({ query }) => query(NAME)`{ ratio }`()", "{ ratio }"],
};

test("a definition and the document that a person wrote for it build to the same", (t) => {
  const config = `{ "schema": "schema.graphql", "include": "src/**/*.ts" }`;
  const composed = { "schema.graphql": k_schema, "builder.config.json": config, ...k_shared };
  const tagged = { "schema.graphql": k_schema, "builder.config.json": config };
  for (const [name, [body, document, kind = "query"]] of Object.entries(k_pairs)) {
    const code = body.replaceAll("NAME", JSON.stringify(name));
    composed[`src/${name}.ts`] = `${k_imports}\nexport const it = gql.default(${code})${name === "Attached" ? ".attach({})" : ""};\n`;
    tagged[`src/${name}.ts`] = `import { gql } from "graphql-tag";\nexport const it = gql\`${kind} ${name} ${document.replaceAll("\\", "\\\\")}\`;\n`;
  }

  const documents_of = (files) => {
    const root = temporary_folder(t);
    write_files(root, files);
    const result = run(root);
    assert.equal(result.code, 0, result.text);
    const { elements } = read_json(join(root, ".builder"), "artifact.json");
    const operations = Object.values(elements).filter(({ type }) => type === "operation");
    return Object.fromEntries(operations.map(({ prebuild }) => [prebuild.operationName, prebuild.document]));
  };

  const names = Object.keys(k_pairs);
  assert.ok(names.length >= 40, `${names.length}`);
  const expected = documents_of(tagged);
  assert.deepEqual(Object.keys(expected).sort(), [...names].sort());
  assert.deepEqual(documents_of(composed), expected);
});
