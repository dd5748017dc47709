import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../main/test-support/temporary-folder';
import { scan } from './scan';

let root: string;
let dataFolder: string;

beforeEach(() => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  root = path.join(folder, 'watched');
  dataFolder = path.join(folder, 'data');
  for (const name of [root, dataFolder, path.join(root, 'more/deep')]) mkdirSync(name, { recursive: true });
});

function put(name: string, text = 'x'): void {
  writeFileSync(path.join(root, name), text);
  utimesSync(path.join(root, name), 1_700_000_000, 1_700_000_000);
}

async function scanned(subfolders = true, folder = root) {
  const files: string[] = [];
  const folders: string[] = [];
  let state = '';
  for await (const batch of scan(folder, subfolders, dataFolder)) {
    files.push(...batch.files.map((file) => file.path));
    folders.push(...batch.folders);
    state = batch.state;
  }
  return { files: files.toSorted(), folders: folders.toSorted(), state };
}

test('lists files that may be pictures, with their length and time', async () => {
  put('a.png', 'abc');
  for await (const batch of scan(root, true, dataFolder)) {
    expect(batch.files).toEqual([{ path: 'a.png', bytes: 3, modifiedAt: 1_700_000_000_000 }]);
  }
});

test('lists subfolders only on request, and no unfinished, hidden or other files', async () => {
  for (const name of [
    'A.JPG',
    'b.png.part',
    'c.tmp',
    'd.json',
    '.hidden.png',
    'more/e.webp',
    'more/deep/f.heic',
  ])
    put(name);
  expect(await scanned()).toEqual({
    files: ['A.JPG', 'more/deep/f.heic', 'more/e.webp'],
    folders: ['', 'more', 'more/deep'],
    state: 'done',
  });
  expect(await scanned(false)).toEqual({ files: ['A.JPG'], folders: [''], state: 'done' });
});

test('follows no links: not to a file, out of the folder, or in a loop', async () => {
  writeFileSync(path.join(dataFolder, 'secret.png'), 'x');
  symlinkSync(path.join(dataFolder, 'secret.png'), path.join(root, 'link.png'));
  symlinkSync(dataFolder, path.join(root, 'out'));
  symlinkSync(root, path.join(root, 'more/circle'));
  put('more/a.png');
  expect((await scanned()).files).toEqual(['more/a.png']);
});

test('never enters the data folder', async () => {
  writeFileSync(path.join(dataFolder, 'a.png'), 'x');
  expect(await scanned(true, path.dirname(dataFolder))).toMatchObject({ files: [] });
});

test('reports a missing folder', async () => {
  expect(await scanned(true, path.join(root, 'nothing'))).toEqual({
    files: [],
    folders: [],
    state: 'missing',
  });
});

test('lists a large folder in batches', async () => {
  for (let index = 0; index < 1200; index += 1) put(`${index}.png`);
  const sizes: number[] = [];
  for await (const { files, folders } of scan(root, false, dataFolder))
    sizes.push(files.length + folders.length);
  expect(sizes).toEqual([500, 500, 201]);
});
