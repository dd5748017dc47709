// Pictures over the user's limit per minute: they wait for their turn, and those without a turn end.

import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Limits } from '../../../shared/domain/limits';
import { newPictureMessage } from '../../../shared/domain/test-message';
import { failedJob, type Outcome } from '../../../shared/generator/messages';
import { jobFor, recoveryOf } from '../chat/job-for';
import { markGenerating } from '../chat/mark-generating';
import { cancel, putBack, retry } from '../chat/retry-and-cancel';
import { settle } from '../chat/settle';
import { newId } from '../db/new-id';
import { createTestContext, type TestContext } from '../test-support/test-context';
import { createAdmission } from './admission';
import { createDispatcher, type Dispatcher } from './dispatcher';
import { createUnsavedWork } from './unsaved-work';

let chat: TestContext;
let dispatcher: Dispatcher;
let limits: Limits;
let conversationId: string;
let timers: { at: number; work: () => void }[];
let requested: string[];
/** How far each reading of the clock advances it (ms). */
let ticks: number;

beforeEach(() => {
  chat = createTestContext();
  onTestFinished(async () => {
    dispatcher.close();
    await turns();
    chat.store.close();
  });
  chat.world.provider = 'google';
  chat.world.now = new Date(2026, 10, 22, 14, 30, 5).getTime();
  limits = { perMinute: 2, perDay: null };
  timers = [];
  requested = [];
  ticks = 0;
  conversationId = newId();
  chat.store.transaction(() =>
    chat.store.conversations.insert({ id: conversationId, title: 'Foxes', createdAt: 1 }),
  );
  dispatcher = start();
});

function start(): Dispatcher {
  const { context, store } = chat;
  timers = [];
  const now = () => {
    chat.world.now += ticks;
    return chat.world.now;
  };
  const admission = createAdmission({
    ...{ store, now, limits: () => limits, monthlyCap: () => null },
    waitingPictures: () => created.waitingPictures(),
  });
  const created = createDispatcher({
    unfinished: store.messages.unfinished,
    find: store.messages.find,
    answerFromGallery: () => new Set(),
    admit: (message) => (message.kind === 'image' ? admission.ofPicture(message) : null),
    isReady: () => true,
    jobFor: (message) => jobFor(context, message),
    recoveryOf: (message) => recoveryOf(context, message),
    markGenerating: (job, requestedAt) => markGenerating(context, job, requestedAt),
    settle: (ended) => void settle(context, ended),
    reset: (messageId) => putBack(context, messageId),
    isOrphan: () => false,
    recoverFile: () => Promise.reject(new Error('nothing to recover')),
    settleAdopted: () => {},
    run: async (job): Promise<Outcome> => {
      requested.push(job.jobId);
      return failedJob(job.jobId, 'refused', 1);
    },
    stop: () => {},
    onWriteError: () => {},
    unsavedWork: createUnsavedWork(),
    later: (work) => void setImmediate(work),
    after: (milliseconds, work) => void timers.push({ at: now() + milliseconds, work }),
    now,
  });
  created.open();
  return created;
}

/** Requests pictures. @returns their ids. */
async function request(count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId());
  chat.store.transaction(() => {
    for (const id of ids) {
      const service = { provider: 'google', model: 'gemini-nano-banana-2.1' };
      chat.store.messages.insert(newPictureMessage({ id, conversationId, groupId: id, ...service }));
    }
  });
  dispatcher.wake();
  await turns();
  return ids;
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Lets time pass, and fires the timers that end meanwhile. */
async function pass(milliseconds: number): Promise<void> {
  const until = chat.world.now + milliseconds;
  for (;;) {
    const next = timers.filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)[0];
    if (!next) break;
    timers.splice(timers.indexOf(next), 1);
    chat.world.now = Math.max(chat.world.now, next.at);
    next.work();
    await turns();
  }
  chat.world.now = until;
}

const rows = (ids: readonly string[]) => ids.map((id) => chat.store.messages.find(id));
const waiting = (ids: readonly string[]) =>
  rows(ids).map((row) => row?.kind === 'image' && row.status === 'pending' && row.retryAt !== null);

