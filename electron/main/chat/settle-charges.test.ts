// How each end of a job changes the ledger.
import { beforeEach, describe, expect, test } from 'vitest';
import { type ErrorCode, errorSentences, isErrorCode } from '../../../shared/domain/errors';
import { priceOf } from '../../../shared/domain/model-lookup';
import { arrivalFile } from '../../../shared/domain/picture-files';
import { costOfTokens } from '../../../shared/domain/token-prices';
import type { Job } from '../../../shared/generator/jobs';
import { failedJob, type TextReply } from '../../../shared/generator/messages';
import { newId } from '../db/new-id';
import { openPlain } from '../db/test-database';
import { committedRows, openBilledChat } from '../test-support/open-test-context';
import type { TestContext } from '../test-support/test-context';
import { startedJob, storedPicture, waitingJob } from '../test-support/test-messages';
import { markGenerating } from './mark-generating';
import { retry } from './retry-and-cancel';
import { settle } from './settle';

let chat: TestContext;
let file: string;

beforeEach(() => {
  ({ chat, file } = openBilledChat());
});

/** Returns the whole ledger, oldest request first. */
const ledger = () =>
  committedRows<{
    id: string;
    message_id: string;
    provider: string;
    state: string;
    amount_micro_usd: number | null;
  }>(file, 'SELECT id, message_id, provider, model, state, amount_micro_usd FROM charges ORDER BY rowid');

function fail(job: Job, code: ErrorCode, costMicroUsd: number | null): void {
  settle(chat.context, { job, outcome: failedJob(job.jobId, code, 5, costMicroUsd), requestedAt: 77 });
}

function replied({ jobId }: Job, costMicroUsd: number | null): TextReply {
  return { type: 'replied', jobId, text: 'Yes.', pictures: [], costMicroUsd };
}

const allCodes = Object.keys(errorSentences).filter(isErrorCode);
/** Nothing has left before these. */
const unsent: readonly ErrorCode[] = [
  'cancelled',
  'key_missing',
  'unreachable',
  'not_saved',
  'unknown_provider',
  'reference_gone',
  'file_missing',
  'linked_file_gone',
  'limit_minute',
  'limit_day',
  'cap_reached',
];

