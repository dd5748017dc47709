import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { embedXmp } from '../../../shared/domain/picture-bytes/embed-xmp';
import { pictureFile, recipeFile, thumbnailOf } from '../../../shared/domain/picture-files';
import { writeXmp } from '../../../shared/domain/xmp';
import { filesIn, sample } from '../../generator/pipeline/test-pictures';
import {
  createTestImports,
  pictureWithText,
  samplePicture,
  samplePng,
  type TestImports,
} from './test-imports';

const id = '01930000-0000-7000-8000-0000000000ab';

let fixture: TestImports;

beforeEach(() => {
  fixture = createTestImports();
  onTestFinished(fixture.remove);
});

test('imports the pictures of a folder and skips everything else', async () => {
  fixture.put(
    'a.png',
    pictureWithText('a red fox\nNegative prompt: blurry\nSteps: 20, Seed: 7, Model: sd15'),
  );
  fixture.put('b.jpg', sample(40, 20).encodeSync('jpeg'));
  fixture.put('more/copy of a.png', readFileSync(path.join(fixture.droppedFolder, 'a.png')));
  fixture.put('empty.png', '');
  fixture.put('text.png', 'hello');
  fixture.put('cut.png', samplePng.subarray(0, samplePng.length - 20));
  fixture.put('page.html', '<!doctype html>');

  const { names, noted, ...progress } = await fixture.importPaths(fixture.droppedFolder);
  expect(noted).toEqual([]);
  expect(progress).toEqual({
    state: 'done',
    found: 7,
    done: 7,
    added: 2,
    notes: {},
    skipped: { duplicate: 1, empty: 1, truncated: 1, 'not-a-picture': 2 },
  });
  expect(names).toHaveLength(5);
  const images = fixture.gallery();
  expect(
    images.map(({ prompt, model, provider, createdAt }) => [prompt, model, provider, createdAt]),
  ).toEqual(
    expect.arrayContaining([
      ['a red fox', 'sd15', 'imported', 1_700_000_000_000],
      ['b', 'imported', 'imported', 1_700_000_000_000],
    ]),
  );
  for (const { id: imageId } of images) {
    // The id carries the picture's own time.
    expect(Number.parseInt(imageId.replaceAll('-', '').slice(0, 12), 16)).toBe(1_700_000_000_000);
    const file = fixture.store.userImages.file(imageId) ?? '';
    for (const name of [file, recipeFile(imageId), thumbnailOf(file), thumbnailOf(file, 256)]) {
      expect(existsSync(path.join(fixture.dataFolder, name))).toBe(true);
    }
  }
  const fox = images.find(({ prompt }) => prompt === 'a red fox');
  const file = path.join(fixture.dataFolder, fixture.store.userImages.file(fox?.id ?? '') ?? '');
  expect(readFileSync(file).equals(readFileSync(path.join(fixture.droppedFolder, 'a.png')))).toBe(true);
  expect(fixture.broadcasts['gallery:added'].flat()).toHaveLength(2);
  expect(fixture.store.imports.intents()).toEqual([]);
});

test('skips pictures that are in the gallery or in Trash', async () => {
  fixture.put('a.png', samplePicture(1));
  fixture.put('b.png', samplePicture(2));
  await fixture.importPaths(fixture.droppedFolder);
  const [first] = fixture.gallery();
  fixture.store.transaction(() => fixture.store.trash.add(first?.id ?? '', 1));
  expect((await fixture.importPaths(fixture.droppedFolder)).skipped).toEqual({ duplicate: 1, 'in-trash': 1 });
  expect(fixture.gallery()).toHaveLength(1);
});

