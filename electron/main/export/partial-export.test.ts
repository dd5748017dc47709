import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { temporaryFolder } from '../test-support/temporary-folder';
import { splitIntoChunks } from './export-target';
import { createFolderTarget } from './folder-target';
import { clearPartialExport, recordPartialExport, removePartialExport } from './partial-export';
import { createZipTarget } from './zip-target';

let dataFolder: string;
let exportFolder: string;

beforeEach(() => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  dataFolder = path.join(folder, 'data');
  exportFolder = path.join(folder, 'out');
  mkdirSync(dataFolder);
  mkdirSync(exportFolder);
  vi.spyOn(console, 'info').mockImplementation(() => {});
  vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => void vi.restoreAllMocks());
});

test.each([
  ['a folder', createFolderTarget],
  ['a zip file', createZipTarget],
] as const)('removes the partial export into %s at the next start and clears the record', async (_, open) => {
  writeFileSync(path.join(exportFolder, 'mine.png'), 'x');
  const target = await open(path.join(exportFolder, 'export'));
  await recordPartialExport(dataFolder, target.partialPath);
  await target.add('one.png', splitIntoChunks(Buffer.from('one')));
  expect(readdirSync(exportFolder)).toEqual(['export.part', 'mine.png']);
  await removePartialExport(dataFolder);
  expect(readdirSync(exportFolder)).toEqual(['mine.png']);
  expect(readdirSync(dataFolder)).toEqual([]);
  await target.discard();
});

test('keeps files that the user has put into the partial folder', async () => {
  const partialPath = path.join(exportFolder, 'export.part');
  mkdirSync(path.join(partialPath, 'folder.png'), { recursive: true });
  for (const name of ['one.png', 'manifest.json', 'letter.txt'])
    writeFileSync(path.join(partialPath, name), 'x');
  await recordPartialExport(dataFolder, partialPath);
  await removePartialExport(dataFolder);
  expect(readdirSync(partialPath)).toContain('letter.txt');
  expect(existsSync(path.join(partialPath, 'folder.png'))).toBe(true);
});

test('keeps the record while the disk is not connected', async () => {
  await recordPartialExport(dataFolder, path.join(exportFolder, 'unplugged', 'export.part'));
  await removePartialExport(dataFolder);
  expect(readdirSync(dataFolder)).toEqual(['export.json']);
});

test.each(['nonsense', '{"half":"relative.part"}', '{"half":"/etc/hosts"}', '{}', ''])(
  'ignores the invalid record %j',
  async (text) => {
    writeFileSync(path.join(dataFolder, 'export.json'), text);
    await removePartialExport(dataFolder);
    expect(existsSync('/etc/hosts')).toBe(true);
  },
);

test('removes nothing after a finished export', async () => {
  const target = await createFolderTarget(path.join(exportFolder, 'export'));
  await recordPartialExport(dataFolder, target.partialPath);
  await target.add('one.png', splitIntoChunks(Buffer.from('one')));
  await target.finish();
  await clearPartialExport(dataFolder);
  await removePartialExport(dataFolder);
  expect(readdirSync(path.join(exportFolder, 'export'))).toEqual(['one.png']);
});
