import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { recipeFile } from '../../../shared/domain/picture-files';
import { locateFile } from '../../generator/codec/locate-file';
import { origin, sample } from '../../generator/pipeline/test-pictures';
import { locate } from './locate';
import { reconcile } from './reconcile';
import { createTestStorage, type TestStorage } from './test-storage';

let storage: TestStorage;
let picture: { id: string; file: string };

beforeEach(async () => {
  storage = createTestStorage((folder) => (wanted) => locateFile(folder, wanted));
  onTestFinished(() => storage.remove());
  picture = storage.picture();
  rmSync(path.join(storage.folder, picture.file));
  await reconcile(storage.context);
});

function chosen(bytes: Uint8Array): string {
  const file = path.join(storage.folder, 'chosen.any');
  writeFileSync(file, bytes);
  return file;
}

const png = (width: number, height: number) => sample(width, height).toBuffer('image/png');

/** Has complete chunks and the right size, but an invalid bit depth. */
function spoiled(): Buffer {
  const bytes = png(3, 2);
  bytes.writeUInt8(0x99, 24);
  return bytes;
}

test('copies the file and clears the mark', async () => {
  const bytes = png(3, 2);
  const from = chosen(bytes);
  expect(await locate(storage.context, picture.id, from)).toMatchObject({
    ok: true,
    value: { bytes: bytes.length },
  });
  expect(storage.exists(picture.file)).toBe(true);
  expect(storage.exists('chosen.any')).toBe(true);
  expect(storage.chat.store.userImages.find(picture.id)).not.toHaveProperty('state');
  expect(storage.chat.store.messages.find(picture.id)).toMatchObject({ image: { bytes: bytes.length } });
  expect(await reconcile(storage.context)).toMatchObject({ missing: 0 });
});

test('gives a file in another format its own extension, in both rows', async () => {
  await locate(storage.context, picture.id, chosen(sample(3, 2).toBuffer('image/webp')));
  const file = picture.file.replace('.png', '.webp');
  expect(storage.exists(file)).toBe(true);
  expect(storage.chat.store.userImages.file(picture.id)).toBe(file);
  expect(storage.chat.store.messages.imageFile(picture.id)).toBe(file);
});

test('identifies the picture by the content of the new file', async () => {
  const { imports } = storage.chat.store;
  const before = 'ab'.repeat(32);
  storage.chat.store.transaction(() => imports.setHash(picture.id, before));
  const bytes = png(3, 2);
  await locate(storage.context, picture.id, chosen(bytes));
  expect(imports.findDuplicate(before)).toBeNull();
  expect(imports.notHashed(bytes.length, '', 9)).toMatchObject([{ id: picture.id }]);
});

test('updates the recipe to the new file', async () => {
  const at = path.join(storage.folder, recipeFile(picture.id));
  const image = { file: picture.file, width: 3, height: 2, bytes: 100, thumbhash: '' };
  writeFileSync(at, JSON.stringify({ version: 1, ...origin, id: picture.id, ...image }));
  const bytes = sample(3, 2).toBuffer('image/webp');
  await locate(storage.context, picture.id, chosen(bytes));
  expect(JSON.parse(readFileSync(at, 'utf8'))).toMatchObject({
    prompt: origin.prompt,
    file: picture.file.replace('.png', '.webp'),
    bytes: bytes.length,
    width: 3,
    height: 2,
  });
});

test('accepts a picture that is rotated by its orientation', async () => {
  expect(await locate(storage.context, picture.id, chosen(png(2, 3)))).toMatchObject({ ok: true });
});

test('lets reconciling find the file after a crash before the rows were written', async () => {
  storage.write(picture.file, png(3, 2));
  storage.restart();
  expect(await reconcile(storage.context)).toMatchObject({ missing: 0 });
});

describe('refuses and changes nothing for', () => {
  test.each([
    ['another size', png(4, 2), 'another_picture'],
    ['words', Buffer.from('not a picture at all, but long enough to be looked at'), 'not_a_picture'],
    ['nothing', Buffer.alloc(0), 'not_a_picture'],
    ['the half of a picture', png(3, 2).subarray(0, -20), 'not_a_picture'],
    ['a picture that does not open', spoiled(), 'not_a_picture'],
    ['a signature alone', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), 'not_a_picture'],
  ])('%s', async (_what, bytes, code) => {
    const files = storage.files();
    expect(await locate(storage.context, picture.id, chosen(bytes))).toMatchObject({ ok: false, code });
    expect(storage.files()).toEqual(files);
    expect(storage.chat.store.userImages.find(picture.id)).toMatchObject({ state: 'missing' });
  });

  test('a folder or a missing file', async () => {
    for (const file of [storage.folder, path.join(storage.folder, 'nowhere')]) {
      expect(await locate(storage.context, picture.id, file)).toMatchObject({ code: 'not_a_picture' });
    }
  });
});
