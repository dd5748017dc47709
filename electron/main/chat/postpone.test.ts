import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Job } from '../../../shared/generator/jobs';
import { failedJob } from '../../../shared/generator/messages';
import { createTestContext, type TestContext } from '../test-support/test-context';
import { markGenerating } from './mark-generating';
import { maxPostponementMs, maxPostponements } from './postpone';
import { retry } from './retry-and-cancel';
import { sendMessage } from './send-message';
import { settle } from './settle';

let chat: TestContext;

beforeEach(() => {
  chat = createTestContext();
  chat.world.provider = 'google';
  onTestFinished(() => chat.store.close());
});

function startedJob(text = 'draw a fox'): Job {
  sendMessage(chat.context, { conversationId: null, text, mode: 'auto', aspectRatio: '1:1', count: 1 });
  chat.runAfterReply();
  const job = chat.enqueued.pop();
  if (!job) throw new Error('no job');
  markGenerating(chat.context, job);
  return job;
}

/** Ends a job as rate-limited. Returns its row. */
function rateLimit(job: Job, retryAfterMs: number) {
  const outcome = { ...failedJob(job.jobId, 'rate_limited', 5), retryAfterMs };
  expect(settle(chat.context, { job, outcome, requestedAt: 77 })).toBe(true);
  const message = chat.store.messages.find(job.jobId);
  expect(chat.broadcasts['message:updated'].at(-1)).toEqual(message);
  return message;
}

test('queues a picture again after the provider’s delay, with the reason in its row', () => {
  const job = startedJob();
  const retryAt = chat.world.now + 24_000;
  expect(rateLimit(job, 24_000)).toMatchObject({
    status: 'pending',
    retryAt,
    error: { code: 'rate_limited' },
  });
  expect(chat.paused).toEqual([['google', retryAt]]);
  expect(chat.enqueued).toEqual([job]);
  const attempts = chat.store.outbox.oldest(10).map(({ payload }) => JSON.parse(payload));
  expect(attempts).toEqual([
    expect.objectContaining({ outcome: 'limited', errorCode: 'rate_limited', costMicroUsd: null }),
  ]);
});

test('clears the reason when the picture starts again', () => {
  const job = startedJob();
  rateLimit(job, 24_000);
  expect(markGenerating(chat.context, job)).toBe(true);
  expect(chat.store.messages.find(job.jobId)).toMatchObject({
    status: 'generating',
    retryAt: null,
    error: null,
  });
});

test('fails after the maximum number of postponements, which a retry resets', () => {
  const job = startedJob();
  for (let count = 0; count < maxPostponements; count += 1) {
    expect(rateLimit(job, 1000)?.status).toBe('pending');
    markGenerating(chat.context, job);
  }
  expect(rateLimit(job, 1000)).toMatchObject({
    status: 'failed',
    retryAt: null,
    error: { code: 'rate_limited' },
  });
  expect(chat.enqueued).toHaveLength(maxPostponements);
  retry(chat.context, job.jobId);
  markGenerating(chat.context, job);
  expect(rateLimit(job, 1000)?.status).toBe('pending');
});

test('fails at once if the delay exceeds the maximum', () => {
  expect(rateLimit(startedJob(), maxPostponementMs + 1)).toMatchObject({ status: 'failed', retryAt: null });
  expect(chat.paused).toEqual([]);
  expect(chat.enqueued).toEqual([]);
});

test('ends a postponed picture that is cancelled', () => {
  const job = startedJob();
  rateLimit(job, 1000);
  settle(chat.context, { job, outcome: failedJob(job.jobId, 'cancelled', 0), requestedAt: 77 });
  expect(chat.store.messages.find(job.jobId)).toMatchObject({ status: 'cancelled', retryAt: null });
});

test('does not postpone a text reply', () => {
  expect(rateLimit(startedJob('what can you do?'), 1000)).toMatchObject({
    status: 'failed',
    error: { message: expect.stringContaining('rate-limiting requests') },
  });
});
