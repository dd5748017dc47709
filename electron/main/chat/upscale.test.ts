// A picture that a service enlarges goes through the chat like any other.
import { beforeEach, expect, test } from 'vitest';
import { failedJob } from '../../../shared/generator/messages';
import { newId } from '../db/new-id';
import { openTestContext } from '../test-support/open-test-context';
import type { TestContext } from '../test-support/test-context';
import { sendInput, startedJob, storedPicture, waitingJob } from '../test-support/test-messages';
import { retry } from './retry-and-cancel';
import { sendMessage } from './send-message';
import { settle } from './settle';

let chat: TestContext;
let imageId: string;
const model = { serviceId: 'automatic1111', model: 'upscaler:R-ESRGAN 4x+' };

beforeEach(() => {
  chat = openTestContext();
  imageId = picture(1024, 768);
});

/** Returns the id of a picture that was made. */
function picture(width: number, height: number): string {
  const job = startedJob(chat, { text: 'draw a fox' });
  const outcome = storedPicture(job, { width, height });
  settle(chat.context, { job, outcome, requestedAt: 1 });
  return job.jobId;
}

const wanted = () => ({
  ...{ text: 'Enlarge 4×', model, references: [imageId], upscale: { factor: 4 as const } },
});

test('has the words of its original, its parent, and how it is made', () => {
  chat.store.settings.write({ diffusion: { steps: 20, negativePrompt: 'fog' } });
  const job = waitingJob(chat, wanted());
  const upscale = { factor: 4, width: 1024, height: 768 };
  expect(job).toMatchObject({ kind: 'picture', provider: model.serviceId, model: model.model });
  const row = chat.store.messages.find(job.jobId);
  expect(row).toMatchObject({ kind: 'image', prompt: 'a fox', parentId: imageId });
  expect(row?.kind === 'image' && row.params).toEqual({
    ...{ aspectRatio: '4:3', seed: expect.any(Number), references: [imageId], upscale },
  });
});

test('says if the service made another size', () => {
  const job = startedJob(chat, wanted());
  settle(chat.context, { job, outcome: storedPicture(job, { width: 4096, height: 3072 }), requestedAt: 1 });
  expect(chat.store.messages.find(job.jobId)).not.toHaveProperty('notes');
  const other = startedJob(chat, wanted());
  settle(chat.context, {
    job: other,
    outcome: storedPicture(other, { width: 1024, height: 768 }),
    requestedAt: 1,
  });
  expect(chat.store.messages.find(other.jobId)).toMatchObject({
    notes: [{ code: 'settings_left_out', sentences: [{ id: 'services.upscaled_otherwise' }] }],
  });
});

test('is tried again by its own upscaler, and not by a model that enlarges nothing', () => {
  const job = startedJob(chat, wanted());
  settle(chat.context, { job, outcome: failedJob(job.jobId, 'unreachable', 1), requestedAt: 1 });
  expect(retry(chat.context, job.jobId, { serviceId: 'google', model: 'gemini-3-pro-image' })).toMatchObject({
    code: 'no_upscaler',
  });
  expect(retry(chat.context, job.jobId, model)).toMatchObject({ ok: true });
  expect(chat.store.messages.find(job.jobId)).toMatchObject({
    status: 'pending',
    params: { upscale: { factor: 4, width: 1024, height: 768 }, references: [imageId] },
  });
});

test.each([
  ['no_upscaler', () => ({ ...wanted(), model: { serviceId: 'google', model: 'gemini-3-pro-image' } })],
  ['reference_gone', () => ({ ...wanted(), references: [newId()] })],
  ['upscale_too_large', () => ({ ...wanted(), references: [picture(8000, 4000)] })],
  ['model_gone', () => ({ ...wanted(), model: { serviceId: 'painter', model: 'other' } })],
] as const)('is refused with %s, and nothing is stored', (code, input) => {
  const asked = sendInput(input());
  expect(sendMessage(chat.context, asked)).toMatchObject({ ok: false, code });
  expect(chat.store.messages.find(asked.questionId)).toBeUndefined();
});
