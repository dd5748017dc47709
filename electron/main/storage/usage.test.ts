import { linkSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { runToEnd } from '../db/slices';
import { createHousekeeping } from './housekeeping';
import { createTestStorage, type TestStorage } from './test-storage';
import { moveToTrash } from './trash';
import { trashBytesInSlices, usageInSlices } from './usage';

let storage: TestStorage;

beforeEach(() => {
  storage = createTestStorage();
  onTestFinished(() => storage.remove());
});

test('counts what has arrived and what was kept as unclaimed', () => {
  const storage = createTestStorage();
  onTestFinished(() => storage.remove());
  storage.write('arrived/a', Buffer.alloc(7));
  storage.write('kept/b', Buffer.alloc(5));
  expect(runToEnd(usageInSlices(storage.context))).toMatchObject({ unclaimed: 12 });
});

test('counts every file once, in its category', () => {
  storage.picture();
  const { id } = storage.picture();
  moveToTrash(storage.context, id);
  storage.write('images/ab/lost.png', Buffer.alloc(7));
  storage.write('backups/2026/one.db', Buffer.alloc(1000));
  storage.write('backups/two.db', Buffer.alloc(500));
  storage.write('recovery/found.png', Buffer.alloc(50));
  const usage = runToEnd(usageInSlices(storage.context));
  expect(usage).toMatchObject({
    // The picture and its recipe.
    originals: 110,
    previews: 20,
    trash: 130,
    backups: 1500,
    recovery: 50,
    recoveryFiles: 1,
    unclaimed: 7,
    missingPictures: 0,
  });
  expect(usage?.database).toBeGreaterThan(4096);
  expect(runToEnd(trashBytesInSlices(storage.context))).toBe(130);
});

test('counts the engines, the models and unfinished downloads, and a shared file once', () => {
  storage.write('engine/items.json', Buffer.alloc(3));
  storage.write('engine/builds/build/sd-server', Buffer.alloc(400));
  storage.write('engine/builds/build/lib/libsd.so', Buffer.alloc(30));
  storage.write('engine/models/one/encoder.gguf', Buffer.alloc(5_000));
  storage.write('engine/models/two/weights.gguf', Buffer.alloc(70));
  storage.write('engine/partial/three/0.part', Buffer.alloc(600));
  storage.write('engine/partial/three/1.part', Buffer.alloc(0));
  const { dataFolder } = storage.context;
  const encoder = path.join(dataFolder, 'engine/models/one/encoder.gguf');
  linkSync(encoder, path.join(dataFolder, 'engine/models/two/encoder.gguf'));
  linkSync(encoder, path.join(dataFolder, 'engine/partial/three/2.part'));
  expect(runToEnd(usageInSlices(storage.context))).toMatchObject({ models: 5_500, downloads: 600 });
});

test('counts a picture that is only kept as WebP as an original', () => {
  const { id, file } = storage.picture({ withFiles: false });
  const webp = file.replace('.png', '.display.webp');
  storage.write(webp, Buffer.alloc(60));
  storage.chat.store.pictureRows.setLocated(id, webp, 60);
  expect(runToEnd(usageInSlices(storage.context))).toMatchObject({ originals: 60, previews: 0 });
});

test('housekeeping purges what is due by the setting, then reconciles, and runs again in an hour', async () => {
  const due = storage.picture();
  moveToTrash(storage.context, due.id);
  storage.passDays(7);
  const young = storage.picture();
  moveToTrash(storage.context, young.id);
  storage.chat.store.settings.write({ trashDays: 7 });
  const waiting: { milliseconds: number; work: () => void }[] = [];
  let asked: () => void = () => undefined;
  const housekeeping = createHousekeeping(
    storage.context,
    (milliseconds, work) => {
      waiting.push({ milliseconds, work });
      asked();
    },
    () => true,
  );
  housekeeping.start();
  housekeeping.start();
  expect(waiting).toHaveLength(1);
  const again = new Promise<void>((resolve) => {
    asked = resolve;
  });
  waiting[0]?.work();
  await again;
  expect(waiting[1]?.milliseconds).toBe(3_600_000);
  expect(storage.exists(due.file)).toBe(false);
  expect(storage.exists(young.file)).toBe(true);
  expect(housekeeping.lastReconciled()).toMatchObject({ at: storage.chat.world.now, missing: 0 });
  expect(await housekeeping.emptyTrash()).toMatchObject({ stayed: { pictures: 0 } });
  expect(storage.exists(young.file)).toBe(false);
});

test('housekeeping does not reconcile during a rescue, because rows are still missing', async () => {
  const waiting: (() => void)[] = [];
  let asked: () => void = () => undefined;
  const nextRound = () =>
    new Promise<void>((resolve) => {
      asked = resolve;
    });
  let isComplete = false;
  const housekeeping = createHousekeeping(
    storage.context,
    (_milliseconds, work) => {
      waiting.push(work);
      asked();
    },
    () => isComplete,
  );
  housekeeping.start();
  for (const expected of [null, { missing: 0 }]) {
    const again = nextRound();
    waiting.at(-1)?.();
    await again;
    if (expected === null) expect(housekeeping.lastReconciled()).toBeNull();
    else expect(housekeeping.lastReconciled()).toMatchObject(expected);
    isComplete = true;
  }
});
