import { fork } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../main/test-support/temporary-folder';
import {
  flushFolder,
  flushWithFolders,
  writeAtomically,
  writeInOrderWithoutFlush,
  writeWithoutFlush,
} from './write-atomically';
import { flushFolderSync } from './write-atomically-sync';

let folder: string;

beforeEach(() => {
  const temporary = temporaryFolder();
  onTestFinished(temporary.remove);
  folder = temporary.folder;
});

test('writes a file and creates its folders', async () => {
  const file = path.join(folder, 'a', 'b', 'picture.png');
  await writeAtomically(file, Buffer.from('first'));
  expect(readFileSync(file, 'utf8')).toBe('first');
  expect(readdirSync(path.dirname(file))).toEqual(['picture.png']);
});

test('writes without a flush and flushes later', async () => {
  const file = path.join(folder, 'a', 'b', 'picture.png');
  await writeWithoutFlush(file, Buffer.from('first'));
  expect(readFileSync(file, 'utf8')).toBe('first');
  await flushWithFolders(file);
  await writeWithoutFlush(file, Buffer.from('second'));
  expect(readFileSync(file, 'utf8')).toBe('second');
  expect(readdirSync(path.dirname(file))).toEqual(['picture.png']);
  await expect(flushWithFolders(path.join(folder, 'gone'))).rejects.toThrow('ENOENT');
});

test('replaces an existing file', async () => {
  const file = path.join(folder, 'picture.png');
  await writeAtomically(file, Buffer.from('a longer first'));
  await writeAtomically(file, Buffer.from('second'));
  expect(readFileSync(file, 'utf8')).toBe('second');
  await writeAtomically(file, Buffer.alloc(0));
  expect(readFileSync(file)).toHaveLength(0);
});

test('removes the temporary file if the rename fails', async () => {
  const file = path.join(folder, 'picture.png');
  mkdirSync(file);
  await expect(writeAtomically(file, Buffer.from('new'))).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
  expect(readdirSync(folder)).toEqual(['picture.png']);
  expect(statSync(file).isDirectory()).toBe(true);
});

test('fails if the folder cannot be created', async () => {
  writeFileSync(path.join(folder, 'file'), 'in the way');
  await expect(writeAtomically(path.join(folder, 'file', 'x', 'a.png'), Buffer.of(1))).rejects.toThrow(
    'ENOTDIR',
  );
  expect(readdirSync(folder)).toEqual(['file']);
});

describe('several files', () => {
  const inOrder = () => [
    { file: path.join(folder, 'new', 'facts.json'), bytes: Buffer.from('facts') },
    { file: path.join(folder, 'new', 'bytes'), bytes: Buffer.alloc(2_000_000, 7) },
  ];
  const names = () => readdirSync(path.join(folder, 'new')).sort();

  test('get their names in their order, complete', async () => {
    const seen: string[][] = [];
    await writeInOrderWithoutFlush(inOrder(), () => void seen.push(names()));
    expect(seen).toEqual([
      ['bytes.part', 'facts.json'],
      ['bytes', 'facts.json'],
    ]);
    expect(readFileSync(path.join(folder, 'new', 'facts.json'), 'utf8')).toBe('facts');
    expect(readFileSync(path.join(folder, 'new', 'bytes')).equals(Buffer.alloc(2_000_000, 7))).toBe(true);
  });

  test.each([0, 1])('get no name if number %i cannot be written', async (failing) => {
    const files = inOrder();
    mkdirSync(`${files[failing]?.file}.part`, { recursive: true });
    await expect(writeInOrderWithoutFlush(files)).rejects.toThrow('EISDIR');
    expect(names().filter((name) => !name.endsWith('.part'))).toEqual([]);
    rmSync(`${files[failing]?.file}.part`, { recursive: true });
    expect(names()).toEqual([]);
  });

  test('keep what has its name if a later one cannot get its own', async () => {
    const [facts, bytes] = inOrder();
    mkdirSync(path.join(bytes?.file ?? '', 'in the way'), { recursive: true });
    await expect(writeInOrderWithoutFlush(inOrder())).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
    expect(names()).toEqual([path.basename(bytes?.file ?? ''), path.basename(facts?.file ?? '')]);
  });
});

test('does not open a folder to flush it on Windows, which has no handles to folders', async () => {
  const missing = path.join(folder, 'missing');
  await expect(flushFolder(missing, 'win32')).resolves.toBeUndefined();
  expect(() => flushFolderSync(missing, 'win32')).not.toThrow();
});

test.each(['linux', 'darwin'] as const)('flushes a folder on %s', async (platform) => {
  const missing = path.join(folder, 'missing');
  await flushFolder(folder, platform);
  await expect(flushFolder(missing, platform)).rejects.toThrow('ENOENT');
  expect(() => flushFolderSync(missing, platform)).toThrow('ENOENT');
});

test('leaves the complete old or new file when killed at any point of a write', async () => {
  const size = 4 * 2 ** 20;
  const script = await buildWriter();
  const file = path.join(folder, 'picture.png');
  writeFileSync(file, Buffer.alloc(size, 0));
  const killTimes = [
    // When this part of the new file has been written.
    ...[0, 0.25, 0.5, 0.75, 1].map((part) => () => hasGrownTo(`${file}.part`, part * size)),
    // When the target has changed in any way.
    ...Array.from({ length: 5 }, () => () => hasChanged(file)),
  ];
  for (const waitForKill of killTimes) {
    const isTime = waitForKill();
    const child = fork(script, [file, String(size)], { stdio: 'ignore', execArgv: [] });
    const exit = new Promise((resolve) => child.once('exit', resolve));
    await isTime;
    child.kill('SIGKILL');
    await exit;
    expect(child.signalCode).toBe('SIGKILL');
    const bytes = readFileSync(file);
    expect(bytes).toHaveLength(size);
    expect(bytes.equals(Buffer.alloc(size, bytes[0]))).toBe(true);
  }

  await writeAtomically(file, Buffer.from('at last'));
  expect(readFileSync(file, 'utf8')).toBe('at last');
  expect(readdirSync(folder).filter((name) => name.startsWith('picture'))).toEqual(['picture.png']);
});

/** Builds a script that rewrites a file with another byte each time, until it is killed. */
async function buildWriter(): Promise<string> {
  const entry = path.join(folder, 'writer.ts');
  writeFileSync(
    entry,
    `import { writeAtomically } from ${JSON.stringify(path.join(import.meta.dirname, 'write-atomically.ts'))};
     const [file, size] = process.argv.slice(2);
     for (let round = 1; ; round += 1) await writeAtomically(file, Buffer.alloc(Number(size), round % 256));`,
  );
  const outDir = path.join(folder, 'built');
  await build({
    configFile: false,
    logLevel: 'silent',
    root: folder,
    build: {
      ssr: entry,
      outDir,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: 'writer.mjs' } },
    },
  });
  return path.join(outDir, 'writer.mjs');
}

/** Resolves when a file that is being written has grown to `bytes`. Removes the rest of a killed writer first. */
async function hasGrownTo(file: string, bytes: number): Promise<void> {
  rmSync(file, { force: true });
  while ((statSync(file, { throwIfNoEntry: false })?.size ?? -1) < bytes) await new Promise(setImmediate);
}

/** Resolves when a file was replaced or modified. */
async function hasChanged(file: string): Promise<void> {
  const before = statSync(file);
  for (;;) {
    await new Promise(setImmediate);
    const now = statSync(file, { throwIfNoEntry: false });
    if (now?.ino !== before.ino || now.size !== before.size || now.mtimeMs !== before.mtimeMs) return;
  }
}
