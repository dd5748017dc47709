import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FromGenerator, ToGenerator } from '../../shared/generator/messages';
import { newId } from '../main/db/new-id';
import { containFailures } from './contain-failures';

beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => {}));
afterEach(() => void vi.restoreAllMocks());

const bug = new Error('a bug');
const jobId = newId();
const job = {
  kind: 'picture',
  jobId,
  requestId: newId(),
  provider: 'google',
  model: 'gemini-2.5-flash-image',
  prompt: 'a fox',
  params: { aspectRatio: '1:1', seed: 1 },
} as const;

const ways = [
  [
    'throws',
    () => {
      throw bug;
    },
  ],
  ['rejects', () => Promise.reject(bug)],
] as const;

/** Returns the messages sent after a message whose work fails. */
async function sentAfter(message: ToGenerator, work: () => Promise<void> | undefined) {
  const sent: FromGenerator[] = [];
  containFailures(work, (each) => sent.push(each))(message);
  await Promise.resolve();
  await Promise.resolve();
  return sent;
}

test.each(ways)('ends only the task that %s', async (_way, work) => {
  expect(await sentAfter({ type: 'check', task: 7, provider: 'painter' }, work)).toEqual([
    { type: 'task-failed', task: 7 },
  ]);
});

test.each(ways)(
  'ends only the job that %s outside of its request, as one that may have been charged',
  async (_way, work) => {
    expect(await sentAfter({ type: 'run', job }, work)).toMatchObject([
      { type: 'failed', jobId, code: 'internal', costMicroUsd: expect.any(Number) },
    ]);
  },
);

test.each(ways)('logs a message without an answer that %s', async (_way, work) => {
  expect(await sentAfter({ type: 'discard-prefetch', requestId: newId() }, work)).toEqual([]);
  expect(console.error).toHaveBeenCalledWith(expect.any(String), bug);
});
