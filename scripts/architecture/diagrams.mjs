// Draws the actual imports between folders, as Markdown for docs/architecture.md.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readImports } from './import-graph.mjs';

/** The processes and the code that they share. */
const overviewNodes = [
  'electron/main',
  'electron/generator',
  'electron/preload',
  'electron/files',
  'renderer',
  'shared/contract',
  'shared/generator',
  'shared/domain',
];
const documentFile = 'docs/architecture.md';
const start = (name) => `<!-- generated: ${name} -->`;
const end = '<!-- /generated -->';

/**
 * Returns docs/architecture.md as it is and as the imports say it has to be.
 *
 * @param {string} root the project's folder
 */
export function architectureDocument(root) {
  const current = readFileSync(path.join(root, documentFile), 'utf8');
  const imports = readImports(root);
  const sections = {
    overview: overview(imports),
    'electron/main': table(imports, 'electron/main', 'room'),
    'electron/generator': table(imports, 'electron/generator', 'folder'),
    renderer: table(imports, 'renderer', 'floor'),
  };
  let updated = current;
  for (const [name, content] of Object.entries(sections)) {
    const [before, rest] = split(updated, start(name));
    const [, after] = split(rest, end);
    updated = `${before}${start(name)}\n${content}\n${end}${after}`;
  }
  return { file: path.join(root, documentFile), current, updated };
}

function split(text, mark) {
  const at = text.indexOf(mark);
  if (at < 0) throw new Error(`${documentFile} has no line ${mark}`);
  return [text.slice(0, at), text.slice(at + mark.length)];
}

function overview(imports) {
  const edges = edgesBetween(imports, (file) => overviewNodes.find((node) => file.startsWith(`${node}/`)));
  const name = (node) => node.replace('/', '_');
  return [
    '```mermaid',
    'flowchart TD',
    ...overviewNodes.map((node) => `  ${name(node)}["${node}"]`),
    ...edges.map(([from, to]) => `  ${name(from)} --> ${name(to)}`),
    '```',
  ].join('\n');
}

/** Returns one row for each entry of a folder. Entries that nothing else in the folder imports come first. */
function table(imports, folder, title) {
  const entryOf = (file) =>
    file.startsWith(`${folder}/`) ? file.slice(folder.length + 1).split('/')[0] : undefined;
  const edges = edgesBetween(imports, entryOf);
  const entries = new Set([...imports.keys()].map(entryOf).filter(Boolean));
  const targetsOf = (entry) => edges.filter(([from]) => from === entry).map(([, to]) => to);
  const height = (entry, seen = []) =>
    seen.includes(entry)
      ? 0
      : 1 + Math.max(0, ...targetsOf(entry).map((target) => height(target, [...seen, entry])));
  const rows = [...entries].sort((a, b) => height(b) - height(a) || a.localeCompare(b));
  return [
    `| ${title} | imports of the same folder |`,
    '|---|---|',
    ...rows.map(
      (entry) =>
        `| \`${entry}\` | ${
          targetsOf(entry)
            .map((target) => `\`${target}\``)
            .join(', ') || '—'
        } |`,
    ),
  ].join('\n');
}

/** Returns each pair of nodes of which the first imports the second, sorted. */
function edgesBetween(imports, nodeOf) {
  const pairs = new Set();
  for (const [file, targets] of imports) {
    for (const target of targets) {
      const [from, to] = [nodeOf(file), nodeOf(target)];
      if (from && to && from !== to) pairs.add(`${from} ${to}`);
    }
  }
  return [...pairs].sort().map((pair) => pair.split(' '));
}
