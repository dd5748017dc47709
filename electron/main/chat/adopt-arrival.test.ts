import { expect, test } from 'vitest';
import type { Arrival } from '../../../shared/generator/arrivals';
import type { RecoverJob } from '../../../shared/generator/jobs';
import { newId } from '../db/new-id';
import { openTestContext } from '../test-support/open-test-context';
import { storedPicture } from '../test-support/test-messages';
import { settleAdopted } from './adopt-arrival';

test('an adopted picture says what it cost and how long it took, also if it is adopted twice', () => {
  const chat = openTestContext();
  const requestId = newId();
  const job: RecoverJob = {
    ...{ kind: 'recover', jobId: requestId, requestId, provider: 'google', model: 'gemini-nano-banana-2.1' },
    ...{ prompt: 'a fox', params: { aspectRatio: '1:1', seed: 7 } },
  };
  const { kind: _, ...asked } = job;
  const arrival: Arrival = {
    ...{ ...asked, jobId: null, costMicroUsd: 33_600, mimeType: null, arrivedAt: 50_000 },
  };
  for (const _ of [1, 2]) settleAdopted(chat.context, arrival, storedPicture(job));
  expect(chat.store.pictureFacts.find(requestId)).toMatchObject({ durationMs: 1235, costMicroUsd: 33_600 });
  expect(chat.store.generationLog.count()).toBe(1);
  expect(chat.store.generationLog.newestDurations('google', job.model)).toEqual([1235]);
});
