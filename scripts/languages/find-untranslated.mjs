// Finds user-facing text that is written in the code instead of the catalogue (shared/languages/en).
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'vite';

/** Attributes whose value is shown or read aloud. */
const spokenAttributes =
  /^(aria-label|aria-description|aria-roledescription|title|placeholder|alt|label|\w*[lL]abel|heading|text|hint|note|description|name)$/;
/** Calls whose arguments contain text for the log, for programmers, or for a service. */
const silentCalls =
  /^(console\.\w+|log\.\w+|logger\.\w+|record|expect|new \w*Error|Error|require|describe|test)$/;
/** The comment, on the line or the line above it, that exempts a text: `// Not shown: a model reads it.` */
const exemption = /Not shown: \S/;

/**
 * @param {string} root the project's folder
 * @param {readonly string[]} files paths relative to it
 * @returns {{ file: string, line: number, text: string }[]}
 */
export function findUntranslated(root, files) {
  return files.flatMap((file) => inFile(file, readFileSync(path.join(root, file), 'utf8')));
}

/** @param {string} source TypeScript, with JSX if the file's name says so */
export function inFile(file, source) {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0].message}`);
  const lines = source.split('\n');
  const starts = lineStarts(source);
  const found = [];
  const report = (node, text) => {
    const line = lineOf(starts, node.start);
    if (exemption.test(lines[line - 1]) || isExempt(lines, line)) return;
    found.push({ file, line, text: text.trim().replace(/\s+/g, ' ').slice(0, 120) });
  };
  visit(program, [], report);
  return found;
}

/**
 * Returns whether an exemption is above the line, above the statement that contains it, or in the header of the
 * file.
 */
function isExempt(lines, line) {
  return (
    exemption.test(lines[line - 2] ?? '') ||
    lines.slice(0, 4).some((text) => /^\/\/ .*Not shown: \S/.test(text))
  );
}

function visit(node, parents, report) {
  if (Array.isArray(node)) {
    for (const child of node) visit(child, parents, report);
    return;
  }
  if (!node || typeof node !== 'object') return;
  if (/^(Import|ExportAll|TSLiteral|TSTemplateLiteral|TSEnum)/.test(node.type ?? '')) return;
  if (node.type === 'JSXText') {
    if (/\p{L}{2}/u.test(node.value)) report(node, node.value);
    return;
  }
  if (isSilent(node)) return;
  const text = textOf(node);
  if (text !== null && isText(text, node, parents)) report(node, text);
  for (const [key, child] of Object.entries(node))
    if (key !== 'type' && key !== 'start' && key !== 'end' && typeof child === 'object')
      visit(child, node.type ? [...parents, node] : parents, report);
}

function isSilent(node) {
  if (node.type === 'CallExpression') return silentCalls.test(nameOf(node.callee));
  if (node.type === 'NewExpression') return silentCalls.test(`new ${nameOf(node.callee)}`);
  return node.type === 'ThrowStatement' || node.type === 'TSTypeAliasDeclaration';
}

function nameOf(callee) {
  if (callee.type === 'Identifier') return callee.name;
  if (callee.type === 'MemberExpression') return `${nameOf(callee.object)}.${callee.property.name ?? ''}`;
  return '';
}

function textOf(node) {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node.type === 'TemplateLiteral') return node.quasis.map(({ value }) => value.cooked).join('…');
  return null;
}

/**
 * Returns whether a string is user-facing text: a sentence, a phrase of several words, or a capitalized word in a
 * place that the page shows.
 */
function isText(text, node, parents) {
  const parent = parents.at(-1);
  if (/^\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|WITH|PRAGMA|DROP|ALTER|BEGIN)\b/.test(text)) return false;
  if (/^(Bearer|Basic|Key) …/.test(text)) return false;
  if (parent?.type === 'JSXAttribute')
    return (
      spokenAttributes.test(String(parent.name.name)) &&
      /\p{L}{2}/u.test(text) &&
      !/^[a-z][\w.-]*$/.test(text)
    );
  const attribute = attributeOf(parents);
  if (attribute !== null && !spokenAttributes.test(attribute)) return false;
  if (parent?.type === 'JSXExpressionContainer') return /\p{L}{2}/u.test(text) && !/^[a-z][\w-]*$/.test(text);
  if (parent?.type === 'Property' && parent.key === node) return false;
  const isPhrase = /\p{L}[’\w]* [\p{L}…“]/u.test(text) && /^[\p{Lu}“…\s]/u.test(text);
  // Such as “12 restored”.
  const isCounted = /^… \p{Ll}{3,}/u.test(text) && node.type === 'TemplateLiteral';
  const isSentence = /\p{L}{2,} \p{L}+.*[.…?:]$/u.test(text);
  const isShown =
    parent?.type === 'Property' &&
    spokenAttributes.test(String(parent.key.name ?? parent.key.value)) &&
    /^\p{Lu}\p{Ll}/u.test(text);
  // For example a placeholder for a missing name.
  const isReturned =
    (parent?.type === 'ReturnStatement' || parent?.type === 'LogicalExpression') &&
    /^\p{Lu}\p{Ll}{2,}$/u.test(text);
  return isPhrase || isCounted || isSentence || isShown || isReturned;
}

/** Returns the attribute whose value contains a node, unless there is a function, such as a handler, in between. */
function attributeOf(parents) {
  for (const { type, name } of parents.toReversed()) {
    if (type === 'JSXAttribute') return String(name.name);
    if (/Function|JSXElement/.test(type)) return null;
  }
  return null;
}

function lineStarts(source) {
  const starts = [0];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function lineOf(starts, position) {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle] <= position) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}
