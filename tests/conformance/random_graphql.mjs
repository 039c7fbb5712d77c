// Random schemas and documents, and what graphql-js says of them. The same seed gives the same texts
// everywhere. Most documents are right but for a mistake or two: a name mistyped or taken from
// elsewhere, a token lost, doubled or replaced.

const k_names = ["alpha", "beta", "gamma", "delta", "name", "names", "nameX", "title", "titel", "item2", "item10", "node", "nodes", "value", "owner", "id"];
const k_type_names = ["Alpha", "Beta", "Gamma", "Delta", "Pet", "Pets", "Person", "Item1", "Item2", "Item12", "Box", "Boxes"];
const k_field_places = "FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT | QUERY | FRAGMENT_DEFINITION | VARIABLE_DEFINITION";

/** A stream of numbers out of a seed. */
class Random {
  constructor(seed) {
    this.state = (seed * 0x9e3779b9) >>> 0;
  }
  below(end) {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let bits = this.state;
    bits = Math.imul(bits ^ (bits >>> 15), bits | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) % end;
  }
  chance(percent) {
    return this.below(100) < percent;
  }
  one(list) {
    return list[this.below(list.length)];
  }
  some(list, count) {
    const left = [...list];
    return Array.from({ length: Math.min(count, left.length) }, () => left.splice(this.below(left.length), 1)[0]);
  }
}

/** Writes one schema. */
class SchemaWriter {
  constructor(random) {
    this.random = random;
  }

  write() {
    const { random } = this;
    const names = random.some(k_type_names, 8);
    this.interfaces = names.slice(0, 3);
    this.objects = names.slice(3);
    this.inputs = ["Filter", "Range", "Choice"];
    this.leafs = ["Int", "Float", "String", "Boolean", "ID", "Size", "Date"];
    // What an interface demands, so that what implements it can have it.
    this.fields_of = new Map();
    const parts = [
      "enum Size { SMALL LARGE HUGE @deprecated(reason: \"too big\") MEDIUM }",
      "scalar Date @specifiedBy(url: \"https://example.com\")",
      `input Filter { ${this.input_fields(4)} inner: Filter choice: Choice }`,
      `input Range { from: Int! to: Int = 10 ${this.input_fields(2, "x")} }`,
      "input Choice @oneOf { id: ID name: String size: Size range: Range }",
      `directive @mark(${this.arguments()}) on ${k_field_places}`,
      `directive @many(of: [Size!]! = [SMALL]) repeatable on ${k_field_places}`,
      "directive @root on QUERY | MUTATION | SUBSCRIPTION | SCHEMA | OBJECT",
      ...this.interfaces.map((name, i) => this.composite("interface", name, this.interfaces.slice(0, i))),
      ...this.objects.map((name) => this.composite("type", name, this.interfaces)),
      `union Either = ${random.some(this.objects, 2).join(" | ")}`,
      `union Any = ${random.some(this.objects, 4).join(" | ")}`,
      `type Query { ${this.root_fields()} }`,
    ];
    if (random.chance(70)) {
      parts.push(`type Mutation { ${this.root_fields()} }`);
    }
    if (random.chance(70)) {
      parts.push(`type Subscription { ${this.root_fields()} }`);
    }
    return random.some(parts, parts.length).join("\n");
  }

  wrapped(name) {
    return this.random.one([name, name, `${name}!`, `[${name}]`, `[${name}!]!`, `[[${name}]!]`]);
  }
  input_fields(count, suffix = "") {
    return this.random.some(k_names, count).map((name) => `${name}${suffix}: ${this.input_type()}`).join(" ");
  }
  input_type() {
    return this.wrapped(this.random.chance(70) ? this.random.one(this.leafs) : this.random.one(this.inputs));
  }
  arguments() {
    return this.random.some(k_names, 1 + this.random.below(3)).map((name) => `${name}: ${this.input_type()}`).join(", ");
  }
  output_type() {
    const composites = [...this.objects, ...this.interfaces, "Either", "Any"];
    return this.wrapped(this.random.chance(45) ? this.random.one(this.leafs) : this.random.one(composites));
  }
  field(name) {
    const deprecated = this.random.chance(8) ? " @deprecated" : "";
    return `${name}${this.random.chance(30) ? `(${this.arguments()})` : ""}: ${this.output_type()}${deprecated}`;
  }
  root_fields() {
    return this.random.some(k_names, 7).map((name) => this.field(name)).join("\n");
  }
  composite(keyword, name, candidates) {
    const implemented = new Set();
    for (const candidate of this.random.some(candidates, this.random.below(3))) {
      implemented.add(candidate);
      this.fields_of.get(candidate).parents.forEach((parent) => implemented.add(parent));
    }
    const fields = new Map();
    for (const parent of implemented) {
      for (const [field, text] of this.fields_of.get(parent).fields) {
        fields.has(field) || fields.set(field, text);
      }
    }
    for (const field of this.random.some(k_names, 2 + this.random.below(4))) {
      fields.has(field) || fields.set(field, this.field(field));
    }
    this.fields_of.set(name, { parents: implemented, fields });
    const header = `${keyword} ${name}${implemented.size > 0 ? ` implements ${[...implemented].join(" & ")}` : ""}`;
    return `${header} {\n  ${[...fields.values()].join("\n  ")}\n}`;
  }
}

