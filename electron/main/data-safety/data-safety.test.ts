import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { displayOf, pictureFile, recipeFile } from '../../../shared/domain/picture-files';
import { backupFolder, listBackups } from '../db/backups';
import { newId } from '../db/new-id';
import { openSafely } from '../db/open-safely';
import { readRescue } from '../db/rescue-record';
import {
  addConversations,
  addPictureFiles,
  damageFile,
  optionsFor,
  testNow,
  zeroBytes,
} from '../db/test-rescue';
import { temporaryFolder } from '../test-support/temporary-folder';
import { checkDatabase } from './check-database';
import { createDataSafety } from './data-safety';
import type { MaintenanceWorker } from './run-maintenance';
import { scanRecipes } from './scan-recipes';

const day = 24 * 60 * 60 * 1000;
let folder: string;

beforeEach(() => {
  const fresh = temporaryFolder();
  onTestFinished(fresh.remove);
  folder = fresh.folder;
  const silent = vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => silent.mockRestore());
});

/**
 * Runs the worker's tasks in this process.
 *
 * @param backups records, for each check, whether it was to make a backup.
 * @param maxBatches ends a salvage after so many batches, as a crash does.
 */
function createLocalWorker(backups: boolean[], maxBatches: number): MaintenanceWorker {
  return {
    async check(task) {
      backups.push(task.backup);
      return checkDatabase(task, () => 1e12);
    },
    async salvage(dataFolder, onBatch) {
      let count = 0;
      for await (const { recipes, unreadable } of scanRecipes(dataFolder)) {
        if (count++ === maxBatches) throw new Error('killed');
        onBatch(recipes, unreadable);
      }
    },
    close() {},
  };
}

function start({ maxBatches = Number.POSITIVE_INFINITY, free = (): number => 1e12 } = {}) {
  const backups: boolean[] = [];
  const added: string[] = [];
  const states: unknown[] = [];
  const later: (() => void)[] = [];
  const world = { now: testNow, resumed: 0 };
  const opened = openSafely(optionsFor(folder));
  const safety = createDataSafety({
    ...optionsFor(folder),
    ...opened,
    maintenance: createLocalWorker(backups, maxBatches),
    freeBytes: free,
    now: () => world.now,
    after: (_milliseconds, work) => void later.push(work),
    onState: (state) => void states.push(state),
    onAdded: (images) => void added.push(...images.map(({ id }) => id)),
    onSpaceFreed: () => void world.resumed++,
  });
  return { ...opened, safety, backups, added, states, later, world };
}

