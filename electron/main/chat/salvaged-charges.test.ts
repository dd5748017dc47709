// A restored backup: its pictures are found by their recipes and by their unfinished rows, in either order.
import { beforeEach, expect, test } from 'vitest';
import type { Recipe } from '../../../shared/domain/recipe';
import type { Job } from '../../../shared/generator/jobs';
import { newId } from '../db/new-id';
import { committedRows, openBilledChat } from '../test-support/open-test-context';
import type { TestContext } from '../test-support/test-context';
import { storedPicture, waitingJob } from '../test-support/test-messages';
import { recoveryOf } from './job-for';
import { retry } from './retry-and-cancel';
import { settle } from './settle';

let chat: TestContext;
let file: string;

beforeEach(() => {
  ({ chat, file } = openBilledChat());
});

const requestId = newId();

/** Returns the recovery of a picture whose request left after the backup, which has neither its charge nor its request. */
function restoredJob(): Job {
  const { jobId } = waitingJob(chat);
  chat.store.transaction(() => chat.store.salvage.markUncertain());
  const message = chat.store.messages.find(jobId);
  if (!message) throw new Error('The message is gone.');
  return recoveryOf(chat.context, message);
}

function salvage({ jobId: id }: Job): void {
  const { provider, model, file: picture, width, height, bytes, thumbhash } = storedPicture(restored);
  const recipe: Recipe = {
    ...{ version: 1, id, requestId, file: picture, width, height, bytes, thumbhash, prompt: 'a fox' },
    ...{ provider, model, params: { aspectRatio: '1:1', seed: 7 }, costMicroUsd: 33_600 },
    ...{ durationMs: 5, createdAt: 77 },
  };
  chat.store.transaction(() => chat.store.salvage.add('a rescue', [recipe]));
}

function adopt(job: Job): void {
  settle(chat.context, { job, outcome: storedPicture(job, { requestId }), requestedAt: 77 });
}

function drain(): void {
  chat.outbox.drainAll();
}

const sum = () =>
  committedRows(file, 'SELECT count(*) AS count, sum(amount_micro_usd) AS total FROM charges')[0];

let restored: Job;

test.each([
  ['the recipes first', [salvage, adopt]],
  ['the rows first', [adopt, salvage]],
  ['the rows first, and their entries before the recipes', [adopt, drain, salvage]],
  ['the recipes twice', [salvage, adopt, salvage, adopt]],
])('counts and logs each request once: %s', (_order, steps) => {
  restored = restoredJob();
  for (const step of steps) step(restored);
  drain();
  const ready = committedRows(
    file,
    'SELECT count(*) AS count FROM image_generation_log WHERE outcome = ?',
    'ready',
  );
  expect(ready).toEqual([{ count: 1 }]);
  expect(chat.store.messages.find(restored.jobId)).toMatchObject({ status: 'ready' });
  expect(sum()).toEqual({ count: 1, total: 33_600 });
});

test('counts the request of a retry beside a picture that was found by its recipe', () => {
  restored = restoredJob();
  salvage(restored);
  const outcome = { type: 'failed', code: 'picture_not_stored', message: '', durationMs: 1 } as const;
  settle(chat.context, {
    job: restored,
    outcome: { ...outcome, jobId: restored.jobId, costMicroUsd: null },
    requestedAt: 77,
  });
  retry(chat.context, restored.jobId);
  const [again] = chat.waitingJobs();
  if (!again) throw new Error('Nothing waits.');
  settle(chat.context, { job: again, outcome: storedPicture(again), requestedAt: 99 });
  expect(sum()).toEqual({ count: 2, total: 67_200 });
});
