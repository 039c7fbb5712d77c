// Compares what the tag scanner found with TypeScript's own parser.
//
//   scan_diff --sites sites.jsonl FOLDER...
//   node oracle.mjs PATH/TO/node_modules/typescript sites.jsonl
//
// Of each file: the module statements (names and specifiers), the templates that may be sites
// (spans of expression, content and substitutions, tag), and what binds them where a declaration or
// a default export does. The exit code is 1 where a file without syntax errors differs.

import {createReadStream, readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {createInterface} from 'node:readline';
import {resolve} from 'node:path';

const [typescriptPath, sitesPath] = process.argv.slice(2);
const ts = createRequire(import.meta.url)(resolve(typescriptPath));
const kinds = ts.SyntaxKind;

const scriptKindOf = (path) => (/\.[mc]?ts$/.test(path) ? ts.ScriptKind.TS : ts.ScriptKind.TSX);

/// Byte offsets of the positions in a text.
function byteOffsets(text) {
  if (Buffer.byteLength(text) === text.length) {
    return (position) => position;
  }
  const offsets = new Uint32Array(text.length + 1);
  let offset = 0;
  for (let i = 0; i < text.length; ++i) {
    offsets[i] = offset;
    const code = text.charCodeAt(i);
    const isHigh = code >= 0xd800 && code < 0xdc00;
    const isLow = code >= 0xdc00 && code < 0xe000;
    offset += code < 0x80 ? 1 : code < 0x800 ? 2 : isHigh ? 4 : isLow ? 0 : 3;
  }
  offsets[text.length] = offset;
  return (position) => offsets[position];
}

const isWrapper = (node) =>
  ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node) ||
  ts.isNonNullExpression(node) || ts.isTypeAssertionExpression(node);

function unwrapped(node) {
  while (node && isWrapper(node)) {
    node = node.expression;
  }
  return node;
}

function wrapped(node) {
  while (isWrapper(node.parent) && node.parent.expression === node) {
    node = node.parent;
  }
  return node;
}

/// The names of `a.b["c"]`; null for all that needs running code, or a look at comments.
function chainOf(node, file) {
  node = unwrapped(node);
  const names = [];
  for (let at = node; ; at = at.expression) {
    if (at.questionDotToken) {
      return null;
    }
    if (ts.isIdentifier(at)) {
      names.unshift(at.text);
      break;
    }
    if (ts.isPropertyAccessExpression(at) && ts.isIdentifier(at.name)) {
      names.unshift(at.name.text);
    } else if (ts.isElementAccessExpression(at) && ts.isStringLiteral(at.argumentExpression)) {
      names.unshift(at.argumentExpression.text);
    } else {
      return null;
    }
  }
  const text = node.getText(file);
  return /\/[*/]|\\|!|\(/.test(text) || names[0] === 'undefined' ? null : names;
}

const isTemplate = (node) =>
  ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node);

const isHash = (content) => /^[ \t\r\n]*#graphql[ \t]*[\r\n]/i.test(content);

function hasMagicComment(node, file) {
  const before = file.text.slice(0, node.getStart(file)).replace(/[ \t\r\n]+$/, '');
  if (!before.endsWith('*/')) {
    return false;
  }
  const ranges = [
    ...(ts.getLeadingCommentRanges(file.text, node.pos) ?? []),
    ...(ts.getTrailingCommentRanges(file.text, node.pos) ?? []),
  ].filter((range) => range.end === before.length);
  return ranges.some((range) => /^\/\*[ \t\r\n]*graphql[ \t\r\n]*\*\/$/i.test(file.text.slice(range.pos, range.end)));
}

/// How the code around a template takes it: as template_sites.cpp has it.
function useOf(node, file) {
  if (ts.isTaggedTemplateExpression(node.parent) && node.parent.template === node) {
    return {form: 0, expression: node.parent, chain: chainOf(node.parent.tag, file)};
  }
  const argument = wrapped(node);
  if (ts.isCallExpression(argument.parent) && argument.parent.arguments[0] === argument) {
    const chain = argument.parent.questionDotToken ? null : chainOf(argument.parent.expression, file);
    return {form: 1, expression: argument.parent, chain};
  }
  return {form: 2, expression: node, chain: null};
}

