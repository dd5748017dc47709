import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { RequestInput } from '../../../shared/contract';
import type { ErrorCode } from '../../../shared/domain/errors';
import { providers } from '../../../shared/domain/model-catalogue';
import { priceOf } from '../../../shared/domain/model-lookup';
import type { Job } from '../../../shared/generator/jobs';
import { type EndedPrefetch, failedJob, type StoredPicture } from '../../../shared/generator/messages';
import { openPlain } from '../db/test-database';
import { drainBatch } from '../outbox/drain';
import { temporaryFolder } from '../test-support/temporary-folder';
import { createTestContext, type TestContext } from '../test-support/test-context';
import { markGenerating } from './mark-generating';
import { prefetch } from './prefetch';
import { endPrefetch } from './prefetch-billed';
import { recover } from './recover';
import { sendMessage } from './send-message';
import { settle } from './settle';

const draftText = { text: 'a red fox at dawn', mode: 'auto', aspectRatio: '3:2' } as const;
const price = priceOf(providers.google.defaultModel, { aspectRatio: '3:2' });

let chat: TestContext;
let file: string;

beforeEach(() => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  file = path.join(folder, 'test.db');
  chat = createTestContext(file);
  onTestFinished(() => chat.store.close());
  chat.world.provider = 'google';
  chat.store.transaction(() => chat.store.settings.write({ prefetchBilled: true }));
});

function pauseOver(changes: Partial<RequestInput<'chat:prefetch'>> = {}): string {
  prefetch(chat.context, { ...draftText, ...changes });
  return chat.prefetches.started.at(-1)?.jobId ?? 'none';
}

/** Sends a message. Returns the job of its picture. */
function send(changes: Partial<RequestInput<'chat:send'>> = {}): Job {
  chat.enqueued.length = 0;
  sendMessage(chat.context, { conversationId: null, count: 1, ...draftText, ...changes });
  chat.runAfterReply();
  const [job] = chat.enqueued;
  if (!job) throw new Error('no job was queued');
  return job;
}

/** Returns the committed log, as another connection sees it. */
function log() {
  const database = openPlain(file);
  const rows = database
    .prepare(
      'SELECT id, message_id, outcome, error_code, requested_at, cost_micro_usd FROM image_generation_log',
    )
    .all();
  database.close();
  return rows;
}

function end(requestId: string, changes: Partial<EndedPrefetch>): void {
  endPrefetch(chat.context, {
    type: 'prefetch-ended',
    requestId,
    code: null,
    costMicroUsd: price,
    ...changes,
  });
}

function stored({ jobId, requestId }: Job, costMicroUsd: number | null = price): StoredPicture {
  const size = { width: 4, height: 3, bytes: 9 };
  const times = { durationMs: 5, storeMs: 1 };
  const whose = { requestId, provider: 'google', model: 'gemini-nano-banana-2.1' } as const;
  return {
    type: 'stored',
    jobId,
    ...whose,
    file: 'images/a.png',
    ...size,
    ...times,
    thumbhash: 'AAH+',
    costMicroUsd,
  };
}

