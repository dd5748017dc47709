import { beforeEach, expect, test } from 'vitest';
import { maxPostponementMs } from '../../../shared/domain/limits';
import type { Job } from '../../../shared/generator/jobs';
import { failedJob } from '../../../shared/generator/messages';
import { openTestContext } from '../test-support/open-test-context';
import type { TestContext } from '../test-support/test-context';
import { startedJob } from '../test-support/test-messages';
import { markGenerating } from './mark-generating';
import { maxPostponements } from './postpone';
import { cancel, retry } from './retry-and-cancel';
import { settle } from './settle';

let chat: TestContext;

beforeEach(() => {
  chat = openTestContext();
  chat.world.provider = 'google';
});

/** Ends a job as rate-limited. Returns its row. */
function rateLimit(job: Job, retryAfterMs: number) {
  const outcome = { ...failedJob(job.jobId, 'rate_limited', 5), retryAfterMs };
  expect(settle(chat.context, { job, outcome, requestedAt: 77 })).toBe(true);
  const message = chat.store.messages.find(job.jobId);
  expect(chat.broadcasts['message:updated'].at(-1)).toEqual(message);
  return message;
}

/** Begins the job of the only message that waits. */
function beginAgain(): Job {
  const [job, ...others] = chat.waitingJobs();
  if (!job || others.length > 0) throw new Error('not one job waits');
  expect(markGenerating(chat.context, job, chat.world.now)).toBe(true);
  return job;
}

test('lets a picture wait again for the provider’s delay, with the reason in its row', () => {
  const job = startedJob(chat);
  const retryAt = chat.world.now + 24_000;
  expect(rateLimit(job, 24_000)).toMatchObject({
    status: 'pending',
    retryAt,
    error: { code: 'rate_limited' },
  });
  expect(chat.store.messages.unfinished()).toMatchObject([{ id: job.jobId, status: 'pending', retryAt }]);
  const attempts = chat.store.outbox.oldest(10).map(({ payload }) => JSON.parse(payload));
  expect(attempts).toEqual([
    expect.objectContaining({ outcome: 'limited', errorCode: 'rate_limited', costMicroUsd: null }),
  ]);
});

test('has the picture requested again by another request, and counts neither twice', () => {
  const job = startedJob(chat);
  rateLimit(job, 24_000);
  const next = beginAgain();
  expect(next).toEqual({ ...job, requestId: expect.not.stringContaining(job.requestId) });
  expect(chat.store.charges.ofMessage(job.jobId).map(({ id }) => id)).toEqual([
    next.requestId,
    job.requestId,
  ]);
  // The refused request has cost nothing and counts toward no limit.
  expect(chat.store.charges.find(job.requestId)?.amountMicroUsd).toBe(0);
  expect(chat.store.charges.requestTimes('google', 0)).toHaveLength(1);
});

test('clears the reason when the picture starts again', () => {
  const job = startedJob(chat);
  rateLimit(job, 24_000);
  beginAgain();
  expect(chat.store.messages.find(job.jobId)).toMatchObject({
    status: 'generating',
    retryAt: null,
    error: null,
  });
});

test('fails after the maximum number of postponements, which a retry resets', () => {
  let job = startedJob(chat);
  for (let count = 0; count < maxPostponements; count += 1) {
    expect(rateLimit(job, 1000)?.status).toBe('pending');
    job = beginAgain();
  }
  expect(rateLimit(job, 1000)).toMatchObject({
    status: 'failed',
    retryAt: null,
    error: { code: 'rate_limited' },
  });
  expect(chat.waitingJobs()).toEqual([]);
  retry(chat.context, job.jobId);
  expect(rateLimit(beginAgain(), 1000)?.status).toBe('pending');
});

test('fails at once if the delay exceeds the maximum', () => {
  expect(rateLimit(startedJob(chat), maxPostponementMs + 1)).toMatchObject({
    status: 'failed',
    retryAt: null,
  });
  expect(chat.waitingJobs()).toEqual([]);
});

test('ends a postponed picture that is cancelled', () => {
  const job = startedJob(chat);
  rateLimit(job, 1000);
  settle(chat.context, { job, outcome: failedJob(job.jobId, 'cancelled', 0), requestedAt: 77 });
  expect(chat.store.messages.find(job.jobId)).toMatchObject({ status: 'cancelled', retryAt: null });
});

test('does not postpone a picture that the user has stopped meanwhile', () => {
  const job = startedJob(chat);
  cancel(chat.context, job.jobId);
  expect(rateLimit(job, 1000)).toMatchObject({ status: 'failed', retryAt: null });
});

test('does not postpone a text reply', () => {
  expect(rateLimit(startedJob(chat, { text: 'what can you do?' }), 1000)).toMatchObject({
    status: 'failed',
    error: { message: expect.stringContaining('rate-limiting requests') },
  });
});
