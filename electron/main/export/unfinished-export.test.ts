import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { temporaryFolder } from '../test-support/temporary-folder';
import { createFolderTarget, createZipTarget, inChunks } from './export-target';
import { clearPartialExport, recordPartialExport, removePartialExport } from './unfinished-export';

let dataFolder: string;
let out: string;

beforeEach(() => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  dataFolder = path.join(folder, 'data');
  out = path.join(folder, 'out');
  mkdirSync(dataFolder);
  mkdirSync(out);
  vi.spyOn(console, 'info').mockImplementation(() => {});
  vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => void vi.restoreAllMocks());
});

test.each([
  ['a folder', createFolderTarget],
  ['a zip', createZipTarget],
] as const)('the half of %s is gone after the next start, and is not looked for again', async (_, open) => {
  writeFileSync(path.join(out, 'mine.png'), 'x');
  const target = await open(path.join(out, 'export'));
  await recordPartialExport(dataFolder, target.half);
  await target.add('one.png', inChunks(Buffer.from('one')));
  expect(readdirSync(out)).toEqual(['export.part', 'mine.png']);
  await removePartialExport(dataFolder);
  expect(readdirSync(out)).toEqual(['mine.png']);
  expect(readdirSync(dataFolder)).toEqual([]);
  await target.discard();
});

test('what a person has put there stays', async () => {
  const half = path.join(out, 'export.part');
  mkdirSync(path.join(half, 'folder.png'), { recursive: true });
  for (const name of ['one.png', 'manifest.json', 'letter.txt']) writeFileSync(path.join(half, name), 'x');
  await recordPartialExport(dataFolder, half);
  await removePartialExport(dataFolder);
  expect(readdirSync(half)).toContain('letter.txt');
  expect(existsSync(path.join(half, 'folder.png'))).toBe(true);
});

test('on a disk that is not there it waits', async () => {
  await recordPartialExport(dataFolder, path.join(out, 'unplugged', 'export.part'));
  await removePartialExport(dataFolder);
  expect(readdirSync(dataFolder)).toEqual(['export.json']);
});

test.each(['nonsense', '{"half":"relative.part"}', '{"half":"/etc/hosts"}', '{}', ''])(
  'a record that says %j leads nowhere',
  async (text) => {
    writeFileSync(path.join(dataFolder, 'export.json'), text);
    await removePartialExport(dataFolder);
    expect(existsSync('/etc/hosts')).toBe(true);
  },
);

test('where an export has ended, nothing is removed', async () => {
  const target = await createFolderTarget(path.join(out, 'export'));
  await recordPartialExport(dataFolder, target.half);
  await target.add('one.png', inChunks(Buffer.from('one')));
  await target.finish();
  await clearPartialExport(dataFolder);
  await removePartialExport(dataFolder);
  expect(readdirSync(path.join(out, 'export'))).toEqual(['one.png']);
});