describe('prefetch at a provider that charges', () => {
  test('records the attempt with its price before the request leaves', () => {
    let before: unknown[] = [];
    const { prefetch: running } = chat.context;
    const watched = {
      ...running,
      start: (job: Parameters<typeof running.start>[0]) => {
        before = log();
        running.start(job);
      },
    };
    prefetch({ ...chat.context, prefetch: watched }, draftText);
    const id = chat.prefetches.started[0]?.jobId;
    expect(price).toBeGreaterThan(0);
    expect(before).toEqual([
      {
        id,
        message_id: id,
        outcome: 'cancelled',
        error_code: 'begun_ahead',
        requested_at: chat.world.now,
        cost_micro_usd: price,
      },
    ]);
  });

  test('counts toward limits and costs even if the text changes afterwards', () => {
    pauseOver();
    pauseOver({ text: 'a red fox at dusk' });
    pauseOver({ text: 'how are you?' });
    const { generationLog } = chat.store;
    expect(chat.prefetches.discarded).toHaveLength(2);
    expect(generationLog.requestTimes('google', 0)).toHaveLength(2);
    expect(generationLog.spent(0, Number.MAX_SAFE_INTEGER)).toBe(2 * (price ?? 0));
    expect(generationLog.costs(0)).toMatchObject([
      { pictures: 0, costMicroUsd: 2 * (price ?? 0), unpriced: 0 },
    ]);
  });

  test('counts an attempt with an unknown price as unpriced', () => {
    const active = chat.context.activeProvider();
    chat.context.activeProvider = () => ({ ...active, pictureModel: 'somebodys-own' });
    pauseOver();
    expect(chat.store.generationLog.costs(0)).toMatchObject([{ pictures: 0, costMicroUsd: 0, unpriced: 1 }]);
  });

  test('requests and records nothing if the setting is off', () => {
    chat.store.transaction(() => chat.store.settings.write({ prefetchBilled: false }));
    pauseOver();
    expect(chat.prefetches.started).toEqual([]);
    expect(log()).toEqual([]);
  });

  test.each([
    ['if a sent message would be refused', { admits: false }],
    ['while a requested job is unfinished', { isIdle: false }],
  ])('requests and records nothing %s', (_condition, world) => {
    Object.assign(chat.world, world);
    pauseOver();
    expect(chat.prefetches.started).toEqual([]);
    expect(log()).toEqual([]);
  });

  test('does not depend on the setting for free providers', () => {
    chat.store.transaction(() => chat.store.settings.write({ prefetch: false }));
    pauseOver();
    expect(chat.prefetches.started).toHaveLength(1);
  });

  test('requests nothing for text that may refer to an earlier picture', () => {
    pauseOver({ text: 'draw it at night' });
    expect(log()).toEqual([]);
    pauseOver({ text: 'draw it at night', mode: 'picture' });
    expect(log()).toHaveLength(1);
  });

  test('requests nothing if the attempt cannot be recorded first', () => {
    const transaction = () => {
      throw new Error('full');
    };
    const context = { ...chat.context, store: { ...chat.store, transaction } };
    expect(() => prefetch(context, draftText)).toThrow('full');
    expect(chat.prefetches.started).toEqual([]);
    expect(chat.context.prefetch.current()).toBeNull();
  });
});

describe('a prefetch that is sent unchanged', () => {
  test('becomes the message’s picture without a second request', () => {
    const requestId = pauseOver();
    const job = send();
    expect(job).toMatchObject({
      kind: 'recover',
      requestId,
      provider: 'google',
      params: chat.prefetches.started[0]?.params,
    });
    expect(chat.store.messages.find(job.jobId)).toMatchObject({ status: 'generating' });
    expect(markGenerating(chat.context, job)).toBe(true);
    expect(log()).toMatchObject([{ id: requestId, message_id: job.jobId }]);
    chat.context.prefetch.stop();
    expect(chat.prefetches.discarded).toEqual([]);
  });

  test('has its attempt replaced by the message’s, with the time of the prefetch', () => {
    pauseOver();
    const requestedAt = chat.world.now;
    chat.world.now += 5_000;
    const job = send();
    chat.world.now += 5_000;
    settle(chat.context, { job, outcome: stored(job, 12_345), requestedAt: chat.world.now });
    // In the same transaction: the outbox entry counts already, and the prefetch no longer does.
    expect(log()).toEqual([]);
    expect(chat.store.generationLog.requestTimes('google', 0)).toEqual([requestedAt]);
    drainBatch(chat.context);
    expect(log()).toMatchObject([
      { message_id: job.jobId, outcome: 'ready', requested_at: requestedAt, cost_micro_usd: 12_345 },
    ]);
    expect(chat.store.generationLog.costs(0)).toMatchObject([{ pictures: 1, costMicroUsd: 12_345 }]);
  });

  test.each<[ErrorCode, number | null, string, ErrorCode, number | null]>([
    ['refused', null, 'failed', 'refused', null],
    ['rate_limited', null, 'failed', 'rate_limited', null],
    ['timed_out', price, 'interrupted', 'timed_out', price],
    ['interrupted', price, 'interrupted', 'interrupted', price],
    ['cancelled', null, 'cancelled', 'cancelled_late', price],
    ['picture_not_stored', null, 'failed', 'picture_not_stored', price],
  ])(
    'that ends with %s at cost %s ends the message as %s, with one attempt',
    (code, cost, status, messageCode, messageCost) => {
      pauseOver();
      const job = send();
      const outcome = failedJob(job.jobId, code, 1, cost);
      settle(chat.context, { job, outcome: { ...outcome, retryAfterMs: 5 }, requestedAt: 1 });
      expect(chat.store.messages.find(job.jobId)).toMatchObject({ status, error: { code: messageCode } });
      drainBatch(chat.context);
      expect(log()).toMatchObject([
        { message_id: job.jobId, error_code: messageCode, cost_micro_usd: messageCost },
      ]);
      expect(chat.enqueued).toEqual([job]);
    },
  );

  test('is recovered after a crash and settled as one attempt', () => {
    const requestId = pauseOver();
    const { jobId } = send();
    expect(chat.store.generationLog.assignedPrefetches()).toEqual([requestId]);
    const next = createTestContext(file);
    onTestFinished(() => next.store.close());
    recover(next.context);
    const [job] = next.enqueued;
    expect(job).toMatchObject({ kind: 'recover', jobId, requestId });
    if (!job) throw new Error('no job');
    settle(next.context, { job, outcome: failedJob(jobId, 'interrupted', 0, price), requestedAt: 9 });
    drainBatch(next.context);
    expect(log()).toMatchObject([{ message_id: jobId, outcome: 'interrupted', cost_micro_usd: price }]);
    expect(next.store.generationLog.assignedPrefetches()).toEqual([]);
  });

  test('stays recorded if the message cannot be saved', () => {
    const requestId = pauseOver();
    const unknownConversation = '01930000-0000-7000-8000-0000000000ab';
    sendMessage(chat.context, { conversationId: unknownConversation, count: 1, ...draftText });
    expect(log()).toMatchObject([{ id: requestId, message_id: requestId }]);
  });

  test('counts beside the request of a message with different text', () => {
    const requestId = pauseOver();
    const job = send({ text: 'a red fox at dusk' });
    expect(job.requestId).not.toBe(requestId);
    expect(job.kind).toBe('picture');
    settle(chat.context, { job, outcome: failedJob(job.jobId, 'cancelled', 1), requestedAt: 1 });
    drainBatch(chat.context);
    expect(log()).toMatchObject([
      { error_code: 'begun_ahead' },
      { message_id: job.jobId, cost_micro_usd: null },
    ]);
  });
});

