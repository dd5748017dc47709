import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { displayOf, pictureFile, recipeFile } from '../../../shared/domain/picture-files';
import { backupFolder, listBackups } from '../db/backups';
import { newId } from '../db/new-id';
import { openSafely } from '../db/open-safely';
import { readRescue } from '../db/rescue-record';
import { hurt, keepPicture, live, optionsFor, testNow, zeroed } from '../db/test-rescue';
import { temporaryFolder } from '../test-support/temporary-folder';
import { look } from './check-database';
import { createDataSafety } from './data-safety';
import type { Keeper } from './run-maintenance';
import { scanRecipes } from './scan-recipes';

// Hundreds of small files, on machines that do other things too.
vi.setConfig({ testTimeout: 60_000 });

const day = 24 * 60 * 60 * 1000;
let folder: string;

beforeEach(() => {
  const fresh = temporaryFolder();
  onTestFinished(fresh.remove);
  folder = fresh.folder;
  const silent = vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => silent.mockRestore());
});

/** The keeper's tasks in this process; `dieAfter` ends a salvage after so many batches, as a kill does. */
function keeperHere(looks: boolean[], dieAfter: number): Keeper {
  return {
    async look(task) {
      looks.push(task.backup);
      return look(task, () => 1e12);
    },
    async salvage(dataFolder, onBatch) {
      let count = 0;
      for await (const { recipes, unreadable } of scanRecipes(dataFolder)) {
        if (count++ === dieAfter) throw new Error('killed');
        onBatch(recipes, unreadable);
      }
    },
    close() {},
  };
}

function start({ dieAfter = Number.POSITIVE_INFINITY, free = (): number => 1e12 } = {}) {
  const looks: boolean[] = [];
  const added: string[] = [];
  const states: unknown[] = [];
  const later: (() => void)[] = [];
  const world = { now: testNow, resumed: 0 };
  const opened = openSafely(optionsFor(folder));
  const safety = createDataSafety({
    ...optionsFor(folder),
    ...opened,
    keeper: keeperHere(looks, dieAfter),
    freeBytes: free,
    now: () => world.now,
    after: (_milliseconds, work) => void later.push(work),
    onState: (state) => void states.push(state),
    onAdded: (images) => void added.push(...images.map(({ id }) => id)),
    onRoom: () => void world.resumed++,
  });
  return { ...opened, safety, looks, added, states, later, world };
}

