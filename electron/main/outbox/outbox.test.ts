import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { newId } from '../db/new-id';
import type { NewUserImage, OutboxEntry } from '../db/outbox';
import { openPlain } from '../db/test-database';
import { openTestContext, testDatabaseFile } from '../test-support/open-test-context';
import type { TestContext } from '../test-support/test-context';
import { drainBatch } from './drain';
import { createOutbox } from './outbox';

let chat: TestContext;
let file: string;

beforeEach(() => {
  file = testDatabaseFile();
  chat = openTestContext(file);
});

function attempt(): OutboxEntry {
  return {
    kind: 'attempt',
    row: {
      id: newId(),
      messageId: newId(),
      provider: 'painter',
      model: 'painter-1',
      outcome: 'ready',
      errorCode: null,
      requestedAt: 1,
      durationMs: 2,
      costMicroUsd: 0,
    },
  };
}

function userImage(): { kind: 'user-image'; row: NewUserImage } {
  const id = newId();
  return {
    kind: 'user-image',
    row: {
      id,
      messageId: id,
      file: `images/ab/${id}.png`,
      width: 2,
      height: 1,
      bytes: 3,
      thumbhash: 'AAH+/w==',
      prompt: 'a fox',
      provider: 'painter',
      model: 'painter-1',
      params: '{"aspectRatio":"1:1","seed":1}',
      createdAt: 4,
    },
  };
}

function addToOutbox(...entries: OutboxEntry[]): void {
  chat.store.transaction(() => {
    for (const entry of entries) chat.store.outbox.add(newId(), entry, 1);
  });
}

function counts() {
  const { outbox, generationLog, userImages } = chat.store;
  return { outbox: outbox.count(), attempts: generationLog.count(), pictures: userImages.count() };
}

test('moves every entry to its table and broadcasts the new pictures', () => {
  const image = userImage();
  addToOutbox(attempt(), image, attempt());
  expect(drainBatch(chat.context)).toBe(3);
  expect(counts()).toEqual({ outbox: 0, attempts: 2, pictures: 1 });
  expect(chat.store.userImages.file(image.row.id)).toBe(image.row.file);
  expect(chat.broadcasts['gallery:added']).toEqual([[chat.store.userImages.find(image.row.id)]]);
});

test('changes and broadcasts nothing when drained again', () => {
  addToOutbox(attempt(), userImage());
  drainBatch(chat.context);
  const after = counts();
  chat.broadcasts['gallery:added'].length = 0;
  expect(drainBatch(chat.context)).toBe(0);
  expect(counts()).toEqual(after);
  expect(chat.broadcasts['gallery:added']).toEqual([]);
});

test('broadcasts nothing for attempts alone', () => {
  addToOutbox(attempt());
  drainBatch(chat.context);
  expect(chat.broadcasts['gallery:added']).toEqual([]);
});

test('adds no second row for an entry that already has one', () => {
  const image = userImage();
  const log = attempt();
  addToOutbox(image, log);
  drainBatch(chat.context);
  addToOutbox(image, log);
  expect(drainBatch(chat.context)).toBe(2);
  expect(counts()).toEqual({ outbox: 0, attempts: 1, pictures: 1 });
});

test('keeps a batch in the outbox if its transaction fails', () => {
  addToOutbox(attempt(), userImage(), attempt());
  const database = openPlain(file);
  // A disk that stays full: entries are neither delivered nor set aside.
  database.exec(`CREATE TRIGGER full_disk BEFORE UPDATE ON outbox BEGIN SELECT RAISE(ABORT, 'the disk is full'); END;
    CREATE TRIGGER fuller_disk BEFORE INSERT ON user_images BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`);
  vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => void vi.restoreAllMocks());
  expect(() => drainBatch(chat.context)).toThrow('the disk is full');
  expect(counts()).toEqual({ outbox: 3, attempts: 0, pictures: 0 });

  database.exec('DROP TRIGGER full_disk; DROP TRIGGER fuller_disk');
  database.close();
  expect(drainBatch(chat.context)).toBe(3);
  expect(counts()).toEqual({ outbox: 0, attempts: 2, pictures: 1 });
});