function bindingOf(expression) {
  const value = wrapped(expression);
  if (ts.isVariableDeclaration(value.parent) && value.parent.initializer === value &&
      ts.isIdentifier(value.parent.name)) {
    return [value.parent.name.text];
  }
  if (ts.isExportAssignment(value.parent)) {
    return ['*default*'];
  }
  return null;
}

function siteOf(node, file, at) {
  const start = node.getStart(file);
  const content = [start + 1, node.end - 1];
  const {form, expression, chain} = useOf(node, file);
  const isMagic = hasMagicComment(node, file);
  if (!chain && !isMagic && !isHash(file.text.slice(...content))) {
    return null;
  }
  const whole = chain ? expression : node;
  const substitutions = (node.templateSpans ?? []).map((span) => {
    const begin = file.text.lastIndexOf('${', span.expression.pos);
    return [at(begin), at(span.literal.getStart(file) + 1)];
  });
  return {
    form: chain ? form : isMagic ? 2 : 3,
    tag: chain ?? [],
    site: [at(whole.getStart(file)), at(whole.end)],
    content: content.map(at),
    substitutions,
    binding: bindingOf(whole),
  };
}

const isTypeOnly = (node) => Boolean(node?.isTypeOnly);

function importNames(node) {
  const names = [];
  const clause = node.importClause;
  const add = (imported, local, type) => names.push([imported, local, type ? 'type' : '']);
  if (clause?.name) {
    add('default', clause.name.text, isTypeOnly(clause));
  }
  const bindings = clause?.namedBindings;
  if (bindings && ts.isNamespaceImport(bindings)) {
    add('*', bindings.name.text, isTypeOnly(clause));
  }
  for (const part of (bindings && ts.isNamedImports(bindings) && bindings.elements) || []) {
    add((part.propertyName ?? part.name).text, part.name.text, isTypeOnly(clause) || part.isTypeOnly);
  }
  return names;
}

function declaredNames(pattern) {
  return ts.isIdentifier(pattern)
    ? [pattern.text]
    : pattern.elements.flatMap((part) => (part.name ? declaredNames(part.name) : []));
}

const hasModifier = (node, kind) => Boolean(node.modifiers?.some((part) => part.kind === kind));

/// The module statements of a file, as facts.
function moduleFacts(file, at) {
  const imports = [];
  const exports = [];
  const spanOf = (literal) => [at(literal.getStart(file) + 1), at(literal.end - 1)];
  for (const node of file.statements) {
    if (ts.isImportDeclaration(node)) {
      imports.push([node.moduleSpecifier.text, spanOf(node.moduleSpecifier), ...importNames(node)]);
    } else if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
      const literal = node.moduleReference.expression;
      imports.push([literal.text, spanOf(literal), ['*', node.name.text, node.isTypeOnly ? 'type' : '']]);
    } else if (ts.isExportDeclaration(node)) {
      const specifier = node.moduleSpecifier?.text ?? '';
      if (!node.exportClause) {
        exports.push(['*', '', specifier]);
      } else if (ts.isNamespaceExport(node.exportClause)) {
        exports.push([node.exportClause.name.text, '*', specifier]);
      } else {
        for (const part of node.exportClause.elements) {
          exports.push([part.name.text, (part.propertyName ?? part.name).text, specifier]);
        }
      }
    } else if (ts.isExportAssignment(node)) {
      const value = unwrapped(node.expression);
      const isName = ts.isIdentifier(value) && value.text !== 'undefined';
      exports.push([node.isExportEquals ? 'export=' : 'default', isName ? value.text : '*default*', '']);
    } else if (hasModifier(node, kinds.ExportKeyword)) {
      const isDefault = hasModifier(node, kinds.DefaultKeyword);
      const names = ts.isVariableStatement(node)
        ? node.declarationList.declarations.flatMap((part) => declaredNames(part.name))
        : [node.name?.text ?? '*default*'];
      for (const name of names) {
        exports.push([isDefault ? 'default' : name, name, '']);
      }
    }
  }
  return {imports, exports};
}

/// Where the specifiers of `require("m")` begin.
function requiredAt(file, at) {
  const found = new Set();
  const open = [file];
  while (open.length > 0) {
    const node = open.pop();
    if (ts.isCallExpression(node) && node.expression.getText(file) === 'require' &&
        node.arguments.length === 1 && ts.isStringLiteral(node.arguments[0])) {
      found.add(at(node.arguments[0].getStart(file) + 1));
    }
    ts.forEachChild(node, (child) => void open.push(child));
  }
  return found;
}

