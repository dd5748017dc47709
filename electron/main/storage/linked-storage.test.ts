import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { localCodec } from '../../generator/codec/local-codec';
import { sample } from '../../generator/pipeline/test-pictures';
import { referenceTo } from '../chat/history';
import { runToEnd } from '../db/slices';
import { openPlain } from '../db/test-database';
import { removeTemporaryCopies, writeDragCopies } from '../export/drag-copies';
import { createFolderTarget } from '../export/folder-target';
import { importArchive, nothingImported } from '../export/read-archive';
import { saveCopies } from '../export/save-copy';
import { writeArchive } from '../export/write-archive';
import { createPictureCopier } from './copy-picture';
import { locate } from './locate';
import { purge } from './purge';
import { reconcile } from './reconcile';
import { replaceOriginal } from './replace-original';
import { createTestStorage, type TestStorage } from './test-storage';
import { moveToTrash, restoreFromTrash } from './trash';
import { usageInSlices } from './usage';

const bytes = sample(3, 2).toBuffer('image/png');

let storage: TestStorage;
let id: string;
let file: string;
/** The user's own file. */
let own: string;

beforeEach(() => {
  storage = createTestStorage((folder) => (task) => localCodec.locate(folder, task));
  onTestFinished(() => storage.remove());
  ({ id, file } = storage.picture());
  own = path.join(storage.folder, 'elsewhere', 'own.png');
  mkdirSync(path.dirname(own));
  writeFileSync(own, bytes);
  rmSync(path.join(storage.folder, file));
  link(own);
});

/** Makes the picture one whose file stays where it is. */
function link(to: string): void {
  const { mtimeMs } = statSync(to);
  const database = openPlain(storage.databaseFile);
  const change = database.prepare(`UPDATE user_images SET linked_path = ?, linked_modified_at = ?, bytes = ?,
    message_id = NULL, width = 3, height = 2 WHERE id = ?`);
  change.run(to, Math.round(mtimeMs), bytes.length, id);
  database.prepare('UPDATE messages SET image_file = NULL WHERE id = ?').run(id);
  database.close();
}

const state = () => storage.chat.store.userImages.find(id)?.state;
const isUntouched = () => readFileSync(own).equals(bytes);

test('reconciling does not miss its file in the data folder, and keeps what is derived from it', async () => {
  storage.age(`${file.slice(0, -4)}.512.webp`, 48);
  await reconcile(storage.context);
  expect(state()).toBeUndefined();
  expect(storage.files()).toContain(`${id}.512.webp`);
  expect(storage.files('recovery')).toEqual([]);
  renameSync(own, `${own}.away`);
  await reconcile(storage.context);
  expect(state()).toBe('missing');
  renameSync(`${own}.away`, own);
  await reconcile(storage.context);
  expect(state()).toBeUndefined();
});

test('reconciling has lost small versions made from the user’s file, and only while it is there', async () => {
  const thumbnail = path.join(storage.folder, `${file.slice(0, -4)}.256.webp`);
  rmSync(thumbnail);
  await reconcile(storage.context);
  expect(storage.derived).toEqual([[id, file]]);
  rmSync(own);
  await reconcile(storage.context);
  await reconcile(storage.context);
  expect(storage.derived).toHaveLength(2);
});

test('a request says which file of the user’s it means', () => {
  const { mtimeMs } = statSync(own);
  expect(referenceTo(storage.chat.context, id)).toMatchObject({
    ...{ imageId: id, file: own, link: { path: own, bytes: bytes.length, modifiedAt: Math.round(mtimeMs) } },
  });
});

test('Trash, Undo and permanent deletion leave the user’s file alone', async () => {
  moveToTrash(storage.context, id);
  expect(restoreFromTrash(storage.context, id)).toMatchObject({ ok: true, value: { isLinked: true } });
  moveToTrash(storage.context, id);
  await purge(storage.context, Number.MAX_SAFE_INTEGER);
  expect(storage.chat.store.userImages.find(id)).toBeUndefined();
  expect(storage.files()).toEqual([]);
  expect(isUntouched()).toBe(true);
});

