import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../main/test-support/temporary-folder';
import { NotAFile, openRegularSync, readJsonSync, readRegular, readRegularSync } from './read-regular';

function temporary(name: string): string {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  return path.join(folder, name);
}

test('reads a file', async () => {
  const file = temporary('a.json');
  writeFileSync(file, '{"a":1}');
  expect(readJsonSync(file)).toEqual({ a: 1 });
  expect(readRegularSync(file)).toEqual(await readRegular(file));
  closeSync(openRegularSync(file) ?? -1);
});

test('a missing file is the file system’s error, or null', async () => {
  const file = temporary('none');
  expect(() => readJsonSync(file)).toThrow(expect.objectContaining({ code: 'ENOENT' }));
  await expect(readRegular(file)).rejects.toMatchObject({ code: 'ENOENT' });
  expect(openRegularSync(file)).toBeNull();
});

test('refuses a folder', async () => {
  const place = temporary('folder');
  mkdirSync(place);
  await expectRefused(place);
});

test.skipIf(process.platform === 'win32')('refuses a pipe without waiting for its other end', async () => {
  const place = temporary('pipe');
  execFileSync('mkfifo', [place]);
  await expectRefused(place);
});

async function expectRefused(place: string): Promise<void> {
  expect(() => readJsonSync(place)).toThrow(new NotAFile(place));
  expect(() => openRegularSync(place)).toThrow(new NotAFile(place));
  await expect(readRegular(place)).rejects.toThrow(new NotAFile(place));
}
