import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { createCollectionHandlers } from '../gallery/collection-handlers';
import { createHousekeeping } from './housekeeping';
import { reconcile } from './reconcile';
import { createTestStorage, type TestStorage } from './test-storage';
import { moveToTrash } from './trash';

let storage: TestStorage;

beforeEach(() => {
  storage = createTestStorage();
  onTestFinished(() => storage.remove());
});

test('emptying Trash reports what stays because its pictures are being made, and not what only waits', async () => {
  const { emptyTrash } = createHousekeeping(
    storage.context,
    () => {},
    () => true,
  );
  const { conversations, messages } = storage.chat.store;
  const [busy, waiting, idle] = [storage.conversation(), storage.conversation(), storage.conversation()];
  const { id: running } = storage.picture({ conversationId: busy, isReady: false });
  messages.begin(running, running, 6);
  storage.picture({ conversationId: waiting, isReady: false });
  const { id } = storage.picture({ conversationId: idle });
  for (const conversation of [busy, waiting, idle]) conversations.delete(conversation, 7);
  moveToTrash(storage.context, id);
  expect(await emptyTrash()).toEqual({ bytes: 130, stayed: { pictures: 0, conversations: 1 } });
});

const day = 24 * 60 * 60 * 1000;

/** Runs housekeeping once, as a start of the app does. */
async function runHousekeeping(): Promise<void> {
  const waiting: (() => void)[] = [];
  let schedule = () => {};
  const housekeeping = createHousekeeping(
    storage.context,
    (_milliseconds, work) => {
      waiting.push(work);
      schedule();
    },
    () => true,
  );
  housekeeping.start();
  const isOver = new Promise<void>((resolve) => {
    schedule = resolve;
  });
  waiting[0]?.();
  await isOver;
}

test.each([
  ['forty days ahead', 40 * day],
  ['ten years ahead', 3650 * day],
])('a start with a clock %s keeps Trash with its files', async (_what, step) => {
  const { id, file } = storage.picture();
  const conversationId = storage.conversation();
  moveToTrash(storage.context, id);
  storage.chat.store.conversations.delete(conversationId, storage.chat.world.now);
  storage.chat.world.now += step;
  for (let start = 0; start < 3; start += 1) {
    storage.restart();
    await runHousekeeping();
    storage.chat.world.now += 60_000;
  }
  expect(storage.exists(file)).toBe(true);
  expect(storage.chat.store.trash.counts()).toEqual({ pictures: 1, conversations: 1 });
});

test('a clock that jumps ahead while the app runs keeps Trash', async () => {
  const { id, file } = storage.picture();
  moveToTrash(storage.context, id);
  await runHousekeeping();
  storage.chat.world.now += 40 * day;
  await runHousekeeping();
  expect(storage.exists(file)).toBe(true);
});

test('Trash is purged a day after a jump that was right', async () => {
  const { id, file } = storage.picture();
  moveToTrash(storage.context, id);
  storage.chat.world.now += 40 * day;
  await runHousekeeping();
  storage.passDays(1);
  await runHousekeeping();
  expect(storage.exists(file)).toBe(false);
});

test('reconciles every day again after the clock was ahead and is right', async () => {
  const waiting: (() => void)[] = [];
  let schedule = () => {};
  const housekeeping = createHousekeeping(
    storage.context,
    (_milliseconds, work) => {
      waiting.push(work);
      schedule();
    },
    () => true,
  );
  const run = async () => {
    const isOver = new Promise<void>((resolve) => {
      schedule = resolve;
    });
    waiting.shift()?.();
    await isOver;
  };
  housekeeping.start();
  storage.chat.world.now += 3000 * day;
  await run();
  storage.chat.world.now -= 3000 * day;
  await run();
  expect(housekeeping.lastReconciled()?.at).toBe(storage.chat.world.now);
});

test('a picture that was deleted under a slow clock stays for its whole time', async () => {
  const { id, file } = storage.picture();
  storage.chat.world.now -= 9000 * day;
  moveToTrash(storage.context, id);
  storage.chat.world.now += 9000 * day;
  await runHousekeeping();
  storage.passDays(29);
  await runHousekeeping();
  expect(storage.exists(file)).toBe(true);
  storage.passDays(1);
  await runHousekeeping();
  expect(storage.exists(file)).toBe(false);
});

test('a jump ahead neither moves a file without a row nor removes a deleted collection', async () => {
  const { file } = storage.picture();
  storage.write(`${file}.part`);
  const { store, outbox, world } = storage.chat;
  const { now, clock } = storage.context;
  const collections = createCollectionHandlers({ store, outbox, now, clock });
  const create = () => {
    const reply = collections['collections:create']({ name: 'Foxes', query: null, imageIds: [] });
    if (!reply.ok) throw new Error(reply.message);
    return reply.value.id;
  };
  const deleted = create();
  collections['collections:delete']({ collectionId: deleted });
  world.now += 40 * day;
  await reconcile(storage.context);
  collections['collections:delete']({ collectionId: create() });
  expect(storage.files('recovery')).toEqual([]);
  expect(collections['collections:restore']({ collectionId: deleted })).toMatchObject({ ok: true });
});
