import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../test-support/temporary-folder';
import { checkFolder, isOfSystem } from './refuse-folder';

let root: string;
let dataFolder: string;

beforeEach(() => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  root = folder;
  dataFolder = path.join(root, 'home/data');
  for (const name of ['home/data/images', 'home/pictures/cats'])
    mkdirSync(path.join(root, name), { recursive: true });
});

const check = (folder: string, watched: { path: string; subfolders: boolean }[] = []) =>
  checkFolder(folder, { dataFolder, watched });

const code = async (...args: Parameters<typeof check>) => {
  const checked = await check(...args);
  return checked.ok ? null : checked.code;
};

test('accepts a folder of the user, without links', async () => {
  symlinkSync(path.join(root, 'home/pictures'), path.join(root, 'link'));
  expect(await check(path.join(root, 'link'))).toEqual({ ok: true, value: path.join(root, 'home/pictures') });
});

test('refuses the data folder, what is in it, and what contains it, also through a link', async () => {
  symlinkSync(dataFolder, path.join(root, 'link'));
  for (const folder of ['home/data', 'home/data/images', 'home', 'link', 'link/images', '.']) {
    expect(await code(path.join(root, folder))).toBe('folder_of_afterimage');
  }
});

test('refuses what is no folder', async () => {
  writeFileSync(path.join(root, 'file.png'), '');
  expect(await code(path.join(root, 'file.png'))).toBe('folder_not_found');
  expect(await code(path.join(root, 'nothing'))).toBe('folder_not_found');
});

test.skipIf(process.platform === 'win32')('refuses folders of the system', async () => {
  for (const folder of ['/', '/usr', '/usr/bin', '/dev', '/tmp', '/etc']) {
    expect(await code(folder)).toBe('folder_of_system');
  }
});

test('refuses the folders of Windows, whatever their case', () => {
  const env = { SystemDrive: 'C:', SystemRoot: 'C:\\Windows', ProgramFiles: 'C:\\Program Files' };
  for (const folder of ['C:\\', 'c:\\windows\\System32', 'C:\\Program Files\\Afterimage']) {
    expect(isOfSystem(folder, 'win32', env)).toBe(true);
  }
  for (const folder of ['D:\\', 'C:\\Windows pictures', 'C:\\Users\\me\\Pictures']) {
    expect(isOfSystem(folder, 'win32', env)).toBe(false);
  }
});

test('refuses a folder whose files are watched already', async () => {
  const pictures = path.join(root, 'home/pictures');
  const cats = path.join(pictures, 'cats');
  expect(await code(pictures, [{ path: pictures, subfolders: false }])).toBe('folder_watched_already');
  expect(await code(cats, [{ path: pictures, subfolders: true }])).toBe('folder_watched_already');
  expect(await code(cats, [{ path: pictures, subfolders: false }])).toBeNull();
  expect(await code(pictures, [{ path: cats, subfolders: false }])).toBe('folder_watched_already');
});