describe('an entry that cannot be delivered', () => {
  const good = attempt().row;
  const goodImage = userImage().row;

  test.each([
    ['is not JSON', 'attempt', '{"id":'],
    ['is empty', 'attempt', ''],
    ['is null', 'attempt', 'null'],
    ['has an unknown kind', 'from-the-future', '{}'],
    ['has a kind that is a property of every object', 'constructor', '{}'],
    ['lacks a field', 'attempt', JSON.stringify({ ...good, outcome: undefined })],
    ['has an unknown field', 'attempt', JSON.stringify({ ...good, extra: 1 })],
    ['has a field of the wrong type', 'user-image', JSON.stringify({ ...goodImage, width: '2' })],
    ['has parameters that are not JSON', 'user-image', JSON.stringify({ ...goodImage, params: 'none' })],
    ['has a provider of the wrong type', 'user-image', JSON.stringify({ ...goodImage, provider: 7 })],
  ])('is set aside and does not block the others if it %s', (_what, kind, payload) => {
    const database = openPlain(file);
    database.prepare('INSERT INTO outbox VALUES (?, ?, ?, 1)').run(newId(), kind, payload);
    vi.spyOn(console, 'error').mockImplementation(() => {});
    onTestFinished(() => void vi.restoreAllMocks());
    addToOutbox(attempt(), userImage());

    expect(drainBatch(chat.context)).toBe(3);
    expect(counts()).toEqual({ outbox: 1, attempts: 1, pictures: 1 });
    expect(chat.broadcasts['gallery:added']).toHaveLength(1);
    expect(console.error).toHaveBeenCalledTimes(1);
    const stored = database.prepare('SELECT kind, payload FROM outbox').all();
    database.close();
    expect(stored).toEqual([{ kind: `set-aside:${kind}`, payload }]);

    expect(drainBatch(chat.context)).toBe(0);
    expect(counts().outbox).toBe(1);
  });

  test.each(['attempt', 'user-image'])('leaves no row behind if it fails after its row: %s', (kind) => {
    const database = openPlain(file);
    database.exec(`CREATE TRIGGER refuse BEFORE DELETE ON outbox WHEN OLD.kind = '${kind}'
      BEGIN SELECT RAISE(ABORT, 'refused'); END`);
    database.close();
    vi.spyOn(console, 'error').mockImplementation(() => {});
    onTestFinished(() => void vi.restoreAllMocks());
    addToOutbox(attempt(), userImage());

    expect(drainBatch(chat.context)).toBe(2);
    const delivered = { attempts: kind === 'attempt' ? 0 : 1, pictures: kind === 'attempt' ? 1 : 0 };
    expect(counts()).toEqual({ outbox: 1, ...delivered });
    expect(chat.broadcasts['gallery:added']).toHaveLength(delivered.pictures);
  });
});

describe('a scheduled drain', () => {
  function scheduler() {
    const scheduled: (() => void)[] = [];
    return { scheduled, schedule: (work: () => void) => void scheduled.push(work) };
  }

  test('runs later and only once, however often it was scheduled', () => {
    const { scheduled, schedule } = scheduler();
    const { schedule: requestDrain } = createOutbox(chat.context, schedule, {
      after() {},
      onWriteError: () => expect.unreachable(),
    });
    addToOutbox(attempt());
    requestDrain();
    requestDrain();
    expect(counts().outbox).toBe(1);
    expect(scheduled).toHaveLength(1);
    scheduled.shift()?.();
    expect(counts()).toEqual({ outbox: 0, attempts: 1, pictures: 0 });
    expect(scheduled).toHaveLength(0);
    requestDrain();
    expect(scheduled).toHaveLength(1);
  });

  test('tries again by one timer if the database is locked, without another job', () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    onTestFinished(() => void vi.restoreAllMocks());
    const { scheduled, schedule } = scheduler();
    const timers: (() => void)[] = [];
    const errors: unknown[] = [];
    const outbox = createOutbox(chat.context, schedule, {
      after: (_milliseconds, work) => void timers.push(work),
      onWriteError: (error) => void errors.push(error),
    });
    addToOutbox(attempt(), userImage());
    const lock = openPlain(file);
    lock.exec('BEGIN IMMEDIATE');
    for (let count = 0; count < 2; count += 1) {
      outbox.schedule();
      scheduled.shift()?.();
    }
    expect(timers).toHaveLength(1);
    expect(errors).toHaveLength(2);
    expect(console.error).toHaveBeenCalledTimes(1);
    lock.close();
    timers.shift()?.();
    scheduled.shift()?.();
    expect(counts()).toEqual({ outbox: 0, attempts: 1, pictures: 1 });
    expect(timers).toEqual([]);
  });

  test('moves 120 entries in batches of 50, one per turn', () => {
    const { scheduled, schedule } = scheduler();
    const { schedule: requestDrain } = createOutbox(chat.context, schedule, {
      after() {},
      onWriteError: () => expect.unreachable(),
    });
    addToOutbox(...Array.from({ length: 60 }, () => [attempt(), userImage()]).flat());
    requestDrain();
    const left: number[] = [];
    for (let work = scheduled.shift(); work; work = scheduled.shift()) {
      work();
      expect(scheduled.length).toBeLessThanOrEqual(1);
      left.push(counts().outbox);
    }
    expect(left).toEqual([70, 20, 0]);
    expect(counts()).toEqual({ outbox: 0, attempts: 60, pictures: 60 });
    expect(chat.broadcasts['gallery:added'].flat()).toHaveLength(60);
  });

  test('continues after a whole batch that cannot be delivered', () => {
    const { scheduled, schedule } = scheduler();
    const database = openPlain(file);
    const insert = database.prepare(`INSERT INTO outbox VALUES (?, 'from-the-future', '{}', 1)`);
    database.transaction(() => {
      for (let count = 0; count < 50; count += 1) insert.run(newId());
    })();
    database.close();
    addToOutbox(attempt());
    vi.spyOn(console, 'error').mockImplementation(() => {});
    onTestFinished(() => void vi.restoreAllMocks());
    createOutbox(chat.context, schedule, { after() {}, onWriteError: () => expect.unreachable() }).schedule();
    for (let work = scheduled.shift(); work; work = scheduled.shift()) work();
    expect(counts()).toEqual({ outbox: 50, attempts: 1, pictures: 0 });
  });
});
