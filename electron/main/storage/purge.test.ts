import { renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { newId } from '../db/new-id';
import { openPlain } from '../db/test-database';
import { markPictures, purge, purgePicture, removeMarkedPictures } from './purge';
import { reconcile } from './reconcile';
import { createTestStorage, type TestStorage } from './test-storage';
import { moveToTrash, restoreFromTrash } from './trash';

const everything = Number.MAX_SAFE_INTEGER;
let storage: TestStorage;

beforeEach(() => {
  storage = createTestStorage();
  onTestFinished(() => storage.remove());
});

function imageOf(id: string) {
  const message = storage.chat.store.messages.find(id);
  return message?.kind === 'image' ? message.image : undefined;
}

function rowCount(table: string): unknown {
  const database = openPlain(storage.databaseFile);
  const count = database.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
  database.close();
  return count;
}

/** Returns the ids of the pictures that the gallery shows. */
function inGallery(): unknown[] {
  const database = openPlain(storage.databaseFile);
  const ids = database.prepare('SELECT id FROM user_images WHERE deleted_at IS NULL').pluck().all();
  database.close();
  return ids;
}

function trashed() {
  const picture = storage.picture();
  moveToTrash(storage.context, picture.id);
  return picture;
}

describe('a deleted picture', () => {
  test('leaves the gallery, keeps its files, and shows in its conversation that it is in Trash', () => {
    const { id } = trashed();
    const { broadcasts } = storage.chat;
    expect(inGallery()).toEqual([]);
    expect(imageOf(id)).toMatchObject({ state: 'trash', width: 3 });
    expect(storage.files()).toHaveLength(4);
    expect(broadcasts['gallery:removed']).toEqual([[id]]);
    expect(broadcasts['message:updated'].at(-1)).toMatchObject({ id, image: { state: 'trash' } });
  });

  test('is restored unchanged', () => {
    const { id } = trashed();
    const restored = restoreFromTrash(storage.context, id);
    expect(restored).toMatchObject({ ok: true, value: { id } });
    expect(inGallery()).toEqual([id]);
    expect(imageOf(id)).not.toHaveProperty('state');
    expect(storage.chat.broadcasts['gallery:added'].at(-1)).toMatchObject([{ id }]);
  });

  test('keeps its first deletion date when it is deleted again', () => {
    const { id } = trashed();
    storage.chat.world.now += 1000;
    expect(moveToTrash(storage.context, id).ok).toBe(true);
    expect(storage.chat.store.trash.pictures(1)[0]?.deletedAt).toBe(storage.chat.world.now - 1000);
  });

  test('goes to Trash even if the gallery does not have it yet', () => {
    const { id } = storage.picture({ inGallery: false });
    expect(moveToTrash(storage.context, id).ok).toBe(true);
    expect(imageOf(id)).toMatchObject({ state: 'trash' });
  });

  test('is not found if there is no such picture', () => {
    expect(moveToTrash(storage.context, storage.conversation())).toMatchObject({ code: 'not_found' });
  });
});

describe('a purge', () => {
  test('removes the files, the row and the message’s reference, and reports how much', async () => {
    const { id } = trashed();
    const kept = storage.picture();
    expect(await purge(storage.context, everything)).toEqual({ pictures: 1, conversations: 0, bytes: 130 });
    expect(storage.files()).toEqual(expect.arrayContaining([`${kept.id}.png`]));
    expect(storage.files()).toHaveLength(4);
    expect(rowCount('user_images')).toBe(1);
    expect(imageOf(id)).toBeNull();
    expect(storage.chat.store.messages.find(id)).toMatchObject({ status: 'ready', prompt: 'a fox' });
    expect(storage.chat.broadcasts['message:updated'].at(-1)).toMatchObject({ id, image: null });
    expect(restoreFromTrash(storage.context, id)).toMatchObject({ code: 'picture_gone' });
  });

  test('of one picture leaves the others in Trash, and takes none that is not in it', async () => {
    const { id } = trashed();
    const other = trashed();
    const kept = storage.picture();
    expect(await purgePicture(storage.context, kept.id)).toBe(false);
    expect(await purgePicture(storage.context, id)).toBe(true);
    expect(await purgePicture(storage.context, id)).toBe(false);
    expect(imageOf(id)).toBeNull();
    expect(storage.chat.broadcasts['message:updated'].at(-1)).toMatchObject({ id, image: null });
    expect(storage.files()).toHaveLength(8);
    expect(restoreFromTrash(storage.context, other.id).ok).toBe(true);
    expect(inGallery()).toEqual(expect.arrayContaining([kept.id, other.id]));
  });

  test('keeps what was deleted after the given time', async () => {
    const { id } = trashed();
    const at = storage.chat.world.now;
    expect(await purge(storage.context, at - 1)).toMatchObject({ pictures: 0 });
    expect(restoreFromTrash(storage.context, id).ok).toBe(true);
    expect(storage.files()).toHaveLength(4);
    moveToTrash(storage.context, id);
    expect(await purge(storage.context, at)).toMatchObject({ pictures: 1 });
    expect(storage.files()).toEqual([]);
  });

  test('keeps a file as long as another picture shows it', async () => {
    const first = storage.picture();
    const second = storage.picture({ withFiles: false });
    const database = openPlain(storage.databaseFile);
    database.prepare('UPDATE user_images SET file = ? WHERE id = ?').run(first.file, second.id);
    database.prepare('UPDATE messages SET image_file = ? WHERE id = ?').run(first.file, second.id);
    database.close();
    moveToTrash(storage.context, first.id);
    await purge(storage.context, everything);
    expect(storage.exists(first.file)).toBe(true);
    expect(storage.chat.store.userImages.find(first.id)).toBeUndefined();
    await reconcile(storage.context);
    expect(storage.chat.store.userImages.find(second.id)).not.toHaveProperty('state');
    moveToTrash(storage.context, second.id);
    await purge(storage.context, everything);
    expect(storage.files()).toEqual([]);
  });

  test.each([
    ['one after the other', 1],
    ['at once', 2],
  ])(
    'removes a file that two pictures of the gallery alone show only with the last of them: %s',
    async (_how, atOnce) => {
      const { id, file } = storage.picture();
      const { store } = storage.chat;
      const other = { id: newId(), messageId: newId(), file, width: 3, height: 2, bytes: 100, thumbhash: '' };
      const made = {
        prompt: 'a fox',
        provider: 'painter',
        model: 'painter-1',
        params: '{}',
        createdAt: 6,
      } as const;
      store.transaction(() => store.userImages.insert({ ...other, ...made }));
      const database = openPlain(storage.databaseFile);
      database.prepare('UPDATE messages SET image_file = NULL WHERE id = ?').run(id);
      database.close();
      moveToTrash(storage.context, id);
      if (atOnce === 2) moveToTrash(storage.context, other.id);
      await purge(storage.context, everything);
      expect(storage.exists(file)).toBe(atOnce === 1);
      moveToTrash(storage.context, other.id);
      await purge(storage.context, everything);
      expect(storage.exists(file)).toBe(false);
      expect(rowCount('user_images')).toBe(0);
    },
  );

  test('handles more than one batch', async () => {
    const conversationId = storage.conversation();
    storage.chat.store.transaction(() => {
      for (let count = 0; count < 250; count += 1) {
        const { id } = storage.picture({ conversationId, withFiles: false });
        storage.chat.store.trash.add(id, 1);
      }
    });
    expect(await purge(storage.context, everything)).toMatchObject({ pictures: 250 });
    expect(rowCount('user_images')).toBe(0);
  });

  test.each(['../outside/x.png', '/etc/x.png', 'images/../outside/x.png', '', 'images/', 'x.png'])(
    'of a row whose file is %j touches nothing outside the pictures',
    async (file) => {
      const { id } = trashed();
      storage.write('outside/x.png');
      storage.write('x.png');
      const database = openPlain(storage.databaseFile);
      database.prepare('UPDATE user_images SET file = ? WHERE id = ?').run(file, id);
      database.close();
      await purge(storage.context, everything);
      expect(storage.exists('outside/x.png')).toBe(true);
      expect(storage.exists('x.png')).toBe(true);
      expect(storage.exists('afterimage.db')).toBe(true);
    },
  );
});

describe('after a crash', () => {
  test('between marking and removing, nothing shows the picture and the next run removes it', async () => {
    const { id, file } = trashed();
    await markPictures(storage.context, everything);
    storage.restart();
    expect(storage.exists(file)).toBe(true);
    expect(imageOf(id)).toBeNull();
    expect(storage.chat.store.userImages.file(id)).toBeUndefined();
    expect(storage.chat.store.trash.counts()).toEqual({ pictures: 0, conversations: 0 });
    expect(restoreFromTrash(storage.context, id)).toMatchObject({ code: 'picture_gone' });
    // Until then reconciling does not move its files.
    storage.chat.world.now += 1e10;
    await reconcile(storage.context);
    expect(storage.files('recovery')).toEqual([]);
    // Nothing new is due, but the unfinished purge is completed.
    expect(await purge(storage.context, 0)).toMatchObject({ pictures: 1, bytes: 130 });
    expect(storage.files()).toEqual([]);
    expect(rowCount('user_images')).toBe(0);
  });

  test.each([0, 1, 2, 3, 4])(
    'when %i of its files were removed, the next run removes the rest',
    async (gone) => {
      trashed();
      await markPictures(storage.context, everything);
      const folder = storage.files().slice(0, gone);
      for (const name of folder) {
        rmSync(path.join(storage.folder, 'images', name.split('.')[0]?.slice(-2) ?? '', name));
      }
      storage.restart();
      expect(await removeMarkedPictures(storage.context)).toMatchObject({ pictures: 1 });
      expect(storage.files()).toEqual([]);
      expect(rowCount('user_images')).toBe(0);
    },
  );

  test('when the app ended during the purge, the next run completes it', async () => {
    for (let count = 0; count < 5; count += 1) trashed();
    const running = purge(storage.context, everything);
    storage.end();
    await running;
    storage.restart();
    await purge(storage.context, everything);
    expect(storage.files()).toEqual([]);
    expect(rowCount('user_images')).toBe(0);
  });

  test('between two batches of a conversation, it cannot be partly restored', async () => {
    const conversationId = storage.conversation();
    const { id } = storage.picture({ conversationId });
    const { store } = storage.chat;
    store.conversations.delete(conversationId, 1);
    store.purge.markConversations(everything, 2, 10);
    store.transaction(() => store.purge.removeMessages(conversationId, 1));
    storage.restart();
    storage.chat.store.conversations.restore(conversationId);
    expect(storage.chat.store.conversations.find(conversationId)).toBeUndefined();
    expect(await purge(storage.context, 0)).toMatchObject({ conversations: 1 });
    expect(rowCount('conversations')).toBe(0);
    expect(storage.chat.store.userImages.find(id)).toMatchObject({ id });
  });
});

describe('a conversation that is due', () => {
  test('is removed with its messages, and all its pictures stay in the gallery', async () => {
    const conversationId = storage.conversation();
    const known = storage.picture({ conversationId });
    const stray = storage.picture({ conversationId, inGallery: false });
    const deleted = storage.picture({ conversationId });
    storage.conversation();
    moveToTrash(storage.context, deleted.id);
    storage.chat.store.conversations.delete(conversationId, storage.chat.world.now);
    expect(await purge(storage.context, everything)).toMatchObject({ pictures: 1, conversations: 1 });
    expect(rowCount('messages')).toBe(0);
    expect(rowCount('conversations')).toBe(1);
    expect(inGallery().toSorted()).toEqual([known.id, stray.id].toSorted());
    expect(storage.exists(known.file)).toBe(true);
    expect(storage.exists(stray.file)).toBe(true);
  });

  test('stays while a picture in it is unfinished', async () => {
    const conversationId = storage.conversation();
    const { id } = storage.picture({ conversationId });
    storage.chat.store.messages.reset(id, 1);
    storage.chat.store.messages.begin(id, id, 1);
    storage.chat.store.conversations.delete(conversationId, 1);
    expect(await purge(storage.context, everything)).toMatchObject({ conversations: 0 });
    storage.chat.store.messages.setEnded(id, 'failed', { code: 'refused', message: 'No.' }, 2);
    expect(await purge(storage.context, everything)).toMatchObject({ conversations: 1 });
  });
});

test('a file that cannot be removed keeps its row for the next run', async () => {
  const { file } = trashed();
  const folder = path.join(storage.folder, path.dirname(file));
  // A file in place of the folder makes it unreadable, which differs from empty.
  renameSync(folder, `${folder}-away`);
  writeFileSync(folder, '');
  expect(await purge(storage.context, everything)).toMatchObject({ pictures: 0 });
  expect(rowCount('user_images')).toBe(1);
  rmSync(folder);
  renameSync(`${folder}-away`, folder);
  expect(await purge(storage.context, everything)).toMatchObject({ pictures: 1 });
  expect(storage.files()).toEqual([]);
});