describe('a salvage', () => {
  test('gives every picture that has a recipe its gallery row and its costs back, and says how many', async () => {
    const recipes = [1, 2, 3].map((createdAt) =>
      keepPicture(folder, { createdAt, prompt: `fox ${createdAt}` }),
    );
    const run = start();
    onTestFinished(() => run.store.close());
    expect(run.safety.state().notice).toMatchObject({ found: 'missing', salvaged: null });
    await run.safety.tend();
    expect(run.store.userImages.count()).toBe(3);
    expect(run.store.generationLog.count()).toBe(3);
    expect(run.added.toSorted()).toEqual(recipes.map(({ id }) => id).toSorted());
    expect(run.safety.state().notice).toMatchObject({ salvaged: 3, unreadable: 0 });
    const [first] = recipes;
    expect(run.store.userImages.find(first?.id ?? '')).toMatchObject({
      prompt: 'fox 1',
      width: 2,
      height: 3,
    });
  });

  test('finds a picture too whose smaller file has taken the original’s place', async () => {
    const id = newId();
    keepPicture(folder, { id, file: displayOf(pictureFile(id, 'png')) });
    const run = start();
    onTestFinished(() => run.store.close());
    await run.safety.tend();
    expect(run.store.userImages.file(id)).toBe(displayOf(pictureFile(id, 'png')));
    expect(run.safety.state().notice).toMatchObject({ salvaged: 1, unreadable: 0 });
  });

  test('leaves alone what is there, in the trash too', async () => {
    const recipe = keepPicture(folder);
    const run = start();
    onTestFinished(() => run.store.close());
    run.store.transaction(() => run.store.salvage.add('another', [{ ...recipe, prompt: 'as it was' }]));
    await run.safety.tend();
    expect(run.store.userImages.find(recipe.id)?.prompt).toBe('as it was');
    expect(run.safety.state().notice).toMatchObject({ salvaged: 0 });
  });

  test('killed in between begins anew at the next start, and counts each picture once', async () => {
    for (let count = 0; count < 520; count++) keepPicture(folder);
    const first = start({ dieAfter: 1 });
    await first.safety.tend();
    expect(first.store.userImages.count()).toBe(500);
    first.store.close();
    const second = start();
    onTestFinished(() => second.store.close());
    await second.safety.tend();
    expect(second.store.userImages.count()).toBe(520);
    expect(second.safety.state().notice).toMatchObject({ salvaged: 520 });
  });

  test.each([
    ['cut short', () => '{"version":1'],
    ['about a file elsewhere', (json: string) => json.replace(/images\/[^"]+/, '../../etc/passwd')],
    ['about another picture', (json: string) => json.replace(/"id":"[0-9a-f]{8}/, '"id":"00000000')],
    ['about a longer file', (json: string) => json.replace('"bytes":1', '"bytes":2')],
  ])('does not believe a recipe that is %s, and counts it', async (_what, change) => {
    keepPicture(folder);
    const bad = keepPicture(folder);
    hurt(path.join(folder, recipeFile(bad.id)), (bytes) => Buffer.from(change(bytes.toString())));
    const run = start();
    onTestFinished(() => run.store.close());
    await run.safety.tend();
    expect(run.store.userImages.count()).toBe(1);
    expect(run.safety.state().notice).toMatchObject({ salvaged: 1, unreadable: 1 });
  });
});

describe('the notice', () => {
  test('stays until it is put away, over restarts, and then is gone for good', async () => {
    keepPicture(folder);
    const first = start();
    await first.safety.tend();
    first.store.close();
    const second = start();
    expect(second.safety.state().notice).toMatchObject({ salvaged: 1 });
    second.safety.dismiss();
    expect(second.safety.state().notice).toBeNull();
    second.store.close();
    expect(existsSync(path.join(folder, 'rescue.json'))).toBe(false);
    const third = start();
    onTestFinished(() => third.store.close());
    expect(third.safety.state().notice).toBeNull();
  });

  test('put away early does not end the salvage', async () => {
    keepPicture(folder);
    const run = start();
    onTestFinished(() => run.store.close());
    run.safety.dismiss();
    expect(readRescue(folder)?.stage).toBe('salvaging');
    await run.safety.tend();
    expect(run.store.userImages.count()).toBe(1);
    expect(readRescue(folder)).toBeNull();
  });

  test('knows where the old file is', () => {
    live(folder, 'lost');
    hurt(optionsFor(folder).file, zeroed);
    const run = start();
    onTestFinished(() => run.store.close());
    expect(existsSync(run.safety.oldFile() ?? '')).toBe(true);
  });
});

describe('looking after the database', () => {
  test('makes a backup a day, and checks with it', async () => {
    live(folder, 'kept');
    const run = start();
    onTestFinished(() => run.store.close());
    await run.safety.tend();
    await run.safety.tend();
    expect(run.looks).toEqual([true]);
    run.world.now += day;
    await run.safety.tend();
    expect(run.looks).toEqual([true, true]);
    expect(listBackups(backupFolder(folder))).toHaveLength(2);
  });

  test('checks weekly even where no backup is due', async () => {
    live(folder, 'kept');
    const run = start();
    onTestFinished(() => run.store.close());
    await run.safety.tend();
    rmSync(path.join(backupFolder(folder), 'last-check.json'));
    await run.safety.tend();
    await run.safety.tend();
    expect(run.looks).toEqual([true, false]);
  });

  test('damage is told at once, takes no backup with it, and is repaired by the next start', async () => {
    live(folder, ...Array.from({ length: 100 }, (_, index) => `${index} ${'long '.repeat(40)}`));
    const first = start();
    await first.safety.tend();
    first.world.now += day;
    hurt(optionsFor(folder).file, (bytes) => Buffer.from(bytes).fill(7, 20_000));
    await first.safety.tend();
    expect(first.safety.state().notice).toMatchObject({ kind: 'suspected' });
    first.safety.dismiss();
    expect(first.safety.state().notice).toMatchObject({ kind: 'suspected' });
    expect(readdirSync(backupFolder(folder)).filter((name) => name.endsWith('.db'))).toHaveLength(1);
    first.store.close();
    const second = start();
    onTestFinished(() => second.store.close());
    expect(second.safety.state().notice).toMatchObject({ kind: 'rescued', backupAt: testNow });
    expect(second.store.conversations.count()).toBe(100);
  });

  test('a request that meets damage has the next start look', () => {
    live(folder, 'kept');
    const run = start();
    onTestFinished(() => run.store.close());
    run.safety.onFailure('database_damaged');
    expect(readRescue(folder)?.stage).toBe('suspected');
  });

  test('a false alarm in the middle of a salvage does not end it for good', async () => {
    for (let count = 0; count < 520; count++) keepPicture(folder);
    const first = start({ dieAfter: 1 });
    await first.safety.tend();
    first.safety.onFailure('database_damaged');
    first.store.close();
    const second = start();
    onTestFinished(() => second.store.close());
    expect(second.safety.state().notice).toBeNull();
    await second.safety.tend();
    expect(second.store.userImages.count()).toBe(520);
    expect(readRescue(folder)).toBeNull();
  });

  test('a keeper that dies costs nothing: the next time does it all', async () => {
    live(folder, 'kept');
    writeFileSync(backupFolder(folder), 'in the way');
    const run = start();
    onTestFinished(() => run.store.close());
    await run.safety.tend();
    expect(run.safety.state().notice).toBeNull();
    rmSync(backupFolder(folder));
    await run.safety.tend();
    expect(listBackups(backupFolder(folder))).toHaveLength(1);
  });
});

test('a full disk is told, and once it has room what waited goes on', () => {
  let free = 0;
  const run = start({ free: () => free });
  onTestFinished(() => run.store.close());
  run.safety.onFailure('internal');
  run.safety.onFailure('disk_full');
  expect(run.states).toEqual([{ notice: null, diskFull: true }]);
  free = 1e9;
  run.later.shift()?.();
  expect(run.states.at(-1)).toEqual({ notice: null, diskFull: false });
  expect(run.world.resumed).toBe(1);
});
