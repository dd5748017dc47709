import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../main/test-support/temporary-folder';
import { walk } from './walk';

let folder: string;
let dataFolder: string;

beforeEach(() => {
  const made = temporaryFolder();
  onTestFinished(made.remove);
  folder = path.join(made.folder, 'dropped');
  dataFolder = path.join(made.folder, 'data');
  for (const name of [folder, dataFolder, `${folder}/a/b`, `${dataFolder}/images/ab`])
    mkdirSync(name, { recursive: true });
});

function put(...names: string[]): void {
  for (const name of names) writeFileSync(path.join(folder, name), 'x');
}

async function walkAll(paths: string[], limit?: number) {
  const files: string[] = [];
  const skipped: string[] = [];
  for await (const batch of walk(paths, dataFolder, limit)) {
    files.push(...batch.files.map((file) => path.relative(folder, file)));
    skipped.push(...batch.skipped.map(({ name, reason }) => `${name}: ${reason}`));
  }
  return { files: files.toSorted(), skipped: skipped.toSorted() };
}

test('lists files and the contents of folders, without hidden files', async () => {
  put('1.png', 'a/2.png', 'a/b/3.png', '.DS_Store', 'a/._2.png');
  expect(await walkAll([folder])).toEqual({ files: ['1.png', 'a/2.png', 'a/b/3.png'], skipped: [] });
  expect(await walkAll([path.join(folder, '1.png'), path.join(folder, 'a/b')])).toEqual({
    files: ['1.png', 'a/b/3.png'],
    skipped: [],
  });
});

test('follows a dropped link, but no link within a folder', async () => {
  put('1.png', 'a/2.png');
  symlinkSync('/etc', path.join(folder, 'out'));
  symlinkSync('/etc/passwd', path.join(folder, 'passwd.png'));
  symlinkSync(folder, path.join(folder, 'a/circle'));
  expect(await walkAll([folder])).toEqual({
    files: ['1.png', 'a/2.png'],
    skipped: ['circle: link', 'out: link', 'passwd.png: link'],
  });
  symlinkSync(path.join(folder, 'a'), path.join(dataFolder, '../link'));
  expect((await walkAll([path.join(dataFolder, '../link')])).files).toEqual(['a/2.png']);
});

test('never enters the data folder, whatever path leads there', async () => {
  writeFileSync(path.join(dataFolder, 'images/ab/x.png'), 'x');
  put('1.png');
  symlinkSync(dataFolder, path.join(folder, 'link'));
  const above = await walkAll([path.dirname(folder)]);
  expect(above).toEqual({ files: ['1.png'], skipped: ['data: ours', 'link: link'] });
  expect(await walkAll([path.join(folder, 'link'), path.join(dataFolder, 'images/ab/x.png')])).toEqual({
    files: [],
    skipped: ['link: ours', 'x.png: ours'],
  });
});

test('limits the number of files and the depth of folders', async () => {
  put('1.png', 'a/2.png', 'a/b/3.png');
  const some = await walkAll([folder], 2);
  expect(some.files).toHaveLength(2);
  expect(some.skipped).toEqual(['dropped: too-many']);
  expect((await walkAll([folder], 3)).skipped).toEqual([]);
  mkdirSync(path.join(folder, 'd/'.repeat(40)), { recursive: true });
  expect((await walkAll([folder])).skipped).toEqual(['d: too-deep']);
});

test('reports a missing file as unreadable', async () => {
  expect(await walkAll([path.join(folder, 'none')])).toEqual({ files: [], skipped: ['none: unreadable'] });
});

test('lists many files in batches', async () => {
  put(...Array.from({ length: 1_200 }, (_, index) => `${index}.png`));
  const sizes: number[] = [];
  for await (const { files } of walk([folder], dataFolder)) sizes.push(files.length);
  expect(sizes).toEqual([500, 500, 200]);
});