/** Writes documents that ask for what a schema has. */
class DocumentWriter {
  constructor(graphql, schema, random) {
    Object.assign(this, { graphql, schema, random });
    this.composites = Object.values(schema.getTypeMap()).filter((type) => graphql.isCompositeType(type) && !type.name.startsWith("__"));
  }

  write() {
    const { random } = this;
    this.variables = [];
    this.fragments = [];
    this.is_constant = false;
    const texts = [];
    for (let i = 0, count = random.chance(85) ? 1 : 2; i < count; ++i) {
      const kind = random.one(["query", "query", "query", "mutation", "subscription"]);
      const root = this.schema.getRootType(kind) ?? this.schema.getQueryType();
      const body = kind === "subscription" && random.chance(70) ? `{ ${this.field(root, 1)} }` : this.selections(root, 1);
      const variables = this.variables.length > 0 ? `(${this.variables.join(", ")})` : "";
      this.variables = random.chance(50) ? [] : this.variables;
      texts.push(`${kind} ${random.chance(90) ? `Operation${i}` : ""}${variables}${this.directives()} ${body}`);
    }
    return random.some([...texts, ...this.fragments], 99).join("\n\n");
  }

  selections(type, depth) {
    return `{ ${Array.from({ length: 1 + this.random.below(4) }, () => this.selection(type, depth)).join(" ")} }`;
  }
  selection(type, depth) {
    const { random } = this;
    if (random.chance(6)) {
      return random.chance(15) ? "__schema { types { name fields { name } } }" : "__typename";
    }
    if (depth < 5 && (!type.getFields || random.chance(20))) {
      return this.fragment(type, depth);
    }
    return type.getFields ? this.field(type, depth) : "__typename";
  }
  field(type, depth) {
    const { random } = this;
    const field = random.one(Object.values(type.getFields()));
    const result = this.graphql.getNamedType(field.type);
    const is_composite = this.graphql.isCompositeType(result);
    if (is_composite && depth >= 5) {
      return "__typename";
    }
    const alias = random.chance(35) ? `${random.one(["a", "b", "name", "id", `c${random.below(40)}`])}: ` : "";
    return `${alias}${field.name}${this.arguments(field.args)}${this.directives()}${is_composite ? ` ${this.selections(result, depth + 1)}` : ""}`;
  }
  fragment(type, depth) {
    const { random } = this;
    const others = this.composites.filter((other) => this.graphql.doTypesOverlap(this.schema, type, other));
    const condition = random.chance(90) ? random.one(others) : random.one(this.composites);
    if (random.chance(50)) {
      return `... ${random.chance(90) ? `on ${condition.name}` : ""}${this.directives()} ${this.selections(condition, depth + 1)}`;
    }
    if (random.chance(25) && this.fragments.length > 0) {
      return `...F${random.below(this.fragments.length)}`;
    }
    const number = this.fragments.push("") - 1;
    this.fragments[number] = `fragment F${number} on ${condition.name}${this.directives()} ${this.selections(condition, depth + 1)}`;
    return `...F${number}${this.directives()}`;
  }
  directives() {
    const { random } = this;
    if (!random.chance(7)) {
      return "";
    }
    const directive = random.one(this.schema.getDirectives());
    return ` @${directive.name}${this.arguments(directive.args)}`;
  }
  arguments(definitions) {
    const given = definitions.filter((one) => this.random.chance(50) || (this.graphql.isRequiredArgument(one) && this.random.chance(95)));
    return given.length > 0 ? `(${given.map((one) => `${one.name}: ${this.value(one.type, 0)}`).join(", ")})` : "";
  }
  value(type, depth) {
    const { random, graphql } = this;
    if (depth > 6) {
      return "null";
    }
    if (random.chance(12) && !this.is_constant) {
      const name = `$v${this.variables.length}`;
      this.is_constant = true;
      const fallback = random.chance(25) ? ` = ${this.value(type, depth + 1)}` : "";
      this.is_constant = false;
      this.variables.push(`${name}: ${random.chance(80) ? type : String(type).replace("!", "")}${fallback}`);
      return name;
    }
    if (graphql.isNonNullType(type)) {
      return this.value(type.ofType, depth);
    }
    if (random.chance(6)) {
      return "null";
    }
    if (graphql.isListType(type)) {
      return random.chance(75) ? `[${this.value(type.ofType, depth + 1)}, ${this.value(type.ofType, depth + 1)}]` : this.value(type.ofType, depth);
    }
    if (graphql.isInputObjectType(type)) {
      const fields = Object.values(type.getFields());
      const chosen = type.isOneOf ? [random.one(fields)] : fields.filter((one) => graphql.isRequiredInputField(one) || (depth < 2 && random.chance(40)));
      return `{${chosen.map((one) => `${one.name}: ${this.value(one.type, depth + 1)}`).join(", ")}}`;
    }
    return this.leaf(type);
  }
  leaf(type) {
    const { random, graphql } = this;
    if (random.chance(4)) {
      return random.one(["1", "-0.5e10", '"text"', "true", "SMALL", "[1]", "{a: 1}", '"""\n  block\n    text\n"""', "99999999999"]);
    }
    if (graphql.isEnumType(type)) {
      return random.one(type.getValues()).name;
    }
    return { Int: "7", Float: random.one(["7", "1.5"]), Boolean: "true" }[type.name] ?? random.one(['"text"', '"\\u00e9\\n"', '"é😀"', '"""block"""']);
  }
}

