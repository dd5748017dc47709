import { beforeEach, expect, test, vi } from 'vitest';
import { newId } from '../db/new-id';
import { openPlain } from '../db/test-database';
import { createOutbox } from '../outbox/outbox';
import { openTestContext, testDatabaseFile } from '../test-support/open-test-context';
import { createTimers } from './timers';

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, 'error').mockImplementation(() => {});
  return () => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  };
});

test('waiting work begins when it is due, and not after the app has ended', () => {
  const timers = createTimers();
  const done: string[] = [];
  const wait = () => {
    timers.soon(() => done.push('soon'));
    timers.measuredSoon({ measure: (_name, work) => work() }, 'work')(() => done.push('measured'));
    timers.after(1000, () => done.push('after'));
    timers.every(1000, () => done.push('every'));
  };
  wait();
  vi.advanceTimersByTime(1000);
  expect(done.toSorted()).toEqual(['after', 'every', 'measured', 'soon']);
  done.length = 0;
  wait();
  timers.end();
  wait();
  vi.advanceTimersByTime(10_000);
  expect(done).toEqual([]);
});

test('an outbox that a full disk has kept from being drained leaves a closed database alone', () => {
  const timers = createTimers();
  const file = testDatabaseFile();
  const { store, context } = openTestContext(file);
  const outbox = createOutbox(context, timers.soon, { after: timers.after, onWriteError: () => {} });
  store.transaction(() => store.outbox.add(newId(), { kind: 'attempt', row: attempt }, 1));
  const database = openPlain(file);
  database.exec(`CREATE TRIGGER full_disk BEFORE INSERT ON image_generation_log
    BEGIN SELECT RAISE(ABORT, 'the disk is full'); END;
    CREATE TRIGGER fuller_disk BEFORE UPDATE ON outbox BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`);
  database.close();
  outbox.schedule();
  vi.advanceTimersByTime(1);
  expect(console.error).toHaveBeenCalled();
  // One try waits for some seconds, and another one for the end of this turn.
  outbox.schedule();
  timers.end();
  store.close();
  vi.mocked(console.error).mockClear();
  vi.advanceTimersByTime(60_000);
  expect(console.error).not.toHaveBeenCalled();
});

const attempt = {
  ...{ id: newId(), messageId: newId(), provider: 'painter', model: 'painter-1', outcome: 'ready' },
  ...{ errorCode: null, requestedAt: 1, durationMs: 2, costMicroUsd: 0 },
} as const;
