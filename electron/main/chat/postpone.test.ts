import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { failedJob, type Job } from '../../../shared/generator/messages';
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

function jobUnderWay(text = 'draw a fox'): Job {
  sendMessage(chat.context, { conversationId: null, text, mode: 'auto', aspectRatio: '1:1', count: 1 });
  chat.runAfterReply();
  const job = chat.enqueued.pop();
  if (!job) throw new Error('no job');
  markGenerating(chat.context, job);
  return job;
}

/** The provider takes no more for so long. @returns the row as it is then. */
function limited(job: Job, retryAfterMs: number) {
  const outcome = { ...failedJob(job.jobId, 'rate_limited', 5), retryAfterMs };
  expect(settle(chat.context, { job, outcome, requestedAt: 77 })).toBe(true);
  const message = chat.store.messages.find(job.jobId);
  expect(chat.broadcasts['message:updated'].at(-1)).toEqual(message);
  return message;
}

test('a picture waits for as long as its provider says, in the queue, with the reason', () => {
  const job = jobUnderWay();
  const retryAt = chat.world.now + 24_000;
  expect(limited(job, 24_000)).toMatchObject({ status: 'pending', retryAt, error: { code: 'rate_limited' } });
  expect(chat.paused).toEqual([['google', retryAt]]);
  expect(chat.enqueued).toEqual([job]);
  const attempts = chat.store.outbox.oldest(10).map(({ payload }) => JSON.parse(payload));
  expect(attempts).toEqual([
    expect.objectContaining({ outcome: 'limited', errorCode: 'rate_limited', costMicroUsd: null }),
  ]);
});

test('when its turn comes the reason is gone', () => {
  const job = jobUnderWay();
  limited(job, 24_000);
  expect(markGenerating(chat.context, job)).toBe(true);
  expect(chat.store.messages.find(job.jobId)).toMatchObject({
    status: 'generating',
    retryAt: null,
    error: null,
  });
});

test('it is put off so many times, then it has failed; Retry gives it all of them again', () => {
  const job = jobUnderWay();
  for (let waits = 0; waits < maxPostponements; waits += 1) {
    expect(limited(job, 1000)?.status).toBe('pending');
    markGenerating(chat.context, job);
  }
  expect(limited(job, 1000)).toMatchObject({
    status: 'failed',
    retryAt: null,
    error: { code: 'rate_limited' },
  });
  expect(chat.enqueued).toHaveLength(maxPostponements);
  retry(chat.context, job.jobId);
  markGenerating(chat.context, job);
  expect(limited(job, 1000)?.status).toBe('pending');
});

test('a wait that is too long to sit through is a failure at once', () => {
  expect(limited(jobUnderWay(), maxPostponementMs + 1)).toMatchObject({ status: 'failed', retryAt: null });
  expect(chat.paused).toEqual([]);
  expect(chat.enqueued).toEqual([]);
});

test('stopped while it waits, it is cancelled', () => {
  const job = jobUnderWay();
  limited(job, 1000);
  settle(chat.context, { job, outcome: failedJob(job.jobId, 'cancelled', 0), requestedAt: 77 });
  expect(chat.store.messages.find(job.jobId)).toMatchObject({ status: 'cancelled', retryAt: null });
});

test('words do not wait: the person sees at once that they may ask later', () => {
  expect(limited(jobUnderWay('what can you do?'), 1000)).toMatchObject({
    status: 'failed',
    error: { message: expect.stringContaining('answers no more questions') },
  });
});