describe('a prefetch that ends before a message is sent', () => {
  test('costs what its provider reports', () => {
    const requestId = pauseOver();
    end(requestId, { costMicroUsd: 777 });
    expect(log()).toMatchObject([{ error_code: 'begun_ahead', cost_micro_usd: 777 }]);
    expect(send()).toMatchObject({ kind: 'recover', requestId });
  });

  test('is dropped if it failed without being charged, so that sending makes a request', () => {
    const requestId = pauseOver();
    end(requestId, { code: 'unreachable', costMicroUsd: null });
    expect(log()).toMatchObject([{ outcome: 'failed', error_code: 'unreachable', cost_micro_usd: null }]);
    expect(chat.store.generationLog.requestTimes('google', 0)).toEqual([]);
    expect(send().kind).toBe('picture');
  });

  test('is kept if it failed and may have been charged', () => {
    const requestId = pauseOver();
    end(requestId, { code: 'timed_out' });
    expect(log()).toMatchObject([{ error_code: 'begun_ahead', cost_micro_usd: price }]);
    expect(send()).toMatchObject({ kind: 'recover', requestId });
  });

  test('pauses its provider if it was rate-limited', () => {
    const requestId = pauseOver();
    end(requestId, { code: 'rate_limited', costMicroUsd: null, retryAfterMs: 5_000 });
    expect(chat.paused).toEqual([['google', chat.world.now + 5_000]]);
  });

  test('leaves its failure to the message that has taken it over', () => {
    const requestId = pauseOver();
    const { jobId } = send();
    end(requestId, { code: 'refused', costMicroUsd: null });
    expect(log()).toMatchObject([{ id: requestId, message_id: jobId, error_code: 'begun_ahead' }]);
  });

  test('does not count toward limits if it was cancelled before sending', () => {
    const requestId = pauseOver();
    chat.context.prefetch.stop();
    end(requestId, { code: 'cancelled', costMicroUsd: null });
    expect(log()).toMatchObject([{ outcome: 'cancelled', error_code: 'cancelled', cost_micro_usd: null }]);
    expect(chat.store.generationLog.requestTimes('google', 0)).toEqual([]);
  });

  test('keeps its original cost if its outcome cannot be saved', () => {
    const requestId = pauseOver();
    const full = () => {
      throw new Error('full');
    };
    const store = { ...chat.store, batch: full };
    endPrefetch(
      { ...chat.context, store },
      { type: 'prefetch-ended', requestId, code: 'refused', costMicroUsd: null },
    );
    expect(log()).toMatchObject([{ error_code: 'begun_ahead', cost_micro_usd: price }]);
  });
});
