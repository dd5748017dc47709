import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { tables } from '../../electron/main/db/tables';
import {
  decisionsIn,
  files,
  filesInBackticks,
  isDecision,
  isFile,
  isPath,
  otherFiles,
  read,
} from './repository.mjs';

const manifest = JSON.parse(read('package.json'));
/** The requests and the events, each as a property. */
const contract = files
  .filter((file) => file.startsWith('shared/contract/'))
  .map(read)
  .join('\n');
const documents = files.filter((file) => file.endsWith('.md'));

test('docs/dependencies.md gives a reason for every dependency, and for nothing else', () => {
  const { dependencies, devDependencies } = manifest;
  const rows = read('docs/dependencies.md').match(/^\| `.*?\|/gm) ?? [];
  const documented = rows.flatMap((row) => [...row.matchAll(/`([^`]+)`/g)].map((match) => match[1]));
  const installed = [...Object.keys(dependencies), ...Object.keys(devDependencies)];
  const named = (name) => (name.startsWith('@types/') ? '@types/*' : name);
  expect(documented.sort()).toEqual([...new Set(installed.map(named))].sort());
});

describe.each(documents)('%s', (file) => {
  const text = read(file);

  test('links to files that exist', () => {
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map((match) => match[1]);
    const missing = links.filter((link) => !isPath(path.posix.join(path.dirname(file), link)));
    expect(missing).toEqual([]);
  });

  test('names source files that exist', () => {
    const named = [...text.matchAll(/`((?:electron|renderer|shared|scripts|tests)\/[\w./-]+)`/g)].map(
      (match) => match[1],
    );
    expect(named.filter((name) => !isPath(name))).toEqual([]);
  });

  test('names files and decisions that exist', () => {
    expect(filesInBackticks(text).filter((name) => !isFile(name))).toEqual([]);
    expect(decisionsIn(text).filter((number) => !isDecision(number))).toEqual([]);
  });

  test('names scripts of npm, columns of tables, requests and events that exist', () => {
    const scripts = [...text.matchAll(/`npm run (?:-s )?([a-z:]+)/g)].map((match) => match[1]);
    expect(scripts.filter((name) => !Object.hasOwn(manifest.scripts, name))).toEqual([]);
    // A file such as `styles.csv` is none of a table's columns.
    const columns = [...text.matchAll(/`([a-z_]+)\.((?!csv`)[a-z_]+)`/g)];
    const missing = columns.filter(([, table, name]) => tables[table] && !tables[table][name]);
    expect(missing.map(([column]) => column)).toEqual([]);
    const messages = [...text.matchAll(/`((?!node:)[a-z]+:[a-z-]+)`/g)].map((match) => match[1]);
    expect(messages.filter((name) => !contract.includes(`'${name}': `))).toEqual([]);
  });
});

test('the list of other files names none that the project contains', () => {
  const names = new Set(files.map((file) => path.basename(file)));
  expect([...otherFiles.keys()].filter((name) => names.has(name))).toEqual([]);
});

test('docs/environment.md has every variable of the app that the code reads, and no other', () => {
  const code = files.filter((file) => /^(electron|scripts|tests|playwright[^/]*)\b.*\.(ts|mjs)$/.test(file));
  const variables = (texts) => new Set(texts.flatMap((text) => text.match(/\bAFTERIMAGE_[A-Z_]+\b/g) ?? []));
  const used = variables(code.filter((file) => !file.startsWith('scripts/docs/')).map(read));
  expect([...variables([read('docs/environment.md')])].sort()).toEqual([...used].sort());
});
