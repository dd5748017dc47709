import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../lib/paths.mjs';
import { decisionsIn, files, filesInBackticks, isDecision, isFile, otherFiles, read } from './repository.mjs';

const documents = files.filter((file) => file.endsWith('.md'));

test('docs/dependencies.md gives a reason for every dependency, and for nothing else', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json'));
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
    const missing = links.filter((link) => !existsSync(path.join(projectRoot, path.dirname(file), link)));
    expect(missing).toEqual([]);
  });

  test('names source files that exist', () => {
    const named = [...text.matchAll(/`((?:electron|renderer|shared|scripts|tests)\/[\w./-]+)`/g)].map(
      (match) => match[1],
    );
    expect(named.filter((name) => !existsSync(path.join(projectRoot, name)))).toEqual([]);
  });

  test('names files and decisions that exist', () => {
    expect(filesInBackticks(text).filter((name) => !isFile(name))).toEqual([]);
    expect(decisionsIn(text).filter((number) => !isDecision(number))).toEqual([]);
  });
});

test('the list of other files names none that is in git', () => {
  const inGit = new Set(files.map((file) => path.basename(file)));
  expect([...otherFiles.keys()].filter((name) => inGit.has(name))).toEqual([]);
});