describe('a failure', () => {
  const price = priceOf('google', 'gemini-nano-banana-2.1', { aspectRatio: '1:1' });

  test.each(unsent)('with %s that cost nothing leaves no charge', (code) => {
    fail(startedJob(chat), code, null);
    expect(ledger()).toEqual([]);
  });

  test('of any other kind that cost nothing has a charge of nothing, and counts toward the limits', () => {
    const apart: readonly ErrorCode[] = [...unsent, 'rate_limited', 'nothing_to_recover'];
    const others = allCodes.filter((code) => !apart.includes(code));
    expect(others.length).toBeGreaterThan(20);
    const job = startedJob(chat);
    const ids = others.map(() => newId());
    const charge = { kind: 'picture', messageId: job.jobId, provider: 'google', model: 'm' } as const;
    chat.store.transaction(() => {
      for (const [index, code] of others.entries()) {
        const id = ids[index] ?? '';
        chat.store.charges.open({ ...charge, id, requestedAt: 5, amountMicroUsd: 400 });
        fail({ ...job, requestId: id }, code, null);
      }
    });
    expect(ledger().slice(1)).toMatchObject(ids.map((id) => ({ id, state: 'failed', amount_micro_usd: 0 })));
    expect(chat.store.charges.requestTimes('google', 0)).toHaveLength(others.length + 1);
  });

  test('to find what an earlier request has brought leaves its charge as it was', () => {
    const job = startedJob(chat);
    fail(job, 'nothing_to_recover', null);
    expect(chat.store.charges.find(job.requestId)?.amountMicroUsd).toBe(price);
  });

  test('for which the provider had no room counts toward no limit', () => {
    fail(startedJob(chat), 'rate_limited', null);
    expect(ledger()).toMatchObject([{ state: 'refused', amount_micro_usd: 0 }]);
    expect(chat.store.charges.requestTimes('google', 0)).toEqual([]);
  });

  test('that may have cost something keeps that, whatever its code', () => {
    const ends = allCodes.flatMap((code) => [
      { code, cost: 400, amount: 400 },
      { code, cost: 0, amount: null },
    ]);
    const job = startedJob(chat);
    const jobs = ends.map(() => ({ ...job, jobId: newId(), requestId: newId() }));
    // In one transaction, because each of so many would be flushed to disk.
    chat.store.transaction(() => {
      for (const [index, { code, cost }] of ends.entries()) fail(jobs[index] ?? job, code, cost);
    });
    expect(ledger().slice(1)).toMatchObject(
      ends.map(({ code, amount }, index) => ({
        id: jobs[index]?.requestId,
        state: code === 'rate_limited' ? 'refused' : 'failed',
        amount_micro_usd: amount,
      })),
    );
  });

  test('replaces the price that was expected', () => {
    const job = startedJob(chat);
    expect(price).toBeGreaterThan(0);
    expect(chat.store.charges.find(job.requestId)?.amountMicroUsd).toBe(price);
    fail(job, 'refused', null);
    expect(chat.store.charges.find(job.requestId)?.amountMicroUsd).toBe(0);
  });

  test.each(unsent)('of a retry with %s leaves the earlier request’s charge as it was', (code) => {
    const job = startedJob(chat);
    fail(job, 'picture_not_stored', 400);
    const before = ledger();
    retry(chat.context, job.jobId);
    chat.world.hasFile = (name) => name === arrivalFile(job.requestId);
    // The bytes are still on disk, so the retry refers to the request that brought them.
    const [again] = chat.waitingJobs();
    if (!again) throw new Error('no job');
    expect(again).toMatchObject({ kind: 'recover', requestId: job.requestId });
    fail(again, code, null);
    expect(ledger()).toEqual(before);
  });
});

describe('a picture', () => {
  test.each([0, 12_345, null])('has the cost that its provider reports: %s', (costMicroUsd) => {
    const job = startedJob(chat);
    settle(chat.context, { job, outcome: storedPicture(job, { costMicroUsd }), requestedAt: 77 });
    expect(ledger()).toMatchObject([
      { id: job.requestId, message_id: job.jobId, state: 'made', amount_micro_usd: costMicroUsd },
    ]);
  });

  test('that another provider’s earlier request has brought keeps its name, model and charge', () => {
    chat.world.provider = 'openai';
    const first = startedJob(chat);
    fail(first, 'picture_not_stored', 400);
    const requestedAt = chat.world.now;
    chat.world.now += 60_000;
    chat.world.provider = 'google';
    retry(chat.context, first.jobId);
    const [second] = chat.waitingJobs();
    if (!second) throw new Error('no job');
    markGenerating(chat.context, second, chat.world.now);
    expect(second.requestId).not.toBe(first.requestId);
    expect(ledger()).toHaveLength(2);

    const { requestId, provider } = first;
    const model = first.model ?? '';
    const adopted = storedPicture(second, { requestId, provider, model, costMicroUsd: 400 });
    settle(chat.context, { job: second, outcome: adopted, requestedAt: chat.world.now });
    expect(ledger()).toEqual([
      { id: requestId, message_id: first.jobId, provider, model, state: 'made', amount_micro_usd: 400 },
    ]);
    expect(chat.store.messages.find(first.jobId)).toMatchObject({ provider: 'openai', model });
    const entries = chat.store.outbox.oldest(10).map(({ payload }) => JSON.parse(payload));
    expect(entries.slice(-2)).toMatchObject([
      { outcome: 'ready', provider: 'openai', model, requestedAt, costMicroUsd: 400 },
      { id: first.jobId, provider: 'openai', model },
    ]);
  });

  test('whose bytes are adopted a second time keeps the cost of the first', () => {
    const job = startedJob(chat);
    settle(chat.context, { job, outcome: storedPicture(job, { costMicroUsd: 400 }), requestedAt: 77 });
    settle(chat.context, { job, outcome: storedPicture(job, { costMicroUsd: 900 }), requestedAt: 88 });
    fail(job, 'interrupted', 700);
    expect(ledger()).toMatchObject([{ state: 'made', amount_micro_usd: 400 }]);
  });

  test('is charged even if the ledger, as of a restored backup, does not know its request', () => {
    const job = waitingJob(chat);
    settle(chat.context, { job, outcome: storedPicture(job, { costMicroUsd: 400 }), requestedAt: 77 });
    expect(chat.store.charges.ofMessage(job.jobId)).toEqual([
      { id: job.requestId, messageId: job.jobId, requestedAt: 77, amountMicroUsd: 400, state: 'made' },
    ]);
  });
});

