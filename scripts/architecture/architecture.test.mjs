import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { projectRoot } from '../lib/paths.mjs';
import { architectureDocument } from './diagrams.mjs';
import { findCircles, readImports } from './import-graph.mjs';
import { findForbidden } from './rules.mjs';

const imports = readImports(projectRoot);

test('finds cycles of files, and cycles of folders whose files form none', () => {
  const circles = findCircles(
    new Map([
      ['a/x.ts', new Set(['b/y.ts'])],
      ['b/y.ts', new Set([])],
      ['b/z.ts', new Set(['a/w.ts'])],
      ['a/w.ts', new Set(['a/v.ts'])],
      ['a/v.ts', new Set(['a/w.ts'])],
    ]),
  );
  expect(circles).toContainEqual(['a', 'b']);
  expect(circles).toContainEqual(['a/v.ts', 'a/w.ts']);
});

test('reads the imports of every file, types included', () => {
  expect(imports.size).toBeGreaterThan(300);
  expect(imports.get('electron/preload/index.ts')).toContain('shared/contract/index.ts');
});

test('treats a file as test support by its name only if the app does not import it', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'afterimage-imports-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const put = (file, source) => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), source);
  };
  for (const folder of ['electron', 'renderer', 'shared']) mkdirSync(path.join(root, folder));
  put('shared/service.ts', "import { run } from './test-connection';\nrun();");
  put('shared/test-connection.ts', "import { wait } from './test-support/wait';\nexport const run = wait;");
  put('shared/test-support/wait.ts', 'export const wait = 1;');
  put('shared/test-helper.ts', "import { test } from 'vitest';\nimport '../tests/harness/patient';");
  put('shared/service.test.ts', "import './test-helper';");
  expect([...readImports(root)]).toEqual([
    ['shared/service.ts', new Set(['shared/test-connection.ts'])],
    ['shared/test-connection.ts', new Set(['shared/test-support/wait.ts'])],
    ['shared/test-support/wait.ts', new Set()],
  ]);
  put('shared/service.ts', "import './test-helper';");
  expect(() => readImports(root)).toThrow('shared/test-helper.ts is a part of the app, and imports vitest.');
});

test('no files and no folders import each other in a cycle', () => {
  expect(findCircles(imports)).toEqual([]);
});

test('recognizes imports between features, and between rooms', () => {
  const allowed = ['electron/main/db/open.ts', 'electron/main/gallery/other.ts', 'shared/domain/errors.ts'];
  const forbidden = ['electron/main/chat/settle.ts', 'electron/main/boot/start.ts'];
  expect(
    findForbidden(new Map([['electron/main/gallery/x.ts', new Set([...allowed, ...forbidden])]])),
  ).toEqual(forbidden.map((target) => `electron/main/gallery/x.ts -> ${target}`));
  const between = new Map([['renderer/features/chat/x.ts', new Set(['renderer/features/trash/y.ts'])]]);
  expect(findForbidden(between)).toHaveLength(1);
});

test('features and rooms import only what the rules allow', () => {
  expect(findForbidden(imports)).toEqual([]);
});

test('docs/architecture.md shows the actual imports; `npm run architecture` updates it', () => {
  const { current, updated } = architectureDocument(projectRoot);
  expect(current).toBe(updated);
});