test('skips an exported copy of a picture that is in the gallery, in Trash or in the same import', async () => {
  const params = { aspectRatio: '1:1', seed: 1 } as const;
  const recipe = { prompt: 'p', provider: 'painter', model: 'painter-1', params, createdAt: 1 };
  const copyOf = (bytes: Buffer) => embedXmp(bytes, writeXmp(recipe)) ?? bytes;
  fixture.put('a.png', samplePicture(1));
  await fixture.importPaths(fixture.droppedFolder);
  fixture.put('copy of a.png', copyOf(samplePicture(1)));
  expect((await fixture.importPaths(path.join(fixture.droppedFolder, 'copy of a.png'))).skipped).toEqual({
    duplicate: 1,
  });
  fixture.store.transaction(() => fixture.store.trash.add(fixture.gallery()[0]?.id ?? '', 1));
  expect((await fixture.importPaths(path.join(fixture.droppedFolder, 'copy of a.png'))).skipped).toEqual({
    'in-trash': 1,
  });

  const b = fixture.put('b.png', samplePicture(2));
  const copy = fixture.put('copy of b.png', copyOf(samplePicture(2)));
  expect(await fixture.importPaths(b, copy)).toMatchObject({ added: 1, skipped: { duplicate: 1 } });
  // Without its original, a copy is imported with its recipe.
  expect(await fixture.importPaths(fixture.put('copy of c.png', copyOf(samplePicture(3))))).toMatchObject({
    added: 1,
    skipped: {},
  });
  expect(fixture.gallery().map(({ prompt }) => prompt)).toContain('p');
});

test('recognises a generated picture by its content and hashes only pictures of the same length', async () => {
  const row = { messageId: id, width: 8, height: 9, thumbhash: '', prompt: 'p', params: '{}', createdAt: 1 };
  const generated = { ...row, provider: 'painter', model: 'painter-1' } as const;
  const other = '01930000-0000-7000-8000-0000000000cd';
  for (const [imageId, bytes] of [
    [id, samplePicture(1)],
    [other, samplePicture(5)],
  ] as const) {
    const file = pictureFile(imageId, 'png');
    mkdirSync(path.dirname(path.join(fixture.dataFolder, file)), { recursive: true });
    writeFileSync(path.join(fixture.dataFolder, file), bytes);
    fixture.store.userImages.insert({ ...generated, id: imageId, file, bytes: bytes.length });
  }
  fixture.put('a.png', samplePicture(1));
  expect((await fixture.importPaths(fixture.droppedFolder)).skipped).toEqual({ duplicate: 1 });
  expect(fixture.store.imports.notHashed(samplePicture(1).length, '', 9)).toEqual([]);
  expect(fixture.store.imports.notHashed(samplePicture(5).length, '', 9)).toHaveLength(1);
});

test('imports a picture whose metadata is too large without its recipe, and reports that', async () => {
  fixture.put('large.png', pictureWithText('a'.repeat(5_000_000)));
  fixture.put('small.png', pictureWithText('a red fox\nSteps: 20'));
  const progress = await fixture.importPaths(fixture.droppedFolder);
  expect(progress).toMatchObject({
    added: 2,
    skipped: {},
    notes: { recipe: 1 },
    noted: [{ name: 'large.png', note: 'recipe' }],
  });
  expect(fixture.gallery().map(({ prompt }) => prompt)).toEqual(
    expect.arrayContaining(['large', 'a red fox']),
  );
});

test('imports a picture again if its file is missing', async () => {
  fixture.put('a.png', samplePicture(1));
  await fixture.importPaths(fixture.droppedFolder);
  fixture.store.transaction(() => fixture.store.pictureRows.setMissing(fixture.gallery()[0]?.id ?? '', 1));
  expect((await fixture.importPaths(fixture.droppedFolder)).added).toBe(1);
});