describe('a message that is gone', () => {
  test.each(['deleted for good', 'ended before'])('still ends its charge: %s', (state) => {
    const [made, failed] = [startedJob(chat), startedJob(chat)];
    const database = openPlain(file);
    if (state === 'deleted for good') database.exec('DELETE FROM messages; DELETE FROM conversations');
    else database.exec(`UPDATE messages SET status = 'cancelled'`);
    database.close();
    const outcome = storedPicture(made, { costMicroUsd: 400 });
    expect(settle(chat.context, { job: made, outcome, requestedAt: 77 })).toBe(false);
    fail(failed, 'refused', null);
    expect(ledger()).toMatchObject([
      { id: made.requestId, state: 'made', amount_micro_usd: 400 },
      { id: failed.requestId, state: 'failed', amount_micro_usd: 0 },
    ]);
    expect(chat.store.outbox.count()).toBe(0);
  });
});

describe('a reply', () => {
  const question = { text: 'what can you do?' };
  /** Three characters a token, rounded up: the question and what has arrived. */
  const possible = (received: string) => {
    const tokens = ({ length }: string) => Math.ceil(length / 3);
    const usage = { input: tokens(question.text), output: tokens(received), pictures: 0 };
    return costOfTokens('gemini-3.8-flash', usage, chat.world.now);
  };

  test('costs what its provider reports', () => {
    const job = startedJob(chat, question);
    settle(chat.context, { job, outcome: replied(job, 120), requestedAt: 77 });
    expect(ledger()).toMatchObject([{ id: job.requestId, state: 'made', amount_micro_usd: 120 }]);
    expect(chat.store.messages.find(job.jobId)).toMatchObject({ costMicroUsd: 120 });
  });

  test('without a model makes no charge', () => {
    chat.world.provider = 'painter';
    const job = startedJob(chat, { text: '/image' });
    settle(chat.context, { job, outcome: replied(job, 0), requestedAt: 77 });
    expect(ledger()).toEqual([]);
  });

  test.each<[ErrorCode, number | null]>([
    ['interrupted', 0],
    ['interrupted', null],
    ['generator_stopped', null],
    ['connection_lost', 0],
    ['timed_out', 0],
  ])('that was cut off by %s (%s) may have cost what was sent and had arrived', (code, cost) => {
    const job = startedJob(chat, question);
    const received = 'I can make pictures';
    chat.store.messages.setStreaming(job.jobId, received, 5);
    fail(job, code, cost);
    expect(possible(received)).toBeGreaterThan(possible('') ?? 0);
    expect(ledger()).toMatchObject([{ state: 'failed', amount_micro_usd: possible(received) }]);
  });

  test('that was cut off has an unknown cost if the model’s prices are unknown', () => {
    const active = chat.context.activeProvider();
    chat.context.activeProvider = () => ({ ...active, textModel: 'gemini-of-next-year' });
    fail(startedJob(chat, question), 'interrupted', 0);
    expect(ledger()).toMatchObject([{ state: 'failed', amount_micro_usd: null }]);
  });

  test.each<[ErrorCode, number | null, number]>([
    ['refused', null, 0],
    ['interrupted', 55, 55],
  ])('that failed with %s and a known cost of %s keeps it', (code, cost, amount) => {
    fail(startedJob(chat, question), code, cost);
    expect(ledger()).toMatchObject([{ state: 'failed', amount_micro_usd: amount }]);
  });

  test('that is retried in another month leaves the first month’s cost where it was', () => {
    const [october, november] = [new Date(2026, 9, 31, 23, 59), new Date(2026, 10, 1, 0, 1)].map(Number);
    if (october === undefined || november === undefined) throw new Error('no dates');
    chat.world.now = october;
    const first = startedJob(chat, question);
    fail(first, 'interrupted', 70);
    chat.world.now = november;
    retry(chat.context, first.jobId);
    const [second] = chat.waitingJobs();
    if (!second) throw new Error('no job');
    markGenerating(chat.context, second, november);
    settle(chat.context, { job: second, outcome: replied(second, 120), requestedAt: november });
    expect(chat.store.charges.daily()).toMatchObject([
      { day: '2026-11-01', costMicroUsd: 120 },
      { day: '2026-10-31', costMicroUsd: 70 },
    ]);
    expect(chat.store.charges.spent(november)).toBe(120);
    // The message shows what it has cost altogether.
    expect(chat.store.messages.find(first.jobId)).toMatchObject({ costMicroUsd: 190 });
  });
});