function sitesOf(file, at) {
  const sites = [];
  const open = [file];
  while (open.length > 0) {
    const node = open.pop();
    if (isTemplate(node) && !(node.parent && ts.isLiteralTypeNode(node.parent))) {
      const site = siteOf(node, file, at);
      if (site) {
        sites.push(site);
      }
    }
    ts.forEachChild(node, (child) => void open.push(child));
  }
  return sites.sort((a, b) => a.content[0] - b.content[0]);
}

const keyOf = (value) => JSON.stringify(value);

/// The keys that one list has and the other has not.
function missing(from, others) {
  const known = new Set(others.map(keyOf));
  return from.map(keyOf).filter((key) => !known.has(key));
}

/// What is wrong with the scanner's facts, as lines.
function differences(file, text, scanned) {
  const at = byteOffsets(text);
  const found = [];
  const {imports, exports} = moduleFacts(file, at);
  for (const key of missing(imports, scanned.imports)) {
    found.push(`missing import ${key}`);
  }
  const required = requiredAt(file, at);
  const isRequired = ([, span]) => required.has(span[0]);
  for (const key of missing(scanned.imports.filter((fact) => !isRequired(fact)), imports)) {
    found.push(`import that is none ${key}`);
  }
  for (const key of missing(exports, scanned.exports)) {
    found.push(`missing export ${key}`);
  }
  // CommonJS is ours alone.
  if (!/\bexports\b/.test(text)) {
    for (const key of missing(scanned.exports, exports)) {
      found.push(`export that is none ${key}`);
    }
  }
  const sites = sitesOf(file, at);
  const plain = ({form, tag, site, content, substitutions}) => ({form, tag, site, content, substitutions});
  for (const key of missing(sites.map(plain), scanned.templates.map(plain))) {
    found.push(`missing template ${key}`);
  }
  for (const key of missing(scanned.templates.map(plain), sites.map(plain))) {
    found.push(`template that is none ${key}`);
  }
  for (const site of sites.filter((one) => one.binding)) {
    const ours = scanned.templates.find((one) => one.content[0] === site.content[0]);
    if (ours && keyOf(ours.binding) !== keyOf(site.binding)) {
      found.push(`binding ${keyOf(ours.binding)} should be ${keyOf(site.binding)}`);
    }
  }
  return {found, templates: sites.length, statements: imports.length + exports.length};
}

/// Null where TypeScript's parser fails on an assertion of its own, as it does for half of an
/// `await using`.
function parsed(name, text) {
  try {
    return ts.createSourceFile(
      name.replace(/\.d\.([mc]?ts)$/, '.$1'), text, ts.ScriptTarget.Latest, true, scriptKindOf(name));
  } catch (error) {
    if (!/Debug Failure/.test(error.message)) {
      throw error;
    }
    return null;
  }
}

const counts = {
  files: 0, broken: 0, brokenDifferent: 0, different: 0, unjudged: 0, templates: 0, statements: 0,
};
for await (const line of createInterface({input: createReadStream(sitesPath)})) {
  const scanned = JSON.parse(line);
  const text = scanned.text ?? readFileSync(scanned.path, 'utf8');
  const name = /\.[mc]?[tj]sx?$/.test(scanned.path) ? scanned.path : `${scanned.path}.tsx`;
  const file = parsed(name, text);
  counts.files += 1;
  if (!file) {
    counts.unjudged += 1;
    continue;
  }
  const isBroken = file.parseDiagnostics.length > 0;
  const {found, templates, statements} = differences(file, text, scanned);
  counts.broken += isBroken ? 1 : 0;
  counts.templates += templates;
  counts.statements += statements;
  if (found.length > 0) {
    counts[isBroken ? 'brokenDifferent' : 'different'] += 1;
    if (!isBroken || process.env.ORACLE_SHOW_BROKEN) {
      console.log(`${scanned.path}: ${found.join('; ')}`);
    }
  }
}
console.log(JSON.stringify(counts));
process.exitCode = counts.different > 0 ? 1 : 0;
