import { copyFileSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { recordCleanExit, wasClosedProperly } from '../../electron/main/db/clean-exit';
import { identityOf } from '../../electron/main/db/files';
import { nativeBinding } from '../../electron/main/db/native-binding';
import { newId } from '../../electron/main/db/new-id';
import { openStore, type Store } from '../../electron/main/db/open';
import { openSafely } from '../../electron/main/db/open-safely';
import { openPlain, writeEmptyDatabase } from '../../electron/main/db/test-database';
import { addPictureFiles, optionsFor } from '../../electron/main/db/test-rescue';
import { type Reader, startReader } from '../../electron/main/reader/reader';
import { temporaryFolder } from '../../electron/main/test-support/temporary-folder';
import { fingerprintBytes } from '../../shared/domain/fingerprints';
import { everyPicture } from '../../shared/domain/gallery-query';
import { buildThread } from './build-thread';
import { type Cell, cell, threadReads } from './thread-reads';

const addon = nativeBinding(process.cwd());
let script: string;
let errors: string[];

beforeAll(async () => {
  script = await buildThread();
});

beforeEach(() => {
  errors = [];
  vi.spyOn(console, 'error').mockImplementation((...values) => void errors.push(values.join(' ')));
  return () => void vi.restoreAllMocks();
});

function afterTimeout(milliseconds: number, work: () => void): void {
  // A test may end before a long timer.
  setTimeout(work, milliseconds).unref();
}

function startOn(store: Store, file: string, after = afterTimeout): Reader<typeof threadReads> {
  const reader = startReader({
    reads: threadReads,
    script,
    file,
    nativeBinding: addon,
    identity: identityOf(file),
    context: { store, dataFolder: path.dirname(file) },
    changeCount: store.changeCount,
    after,
  });
  onTestFinished(() => reader.close());
  return reader;
}

/** A reader with its thread on a new database, and the store that writes it. */
function start({ hasThread = true, after = afterTimeout } = {}) {
  const { folder, remove } = temporaryFolder();
  const file = path.join(folder, 'afterimage.db');
  writeEmptyDatabase(file);
  const store = openStore({ file, nativeBinding: addon });
  onTestFinished(() => {
    store.close();
    remove();
  });
  const reader = startOn(store, file, after);
  if (hasThread) reader.allowThread();
  return { folder, file, store, reader, reads: reader.reads };
}

function addConversation(store: Store): void {
  const id = newId();
  store.transaction(() => store.conversations.insert({ id, title: `Chat ${id}`, createdAt: 1 }));
}

function addPicture(store: Store, index: number): string {
  const id = newId();
  store.userImages.insert({
    ...{
      id,
      messageId: id,
      file: `images/${id.slice(-2)}/${id}.png`,
      width: 10 + index,
      height: 10,
      bytes: 5,
    },
    ...{ thumbhash: 'AAEC', prompt: index % 2 === 0 ? 'a red fox' : 'a blue whale', provider: 'painter' },
    ...{ model: 'painter-1', params: '{"aspectRatio":"1:1","seed":1}', createdAt: 1000 + index },
  });
  return id;
}

/** Resolves when the thread has changed the cell. */
async function changed(watched: Cell): Promise<void> {
  while (Atomics.load(watched, 0) === 0) await pause(1);
}

test('gives the answers of the connection that writes, for every read of the app', async () => {
  const { store, folder, reads, reader, file } = start();
  const ids = Array.from({ length: 30 }, (_, index) => addPicture(store, index));
  store.trash.add(ids[0] ?? '', 5);
  store.userImages.setFavourite(ids[1] ?? '', true);
  for (const id of [ids[2], ids[4]])
    store.transaction(() => store.fingerprints.write(id ?? '', new Uint8Array(fingerprintBytes)));
  addConversation(store);
  store.collections.create(newId(), 'Foxes', { ...everyPicture, text: 'fox' }, 1);
  store.charges.open({
    ...{ id: 'a', kind: 'picture', messageId: null, provider: 'painter', model: 'painter-1' },
    ...{ requestedAt: Date.now(), amountMicroUsd: 7 },
  });
  store.charges.end('a', { state: 'made', amountMicroUsd: 7 });
  const query = { ...everyPicture, text: 'fox' };
  const estimated = { provider: 'painter', model: 'painter-1', resolution: '1K' } as const;
  const all = (asked: typeof reads) => [
    asked.galleryChunk({
      query: { ...query, alikeTo: ids[2] ?? '' },
      isStacked: true,
      after: null,
      limit: 7,
    }),
    asked.galleryMatching({ query, ids }),
    asked.galleryStacks({ query, ids }),
    asked.galleryUnread({}),
    asked.galleryMonths({}),
    asked.galleryTiles({ ids }),
    asked.galleryFacets({}),
    asked.galleryCount({ query }),
    asked.galleryNearestTime({ query: { ...query, text: '', from: 0, to: 1 } }),
    asked.galleryUnindexed({}),
    asked.collections({}),
    asked.conversations({ limit: 9 }),
    asked.foundConversations({ text: 'chat', limit: 9 }),
    asked.conversationCovers({ conversationIds: store.conversations.newest(9).map(({ id }) => id) }),
    asked.estimate(estimated),
    asked.modelUses({}),
    asked.costs({ from: 0 }),
    asked.trashPage({ limit: 9, stayMs: 3 }),
    asked.trashCounts({}),
    asked.trashBytes({}),
    asked.storageUsage({}),
    asked.rowCounts({}),
    asked.styles({}),
  ];
  expect(all(reads)).toHaveLength(Object.keys(threadReads).length - 8);
  // The same reads, on the connection that writes.
  const here = startReader({
    ...{ reads: threadReads, script, file, nativeBinding: addon, identity: '' },
    context: { store, dataFolder: folder },
    changeCount: store.changeCount,
    after: () => {},
  });
  const answers = await Promise.all(all(reads));
  expect(answers).toEqual(await Promise.all(all(here.reads)));
  expect(answers.every(({ ok }) => ok)).toBe(true);
  expect(answers[7]).toEqual({ ok: true, value: 14 });
  expect(answers[0]).toMatchObject({ value: { widths: Uint32Array.of(14) } });
  expect(answers[3]).toEqual({ ok: true, value: 28 });
  expect(errors).toEqual([]);
  reader.close();
});

describe('the thread', () => {
  test('starts with the first read after it is allowed', async () => {
    const { reader, reads } = start({ hasThread: false });
    expect(await reads.runsInThread({})).toEqual({ ok: true, value: false });
    reader.allowThread();
    expect(await reads.runsInThread({})).toEqual({ ok: true, value: true });
  });

  test('sees each commit that was made before a read, while rows are written all the time', async () => {
    const { store, reads } = start();
    for (let count = 1; count <= 500; count += 1) {
      addConversation(store);
      expect(await reads.rowCounts({})).toMatchObject({ value: { conversations: count } });
    }
  });

  test('repeats an ordered read whose rows have changed meanwhile, so that no answer is older than an event', async () => {
    const { store, reads } = start();
    const [begun, go] = [cell(), cell()];
    const answer = reads.heldCount({ begun, go });
    await changed(begun);
    addConversation(store);
    Atomics.store(go, 0, 1);
    Atomics.notify(go, 0);
    expect(await answer).toEqual({ ok: true, value: 1 });
    expect(Atomics.load(begun, 0)).toBe(2);
  });

  test('answers an ordered read in the end if rows change all the time', async () => {
    const { store, reads } = start();
    let isDone = false;
    const answer = reads.heldCount({ begun: cell(), go: cell(1) }).finally(() => {
      isDone = true;
    });
    while (!isDone) {
      addConversation(store);
      await new Promise(setImmediate);
    }
    expect(await answer).toEqual({ ok: true, value: expect.any(Number) });
  });

  test('keeps no transaction open, so that the WAL can be emptied', async () => {
    const { file, store, reads } = start();
    const ids = [addPicture(store, 1)];
    await reads.galleryChunk({ query: everyPicture, isStacked: false, after: null, limit: 1 });
    await reads.galleryTiles({ ids });
    await reads.galleryCount({ query: everyPicture });
    await reads.costs({ from: 0 });
    const plain = openPlain(file);
    onTestFinished(() => void plain.close());
    expect(plain.pragma('wal_checkpoint(TRUNCATE)')).toMatchObject([{ busy: 0 }]);
    expect(statSync(`${file}-wal`).size).toBe(0);
  });

  test('answers short reads while a long one runs', async () => {
    const { reads } = start();
    const slices = cell();
    void reads.endless({ slices });
    await changed(slices);
    expect(await reads.rowCounts({})).toMatchObject({ ok: true });
    const seen = Atomics.load(slices, 0);
    while (Atomics.load(slices, 0) === seen) await reads.rowCounts({});
  });

  test('ends an older search when a newer one begins', async () => {
    const { reads } = start();
    const [older, newer] = [cell(), cell()];
    const replaced = reads.endless({ slices: older });
    await changed(older);
    void reads.endless({ slices: newer });
    expect(await replaced).toMatchObject({ ok: false, code: 'read_replaced' });
    await changed(newer);
    const seen = Atomics.load(older, 0);
    await reads.rowCounts({});
    await reads.rowCounts({});
    expect(Atomics.load(older, 0)).toBe(seen);
  });

  test('ends the pages and counts of an older query, and no others', async () => {
    const { store, reads } = start();
    addPicture(store, 1);
    const page = (text: string, limit: number) =>
      reads.galleryChunk({ query: { ...everyPicture, text }, isStacked: false, after: null, limit });
    const asked = [page('f', 1), page('f', 2), reads.galleryCount({ query: everyPicture }), page('fo', 1)];
    const newest = reads.galleryCount({ query: { ...everyPicture, text: 'whale' } });
    const ends = (await Promise.all(asked)).map((reply) => (reply.ok ? 'answered' : reply.code));
    expect(ends).toEqual(['read_replaced', 'read_replaced', 'read_replaced', 'answered']);
    expect(await newest).toEqual({ ok: true, value: 1 });
  });
});

describe('an idle thread', () => {
  /** A reader whose long timers the test runs. */
  function startWithTimers() {
    const timers: (() => void)[] = [];
    const started = start({
      after: (milliseconds, work) => void (milliseconds >= 60_000 && timers.push(work)),
    });
    return { ...started, runTimer: () => timers.shift()?.(), timers };
  }

  test('ends after a minute without a read, and the next read starts another one', async () => {
    const { file, store, reader, reads, runTimer, timers } = startWithTimers();
    await reads.threadNumber({});
    const first = await reads.threadNumber({});
    runTimer();
    expect(await reads.threadNumber({})).toEqual(first);
    runTimer();
    runTimer();
    expect(timers).toHaveLength(0);
    expect(await reads.threadNumber({})).not.toEqual(first);
    expect(errors).toEqual([]);
    reader.close();
    store.close();
    recordCleanExit(file);
    expect(wasClosedProperly(file)).toBe(true);
  });

  test('leaves no WAL if the app ends at the same moment', async () => {
    const { file, store, reader, reads, runTimer } = startWithTimers();
    addConversation(store);
    await reads.rowCounts({});
    runTimer();
    runTimer();
    reader.close();
    store.close();
    recordCleanExit(file);
    expect(wasClosedProperly(file)).toBe(true);
  });
});

describe('a fault of the thread', () => {
  test.each(['exit', 'throwLater'] as const)(
    '%s: starts it again and repeats the read once',
    async (fault) => {
      const { reads } = start();
      expect(await reads[fault]({ times: cell(1) })).toEqual({ ok: true, value: 'alive' });
      expect(errors.join()).toContain('started again');
    },
  );

  test.each(['exit', 'throwLater'] as const)('%s: fails a read that ends it twice', async (fault) => {
    const { reads } = start();
    const times = cell(9);
    expect(await reads[fault]({ times })).toMatchObject({ ok: false, code: 'reader_stopped' });
    expect(Atomics.load(times, 0)).toBe(7);
    expect(await reads.runsInThread({})).toEqual({ ok: true, value: true });
  });

  test('repeats the other reads that it was answering', async () => {
    const { reads } = start();
    await reads.rowCounts({});
    const asked = [reads.exit({ times: cell(1) }), reads.runsInThread({}), reads.rowCounts({})];
    expect(await Promise.all(asked)).toMatchObject([{ ok: true }, { ok: true, value: true }, { ok: true }]);
  });

  test('passes on what a read throws, with its code, and goes on', async () => {
    const { reads } = start();
    await expect(reads.fail({})).rejects.toMatchObject({ code: 'SQLITE_CORRUPT', message: 'malformed' });
    await expect(reads.unclonable({})).rejects.toThrow('could not be cloned');
    expect(await reads.runsInThread({})).toEqual({ ok: true, value: true });
    expect(errors).toEqual([]);
  });
});

describe('the end of the app', () => {
  test('leaves a database without a WAL, even while the thread reads', async () => {
    const { file, store, reader, reads } = start();
    addConversation(store);
    const slices = cell();
    const running = reads.endless({ slices });
    await changed(slices);
    reader.close();
    store.close();
    recordCleanExit(file);
    expect(wasClosedProperly(file)).toBe(true);
    expect(await running).toMatchObject({ ok: false, code: 'reader_stopped' });
    expect(await reads.rowCounts({})).toMatchObject({ ok: false, code: 'reader_stopped' });
    expect(errors).toEqual([]);
  });

  test('does not wait for a thread that has not opened the database', async () => {
    const { file, store, reader, reads } = start();
    const running = reads.rowCounts({});
    reader.close();
    store.close();
    recordCleanExit(file);
    expect(wasClosedProperly(file)).toBe(true);
    expect(await running).toMatchObject({ ok: false, code: 'reader_stopped' });
  });
});

describe('another database', () => {
  test('is not read if it has taken the place of the open one', async () => {
    const { folder, file, store, reads } = start();
    addConversation(store);
    const other = path.join(folder, 'other.db');
    openStore({ file: other, nativeBinding: addon }).close();
    renameSync(file, path.join(folder, 'moved.db'));
    copyFileSync(other, file);
    expect(await reads.rowCounts({})).toMatchObject({ value: { conversations: 1 } });
    expect(await reads.runsInThread({})).toEqual({ ok: true, value: false });
    expect(errors.join()).toContain('could not open the database');
  });

  test('is read after a rescue, with every row that the salvage adds', async () => {
    const { folder, remove } = temporaryFolder();
    const options = optionsFor(folder);
    const recipes = Array.from({ length: 20 }, () => addPictureFiles(folder));
    const { store, rescue } = openSafely(options);
    onTestFinished(() => {
      store.close();
      remove();
    });
    expect(rescue?.stage).toBe('salvaging');
    const reader = startOn(store, options.file);
    reader.allowThread();
    for (const [index, recipe] of recipes.entries()) {
      store.transaction(() => store.salvage.add('test', [recipe]));
      expect(await reader.reads.rowCounts({})).toMatchObject({ value: { pictures: index + 1 } });
    }
    expect(await reader.reads.runsInThread({})).toEqual({ ok: true, value: true });
  });
});