describe('over a limit of two a minute', () => {
  test('two wait with the time in their rows, and are requested by themselves', async () => {
    const ids = await request(4);
    expect(requested).toEqual(ids.slice(0, 2));
    for (const row of rows(ids.slice(2))) {
      expect(row).toMatchObject({
        status: 'pending',
        retryAt: chat.world.now + 60_000,
        error: { code: 'limit_minute', message: 'Your limit for Google is 2 pictures a minute.' },
      });
    }
    await pass(59_999);
    expect(requested).toHaveLength(2);
    await pass(1);
    expect(requested).toEqual(ids);
    // No attempt is logged for what was only waiting.
    expect(chat.store.outbox.oldest(20)).toHaveLength(4);
  });

  test('more than the next minute can take end, with the reason', async () => {
    const ids = await request(6);
    expect(rows(ids).map((row) => row?.status)).toEqual([
      ...['failed', 'failed', 'pending', 'pending', 'limited', 'limited'],
    ]);
    expect(rows(ids)[5]?.error?.message).toContain('Try again at 14:32:05, or raise the limit in Settings.');
    await pass(600_000);
    expect(requested).toHaveLength(4);
  });

  test('later requests follow those that wait', async () => {
    const first = await request(3);
    chat.world.now += 10_000;
    const later = await request(1);
    expect(waiting([...first, ...later])).toEqual([false, false, true, true]);
    await pass(50_000);
    expect(requested).toEqual([...first, ...later]);
  });

  test('nobody waits longer than for the limit: raised, it applies at once', async () => {
    const ids = await request(4);
    limits = { perMinute: null, perDay: null };
    dispatcher.wake();
    await turns();
    expect(requested).toEqual(ids);
  });

  test('a lowered limit ends what has no turn any more', async () => {
    const ids = await request(4);
    limits = { perMinute: 1, perDay: null };
    await pass(60_000);
    expect(requested).toEqual(ids.slice(0, 3));
    await pass(60_000);
    expect(rows(ids)[3]?.status).toBe('failed');
  });

  test('a picture that waits can be stopped, and gives its turn to the next', async () => {
    const ids = await request(4);
    cancel(chat.context, ids[2] ?? '');
    dispatcher.wake();
    await turns();
    expect(rows(ids)[2]?.status).toBe('cancelled');
    const [next] = await request(1);
    expect(waiting([next ?? ''])).toEqual([true]);
    await pass(60_000);
    expect(requested).toEqual([ids[0], ids[1], ids[3], next]);
  });

  test('one that has ended can be retried, and waits then', async () => {
    const ids = await request(5);
    await pass(30_000);
    retry(chat.context, ids[4] ?? '');
    dispatcher.wake();
    await turns();
    expect(rows(ids)[4]?.status).toBe('limited');
    await pass(31_000);
    retry(chat.context, ids[4] ?? '');
    dispatcher.wake();
    await turns();
    expect(waiting([ids[4] ?? ''])).toEqual([true]);
    await pass(60_000);
    expect(requested).toEqual(ids);
  });

  test('waits on after a restart, and is requested once', async () => {
    const ids = await request(4);
    dispatcher.close();
    dispatcher = start();
    await turns();
    await pass(20_000);
    expect(requested).toHaveLength(2);
    await pass(40_000);
    expect(requested).toEqual(ids);
    await pass(120_000);
    expect(requested).toHaveLength(4);
  });

  test('a clock that is set back or forward lets nothing wait for more than a minute', async () => {
    for (const hours of [-5, 5]) {
      const before = requested.length;
      await request(3);
      chat.world.now += hours * 3_600_000;
      timers = timers.map(({ at, work }) => ({ at: at + hours * 3_600_000, work }));
      await pass(61_000);
      await pass(61_000);
      expect(requested.length - before).toBe(3);
      await pass(120_000);
    }
  });

  test('a clock that goes on while it is read changes nothing', async () => {
    ticks = 1;
    // More than the lane of the provider has room for: some are admitted, and wait for that.
    limits = { perMinute: 12, perDay: null };
    const ids = await request(36);
    const statuses = rows(ids).map((row) => row?.status);
    expect(statuses.filter((status) => status === 'limited')).toHaveLength(12);
    expect(waiting(ids).filter(Boolean)).toHaveLength(12);
  });

  test('writes a row once, however often it is looked at', async () => {
    const [, , third] = await request(3);
    const revision = chat.store.messages.find(third ?? '')?.revision;
    for (let look = 0; look < 5; look += 1) {
      chat.world.now += 50;
      dispatcher.wake();
      await turns();
    }
    expect(chat.store.messages.find(third ?? '')?.revision).toBe(revision);
  });
});

test('the limit per day ends at once, also next to a minute', async () => {
  limits = { perMinute: 2, perDay: 3 };
  const ids = await request(5);
  expect(rows(ids).map((row) => row?.status)).toEqual(['failed', 'failed', 'pending', 'limited', 'limited']);
  expect(rows(ids)[4]?.error?.code).toBe('limit_day');
});
