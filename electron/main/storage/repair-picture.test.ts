import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadImage } from '@napi-rs/canvas';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { displayOf, sharpSide, thumbnailOf, thumbnailSides } from '../../../shared/domain/picture-files';
import { localCodec } from '../../generator/codec/local-codec';
import { sample } from '../../generator/pipeline/test-pictures';
import { openPlain } from '../db/test-database';
import { repairPicture } from './repair-picture';
import { createTestStorage, type TestStorage } from './test-storage';

const bytes = sample(60, 40).toBuffer('image/png');
const nonsense = Buffer.alloc(bytes.length);

let storage: TestStorage;
let id: string;
let file: string;

beforeEach(() => {
  const remake = (folder: string) => (name: string, source?: string) =>
    localCodec.remake(folder, name, 90, source);
  storage = createTestStorage(undefined, undefined, remake);
  onTestFinished(() => storage.remove());
  ({ id, file } = storage.picture());
  writeFileSync(at(file), bytes);
});

const at = (name: string) => path.join(storage.folder, name);
const repair = () => repairPicture(storage.context, id);
const thumbnails = () => thumbnailSides.map((side) => at(thumbnailOf(file, side)));
const stateOf = () => storage.chat.store.userImages.find(id)?.state;

test.each([
  ['damaged', nonsense],
  ['empty', Buffer.alloc(0)],
  ['cut short', sample(60, 40).toBuffer('image/webp').subarray(0, 60)],
])('makes all that is derived from an intact picture anew: %s', async (_, content) => {
  for (const name of thumbnails()) writeFileSync(name, content);
  for (const name of [displayOf(file), thumbnailOf(file, sharpSide)]) writeFileSync(at(name), content);
  expect(await repair()).toBe('repaired');
  for (const name of thumbnails()) expect((await loadImage(name)).width).toBe(60);
  // They are made again when they are needed, unless they are smaller than what they stand for.
  expect(existsSync(at(thumbnailOf(file, sharpSide)))).toBe(false);
  if (existsSync(at(displayOf(file)))) expect((await loadImage(at(displayOf(file)))).width).toBe(60);
  expect(readFileSync(at(file)).equals(bytes)).toBe(true);
  expect(stateOf()).toBeUndefined();
});

test('makes small versions that are missing', async () => {
  for (const name of thumbnails()) rmSync(name, { force: true });
  expect(await repair()).toBe('repaired');
  for (const name of thumbnails()) expect(existsSync(name)).toBe(true);
});

test.each([
  ['of zeros', nonsense],
  ['empty', Buffer.alloc(0)],
])(
  'leaves what is there of a picture that is damaged itself, and does not call it missing: %s',
  async (_, content) => {
    await localCodec.derive(storage.folder, file, 90);
    const before = thumbnails().map((name) => (existsSync(name) ? readFileSync(name, 'base64') : null));
    writeFileSync(at(file), content);
    expect(await repair()).toBe('damaged');
    expect(thumbnails().map((name) => (existsSync(name) ? readFileSync(name, 'base64') : null))).toEqual(
      before,
    );
    expect(stateOf()).toBeUndefined();
  },
);

test('marks a picture whose file is gone', async () => {
  rmSync(at(file));
  expect(await repair()).toBe('missing');
  expect(stateOf()).toBe('missing');
  expect(storage.chat.broadcasts['gallery:changed']).toMatchObject([[{ id, state: 'missing' }]]);
  // SentenceOrText once.
  expect(await repair()).toBe('missing');
  expect(storage.chat.broadcasts['gallery:changed']).toHaveLength(1);
});

test('repairs from the user’s own file unless that was changed', async () => {
  const own = at('elsewhere/own.png');
  mkdirSync(path.dirname(own));
  writeFileSync(own, bytes);
  const database = openPlain(storage.databaseFile);
  const link = database.prepare(
    'UPDATE user_images SET linked_path = ?, linked_modified_at = ?, bytes = ? WHERE id = ?',
  );
  link.run(own, Math.round(statSync(own).mtimeMs), bytes.length, id);
  database.close();
  rmSync(at(file));
  for (const name of thumbnails()) writeFileSync(name, nonsense);
  expect(await repair()).toBe('repaired');
  for (const name of thumbnails()) expect((await loadImage(name)).width).toBe(60);
  writeFileSync(own, 'another picture');
  expect(await repair()).toBe('missing');
  expect(stateOf()).toBe('missing');
});

test('says nothing of a picture whose small versions cannot be written', async () => {
  for (const name of thumbnails()) {
    rmSync(name, { force: true });
    // A folder in its place: it cannot be written.
    mkdirSync(path.join(name, 'x'), { recursive: true });
  }
  expect(await repair()).toBe('failed');
  expect(stateOf()).toBeUndefined();
});