test('disk usage tells what is in the user’s folders apart', () => {
  const usage = runToEnd(usageInSlices(storage.context));
  expect(usage).toMatchObject({ linked: bytes.length, previews: 20, unclaimed: 0 });
});

test('a display file never replaces it', () => {
  storage.chat.store.settings.write({ keepOriginals: false });
  expect(
    replaceOriginal(storage.chat.store, storage.chat.outbox, {
      type: 'derived',
      jobId: id,
      file: 'x.webp',
      bytes: 1,
    }),
  ).toBe(false);
  expect(storage.chat.store.userImages.source(id)).toBe(own);
});

test('Locate refers to the chosen file and copies nothing', async () => {
  const recipe = {
    ...{
      version: 1,
      id,
      file,
      bytes: bytes.length,
      width: 3,
      height: 2,
      thumbhash: 'AQ==',
      prompt: 'a',
      model: 'm',
    },
    ...{ provider: 'imported', params: { source: 'none' }, costMicroUsd: 0, durationMs: 0, createdAt: 5 },
  };
  storage.write(`${file.slice(0, -4)}.json`, Buffer.from(JSON.stringify(recipe)));
  const moved = path.join(storage.folder, 'elsewhere', 'moved.png');
  renameSync(own, moved);
  await reconcile(storage.context);
  expect(state()).toBe('missing');
  expect(await locate(storage.context, id, path.join(storage.folder, 'nothing.png'))).toMatchObject({
    code: 'not_a_picture',
  });
  const other = path.join(storage.folder, 'other.png');
  writeFileSync(other, sample(5, 5).toBuffer('image/png'));
  expect(await locate(storage.context, id, other)).toMatchObject({ code: 'another_picture' });
  expect(await locate(storage.context, id, moved)).toMatchObject({ ok: true });
  expect(state()).toBeUndefined();
  expect(storage.chat.store.userImages.source(id)).toBe(moved);
  expect(existsSync(path.join(storage.folder, file))).toBe(false);
});

test('every copy that leaves has the user’s bytes, and none is made of a changed file', async () => {
  const { store } = storage.chat;
  store.settings.write({ embedRecipes: false });
  const target = path.join(storage.folder, 'out');
  mkdirSync(target);
  const context = { ...storage.context, dataFolder: storage.folder };
  const copied: string[] = [];
  const copy = createPictureCopier(
    {
      ...context,
      generator: {
        async writePng(source) {
          copied.push(source);
          return { ok: true, value: null };
        },
      },
    },
    async () => true,
  );
  expect(await saveCopies(context, [id], target)).toMatchObject({ value: { saved: 1, skipped: 0 } });
  const [dragged = ''] = await writeDragCopies(store, storage.folder, [id]);
  expect(readFileSync(dragged).equals(bytes)).toBe(true);
  expect(await copy(id)).toMatchObject({ ok: true });
  expect(copied).toEqual([own]);

  writeFileSync(own, sample(4, 4).toBuffer('image/png'));
  expect(await saveCopies(context, [id], target)).toMatchObject({ value: { saved: 0, skipped: 1 } });
  expect(await writeDragCopies(store, storage.folder, [id])).toEqual([]);
  expect(await copy(id)).toMatchObject({ code: 'linked_file_gone' });
  await removeTemporaryCopies(storage.folder);
});

test('an export of everything has the bytes, and the other installation a file of its own', async () => {
  const there = createTestStorage();
  onTestFinished(() => there.remove());
  const folder = path.join(storage.folder, 'archive');
  const options = { signal: new AbortController().signal, onProgress: () => {} };
  await writeArchive({
    ...options,
    ...{ store: storage.chat.store, dataFolder: storage.folder, target: await createFolderTarget(folder) },
  });
  await importArchive({
    ...options,
    ...{ store: there.chat.store, dataFolder: there.folder, folder, derive: () => {} },
    imported: nothingImported(),
  });
  expect(there.chat.store.userImages.place(id)).toMatchObject({ file, linked_path: null });
  expect(readFileSync(path.join(there.folder, file)).equals(bytes)).toBe(true);
  expect(isUntouched()).toBe(true);
});