test('keeps what was imported before it was cancelled and starts nothing after', async () => {
  for (let index = 0; index < 40; index += 1) fixture.put(`${index}.png`, samplePicture(index));
  fixture.importer.shouldExit = (task) => {
    // The user cancels at this task.
    if (task.type === 'store' && task.held === 10) fixture.imports.cancel();
    return false;
  };
  const progress = await fixture.importPaths(fixture.droppedFolder);
  expect(progress.state).toBe('cancelled');
  expect(progress.added).toBeGreaterThanOrEqual(9);
  expect(progress.added).toBeLessThan(14);
  expect(fixture.gallery()).toHaveLength(progress.added);
  expect(filesIn(fixture.dataFolder).filter((file) => file.endsWith('.json'))).toHaveLength(progress.added);
  expect(fixture.store.imports.intents()).toEqual([]);
  fixture.importer.shouldExit = () => false;
  expect((await fixture.importPaths(fixture.droppedFolder)).added).toBe(40 - progress.added);
});

test('stops where the folder is gone, and goes on where single files are', async () => {
  for (let index = 0; index < 40; index += 1) fixture.put(`a/${index}.png`, samplePicture(index));
  const folder = path.join(fixture.droppedFolder, 'a');
  fixture.importer.shouldExit = (task) => {
    if (task.type === 'read' && task.held === 10) renameSync(folder, `${folder} moved`);
    return false;
  };
  const { state, added, skipped } = await fixture.importPaths(folder);
  expect(state).toBe('source-gone');
  expect(added).toBeGreaterThan(0);
  expect(skipped.gone).toBeLessThan(20);

  const files = [41, 42, 43].map((number) => fixture.put(`${number}.png`, samplePicture(number)));
  rmSync(files[1] ?? '');
  expect(await fixture.importPaths(...files)).toMatchObject({ state: 'done', added: 2 });
});

describe('when the importer exits', () => {
  test.each(['read', 'store'] as const)(
    'during the %s of one file, imports the others and skips that one',
    async (type) => {
      for (let index = 0; index < 6; index += 1) fixture.put(`${index}.png`, samplePicture(index));
      const harmfulLength = samplePicture(3).length;
      const lengths = new Map<number, number>();
      fixture.importer.shouldExit = (task) => {
        if (task.type === 'read') lengths.set(task.held, readFileSync(task.path).length);
        return task.type === type && 'held' in task && lengths.get(task.held) === harmfulLength;
      };
      const progress = await fixture.importPaths(fixture.droppedFolder);
      expect(progress).toMatchObject({
        state: 'done',
        found: 6,
        done: 6,
        added: 5,
        skipped: { unreadable: 1 },
      });
      expect(progress.names).toEqual([{ name: '3.png', reason: 'unreadable' }]);
      expect(fixture.store.imports.intents()).toEqual([]);
      expect(filesIn(fixture.dataFolder).filter((file) => file.endsWith('.json'))).toHaveLength(5);
    },
  );

  test('once, retries the file and loses nothing', async () => {
    for (let index = 0; index < 6; index += 1) fixture.put(`${index}.png`, samplePicture(index));
    let exits = 0;
    fixture.importer.shouldExit = (task) => task.type === 'store' && task.held === 3 && exits++ === 0;
    expect(await fixture.importPaths(fixture.droppedFolder)).toMatchObject({
      state: 'done',
      added: 6,
      skipped: {},
    });
    // One process inspects the offer, one starts the import, and one continues it.
    expect(fixture.importer.forks).toBe(3);
  });

  test.each(['walk', 'walk-on', 'read'] as const)(
    'after its reply to a %s, begins that anew and loses nothing',
    async (type) => {
      // Two batches of the list.
      for (let index = 0; index < 500; index += 1)
        symlinkSync('none', path.join(fixture.droppedFolder, `${index}`));
      for (let index = 0; index < 4; index += 1) fixture.put(`${index}.png`, samplePicture(index));
      let exits = 0;
      fixture.importer.shouldExitAfter = (task) => task.type === type && exits++ === 0;
      expect(await fixture.importPaths(fixture.droppedFolder)).toMatchObject({
        ...{ state: 'done', found: 4, done: 4, added: 4, skipped: { link: 500 } },
      });
      expect(exits).toBeGreaterThan(0);
      expect(fixture.store.imports.intents()).toEqual([]);
    },
  );
});
