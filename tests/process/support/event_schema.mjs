// Validates events against docs/schema/events.schema.json. Knows the keywords that the schema uses
// and fails on any other; stricter than a reader should be, for a key that the schema does not have
// is a mistake here.
import { readFileSync } from "node:fs";

const k_schema = JSON.parse(readFileSync(new URL("../../../docs/schema/events.schema.json", import.meta.url), "utf8"));

const k_types = {
  string: (value) => typeof value === "string",
  integer: Number.isInteger,
  boolean: (value) => typeof value === "boolean",
  null: (value) => value === null,
  array: Array.isArray,
  object: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
};

const k_keywords = {
  description: () => true,
  type: (types, value) => [types].flat().some((type) => k_types[type](value)),
  const: (expected, value) => value === expected,
  enum: (allowed, value) => allowed.includes(value),
  minimum: (least, value) => typeof value !== "number" || value >= least,
  pattern: (pattern, value) => typeof value !== "string" || new RegExp(pattern).test(value),
  required: (keys, value) => !k_types.object(value) || keys.every((key) => key in value),
  anyOf: (schemas, value) => schemas.some((schema) => problems_of(value, schema, "").length === 0),
};

function problems_of(value, schema, where) {
  const problems = [];
  for (const [keyword, argument] of Object.entries(schema)) {
    if (keyword === "$ref") {
      problems.push(...problems_of(value, k_schema.$defs[argument.split("/").at(-1)], where));
    } else if (keyword === "items") {
      (Array.isArray(value) ? value : []).forEach((item, i) => problems.push(...problems_of(item, argument, `${where}[${i}]`)));
    } else if (keyword === "properties" || keyword === "additionalProperties") {
      // Both below.
    } else if (!(keyword in k_keywords)) {
      throw new Error(`the schema has the keyword ${keyword}, which nobody checks`);
    } else if (!k_keywords[keyword](argument, value)) {
      problems.push(`${where || "event"}: ${JSON.stringify(value)?.slice(0, 200)} is not as ${keyword} ${JSON.stringify(argument)} says`);
    }
  }
  if (k_types.object(value) && (schema.properties || schema.additionalProperties)) {
    for (const [key, member] of Object.entries(value)) {
      const rule = schema.properties?.[key] ?? schema.additionalProperties;
      problems.push(...(rule ? problems_of(member, rule, `${where}.${key}`) : [`${where}.${key}: is not in the schema`]));
    }
  }
  return problems;
}

/** Throws unless `event` is as the schema of its kind says. */
export function check_event(event) {
  const is_known = k_schema.oneOf.some(({ $ref }) => $ref === `#/$defs/${event.event}`);
  const problems = is_known ? problems_of(event, k_schema.$defs[event.event], "") : [`there is no event "${event.event}"`];
  if (problems.length > 0) {
    throw new Error(`${event.event}: ${problems.join("; ")}`);
  }
}
