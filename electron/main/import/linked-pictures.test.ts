import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { pictureFile, recipeFile, thumbnailOf } from '../../../shared/domain/picture-files';
import type { Recipe } from '../../../shared/domain/recipe';
import { scanRecipes } from '../data-safety/scan-recipes';
import { checkLinks } from '../storage/check-links';
import { createTestImports, pictureWithText, samplePicture, type TestImports } from './test-imports';

let fixture: TestImports;

beforeEach(() => {
  fixture = createTestImports();
  onTestFinished(fixture.remove);
});

function only() {
  const [image, ...others] = fixture.gallery();
  if (!image || others.length > 0) throw new Error('There is not exactly one picture.');
  return image;
}

const place = () => fixture.store.userImages.place(only().id);
const inData = (file: string) => path.join(fixture.dataFolder, file);
const check = () =>
  checkLinks(
    {
      store: fixture.store,
      broadcast: () => {},
      now: () => 5,
      signal: fixture.quitting.signal,
    },
    null,
  );

test('refers to the file where it is, and keeps only what is derived from it', async () => {
  const bytes = pictureWithText('a red fox\nSteps: 20, Seed: 7');
  const file = fixture.put('fox.png', bytes);
  const progress = await fixture.linkPaths(file);
  expect(progress).toMatchObject({ state: 'done', added: 1 });
  const { id } = only();
  expect(only()).toMatchObject({ prompt: 'a red fox', isLinked: true, bytes: bytes.length });
  expect(place()).toMatchObject({ linked_path: file, linked_modified_at: 1_700_000_000_000 });
  expect(fixture.store.userImages.source(id)).toBe(file);
  const own = pictureFile(id, 'png');
  expect(
    [own, recipeFile(id), thumbnailOf(own), thumbnailOf(own, 256)].map((name) => existsSync(inData(name))),
  ).toEqual([false, true, true, true]);
  expect(readFileSync(file).equals(bytes)).toBe(true);
  expect(fixture.store.imports.intents()).toEqual([]);
});

test('copies what has to be converted', async () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/></svg>';
  await fixture.linkPaths(fixture.put('drawing.svg', svg));
  expect(only().isLinked).toBeUndefined();
  expect(existsSync(inData(fixture.store.userImages.file(only().id) ?? ''))).toBe(true);
});

test('the same bytes are one picture, whether they are linked or copied', async () => {
  const file = fixture.put('a.png', samplePicture(1));
  await fixture.linkPaths(file);
  fixture.put('copy/b.png', samplePicture(1));
  expect((await fixture.importPaths(path.join(fixture.droppedFolder, 'copy'))).skipped).toEqual({
    duplicate: 1,
  });
  expect((await fixture.linkPaths(path.join(fixture.droppedFolder, 'copy'))).skipped).toEqual({
    duplicate: 1,
  });
  expect(place()?.linked_path).toBe(file);
});

test('a file that is gone or was changed is marked, and clears the mark when it is back', async () => {
  const file = fixture.put('a.png', samplePicture(1));
  await fixture.linkPaths(file);
  renameSync(file, `${file}.away`);
  await check();
  expect(only().state).toBe('missing');
  renameSync(`${file}.away`, file);
  await check();
  expect(only().state).toBeUndefined();
  writeFileSync(file, samplePicture(2));
  await check();
  expect(only().state).toBe('missing');
  // A link to the right bytes is not the file.
  rmSync(file);
  writeFileSync(`${file}.away`, samplePicture(1));
  utimesSync(`${file}.away`, 1_700_000_000, 1_700_000_000);
  symlinkSync(`${file}.away`, file);
  await check();
  expect(only().state).toBe('missing');
});

test('a file that was moved is followed by its content, and one that was touched is the same', async () => {
  const file = fixture.put('a.png', samplePicture(1));
  await fixture.linkPaths(file);
  const { id } = only();
  const moved = path.join(fixture.droppedFolder, 'sorted', 'b.png');
  mkdirSync(path.dirname(moved));
  renameSync(file, moved);
  await check();
  expect((await fixture.linkPaths(fixture.droppedFolder)).skipped).toEqual({ duplicate: 1 });
  expect(only()).toMatchObject({ id });
  expect(only().state).toBeUndefined();
  expect(place()?.linked_path).toBe(moved);
  utimesSync(moved, 1_600_000_000, 1_600_000_000);
  await check();
  expect(only().state).toBe('missing');
  await fixture.linkPaths(moved);
  expect(only().state).toBeUndefined();
  expect(place()?.linked_modified_at).toBe(1_600_000_000_000);
});

