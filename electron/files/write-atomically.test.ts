import { fork } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../main/test-support/temporary-folder';
import { flush, place, writeAtomically } from './write-atomically';

let folder: string;

beforeEach(() => {
  const temporary = temporaryFolder();
  onTestFinished(temporary.remove);
  folder = temporary.folder;
});

test('writes what it was given, and makes the folders for it', async () => {
  const file = path.join(folder, 'a', 'b', 'picture.png');
  await writeAtomically(file, Buffer.from('first'));
  expect(readFileSync(file, 'utf8')).toBe('first');
  expect(readdirSync(path.dirname(file))).toEqual(['picture.png']);
});

test('places what it was given whole, for a flush to come', async () => {
  const file = path.join(folder, 'a', 'b', 'picture.png');
  await place(file, Buffer.from('first'));
  expect(readFileSync(file, 'utf8')).toBe('first');
  await flush(file);
  await place(file, Buffer.from('second'));
  expect(readFileSync(file, 'utf8')).toBe('second');
  expect(readdirSync(path.dirname(file))).toEqual(['picture.png']);
  await expect(flush(path.join(folder, 'gone'))).rejects.toThrow('ENOENT');
});

test('puts the new in the place of the old', async () => {
  const file = path.join(folder, 'picture.png');
  await writeAtomically(file, Buffer.from('a longer first'));
  await writeAtomically(file, Buffer.from('second'));
  expect(readFileSync(file, 'utf8')).toBe('second');
  await writeAtomically(file, Buffer.alloc(0));
  expect(readFileSync(file)).toHaveLength(0);
});

test('what cannot be put in its place leaves nothing beside it', async () => {
  const file = path.join(folder, 'picture.png');
  mkdirSync(file);
  await expect(writeAtomically(file, Buffer.from('new'))).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
  expect(readdirSync(folder)).toEqual(['picture.png']);
  expect(statSync(file).isDirectory()).toBe(true);
});

test('what has no folder to go to fails', async () => {
  writeFileSync(path.join(folder, 'file'), 'in the way');
  await expect(writeAtomically(path.join(folder, 'file', 'x', 'a.png'), Buffer.of(1))).rejects.toThrow(
    'ENOTDIR',
  );
  expect(readdirSync(folder)).toEqual(['file']);
});

test('killed at any point of a write, the file is the old one or the new one, whole', async () => {
  const size = 4 * 2 ** 20;
  const script = await buildWriter();
  const file = path.join(folder, 'picture.png');
  writeFileSync(file, Buffer.alloc(size, 0));
  const moments = [
    // With this much of the new file written: from the first byte to the last.
    ...[0, 0.25, 0.5, 0.75, 1].map((part) => () => grown(`${file}.part`, part * size)),
    // When anything at all has happened to the name of the old one.
    ...Array.from({ length: 5 }, () => () => changed(file)),
  ];
  for (const moment of moments) {
    const comes = moment();
    const child = fork(script, [file, String(size)], { stdio: 'ignore', execArgv: [] });
    const exit = new Promise((resolve) => child.once('exit', resolve));
    await comes;
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
}, 60_000);

/** @returns a script that writes a file again and again, each time with another byte, until it is killed. */
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

/** Resolves when a file that is being written has grown to `bytes`, beyond what a dead child has left of it. */
async function grown(file: string, bytes: number): Promise<void> {
  rmSync(file, { force: true });
  while ((statSync(file, { throwIfNoEntry: false })?.size ?? -1) < bytes) await new Promise(setImmediate);
}

/** Resolves when a file is not the one that it was, in any way. */
async function changed(file: string): Promise<void> {
  const before = statSync(file);
  for (;;) {
    await new Promise(setImmediate);
    const now = statSync(file, { throwIfNoEntry: false });
    if (now?.ino !== before.ino || now.size !== before.size || now.mtimeMs !== before.mtimeMs) return;
  }
}
