// A reused picture is one picture: it changes in every message that shows it, and is removed once.
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { PictureMessage } from '../../../shared/domain/conversations';
import { locateFile } from '../../generator/codec/locate-file';
import { sample } from '../../generator/pipeline/test-pictures';
import { newId } from '../db/new-id';
import { locate } from './locate';
import { markPictures, purge } from './purge';
import { reconcile } from './reconcile';
import { replaceOriginal } from './replace-original';
import { createTestStorage, type TestStorage } from './test-storage';
import { moveToTrash, restoreFromTrash } from './trash';

const everything = Number.MAX_SAFE_INTEGER;
let storage: TestStorage;
let conversationId: string;
let picture: { id: string; file: string };
/** Returns the id of a message in another conversation that reuses `picture`. */
let again: string;

beforeEach(() => {
  storage = createTestStorage((folder) => (wanted) => locateFile(folder, wanted));
  onTestFinished(() => storage.remove());
  conversationId = storage.conversation();
  picture = storage.picture({ conversationId });
  again = newId();
  const { store } = storage.chat;
  const made = message(picture.id);
  store.messages.insert({
    ...made,
    id: again,
    groupId: again,
    conversationId: storage.conversation(),
    status: 'pending',
    image: null,
  });
  expect(store.messages.setReused(again, picture.id, 7)).toBe(true);
});

function message(id: string): PictureMessage {
  const found = storage.chat.store.messages.find(id);
  if (found?.kind !== 'image') throw new Error(`There is no picture message ${id}.`);
  return found;
}

function deleteConversation(id: string): void {
  storage.chat.store.conversations.delete(id, storage.chat.world.now);
}

/** Returns what is in the gallery, in Trash or marked for deletion. */
function galleryIds(): string[] {
  const folder = path.posix.dirname(picture.file);
  return storage.chat.store.pictureRows.inFolder(folder).map(({ id }) => id);
}

test('never becomes a second picture of the gallery', async () => {
  await reconcile(storage.context);
  expect(moveToTrash(storage.context, again)).toMatchObject({ code: 'not_found' });
  expect(galleryIds()).toEqual([picture.id]);
});

test('goes to Trash and comes back in every message', () => {
  moveToTrash(storage.context, picture.id);
  expect(message(again).image).toMatchObject({ state: 'trash' });
  const { broadcasts } = storage.chat;
  expect(broadcasts['message:updated'].map(({ id }) => id)).toEqual([picture.id, again]);
  restoreFromTrash(storage.context, picture.id);
  expect(message(again).image).not.toHaveProperty('state');
  expect(broadcasts['message:updated'].map(({ id }) => id).slice(2)).toEqual([picture.id, again]);
});

test('is gone from every message after permanent deletion', async () => {
  moveToTrash(storage.context, picture.id);
  expect(await purge(storage.context, everything)).toMatchObject({ pictures: 1 });
  expect([message(picture.id), message(again)].map(({ image }) => image)).toEqual([null, null]);
  await reconcile(storage.context);
  expect(storage.files()).toEqual([]);
  expect(galleryIds()).toEqual([]);
});

test('is deleted permanently even if the app ends during it', async () => {
  moveToTrash(storage.context, picture.id);
  await markPictures(storage.context, everything);
  storage.restart();
  expect(message(again).image).toBeNull();
  await reconcile(storage.context);
  await purge(storage.context, 0);
  expect(storage.files()).toEqual([]);
  expect(galleryIds()).toEqual([]);
});

test('is not reused once its permanent deletion has started', async () => {
  const { store } = storage.chat;
  const late = { ...message(again), id: newId(), status: 'pending' as const, image: null };
  store.messages.insert(late);
  moveToTrash(storage.context, picture.id);
  await markPictures(storage.context, everything);
  expect(store.messages.setReused(late.id, picture.id, 9)).toBe(false);
});

test('stays when the conversation that produced it is deleted', async () => {
  deleteConversation(conversationId);
  await purge(storage.context, everything);
  await reconcile(storage.context);
  expect(storage.chat.store.messages.find(picture.id)).toBeUndefined();
  expect(message(again).image).toEqual({ width: 3, height: 2, bytes: 100, thumbhash: 'AQI=' });
  expect(storage.exists(picture.file)).toBe(true);
});

test('stays a single picture when the conversation that reused it is deleted', async () => {
  deleteConversation(message(again).conversationId);
  await purge(storage.context, everything);
  await reconcile(storage.context);
  expect(storage.chat.store.messages.find(again)).toBeUndefined();
  expect(galleryIds()).toEqual([picture.id]);
  expect(storage.files()).toHaveLength(4);
});

test('is missing, and located again, in every message', async () => {
  rmSync(path.join(storage.folder, picture.file));
  await reconcile(storage.context);
  expect(message(again).image).toMatchObject({ state: 'missing' });
  const chosen = path.join(storage.folder, 'chosen.png');
  const bytes = sample(3, 2).toBuffer('image/png');
  writeFileSync(chosen, bytes);
  await locate(storage.context, picture.id, chosen);
  expect(message(again).image).toMatchObject({ bytes: bytes.length });
  expect(message(again).image).not.toHaveProperty('state');
});

test('shows the display file in every message before its original is removed', () => {
  const { store, outbox } = storage.chat;
  store.settings.write({ keepOriginals: false });
  const file = picture.file.replace('.png', '.display.webp');
  const derived = { type: 'derived', jobId: picture.id, file, bytes: 9 } as const;
  expect(replaceOriginal(store, outbox, derived)).toBe(true);
  expect([picture.id, again].map((id) => store.messages.imageFile(id))).toEqual([file, file]);
});
