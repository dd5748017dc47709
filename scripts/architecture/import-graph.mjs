// Reads which file imports which, including types, and finds cycles at every level of the tree.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'vite';

/** The folders that hold the app's own code. */
const codeFolders = ['electron', 'renderer', 'shared'];
/** Unit tests, which are not part of any build. */
const unitTest = /\.test\.tsx?$/;
/** Names of files that only unit tests use. A file that the app imports is not one of them, whatever its name. */
const usuallyOfTests = /(^|\/)test-|\/test-support\//;
const endings = ['', '.ts', '.tsx', '.d.ts', '/index.ts'];

/**
 * Reads the imports of the app's code. Imports of packages and of files that are not TypeScript are left out.
 *
 * @param {string} root the project's folder
 * @returns {Map<string, Set<string>>} the files that each file imports, as paths relative to `root` with slashes
 */
export function readImports(root) {
  const files = new Set(codeFolders.flatMap((folder) => listCode(root, folder)).sort());
  const imports = new Map();
  const follow = (file) => {
    if (imports.has(file)) return;
    const targets = importsOf(root, file, files);
    imports.set(file, targets);
    for (const target of targets) follow(target);
  };
  for (const file of files) if (!usuallyOfTests.test(file)) follow(file);
  return new Map([...imports].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function listCode(root, folder) {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .filter((file) => !unitTest.test(file));
}

function importsOf(root, file, files) {
  const source = readFileSync(path.join(root, file), 'utf8');
  const { module, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0].message}`);
  const exported = module.staticExports.flatMap(({ entries }) =>
    entries.map((entry) => entry.moduleRequest?.value),
  );
  const specifiers = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...exported,
    // Imports inside expressions and types.
    ...[...source.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)].map((match) => match[1]),
  ];
  if (specifiers.includes('vitest')) throw new Error(`${file} is a part of the app, and imports vitest.`);
  const imported = specifiers.flatMap((specifier) => {
    // `?modulePath` is the path of a process's module to fork, not an import.
    if (!specifier?.startsWith('.') || specifier.includes('?')) return [];
    const target = path.posix.join(path.posix.dirname(file), specifier);
    const found = endings.map((ending) => target + ending).find((candidate) => files.has(candidate));
    if (!found && !hasOtherEnding(root, target))
      throw new Error(`${file} imports ${specifier}, which is not there.`);
    return found && found !== file ? [found] : [];
  });
  return new Set(imported);
}

function hasOtherEnding(root, target) {
  return statSync(path.join(root, target), { throwIfNoEntry: false })?.isFile() ?? false;
}

/**
 * Finds every circle among files, and among the entries (files and folders) of any one folder.
 *
 * @param {Map<string, Set<string>>} imports
 * @returns {string[][]} each circle as the entries in it, sorted
 */
export function findCircles(imports) {
  const levels = new Map();
  for (const [from, targets] of imports) {
    for (const to of targets) {
      const [parent, source, target] = siblingsOf(from, to);
      const level = levels.get(parent) ?? levels.set(parent, new Map()).get(parent);
      (level.get(source) ?? level.set(source, new Set()).get(source)).add(target);
    }
  }
  return [imports, ...levels.values()].flatMap(stronglyConnected);
}

/** Returns the folder that holds both files and the entries of it that lead to them. */
function siblingsOf(from, to) {
  const [a, b] = [from.split('/'), to.split('/')];
  const depth = a.findIndex((part, index) => part !== b[index]);
  const entry = (parts) => parts.slice(0, depth + 1).join('/');
  return [a.slice(0, depth).join('/'), entry(a), entry(b)];
}

/** Tarjan's algorithm, without components of a single node: https://doi.org/10.1137/0201010 */
function stronglyConnected(graph) {
  const order = new Map();
  const low = new Map();
  const stack = [];
  const circles = [];
  const visit = (node) => {
    order.set(node, order.size);
    low.set(node, order.get(node));
    stack.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!order.has(next)) visit(next);
      if (stack.includes(next)) low.set(node, Math.min(low.get(node), low.get(next)));
    }
    if (low.get(node) !== order.get(node)) return;
    const circle = stack.splice(stack.indexOf(node));
    if (circle.length > 1) circles.push(circle.sort());
  };
  for (const node of graph.keys()) if (!order.has(node)) visit(node);
  return circles;
}
