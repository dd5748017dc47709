import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { ImportProgress } from '../../../shared/contract/import';
import { everyPicture } from '../../../shared/domain/gallery-query';
import { embedXmp } from '../../../shared/domain/picture-bytes/embed-xmp';
import { arrivedFile, pictureFile, recipeFile, thumbnailOf } from '../../../shared/domain/picture-files';
import { writeXmp } from '../../../shared/domain/xmp';
import type { ToImporter } from '../../../shared/generator/importer-messages';
import { createImporterTasks } from '../../generator/importer/tasks';
import { filesIn, noise, sample, withPngChunk } from '../../generator/pipeline/test-pictures';
import type { Store } from '../db/open';
import { readGallery } from '../db/test-gallery';
import { temporaryFolder } from '../test-support/temporary-folder';
import { createTestContext, type TestContext } from '../test-support/test-context';
import type { ImportContext } from './import-context';
import type { ForkImporter } from './importer-process';
import { createImports, type Imports } from './imports';

const id = '01930000-0000-7000-8000-0000000000ab';
const png = sample(32, 24).encodeSync('png');

let dropped: string;
let dataFolder: string;
let test_: TestContext;
let store: Store;
let context: ImportContext;
let ending: AbortController;
/** Dies of a task where this says so. */
let isDeadly: (task: ToImporter) => boolean;
let forks: number;
let imports: Imports;

beforeEach(() => {
  const made = temporaryFolder();
  onTestFinished(made.remove);
  dropped = path.join(made.folder, 'dropped');
  dataFolder = path.join(made.folder, 'data');
  mkdirSync(dropped);
  mkdirSync(dataFolder);
  test_ = createTestContext();
  store = test_.store;
  onTestFinished(() => store.close());
  ending = new AbortController();
  const { broadcast, now } = test_.context;
  context = { store, broadcast, now, dataFolder, signal: ending.signal };
  isDeadly = () => false;
  forks = 0;
  test_.world.now = 1_790_000_000_000;
  imports = createImports(context, fork);
});

/** The importer itself, in this process: it answers, or dies. */
const fork: ForkImporter = (onMessage, onExit) => {
  const perform = createImporterTasks();
  let isAlive = true;
  forks += 1;
  const underWay = new Set<Promise<unknown>>();
  const kill = () => {
    if (!isAlive) return;
    isAlive = false;
    // What a real process would not have come to is waited for, so that it is no later than the death.
    void Promise.allSettled(underWay).then(onExit);
  };
  return {
    kill,
    post(message) {
      if (isDeadly(message)) return setImmediate(kill);
      const reply = perform(message).then((reply) => isAlive && onMessage(reply));
      underWay.add(reply);
      void reply.finally(() => underWay.delete(reply));
    },
  };
};