const k_tokens = /\s+|"""[^]*?"""|"(?:[^"\\]|\\.)*"|[_A-Za-z][_0-9A-Za-z]*|-?[0-9.]+|\.\.\.|./gu;

/** A text with a few mistakes. */
function with_mistakes(text, random) {
  const tokens = text.match(k_tokens);
  const names = tokens.filter((token) => /^[_A-Za-z]/.test(token));
  for (let left = random.one([0, 1, 1, 2, 3]); left > 0; --left) {
    const at = random.below(tokens.length);
    const kind = random.below(100);
    if (/^[_A-Za-z]/.test(tokens[at])) {
      if (kind < 40) {
        tokens[at] = random.one(names);
      } else if (kind < 75) {
        const letter = random.below(tokens[at].length + 1);
        tokens[at] = tokens[at].slice(0, letter) + random.one(["", "s", "X", "2", "_"]) + tokens[at].slice(letter + random.below(2));
      } else if (kind < 85) {
        tokens[at] = `${tokens[at]} ${random.one(names)}`;
      } else if (tokens[at + 1] === ":") {
        tokens[at] = `${tokens[at]}: ${random.one(["1", "$v0", "null"])}, ${tokens[at]}`;
      } else if (tokens[at - 1] === "@") {
        tokens[at] = `${tokens[at]} @${tokens[at]}`;
      }
    } else if (kind < 10) {
      tokens[at] = "";
    } else if (kind < 25) {
      tokens[at] = random.one(tokens);
    } else if (kind < 40) {
      tokens[at] += random.one([" ", "\r\n", "\r", "\n\n", " # é😀 comment\n", ",,", "\t", "\u2028", "\ufeff", "'", '"', "?", "..", "\u0007", "😀", '"""é\n  😀"""', "0123", "1.e", '"\\x"', '"\\u{1f600}"', '"\\ud83d"']);
    }
  }
  return tokens.join("");
}

const error_json = (error) => ({
  message: error.message,
  line: error.locations?.[0].line ?? null,
  column: error.locations?.[0].column ?? null,
  locations: error.locations ?? [],
});

function judge_document(graphql, schema, source) {
  let document;
  try {
    document = graphql.parse(source);
  } catch (error) {
    return { source, errors: [error_json(error)], printed: null };
  }
  const printed = graphql.print(document);
  try {
    return { source, errors: graphql.validate(schema, document).map(error_json), printed };
  } catch (error) {
    return { source, errors: [], printed, oracleThrows: error.message };
  }
}

function judge_schema(graphql, validate_sdl, source) {
  let document;
  try {
    document = graphql.parse(source);
  } catch (error) {
    return { source, errors: [error_json(error)], printed: null };
  }
  const printed = graphql.print(document);
  const sdl_errors = validate_sdl(document);
  if (sdl_errors.length > 0) {
    return { source, printed, sdlErrors: sdl_errors.map(error_json) };
  }
  let schema;
  try {
    schema = graphql.buildASTSchema(document, { assumeValidSDL: true });
    return { source, printed, schemaErrors: graphql.validateSchema(schema).map(error_json), printedSchema: graphql.printSchema(schema) };
  } catch (error) {
    return { source, printed, oracleThrows: error.message };
  }
}

/** `count` documents against one schema, as the runner takes them: `{seed, schema, documents}`. */
export function random_documents(graphql, seed, count) {
  const random = new Random(seed);
  let schema_text;
  let schema;
  do {
    schema_text = new SchemaWriter(random).write();
    schema = graphql.buildSchema(schema_text);
  } while (graphql.validateSchema(schema).length > 0);
  const writer = new DocumentWriter(graphql, schema, random);
  const documents = Array.from({ length: count }, () => judge_document(graphql, schema, with_mistakes(writer.write(), random)));
  return { seed, schema: schema_text, documents };
}

/** `count` schemas with mistakes: `{seed, documents}`. */
export function random_schemas(graphql, validate_sdl, seed, count) {
  const random = new Random(seed);
  const write = () => {
    const text = with_mistakes(new SchemaWriter(random).write(), random);
    return random.chance(70) ? text : `${text}\n${with_mistakes("extend type Query { more: Int } extend enum Size { TINY } extend input Filter { more: Int } extend union Any = Query extend schema @root", random)}`;
  };
  return { seed, documents: Array.from({ length: count }, () => judge_schema(graphql, validate_sdl, write())) };
}