test('a copy of a picture whose own file is gone is a picture of its own', async () => {
  const file = fixture.put('a.png', samplePicture(1));
  await fixture.linkPaths(file);
  renameSync(file, `${file.slice(0, -4)} moved.png`);
  expect(await fixture.importPaths(fixture.droppedFolder)).toMatchObject({ added: 1 });
  expect(fixture.gallery().map(({ isLinked = false, state = null }) => [isLinked, state])).toEqual(
    expect.arrayContaining([
      [true, 'missing'],
      [false, null],
    ]),
  );
});

test('a crash while a picture is linked leaves nothing double and nothing behind', async () => {
  const file = fixture.put('a.png', samplePicture(1));
  let isKilled = false;
  fixture.importer.shouldExit = ({ type }) => {
    if (type !== 'store') return isKilled;
    isKilled = true;
    fixture.quitting.abort();
    return true;
  };
  const offer = await fixture.imports.offer([file]);
  if (!offer.ok) throw new Error(offer.message);
  const started = fixture.imports.start(offer.value.id, 'link');
  if (started.ok) await started.value.finished;
  expect(fixture.store.imports.intents()).toMatchObject([{ link: { path: file } }]);
  fixture.importer.shouldExit = () => false;

  const again = fixture.start();
  onTestFinished(() => again.imports.close());
  await again.imports.finishInterrupted();
  expect(only()).toMatchObject({ isLinked: true, prompt: 'a' });
  expect(fixture.store.imports.intents()).toEqual([]);
});

test('an interrupted link to a file that has changed is forgotten', async () => {
  const file = fixture.put('a.png', samplePicture(1));
  const intent = { id: '01930000-0000-7000-8000-0000000000ab', name: 'a', createdAt: 1 };
  const link = { path: file, modifiedAt: 1_600_000_000_000 };
  fixture.store.batch(() => fixture.store.imports.addIntent({ ...intent, link }, 'ab'.repeat(32)));
  await fixture.imports.finishInterrupted();
  expect(fixture.gallery()).toEqual([]);
  expect(fixture.store.imports.intents()).toEqual([]);
});

test('a rescue finds a linked picture by its recipe, even if its drive is not connected', async () => {
  const file = fixture.put('a.png', samplePicture(1));
  await fixture.linkPaths(file);
  rmSync(file);
  const recipes: Recipe[] = [];
  for await (const batch of scanRecipes(fixture.dataFolder)) recipes.push(...batch.recipes);
  expect(recipes).toMatchObject([{ link: { path: file } }]);
  const other = createTestImports();
  onTestFinished(other.remove);
  other.store.transaction(() => other.store.salvage.add('rescue', recipes));
  expect(other.gallery()).toMatchObject([{ isLinked: true }]);
  expect(other.store.userImages.source(recipes[0]?.id ?? '')).toBe(file);
});

test('a picture in Trash is removed for good without its file in the folder of the user', async () => {
  const file = fixture.put('a.png', samplePicture(1));
  await fixture.linkPaths(file);
  const { id } = only();
  fixture.store.transaction(() => fixture.store.trash.add(id, 1));
  expect(fixture.store.pictureRows.linkedBytes()).toBe(0);
  expect(fixture.store.transaction(() => fixture.store.trash.restore(id))).toBe(true);
  expect(fixture.store.pictureRows.linkedBytes()).toBe(samplePicture(1).length);
  expect(readFileSync(file).equals(samplePicture(1))).toBe(true);
});

test('many linked pictures are checked page by page', async () => {
  for (let index = 0; index < 60; index += 1) fixture.put(`${index}.png`, samplePicture(index));
  await fixture.linkPaths(fixture.droppedFolder);
  rmSync(fixture.droppedFolder, { recursive: true });
  await check();
  expect(fixture.gallery().filter(({ state }) => state === 'missing')).toHaveLength(60);
  expect(fixture.store.pictureRows.missingCount()).toBe(60);
});
