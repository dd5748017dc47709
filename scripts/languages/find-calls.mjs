// Finds how the code uses the catalogue: the ids and their values, and texts that are read only once at the start.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'vite';

const translators = new Set(['t', 'inEnglish', 'sentence', 'formatParts']);
/** Functions that read the current language. */
const speakers = new Set([...translators, 'say', 'explain', 'currentLocale']);

/**
 * @param {string} root the project's folder
 * @param {readonly string[]} files paths relative to it
 * @returns {{
 *   calls: { place: string, id: string, values: string[] | null }[],
 *   patterns: RegExp[],
 *   literals: Set<string>,
 *   early: string[],
 * }} `values`: the names, null if they are not written there. `patterns`: ids that are put together, such as
 *   `editor.tool_${tool}`. `literals`: all strings, because tables hold ids. `early`: calls while a module loads.
 */
export function findCalls(root, files) {
  const found = { calls: [], patterns: [], literals: new Set(), early: [] };
  for (const file of files) inFile(file, readFileSync(path.join(root, file), 'utf8'), found);
  return found;
}

function inFile(file, source, found) {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0].message}`);
  const lineOf = (position) => source.slice(0, position).split('\n').length;
  visit(program, false);

  function visit(node, isInFunction) {
    if (Array.isArray(node)) {
      for (const child of node) visit(child, isInFunction);
      return;
    }
    if (!node || typeof node !== 'object') return;
    if (node.type === 'Literal' && typeof node.value === 'string') found.literals.add(node.value);
    if (node.type === 'TemplateLiteral') found.patterns.push(...patternOf(node));
    const place = () => `${file}:${lineOf(node.start)}`;
    if (node.type === 'CallExpression' && node.callee.type === 'Identifier') {
      const { name } = node.callee;
      if (speakers.has(name) && name !== 'sentence' && !isInFunction) found.early.push(place());
      if (translators.has(name))
        found.calls.push(
          ...idsOf(node.arguments[0]).map((id) => ({
            place: place(),
            id,
            values: namesIn(node.arguments[1]),
          })),
        );
    }
    if (node.type === 'JSXOpeningElement' && node.name.name === 'Text')
      found.calls.push(...ofElement(node, place()));
    const inside = isInFunction || /Function|MethodDefinition/.test(node.type ?? '');
    for (const [key, child] of Object.entries(node))
      if (key !== 'type' && typeof child === 'object') visit(child, inside);
  }
}

function ofElement({ attributes }, place) {
  const valueFor = (wanted) => attributes.find(({ name }) => name?.name === wanted)?.value;
  const id = valueFor('id');
  const values = valueFor('values');
  return idsOf(id?.type === 'JSXExpressionContainer' ? id.expression : id).map((each) => ({
    place,
    id: each,
    values: values ? namesIn(values.expression) : [],
  }));
}

/** Returns the ids that an expression can have, if they are written in it. */
function idsOf(node) {
  if (node?.type === 'Literal' && typeof node.value === 'string') return [node.value];
  if (node?.type === 'ConditionalExpression') return [...idsOf(node.consequent), ...idsOf(node.alternate)];
  return [];
}

function namesIn(node) {
  if (!node) return [];
  if (node.type !== 'ObjectExpression') return null;
  const names = node.properties.map(({ type, key }) =>
    type === 'Property' ? (key.name ?? key.value) : null,
  );
  return names.includes(null) ? null : names;
}

function patternOf({ quasis }) {
  const parts = quasis.map(({ value }) => value.cooked);
  if (!/^[a-z_]+\.[\w.]*$/.test(parts[0])) return [];
  return [new RegExp(`^${parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.+')}$`)];
}