function put(name: string, bytes: Uint8Array | string): string {
  const file = path.join(dropped, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  utimesSync(file, 1_700_000_000, 1_700_000_000);
  return file;
}

const picture = (seed: number) => noise(8, 8 + seed).encodeSync('png');

const withRecipe = (text: string) => withPngChunk(png, 'tEXt', Buffer.from(`parameters\0${text}`, 'latin1'));

async function bringIn(...paths: string[]): Promise<ImportProgress> {
  const offer = await imports.offer(paths);
  if (!offer.ok) throw new Error(offer.message);
  const before = test_.broadcasts['import:progress'].length;
  const started = imports.start(offer.value.id);
  if (!started.ok) throw new Error(started.message);
  await started.value.over;
  const last = test_.broadcasts['import:progress'].slice(before).at(-1);
  if (!last) throw new Error('nothing was told');
  return last;
}

const gallery = () => readGallery(store, everyPicture);

test('a folder of pictures and nonsense', async () => {
  put('a.png', withRecipe('a red fox\nNegative prompt: blurry\nSteps: 20, Seed: 7, Model: sd15'));
  put('b.jpg', sample(40, 20).encodeSync('jpeg'));
  put('more/copy of a.png', readFileSync(path.join(dropped, 'a.png')));
  put('empty.png', '');
  put('text.png', 'hello');
  put('cut.png', png.subarray(0, png.length - 20));
  put('page.html', '<!doctype html>');

  const { names, ...progress } = await bringIn(dropped);
  expect(progress).toEqual({
    state: 'done',
    found: 7,
    done: 7,
    added: 2,
    skipped: { duplicate: 1, empty: 1, truncated: 1, 'not-a-picture': 2 },
  });
  expect(names).toHaveLength(5);
  const images = gallery();
  expect(
    images.map(({ prompt, model, provider, createdAt }) => [prompt, model, provider, createdAt]),
  ).toEqual(
    expect.arrayContaining([
      ['a red fox', 'sd15', 'imported', 1_700_000_000_000],
      ['b', 'imported', 'imported', 1_700_000_000_000],
    ]),
  );
  for (const { id: imageId } of images) {
    // The id is of the picture's own time.
    expect(Number.parseInt(imageId.replaceAll('-', '').slice(0, 12), 16)).toBe(1_700_000_000_000);
    const file = store.userImages.file(imageId) ?? '';
    for (const name of [file, recipeFile(imageId), thumbnailOf(file), thumbnailOf(file, 256)]) {
      expect(existsSync(path.join(dataFolder, name))).toBe(true);
    }
  }
  const fox = images.find(({ prompt }) => prompt === 'a red fox');
  const file = path.join(dataFolder, store.userImages.file(fox?.id ?? '') ?? '');
  expect(readFileSync(file).equals(readFileSync(path.join(dropped, 'a.png')))).toBe(true);
  expect(test_.broadcasts['gallery:added'].flat()).toHaveLength(2);
  expect(store.imports.intents()).toEqual([]);
});

test('a second time, everything is there already, and what is in Trash is said to be', async () => {
  put('a.png', picture(1));
  put('b.png', picture(2));
  await bringIn(dropped);
  const [first] = gallery();
  store.transaction(() => store.trash.add(first?.id ?? '', 1));
  expect((await bringIn(dropped)).skipped).toEqual({ duplicate: 1, 'in-trash': 1 });
  expect(gallery()).toHaveLength(1);
});

test('a copy that tells its recipe is the picture it was made from: in the gallery, in Trash, or in the same drop', async () => {
  const params = { aspectRatio: '1:1', seed: 1 } as const;
  const recipe = { prompt: 'p', provider: 'painter', model: 'painter-1', params, createdAt: 1 };
  const copyOf = (bytes: Buffer) => embedXmp(bytes, writeXmp(recipe)) ?? bytes;
  put('a.png', picture(1));
  await bringIn(dropped);
  put('copy of a.png', copyOf(picture(1)));
  expect((await bringIn(path.join(dropped, 'copy of a.png'))).skipped).toEqual({ duplicate: 1 });
  store.transaction(() => store.trash.add(gallery()[0]?.id ?? '', 1));
  expect((await bringIn(path.join(dropped, 'copy of a.png'))).skipped).toEqual({ 'in-trash': 1 });

  const b = put('b.png', picture(2));
  const copy = put('copy of b.png', copyOf(picture(2)));
  expect(await bringIn(b, copy)).toMatchObject({ added: 1, skipped: { duplicate: 1 } });
  // Alone, it is welcome, with its recipe.
  expect(await bringIn(put('copy of c.png', copyOf(picture(3))))).toMatchObject({ added: 1, skipped: {} });
  expect(gallery().map(({ prompt }) => prompt)).toContain('p');
});

test('a picture that was made here is recognised by its content, and only one of the same length is hashed', async () => {
  const row = { messageId: id, width: 8, height: 9, thumbhash: '', prompt: 'p', params: '{}', createdAt: 1 };
  const made = { ...row, provider: 'painter', model: 'painter-1' } as const;
  const other = '01930000-0000-7000-8000-0000000000cd';
  for (const [imageId, bytes] of [
    [id, picture(1)],
    [other, picture(5)],
  ] as const) {
    const file = pictureFile(imageId, 'png');
    mkdirSync(path.dirname(path.join(dataFolder, file)), { recursive: true });
    writeFileSync(path.join(dataFolder, file), bytes);
    store.userImages.insert({ ...made, id: imageId, file, bytes: bytes.length });
  }
  put('a.png', picture(1));
  expect((await bringIn(dropped)).skipped).toEqual({ duplicate: 1 });
  expect(store.imports.notHashed(picture(1).length, '', 9)).toEqual([]);
  expect(store.imports.notHashed(picture(5).length, '', 9)).toHaveLength(1);
});

test('a picture whose file is missing is welcome again', async () => {
  put('a.png', picture(1));
  await bringIn(dropped);
  store.transaction(() => store.pictureRows.setMissing(gallery()[0]?.id ?? '', 1));
  expect((await bringIn(dropped)).added).toBe(1);
});

test('cancelled in the middle: what is done is done, the rest is not begun', async () => {
  for (let index = 0; index < 40; index += 1) put(`${index}.png`, picture(index));
  isDeadly = (task) => {
    // Not deadly: the moment at which the user cancels.
    if (task.type === 'keep' && task.held === 10) imports.cancel();
    return false;
  };
  const progress = await bringIn(dropped);
  expect(progress.state).toBe('cancelled');
  expect(progress.added).toBeGreaterThanOrEqual(9);
  expect(progress.added).toBeLessThan(14);
  expect(gallery()).toHaveLength(progress.added);
  expect(filesIn(dataFolder).filter((file) => file.endsWith('.json'))).toHaveLength(progress.added);
  expect(store.imports.intents()).toEqual([]);
  isDeadly = () => false;
  expect((await bringIn(dropped)).added).toBe(40 - progress.added);
});

describe('the importer dies', () => {
  test.each(['read', 'keep'] as const)(
    'of one file, at %s: the others come in, it alone is left out',
    async (type) => {
      for (let index = 0; index < 6; index += 1) put(`${index}.png`, picture(index));
      const poison = picture(3).length;
      const lengths = new Map<number, number>();
      isDeadly = (task) => {
        if (task.type === 'read') lengths.set(task.held, readFileSync(task.path).length);
        return task.type === type && 'held' in task && lengths.get(task.held) === poison;
      };
      const progress = await bringIn(dropped);
      expect(progress).toMatchObject({
        state: 'done',
        found: 6,
        done: 6,
        added: 5,
        skipped: { unreadable: 1 },
      });
      expect(progress.names).toEqual([{ name: '3.png', reason: 'unreadable' }]);
      expect(store.imports.intents()).toEqual([]);
      expect(filesIn(dataFolder).filter((file) => file.endsWith('.json'))).toHaveLength(5);
    },
  );

  test('once, of nothing in particular: nothing is lost', async () => {
    for (let index = 0; index < 6; index += 1) put(`${index}.png`, picture(index));
    let deaths = 0;
    isDeadly = (task) => task.type === 'keep' && task.held === 3 && deaths++ === 0;
    expect(await bringIn(dropped)).toMatchObject({ state: 'done', added: 6, skipped: {} });
    // One to look at what was dropped, one to begin with, one after the death.
    expect(forks).toBe(3);
  });
});

describe('after a crash', () => {
  const intent = { id, name: 'holiday', createdAt: 1_600_000_000_000 };

  /** Brings one in, takes its row away and puts its intent back, as a crash before the row leaves them. */
  async function crashed(): Promise<string> {
    store.imports.addIntent(intent, '00'.repeat(32));
    const perform = createImporterTasks();
    const source = put('holiday.png', withRecipe('a red fox\nSteps: 20, Seed: 7'));
    await perform({ type: 'read', held: 1, path: source, now: 1, key: 1, dataFolder, displayQuality: 90 });
    const kept = await perform({ type: 'keep', held: 1, id, key: 2, dataFolder, displayQuality: 90 });
    expect(kept.type).toBe('kept');
    return path.join(dataFolder, pictureFile(id, 'png'));
  }

  async function expectFinished(): Promise<void> {
    await imports.finishInterrupted();
    expect(gallery()).toMatchObject([{ id, prompt: 'a red fox', createdAt: intent.createdAt }]);
    expect(store.imports.intents()).toEqual([]);
    expect(test_.broadcasts['import:progress']).toMatchObject([{ state: 'interrupted', added: 1 }]);
    expect(existsSync(path.join(dataFolder, arrivedFile(id)))).toBe(false);
  }

  test('with the picture named', async () => {
    await crashed();
    await expectFinished();
  });

  test('with the bytes arrived, with and without a recipe beside them', async () => {
    const file = await crashed();
    renameSync(file, path.join(dataFolder, arrivedFile(id)));
    rmSync(path.join(dataFolder, recipeFile(id)));
    await expectFinished();
  });

  test.each([
    ['nothing', null],
    ['half of it', png.subarray(0, 50)],
    ['nonsense', Buffer.from('text')],
  ])('with %s: no half is left, and the person’s own file is where it was', async (_name, bytes) => {
    rmSync(await crashed());
    rmSync(path.join(dataFolder, recipeFile(id)));
    if (bytes) writeFileSync(path.join(dataFolder, arrivedFile(id)), bytes);
    await imports.finishInterrupted();
    expect(gallery()).toEqual([]);
    expect(filesIn(dataFolder)).toEqual([]);
    expect(store.imports.intents()).toEqual([]);
    expect(existsSync(path.join(dropped, 'holiday.png'))).toBe(true);
  });

  test('that the picture itself had caused: it is given up, not tried for ever', async () => {
    await crashed();
    isDeadly = (task) => task.type === 'recover';
    await imports.finishInterrupted();
    expect(store.imports.intents()).toEqual([]);
    expect(filesIn(dataFolder)).toEqual([]);
  });

  test('the app ends in the middle: the intent stays for the next start', async () => {
    await crashed();
    isDeadly = (task) => {
      if (task.type === 'recover') ending.abort();
      return false;
    };
    await imports.finishInterrupted();
    expect(store.imports.intents()).toEqual([intent]);
  });
});

describe('an offer', () => {
  test('of one picture with a recipe tells it', async () => {
    const file = put('a.png', withRecipe('a red fox\nSteps: 20, Seed: 7'));
    expect(await imports.offer([file])).toMatchObject({
      value: { name: 'a.png', recipe: { prompt: 'a red fox', seed: 7 }, size: { width: 32, height: 24 } },
    });
  });

  test('of one without, of several and of a folder', async () => {
    const file = put('a.png', png);
    expect(await imports.offer([file])).toMatchObject({ value: { name: 'a.png', recipe: null } });
    expect(await imports.offer([file, put('b.png', withRecipe('x\nSteps: 1'))])).toMatchObject({
      value: { name: null, recipe: null },
    });
    expect(await imports.offer([dropped])).toMatchObject({ value: { name: null, recipe: null } });
  });

  test.each([
    ['nothing', [], 'nothing_dropped'],
    ['too much', Array.from({ length: 10_001 }, () => '/a'), 'too_many_files'],
    ['a relative path', ['a.png'], 'bad_request'],
    ['an empty one', [''], 'bad_request'],
    ['no list', '/etc/passwd', 'bad_request'],
    ['no text', [7], 'bad_request'],
  ])('of %s is refused', async (_name, paths, code) => {
    expect(await imports.offer(paths)).toMatchObject({ ok: false, code });
  });

  test('is taken once, and one import runs at a time', async () => {
    const first = await imports.offer([put('a.png', png)]);
    const second = await imports.offer([put('b.png', picture(1))]);
    if (!first.ok || !second.ok) throw new Error('no offer');
    const running = imports.start(first.value.id);
    expect(imports.start(second.value.id)).toMatchObject({ code: 'import_under_way' });
    if (running.ok) await running.value.over;
    expect(imports.start(first.value.id)).toMatchObject({ code: 'not_found' });
    const next = imports.start(second.value.id);
    expect(next.ok).toBe(true);
    if (next.ok) await next.value.over;
  });
});
