import { execFileSync } from 'node:child_process';
import { appendFileSync, ftruncateSync, openSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { maxImportBytes } from '../../../shared/domain/import';
import { temporaryFolder } from '../../main/test-support/temporary-folder';
import { pngChunk, sample, words } from '../pipeline/test-pictures';
import { readPictureFile } from './read-file';

const png = sample(32, 24).encodeSync('png');

let folder: string;

beforeEach(() => {
  const made = temporaryFolder();
  onTestFinished(made.remove);
  folder = made.folder;
});

function put(bytes: Uint8Array | string, name = 'a.png'): string {
  const file = path.join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

test('recognizes a picture by its content, not its name', async () => {
  const file = put(sample(8, 8).encodeSync('webp'), 'a.txt');
  utimesSync(file, 1_000, 2_000);
  expect(await readPictureFile(file)).toMatchObject({ format: 'webp', modifiedAt: 2_000_000 });
});

const bomb = Buffer.concat([
  png.subarray(0, 8),
  pngChunk('IHDR', Buffer.concat([words(40_000, 40_000), Buffer.of(8, 6, 0, 0, 0)])),
  png.subarray(33),
]);

test.each([
  ['empty', 'empty', ''],
  ['text', 'not-a-picture', 'hello'],
  ["a live photo's film", 'not-a-picture', '\0\0\0\x14ftypqt  \0\0\0\0qt  \0\0\0\x08mdat'],
  ['a web page', 'not-a-picture', '<!doctype html><img src="a.png">'],
  ['a signature alone', 'truncated', png.subarray(0, 8)],
  ['cut short', 'truncated', png.subarray(0, png.length - 8)],
])('rejects a file that is %s as %s', async (_name, reason, bytes) => {
  expect(await readPictureFile(put(bytes))).toBe(reason);
});

test('rejects a decompression bomb, and says how large it is', async () => {
  const size = { width: 40_000, height: 40_000 };
  expect(await readPictureFile(put(bomb))).toEqual({ reason: 'too-large', size });
});

test('rejects a file above the maximum size without reading it', async () => {
  const file = put(png);
  ftruncateSync(openSync(file, 'r+'), maxImportBytes + 1);
  expect(await readPictureFile(file)).toBe('too-large');
  ftruncateSync(openSync(put('text', 'b.png'), 'r+'), maxImportBytes + 1);
  expect(await readPictureFile(path.join(folder, 'b.png'))).toBe('not-a-picture');
});

test('rejects links, folders, pipes and missing files', async () => {
  symlinkSync(put(png), path.join(folder, 'link.png'));
  expect(await readPictureFile(path.join(folder, 'link.png'))).toBe('unreadable');
  expect(await readPictureFile(folder)).toBe('not-a-picture');
  execFileSync('mkfifo', [path.join(folder, 'pipe.png')]);
  expect(await readPictureFile(path.join(folder, 'pipe.png'))).toBe('not-a-picture');
  expect(await readPictureFile(path.join(folder, 'none.png'))).toBe('gone');
  expect(await readPictureFile(path.join(put('a'), 'none.png'))).toBe('gone');
});

test('rejects a file that another program changes while it is read', async () => {
  const file = put(Buffer.concat([png, Buffer.alloc(64 * 1024 * 1024)]));
  const reading = readPictureFile(file);
  const changing = setInterval(() => appendFileSync(file, 'x'), 0);
  expect(await reading).toBe('changing');
  clearInterval(changing);
});
