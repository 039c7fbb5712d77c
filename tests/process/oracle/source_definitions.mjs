// Finds the definitions of a project a second time, by other means than the program: TypeScript's
// own parser for the templates, graphql-js for their text. Which templates count and what an
// interpolation stands for is listed by hand in the fixture's expected/oracle.json.
import { readFileSync, readdirSync } from "node:fs";
import { extname, join } from "node:path";

import { graphql, typescript as ts } from "../support/packages.mjs";

const k_script_extensions = new Set([".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"]);
const k_document_extensions = new Set([".graphql", ".gql"]);

/** All files below `folders`, relative to `root`, sorted. */
export function list_files(root, folders) {
  const files = [];
  for (const folder of folders) {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        files.push(...list_files(root, [path]));
      } else {
        files.push(path);
      }
    }
  }
  return files.sort();
}

/** The cooked text of each template of a script, substitutions replaced by what `hand` says. */
function template_texts(path, text, hand) {
  const texts = [];
  const visit = (node) => {
    if (ts.isNoSubstitutionTemplateLiteral(node)) {
      texts.push(node.text);
    } else if (ts.isTemplateExpression(node)) {
      const spans = node.templateSpans.map((span) => {
        const expression = span.expression.getText();
        return (hand.interpolations[expression] ?? "") + span.literal.text;
      });
      texts.push(node.head.text + spans.join(""));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
  return texts;
}

function executable_definitions(text) {
  try {
    const { definitions } = graphql.parse(text, { noLocation: true });
    return definitions.every(graphql.isExecutableDefinitionNode) ? definitions : [];
  } catch {
    return [];
  }
}

/**
 * `{ path, schema, node }` of each definition in source order. Names in `hand.left_alone` are
 * written in the project, but must not be found.
 */
export function source_definitions(root, hand) {
  const definitions = [];
  for (const path of list_files(root, hand.folders)) {
    const extension = extname(path);
    let texts = [];
    if (path.endsWith(".d.ts")) {
      continue;
    }
    const text = readFileSync(join(root, path), "utf8");
    if (k_script_extensions.has(extension)) {
      texts = template_texts(path, text, hand);
    } else if (k_document_extensions.has(extension)) {
      texts = [text];
    }
    for (const node of texts.flatMap(executable_definitions)) {
      if (!hand.left_alone.includes(node.name?.value)) {
        definitions.push({ path, schema: schema_of(path, node, hand), node });
      }
    }
  }
  return definitions;
}

function schema_of(path, node, hand) {
  const is_admin = path.startsWith(hand.admin.folder) || hand.admin.names.includes(node.name?.value);
  return is_admin ? "admin" : "default";
}