describe('salvage', () => {
  test('restores the gallery row and the cost of every picture with a recipe, and counts them', async () => {
    const recipes = [1, 2, 3].map((createdAt) =>
      addPictureFiles(folder, { createdAt, prompt: `fox ${createdAt}` }),
    );
    const run = start();
    onTestFinished(() => run.store.close());
    expect(run.safety.state().notice).toMatchObject({ found: 'missing', salvaged: null });
    await run.safety.runMaintenance();
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

  test('finds a picture whose display file has replaced the original', async () => {
    const id = newId();
    addPictureFiles(folder, { id, file: displayOf(pictureFile(id, 'png')) });
    const run = start();
    onTestFinished(() => run.store.close());
    await run.safety.runMaintenance();
    expect(run.store.userImages.file(id)).toBe(displayOf(pictureFile(id, 'png')));
    expect(run.safety.state().notice).toMatchObject({ salvaged: 1, unreadable: 0 });
  });

  test('does not change an existing row', async () => {
    const recipe = addPictureFiles(folder);
    const run = start();
    onTestFinished(() => run.store.close());
    run.store.transaction(() => run.store.salvage.add('another', [{ ...recipe, prompt: 'as it was' }]));
    await run.safety.runMaintenance();
    expect(run.store.userImages.find(recipe.id)?.prompt).toBe('as it was');
    expect(run.safety.state().notice).toMatchObject({ salvaged: 0 });
  });

  test('restarts after a crash and counts each picture once', async () => {
    for (let count = 0; count < 520; count++) addPictureFiles(folder);
    const first = start({ maxBatches: 1 });
    await first.safety.runMaintenance();
    expect(first.store.userImages.count()).toBe(500);
    first.store.close();
    const second = start();
    onTestFinished(() => second.store.close());
    await second.safety.runMaintenance();
    expect(second.store.userImages.count()).toBe(520);
    expect(second.safety.state().notice).toMatchObject({ salvaged: 520 });
  });

  test.each([
    ['cut short', () => '{"version":1'],
    ['about a file elsewhere', (json: string) => json.replace(/images\/[^"]+/, '../../etc/passwd')],
    ['about another picture', (json: string) => json.replace(/"id":"[0-9a-f]{8}/, '"id":"00000000')],
    ['about a longer file', (json: string) => json.replace('"bytes":1', '"bytes":2')],
  ])('rejects and counts a recipe that is %s', async (_what, change) => {
    addPictureFiles(folder);
    const bad = addPictureFiles(folder);
    damageFile(path.join(folder, recipeFile(bad.id)), (bytes) => Buffer.from(change(bytes.toString())));
    const run = start();
    onTestFinished(() => run.store.close());
    await run.safety.runMaintenance();
    expect(run.store.userImages.count()).toBe(1);
    expect(run.safety.state().notice).toMatchObject({ salvaged: 1, unreadable: 1 });
  });
});

describe('the notice', () => {
  test('stays over restarts until it is dismissed', async () => {
    addPictureFiles(folder);
    const first = start();
    await first.safety.runMaintenance();
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

  test('does not end the salvage when it is dismissed early', async () => {
    addPictureFiles(folder);
    const run = start();
    onTestFinished(() => run.store.close());
    run.safety.dismiss();
    expect(readRescue(folder)?.stage).toBe('salvaging');
    await run.safety.runMaintenance();
    expect(run.store.userImages.count()).toBe(1);
    expect(readRescue(folder)).toBeNull();
  });

  test('gives the path of the old database', () => {
    addConversations(folder, 'lost');
    damageFile(optionsFor(folder).file, zeroBytes);
    const run = start();
    onTestFinished(() => run.store.close());
    expect(existsSync(run.safety.oldFile() ?? '')).toBe(true);
  });
});

describe('the check of the database', () => {
  test('runs daily together with a backup', async () => {
    addConversations(folder, 'kept');
    const run = start();
    onTestFinished(() => run.store.close());
    await run.safety.runMaintenance();
    await run.safety.runMaintenance();
    expect(run.backups).toEqual([true]);
    run.world.now += day;
    await run.safety.runMaintenance();
    expect(run.backups).toEqual([true, true]);
    expect(listBackups(backupFolder(folder))).toHaveLength(2);
  });

  test('runs weekly even if no backup is due', async () => {
    addConversations(folder, 'kept');
    const run = start();
    onTestFinished(() => run.store.close());
    await run.safety.runMaintenance();
    rmSync(path.join(backupFolder(folder), 'last-check.json'));
    await run.safety.runMaintenance();
    await run.safety.runMaintenance();
    expect(run.backups).toEqual([true, false]);
  });

  test('reports damage at once, keeps the backups, and lets the next start repair it', async () => {
    addConversations(folder, ...Array.from({ length: 100 }, (_, index) => `${index} ${'long '.repeat(40)}`));
    const first = start();
    await first.safety.runMaintenance();
    first.world.now += day;
    damageFile(optionsFor(folder).file, (bytes) => Buffer.from(bytes).fill(7, 20_000));
    await first.safety.runMaintenance();
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

  test('runs at the next start after a request has met damage', () => {
    addConversations(folder, 'kept');
    const run = start();
    onTestFinished(() => run.store.close());
    run.safety.onFailure('database_damaged');
    expect(readRescue(folder)?.stage).toBe('suspected');
  });

  test('lets a salvage finish after a false alarm', async () => {
    for (let count = 0; count < 520; count++) addPictureFiles(folder);
    const first = start({ maxBatches: 1 });
    await first.safety.runMaintenance();
    first.safety.onFailure('database_damaged');
    first.store.close();
    const second = start();
    onTestFinished(() => second.store.close());
    expect(second.safety.state().notice).toBeNull();
    await second.safety.runMaintenance();
    expect(second.store.userImages.count()).toBe(520);
    expect(readRescue(folder)).toBeNull();
  });

  test('is repeated after the worker has failed', async () => {
    addConversations(folder, 'kept');
    writeFileSync(backupFolder(folder), 'in the way');
    const run = start();
    onTestFinished(() => run.store.close());
    await run.safety.runMaintenance();
    expect(run.safety.state().notice).toBeNull();
    rmSync(backupFolder(folder));
    await run.safety.runMaintenance();
    expect(listBackups(backupFolder(folder))).toHaveLength(1);
  });
});

test('reports a full disk, and resumes once there is space', () => {
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
