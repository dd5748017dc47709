import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { RequestInput } from '../../../shared/contract';
import type { ErrorCode } from '../../../shared/domain/errors';
import { priceOf } from '../../../shared/domain/model-lookup';
import { serviceKinds } from '../../../shared/domain/service-kinds';
import type { Job } from '../../../shared/generator/jobs';
import { type EndedPrefetch, failedJob } from '../../../shared/generator/messages';
import { openPlain } from '../db/test-database';
import { committedRows, openBilledChat } from '../test-support/open-test-context';
import { createTestContext, type TestContext } from '../test-support/test-context';
import { sendInput, sent, storedPicture, waitingJob } from '../test-support/test-messages';
import { recoveryOf } from './job-for';
import { markGenerating } from './mark-generating';
import { prefetch } from './prefetch';
import { endPrefetch } from './prefetch-billed';
import { sendMessage } from './send-message';
import { settle } from './settle';

const draftText = { text: 'a red fox at dawn', mode: 'auto', aspectRatio: '3:2' } as const;
const price = priceOf('google', serviceKinds.google.defaultModel, { aspectRatio: '3:2' });

let chat: TestContext;
let file: string;

beforeEach(() => {
  ({ chat, file } = openBilledChat());
  chat.store.transaction(() => chat.store.settings.write({ prefetchBilled: true }));
});

function pauseOver(changes: Partial<RequestInput<'chat:prefetch'>> = {}): string {
  prefetch(chat.context, { ...draftText, ...changes });
  return chat.prefetches.started.at(-1)?.requestId ?? 'none';
}

/** Sends a message that takes over the prefetch. Returns its job as the dispatcher finds it: its request has left. */
function send(): Job {
  const id = sent(chat, draftText).messages[1]?.id ?? '';
  const message = chat.store.messages.find(id);
  if (message?.status !== 'generating') throw new Error('nothing was taken over');
  return recoveryOf(chat.context, message);
}

/** Returns the committed ledger, as another connection sees it. */
function ledger() {
  return committedRows(
    file,
    'SELECT id, message_id, state, requested_at, amount_micro_usd FROM charges ORDER BY rowid',
  );
}

