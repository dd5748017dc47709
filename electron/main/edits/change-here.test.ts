// Changes that this computer makes: a new picture with its parent, once for each id, whatever is repeated or killed.
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { LocalEdit } from '../../../shared/domain/edits';
import { success } from '../../../shared/domain/errors';
import { pictureFile, recipeFile, recoveryFolder } from '../../../shared/domain/picture-files';
import { recipeSchema } from '../../../shared/domain/recipe';
import { localCodec } from '../../generator/codec/local-codec';
import { changeHere } from '../../generator/pipeline/change-here';
import { newId } from '../db/new-id';
import { openPlain } from '../db/test-database';
import { testDatabaseFile } from '../test-support/open-test-context';
import { createTestContext, type TestContext } from '../test-support/test-context';
import { createChangeHere } from './change-here';
import type { EditContext } from './edit-context';

const turned: LocalEdit = { quarterTurns: 1, mirrored: false, straighten: 0, crop: null, scale: 1 };

let chat: TestContext;
let databaseFile: string;
let dataFolder: string;
let imageId: string;
let made: number;
let context: EditContext;

beforeEach(() => {
  databaseFile = testDatabaseFile();
  dataFolder = path.dirname(databaseFile);
  chat = createTestContext(databaseFile);
  onTestFinished(() => chat.store.close());
  made = 0;
  context = {
    ...{ ...chat.context, dataFolder, outbox: chat.outbox, signal: new AbortController().signal },
    generator: {
      async changeHere(wanted) {
        made += 1;
        const result = await changeHere({ dataFolder, codec: localCodec }, wanted);
        return result.ok ? success(result.value.changed) : result;
      },
    },
  };
  imageId = picture();
});

function picture(changes: { params?: string; provider?: string } = {}): string {
  const id = newId();
  const file = pictureFile(id, 'png');
  mkdirSync(path.join(dataFolder, path.dirname(file)), { recursive: true });
  writeFileSync(path.join(dataFolder, file), createCanvas(40, 30).toBuffer('image/png'));
  chat.store.userImages.insert({
    ...{ id, messageId: id, file, width: 40, height: 30, bytes: 1, thumbhash: '', createdAt: 1 },
    ...{ prompt: 'a fox', provider: 'google', model: 'gemini-nano-banana-2.1' },
    params: JSON.stringify({
      ...{ aspectRatio: '4:3', seed: 7, references: [newId()], edit: { mask: newId() } },
    }),
    ...changes,
  });
  return id;
}

function make(newImageId: string, change: LocalEdit = turned, of = imageId) {
  return createChangeHere(context)({ imageId: of, newImageId, change });
}

test('is a new picture with its parent, its recipe and how it was saved, and leaves the original alone', async () => {
  const original = readFileSync(path.join(dataFolder, pictureFile(imageId, 'png')));
  const id = newId();
  const reply = await make(id);
  expect(reply).toMatchObject({
    ok: true,
    value: { id, prompt: 'a fox', width: 30, height: 40, aspectRatio: '3:4' },
  });
  expect(chat.broadcasts['gallery:added']).toEqual([[reply.ok && reply.value]]);
  expect(chat.store.lineage.family(id)).toMatchObject({ ancestors: [{ id: imageId }], siblings: [{ id }] });
  const recipe = recipeSchema.parse(JSON.parse(readFileSync(path.join(dataFolder, recipeFile(id)), 'utf8')));
  expect(recipe).toMatchObject({
    ...{ parentId: imageId, costMicroUsd: 0, provider: 'google' },
    params: { aspectRatio: '3:4', seed: 7, change: { ...turned, saved: 'lossless' } },
  });
  expect(recipe.params).not.toHaveProperty('edit');
  expect(recipe.params).not.toHaveProperty('references');
  expect(readFileSync(path.join(dataFolder, pictureFile(imageId, 'png'))).equals(original)).toBe(true);
});

test('is made once for each id, also if it is asked for twice at the same time', async () => {
  const id = newId();
  const ask = createChangeHere(context);
  const input = { imageId, newImageId: id, change: turned };
  const [first, second] = await Promise.all([ask(input), ask(input)]);
  expect(second).toEqual(first);
  expect(await ask(input)).toEqual(first);
  expect([made, chat.store.userImages.count()]).toEqual([1, 2]);
});

test('killed when its files are there and its row is not, is made again under its own id', async () => {
  const id = newId();
  const killed = { ...context, signal: AbortSignal.abort() };
  expect(await createChangeHere(killed)({ imageId, newImageId: id, change: turned })).toMatchObject({
    ok: false,
  });
  expect(existsSync(path.join(dataFolder, pictureFile(id, 'png')))).toBe(true);
  expect(chat.store.userImages.find(id)).toBeUndefined();
  expect(await make(id)).toMatchObject({ ok: true, value: { id, width: 30 } });
  expect(existsSync(path.join(dataFolder, recoveryFolder))).toBe(false);
});

test('of an imported picture keeps what its file said', async () => {
  const imported = picture({ provider: 'imported', params: JSON.stringify({ source: 'comfyui', seed: 9 }) });
  const id = newId();
  expect(await make(id, turned, imported)).toMatchObject({ ok: true, value: { provider: 'imported' } });
  expect(chat.store.pictureFacts.find(id)?.imported).toMatchObject({
    ...{ source: 'comfyui', seed: 9, change: { quarterTurns: 1, saved: 'lossless' } },
  });
});

test.each(['null', '{', '{"future":1}'])(
  'of a picture whose parameters are %s is made all the same',
  async (params) => {
    const old = picture({ params });
    expect(await make(newId(), turned, old)).toMatchObject({ ok: true, value: { aspectRatio: '3:4' } });
  },
);

test('of a picture that is gone, in Trash or without its file is refused', async () => {
  expect(await make(newId(), turned, newId())).toMatchObject({ code: 'not_found' });
  const trashed = picture();
  chat.store.trash.add(trashed, 1);
  expect(await make(newId(), turned, trashed)).toMatchObject({ code: 'not_found' });
  rmSync(path.join(dataFolder, pictureFile(imageId, 'png')));
  expect(await make(newId())).toMatchObject({ code: 'file_missing' });
});

test('of a file of the user’s is refused once the file is another picture', async () => {
  const own = path.join(dataFolder, 'own.png');
  writeFileSync(own, createCanvas(40, 30).toBuffer('image/png'));
  const { size, mtimeMs } = statSync(own);
  const database = openPlain(databaseFile);
  database
    .prepare('UPDATE user_images SET linked_path = ?, bytes = ?, linked_modified_at = ? WHERE id = ?')
    .run(own, size, Math.round(mtimeMs), imageId);
  database.close();
  expect(await make(newId())).toMatchObject({ ok: true });
  utimesSync(own, 5, 5);
  const id = newId();
  expect(await make(id)).toMatchObject({ code: 'linked_file_gone' });
  expect(chat.store.userImages.find(id)).toBeUndefined();
  expect(made).toBe(1);
});
