// Features that the code must not rely on, because the tests and users run different versions of Electron. See
// docs/electron-45.md.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
const sources = sourcesIn('electron').map((file) => ({ file, text: readFileSync(file, 'utf8') }));

function sourcesIn(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?<!\.test|\.d)\.ts$/.test(name))
    .map((name) => path.join(root, folder, name));
}

/** Modules that run as a utility process: those whose path another module imports. A thread ends by itself. */
const utilityProcesses = sources
  .flatMap(({ file, text }) =>
    [...text.matchAll(/from '(.+)\?modulePath'/g)].map(
      ([, specifier = '']) => `${path.resolve(path.dirname(file), specifier)}.ts`,
    ),
  )
  .filter((file) => !/from 'node:worker_threads'/.test(readFileSync(file, 'utf8')));

test('there are five utility processes', () => {
  expect(new Set(utilityProcesses).size).toBe(5);
});

describe.each([...new Set(utilityProcesses)].map((file) => path.relative(root, file)))('%s', (file) => {
  test('ends on an unhandled rejection, which only Electron before 37 does by itself', () => {
    const text = readFileSync(path.join(root, file), 'utf8');
    expect(text).toMatch(/process\.on\(\s*'unhandledRejection'/);
  });
});

/** Electron 45 serves descriptors of packed files from the archive: native code cannot use them. */
const descriptorUses =
  /(?<![.\w])(?:open|openSync|openAsBlob|createReadStream|copyFile|copyFileSync|cp|cpSync)\(/;
const ownFolder = /import\.meta\.dirname|getAppPath\(\)|resourcesPath/;

test('no file of the package is opened by descriptor, streamed or copied out of its archive', () => {
  const readers = sources.filter(({ text }) => ownFolder.test(text));
  expect(readers.length).toBeGreaterThan(2);
  expect(readers.filter(({ text }) => descriptorUses.test(text)).map(({ file }) => file)).toEqual([]);
  const pages = readFileSync(path.join(root, 'electron/main/protocol/app-pages.ts'), 'utf8');
  expect(pages).not.toMatch(descriptorUses);
});

/** Removed between 34 and 45, or to be removed in 46, by module. None may be called without a check. */
const removed: readonly [name: string, pattern: RegExp][] = [
  ['the clipboard module, which is asynchronous since 44', /\bclipboard\.\w+\(/],
  ['login item settings that only macOS 12 had', /openAsHidden|wasOpenedAsHidden/],
  ['Unity', /isUnityRunning/],
  ['preload scripts of a session', /setPreloads|getPreloads/],
  ['positional arguments of console-message', /'console-message'/],
  ['bitmaps of native images', /getBitmap\(/],
  ['the quota of clearStorageData', /quotas?:/],
  ['frames by routing id', /routingId|findFrameByRoutingId/],
  ['hidden files in dialogs on Linux', /showHiddenFiles/],
  ['extensions of a session', /loadExtension\(/],
];

test.each(removed)('%s is not used', (_name, pattern) => {
  expect(sources.filter(({ text }) => pattern.test(text)).map(({ file }) => file)).toEqual([]);
});

/** A fallback place of a popover that a rule names has crashed the page on Electron 33. The platform's own ones do not. */
test('no style sheet names a fallback place', () => {
  const folder = path.join(root, 'renderer');
  const sheets = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.css'),
  );
  expect(sheets.length).toBeGreaterThan(100);
  expect(sheets.filter((name) => /@position-try/.test(withoutComments(path.join(folder, name))))).toEqual([]);
});

function withoutComments(file: string): string {
  return readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
}

test('the synchronous keychain, which 46 no longer has, is called in one place, behind a check', () => {
  const users = sources.filter(({ text }) =>
    /\.(?:encryptString|decryptString|isEncryptionAvailable)\(/.test(text),
  );
  expect(users.map(({ file }) => path.basename(file))).toEqual(['electron-keychain.ts']);
});

test('the types that the code is checked against are those of the version that users get', () => {
  const read = (file: string): unknown => JSON.parse(readFileSync(path.join(root, file), 'utf8'));
  expect(read('package.json')).toHaveProperty('devDependencies.electron', '45.4.1');
  expect(read('node_modules/electron/package.json')).toHaveProperty('version', '45.4.1');
});