/** Returns the attempts that wait for the log. */
function attempts(): unknown[] {
  return chat.store.outbox
    .oldest(10)
    .flatMap(({ kind, payload }) => (kind === 'attempt' ? JSON.parse(payload) : []));
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

describe('prefetch at a provider that charges', () => {
  test('opens a charge of its price before the request leaves', () => {
    let before: unknown[] = [];
    const { prefetch: running } = chat.context;
    const watched = {
      ...running,
      start: (job: Parameters<typeof running.start>[0]) => {
        before = ledger();
        running.start(job);
      },
    };
    prefetch({ ...chat.context, prefetch: watched }, draftText);
    expect(price).toBeGreaterThan(0);
    expect(before).toEqual([
      {
        id: chat.prefetches.started[0]?.requestId,
        message_id: null,
        state: 'open',
        requested_at: chat.world.now,
        amount_micro_usd: price,
      },
    ]);
  });

  test('counts toward limits and costs even if the text changes afterwards', () => {
    pauseOver();
    pauseOver({ text: 'a red fox at dusk' });
    pauseOver({ text: 'how are you?' });
    const { charges } = chat.store;
    expect(chat.prefetches.discarded).toHaveLength(2);
    expect(charges.requestTimes('google', 0)).toHaveLength(2);
    expect(charges.spent(0)).toBe(2 * (price ?? 0));
    expect(charges.daily()).toMatchObject([{ pictures: 0, costMicroUsd: 2 * (price ?? 0), unpriced: 0 }]);
  });

  test('counts an attempt with an unknown price as unpriced', () => {
    const active = chat.context.activeProvider();
    chat.context.activeProvider = () => ({ ...active, pictureModel: 'somebodys-own' });
    pauseOver();
    expect(chat.store.charges.daily()).toMatchObject([{ pictures: 0, costMicroUsd: 0, unpriced: 1 }]);
  });

  test('requests and records nothing if the setting is off', () => {
    chat.store.transaction(() => chat.store.settings.write({ prefetchBilled: false }));
    pauseOver();
    expect(chat.prefetches.started).toEqual([]);
    expect(ledger()).toEqual([]);
  });

  test.each([
    ['if a sent message would be refused', { admits: false }],
    ['while a requested job is unfinished', { isIdle: false }],
    ['while the generator does not run', { mayPrefetch: false }],
  ])('requests and records nothing %s', (_condition, world) => {
    Object.assign(chat.world, world);
    pauseOver();
    expect(chat.prefetches.started).toEqual([]);
    expect(ledger()).toEqual([]);
  });

  test('does not depend on the setting for free providers', () => {
    chat.store.transaction(() => chat.store.settings.write({ prefetch: false }));
    pauseOver();
    expect(chat.prefetches.started).toHaveLength(1);
  });

  test('requests nothing for text that may refer to an earlier picture', () => {
    pauseOver({ text: 'draw it at night' });
    expect(ledger()).toEqual([]);
    pauseOver({ text: 'draw it at night', mode: 'picture' });
    expect(ledger()).toHaveLength(1);
  });

  test('requests nothing if the charge cannot be recorded first', () => {
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
    expect(job.jobId).not.toBe(requestId);
    expect(chat.store.messages.find(job.jobId)).toMatchObject({ status: 'generating' });
    expect(ledger()).toMatchObject([{ id: requestId, message_id: job.jobId, state: 'open' }]);
    chat.context.prefetch.stop();
    expect(chat.prefetches.discarded).toEqual([]);
  });

  test('has one charge and one attempt, with the time of the prefetch', () => {
    const requestId = pauseOver();
    const requestedAt = chat.world.now;
    chat.world.now += 5_000;
    const job = send();
    chat.world.now += 5_000;
    const outcome = storedPicture(job, { costMicroUsd: 12_345 });
    settle(chat.context, { job, outcome, requestedAt: chat.world.now });
    expect(ledger()).toEqual([
      {
        id: requestId,
        message_id: job.jobId,
        state: 'made',
        requested_at: requestedAt,
        amount_micro_usd: 12_345,
      },
    ]);
    expect(chat.store.charges.requestTimes('google', 0)).toEqual([requestedAt]);
    expect(attempts()).toMatchObject([{ messageId: job.jobId, outcome: 'ready', requestedAt }]);
    expect(chat.store.charges.daily()).toMatchObject([{ pictures: 1, costMicroUsd: 12_345 }]);
  });

  test('keeps the cost that its provider reported before it was sent', () => {
    const requestId = pauseOver();
    end(requestId, { costMicroUsd: 777 });
    const job = send();
    settle(chat.context, { job, outcome: storedPicture(job), requestedAt: 1 });
    expect(ledger()).toMatchObject([{ id: requestId, state: 'made', amount_micro_usd: 777 }]);
  });

  test.each<[ErrorCode, number | null, string, number | null]>([
    ['refused', null, 'failed', 0],
    ['rate_limited', null, 'failed', 0],
    ['timed_out', price, 'interrupted', price],
    ['interrupted', price, 'interrupted', price],
    ['cancelled_late', price, 'cancelled', price],
    ['picture_not_stored', price, 'failed', price],
  ])(
    'that ends with %s at cost %s ends the message as %s, with one attempt',
    (code, cost, status, amount) => {
      pauseOver();
      const job = send();
      const outcome = { ...failedJob(job.jobId, code, 1, cost), retryAfterMs: 5 };
      settle(chat.context, { job, outcome, requestedAt: 1 });
      expect(chat.store.messages.find(job.jobId)).toMatchObject({ status, error: { code } });
      expect(attempts()).toMatchObject([{ messageId: job.jobId, errorCode: code, costMicroUsd: cost }]);
      expect(ledger()).toMatchObject([{ message_id: job.jobId, amount_micro_usd: amount }]);
    },
  );

  test('is recovered after a crash and settled as one attempt', () => {
    const requestId = pauseOver();
    const { jobId } = send();
    const next = createTestContext(file);
    onTestFinished(() => next.store.close());
    expect(next.store.messages.unfinished()).toMatchObject([{ id: jobId, status: 'generating', requestId }]);
    const message = next.store.messages.find(jobId);
    if (!message) throw new Error('no message');
    const job = recoveryOf(next.context, message);
    expect(job).toMatchObject({ kind: 'recover', jobId, requestId });
    settle(next.context, { job, outcome: failedJob(jobId, 'interrupted', 0, price), requestedAt: 9 });
    expect(ledger()).toMatchObject([{ id: requestId, state: 'failed', amount_micro_usd: price }]);
    expect(attempts()).toMatchObject([{ messageId: jobId, outcome: 'interrupted', costMicroUsd: price }]);
  });

  test('stays recorded if the message cannot be saved', () => {
    const requestId = pauseOver();
    sendMessage(chat.context, sendInput({ ...draftText, isNew: false }));
    expect(ledger()).toMatchObject([{ id: requestId, message_id: null, state: 'open' }]);
  });

  test('is taken over in the transaction that writes the message', () => {
    const requestId = pauseOver();
    const database = openPlain(file);
    database.exec(`CREATE TRIGGER full_disk BEFORE UPDATE OF message_id ON charges
      BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`);
    database.close();
    expect(() => sendMessage(chat.context, sendInput(draftText))).toThrow('the disk is full');
    expect(chat.store.messages.count()).toBe(0);
    expect(chat.context.prefetch.current()?.requestId).toBe(requestId);
  });

  test('counts beside the request of a message with different text', () => {
    const requestId = pauseOver();
    const job = waitingJob(chat, { ...draftText, text: 'a red fox at dusk' });
    expect(job.kind).toBe('picture');
    expect(job.requestId).not.toBe(requestId);
    markGenerating(chat.context, job, chat.world.now);
    settle(chat.context, { job, outcome: failedJob(job.jobId, 'refused', 1), requestedAt: 1 });
    expect(ledger()).toMatchObject([
      { id: requestId, message_id: null, state: 'open' },
      { id: job.requestId, message_id: job.jobId, state: 'failed' },
    ]);
  });
});

describe('a prefetch that ends before a message is sent', () => {
  test('costs what its provider reports', () => {
    const requestId = pauseOver();
    end(requestId, { costMicroUsd: 777 });
    expect(ledger()).toMatchObject([{ state: 'made', amount_micro_usd: 777 }]);
    expect(send()).toMatchObject({ kind: 'recover', requestId });
  });

  test('is dropped if it failed without being charged, so that sending makes a request', () => {
    const requestId = pauseOver();
    end(requestId, { code: 'unreachable', costMicroUsd: null });
    expect(ledger()).toEqual([]);
    expect(waitingJob(chat, draftText)).toMatchObject({ kind: 'picture' });
  });

  test('counts toward the limits and costs nothing if its provider refused it', () => {
    const requestId = pauseOver();
    end(requestId, { code: 'refused', costMicroUsd: null });
    expect(ledger()).toMatchObject([{ id: requestId, state: 'failed', amount_micro_usd: 0 }]);
    expect(chat.store.charges.requestTimes('google', 0)).toHaveLength(1);
    expect(waitingJob(chat, draftText).requestId).not.toBe(requestId);
  });

  test('is kept if it failed and may have been charged', () => {
    const requestId = pauseOver();
    end(requestId, { code: 'timed_out' });
    expect(ledger()).toMatchObject([{ state: 'failed', amount_micro_usd: price }]);
    expect(send()).toMatchObject({ kind: 'recover', requestId });
  });

  test('pauses its provider if it was rate-limited', () => {
    const requestId = pauseOver();
    end(requestId, { code: 'rate_limited', costMicroUsd: null, retryAfterMs: 5_000 });
    expect(chat.paused).toEqual([['google', chat.world.now + 5_000]]);
    expect(ledger()).toMatchObject([{ state: 'refused', amount_micro_usd: 0 }]);
  });

  test('leaves its failure to the message that has taken it over', () => {
    const requestId = pauseOver();
    const { jobId } = send();
    end(requestId, { code: 'refused', costMicroUsd: null });
    expect(ledger()).toMatchObject([{ id: requestId, message_id: jobId, state: 'open' }]);
  });

  test('does not count toward limits if it was cancelled before sending', () => {
    const requestId = pauseOver();
    chat.context.prefetch.stop();
    end(requestId, { code: 'cancelled', costMicroUsd: null });
    expect(ledger()).toEqual([]);
    expect(chat.store.charges.requestTimes('google', 0)).toEqual([]);
  });

  describe('that ends while the database cannot be written', () => {
    /** Runs `work` on a database that refuses every write. */
    function whileFull(work: () => void): void {
      const full = () => {
        throw Object.assign(new Error('full'), { code: 'SQLITE_FULL' });
      };
      const { batch } = chat.store;
      Object.assign(chat.store, { batch: full });
      work();
      Object.assign(chat.store, { batch });
    }

    beforeEach(() => {
      for (const level of ['error', 'info'] as const) vi.spyOn(console, level).mockReturnValue();
    });
    afterEach(() => {
      vi.restoreAllMocks();
    });

    test('counts as it was recorded at its start, and as it ended as soon as that can be written', () => {
      const requestId = pauseOver();
      whileFull(() => end(requestId, { code: 'refused', costMicroUsd: null }));
      expect(ledger()).toMatchObject([{ state: 'open', amount_micro_usd: price }]);
      whileFull(() => chat.tryAgain());
      expect(ledger()).toMatchObject([{ state: 'open', amount_micro_usd: price }]);
      chat.tryAgain();
      expect(ledger()).toMatchObject([{ state: 'failed', amount_micro_usd: 0 }]);
    });

    test('is dropped at once if it cost nothing, and pauses its provider once', () => {
      const requestId = pauseOver();
      whileFull(() => end(requestId, { code: 'rate_limited', costMicroUsd: null, retryAfterMs: 5_000 }));
      expect(chat.context.prefetch.current()).toBeNull();
      chat.world.now += 60_000;
      chat.tryAgain();
      expect(chat.paused).toEqual([['google', chat.world.now - 55_000]]);
      expect(ledger()).toMatchObject([{ state: 'refused', amount_micro_usd: 0 }]);
    });

    test('leaves the charge to the message that has taken it over meanwhile', () => {
      const requestId = pauseOver();
      whileFull(() => end(requestId, { code: 'timed_out' }));
      const { jobId } = send();
      chat.tryAgain();
      expect(ledger()).toMatchObject([{ id: requestId, message_id: jobId, state: 'open' }]);
    });

    test('keeps the end that its message has written meanwhile', () => {
      const requestId = pauseOver();
      whileFull(() => end(requestId, {}));
      const job = send();
      settle(chat.context, { job, outcome: storedPicture(job, { costMicroUsd: 40_000 }), requestedAt: 1 });
      chat.tryAgain();
      expect(ledger()).toMatchObject([{ state: 'made', amount_micro_usd: 40_000 }]);
    });
  });
});