test('a job that is not known and cost nothing makes no charge', () => {
  const job = { ...waitingJob(chat), jobId: newId() };
  fail(job, 'refused', null);
  expect(ledger()).toEqual([]);
});

describe('a picture that is stopped before it was looked for on disk', () => {
  /** Cancels the job too late, with the listed price of its model. */
  const stop = (job: Job) => fail(job, 'cancelled_late', 33_600);
  const error = (job: Job) => chat.store.messages.find(job.jobId)?.error;

  test('may have been charged if nothing else is known', () => {
    const job = startedJob(chat);
    stop(job);
    expect(ledger()).toMatchObject([{ state: 'failed', amount_micro_usd: 33_600 }]);
    expect(error(job)).toMatchObject({ code: 'cancelled_late', message: errorSentences.cancelled_late });
  });

  test('has arrived if its bytes are on disk', () => {
    const job = startedJob(chat);
    chat.world.hasFile = (found) => found === arrivalFile(job.requestId);
    stop(job);
    expect(ledger()).toMatchObject([{ state: 'failed', amount_micro_usd: 33_600 }]);
    expect(error(job)).toMatchObject({ code: 'cancelled_late', sentence: { id: 'chat.stopped_arrived' } });
    expect(retry(chat.context, job.jobId)).toMatchObject({ ok: true });
    expect(chat.waitingJobs()).toMatchObject([{ kind: 'recover', requestId: job.requestId }]);
  });

  test.each([
    ['its cost', 40_000],
    ['an unknown cost', null],
  ])('keeps %s if its request has ended already', (_, amountMicroUsd) => {
    const job = startedJob(chat);
    chat.store.batch(() => chat.store.charges.end(job.requestId, { state: 'failed', amountMicroUsd }));
    stop(job);
    expect(ledger()).toMatchObject([{ state: 'failed', amount_micro_usd: amountMicroUsd }]);
    expect(error(job)).toMatchObject({ code: 'cancelled_late' });
  });

  test('has cost nothing if its request has ended so', () => {
    const job = startedJob(chat);
    chat.store.batch(() => chat.store.charges.end(job.requestId, { state: 'refused', amountMicroUsd: 0 }));
    stop(job);
    expect(ledger()).toMatchObject([{ state: 'refused', amount_micro_usd: 0 }]);
    expect(error(job)).toMatchObject({ code: 'cancelled', message: errorSentences.cancelled });
  });
});
