// Finds the possible mutations of a source file, each of which a test should detect.

import { parseSync } from 'vite';

/**
 * @typedef {object} Mutation
 * @property {number} start offset in the source
 * @property {number} end
 * @property {string} replacement
 * @property {string} change such as `drop await`
 */

const swapped = {
  '===': '!==',
  '!==': '===',
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '&&': '||',
  '||': '&&',
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
};

/**
 * Mistakes that SQL can have, as replacements.
 * @type {[RegExp, string][]}
 */
const swappedSql = [
  [/\bAND\b/, 'OR'],
  [/\bDESC\b/, 'ASC'],
  [/\bASC\b/, 'DESC'],
  [/\bIS NOT NULL\b/, 'IS NULL'],
  [/\bIS NULL\b/, 'IS NOT NULL'],
  [/ >= /, ' > '],
  [/ <= /, ' < '],
  [/ < /, ' <= '],
  [/ > /, ' >= '],
  [/\bIGNORE\b/, 'REPLACE'],
];

/** Calls whose absence no user notices: logging, metrics, and hooks for tests. */
const unobserved = /^(?:console\.|metrics\.|context\.metrics\.|faultPoint\()/;

/**
 * Returns every mutation of a file, in the order of the source.
 * @param {string} source
 * @param {string} name of the file
 * @returns {Mutation[]}
 */
export function mutationsOf(source, name) {
  const { program, errors } = parseSync(name, source);
  if (errors.length > 0) throw new Error(`${name} cannot be parsed: ${errors[0].message}`);
  const found = [];
  const textOf = (node) => source.slice(node.start, node.end);
  const add = (node, replacement, change) =>
    found.push({ start: node.start, end: node.end, replacement, change });
  for (const { node, parent } of nodesOf(program)) {
    if (node.type.startsWith('TS') && node.type !== 'TSAsExpression') continue;
    mutateNode(node, parent, textOf, add);
  }
  return found.toSorted((a, b) => a.start - b.start || a.end - b.end);
}

/** Walks the syntax tree without its types, imports and unobserved calls. */
function* nodesOf(node, parent = null) {
  if (isSkipped(node)) return;
  yield { node, parent };
  for (const [key, value] of Object.entries(node)) {
    if (
      key === 'typeAnnotation' ||
      key === 'typeParameters' ||
      key === 'typeArguments' ||
      key === 'returnType'
    )
      continue;
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child?.type === 'string') yield* nodesOf(child, node);
    }
  }
}

function isSkipped({ type }) {
  return /^(Import|TSTypeAliasDeclaration|TSInterface|ExportAll)/.test(type);
}

function mutateNode(node, parent, textOf, add) {
  switch (node.type) {
    case 'IfStatement':
      if (!node.alternate && unobserved.test(textOf(node.consequent))) break;
      add(node.test, `!(${textOf(node.test)})`, 'negate the condition');
      break;
    case 'ConditionalExpression':
      add(node.test, `!(${textOf(node.test)})`, 'negate the condition');
      break;
    case 'BinaryExpression':
    case 'LogicalExpression':
      mutateOperator(node, textOf, add);
      break;
    case 'UnaryExpression':
      if (node.operator === '!' && parent?.operator !== '!')
        add(node, `(${textOf(node.argument)})`, 'drop !');
      break;
    case 'AwaitExpression':
      add(node, `(${textOf(node.argument)})`, 'drop await');
      break;
    case 'ExpressionStatement':
      if (node.directive == null && !unobserved.test(textOf(node)))
        add(node, ';', `drop ${firstLine(textOf(node))}`);
      break;
    case 'ThrowStatement':
      add(node, ';', `drop ${firstLine(textOf(node))}`);
      break;
    case 'ReturnStatement':
      // Skips `return false`, for which there is a stronger mutation, and `return undefined`, which would not
      // change.
      if (node.argument && !/^(?:false|undefined)$/.test(textOf(node.argument)))
        add(node, 'return;', `return nothing instead of ${firstLine(textOf(node.argument))}`);
      break;
    case 'Literal':
      if (typeof node.value === 'boolean') add(node, String(!node.value), `${node.value} to ${!node.value}`);
      else mutateSql(node, textOf, add);
      break;
    case 'TemplateElement':
      mutateSql(node, textOf, add);
      break;
    case 'CallExpression':
      mutateCall(node, textOf, add);
      break;
  }
}

function mutateOperator(node, textOf, add) {
  const { left, operator, right } = node;
  if (operator === '??') {
    add(node, `(${textOf(left)})`, 'drop the default after ??');
    return;
  }
  const other = swapped[operator];
  // A plus between texts concatenates.
  const isText = [left, right].some(
    ({ type, value }) => type === 'TemplateLiteral' || typeof value === 'string',
  );
  if (other === undefined || (operator === '+' && isText)) return;
  add(node, `${textOf(left)} ${other} ${textOf(right)}`, `${operator} to ${other}`);
}

function mutateSql(node, textOf, add) {
  const text = textOf(node);
  if (!/\b(SELECT|INSERT|UPDATE|DELETE|WHERE|ORDER BY)\b/.test(text)) return;
  for (const [pattern, replacement] of swappedSql) {
    const match = pattern.exec(text);
    if (!match) continue;
    const start = node.start + match.index;
    add(
      { start, end: start + match[0].length },
      replacement,
      `${match[0].trim()} to ${replacement.trim()} in SQL`,
    );
  }
}

function mutateCall(node, textOf, add) {
  const { callee, arguments: args } = node;
  if (callee.type !== 'MemberExpression') return;
  const method = callee.property.name;
  if ((method === 'transaction' || method === 'batch') && args.length === 1) {
    add(node, `(${textOf(args[0])})()`, `run without ${method}`);
  }
  if (method === 'filter' && args.length === 1) add(node, textOf(callee.object), 'drop filter');
  if ((method === 'some' || method === 'every') && args.length === 1) {
    const other = method === 'some' ? 'every' : 'some';
    add(callee.property, other, `${method} to ${other}`);
  }
  if (method === 'min' || method === 'max') {
    const other = method === 'min' ? 'max' : 'min';
    if (callee.object.name === 'Math') add(callee.property, other, `Math.${method} to Math.${other}`);
  }
}

function firstLine(text) {
  const [line] = text.split('\n');
  return line.length > 60 || line.length < text.length ? `${line.slice(0, 60)}…` : line;
}

/** @param {string} source @param {Mutation} mutation */
export function mutate(source, { start, end, replacement }) {
  return `${source.slice(0, start)}${replacement}${source.slice(end)}`;
}

/** Returns the line of an offset, from 1. */
export function lineOf(source, offset) {
  return source.slice(0, offset).split('\n').length;
}
